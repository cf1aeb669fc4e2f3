#pragma once
/// \file
/// What travels in one exchange of a halo: any number of arrays and of values at listed voxels, one message per
/// neighbour.
#include <span>
#include <vector>

#include "decomposition/halo.hpp"

namespace vesicast {

/// Values at some of the owned voxels, as the neighbours' rims see them. Built once for a list of voxels.
class SparseRim {
 public:
  SparseRim() = default;
  /// `voxels`: offsets in the owned box, increasing. Collective among neighbours.
  SparseRim(const Halo& halo, std::span<const std::int64_t> voxels);
  /// Offsets in the covered box of the rim voxels whose values arrive, in the order of arrival.
  [[nodiscard]] const std::vector<std::int64_t>& received() const { return received_; }

 private:
  friend class HaloMessage;
  std::vector<std::vector<std::size_t>> send_;  ///< [link] positions in the list
  std::vector<std::size_t> receive_begin_;      ///< [link] into received_; one more at the end
  std::vector<std::int64_t> received_;
};

/// Collects what is to travel, then begin() sends it and end() puts what arrived into the rims. The pointers must stay
/// valid in between. May be used again after clear().
class HaloMessage {
 public:
  explicit HaloMessage(const Halo& halo) : halo_(&halo), outgoing_(halo.links().size()), incoming_(outgoing_.size()) {}

  void clear() {
    dense_.clear();
    sparse_.clear();
  }
  /// An array over the covered box: its owned values are sent, its rim is filled.
  void add(double* covered) { dense_.push_back({covered, nullptr, false, covered, nullptr}); }
  void add(float* covered) { dense_.push_back({nullptr, covered, false, nullptr, covered}); }
  /// Values over the owned box are sent; the rim of an array over the covered box is filled.
  void add(const double* owned, double* covered) { dense_.push_back({owned, nullptr, true, covered, nullptr}); }
  /// The same, rounded on arrival.
  void add(const double* owned, float* covered) { dense_.push_back({owned, nullptr, true, nullptr, covered}); }
  /// Values of the voxels a rim was built for are sent; `arrived` [rim.received().size()] is filled.
  void add(const SparseRim& rim, const double* values, double* arrived) { sparse_.push_back({&rim, values, arrived}); }

  /// Collective among neighbours.
  void begin();
  /// Waits for what begin() started.
  void end();

  /// Of all messages of this process so far.
  struct Totals {
    double waited = 0.0;                   ///< processor time spent waiting for neighbours [s]
    std::int64_t messages = 0, bytes = 0;  ///< sent to other ranks
  };
  [[nodiscard]] static const Totals& totals() { return totals_; }

 private:
  /// Values travel as double, whatever they are kept as.
  struct Dense {
    const double* from;
    const float* from_single;  ///< instead
    bool from_owned;
    double* into;
    float* into_single;  ///< instead
  };
  struct Sparse {
    const SparseRim* rim;
    const double* from;
    double* into;
  };
  [[nodiscard]] std::size_t size_received(std::size_t link) const;
  void pack(std::size_t link);
  void unpack(std::size_t link);

  const Halo* halo_;
  std::vector<Dense> dense_;
  std::vector<Sparse> sparse_;
  std::vector<std::vector<double>> outgoing_, incoming_;  ///< [link]
  std::vector<MPI_Request> requests_;
  static Totals totals_;
};

}  // namespace vesicast
