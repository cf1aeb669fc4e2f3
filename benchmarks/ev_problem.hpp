#pragma once
/// \file
/// The problem of the transport benchmarks: a cube of n^3 voxels of 10 um, D = 4 um^2/s, alpha = 0.2, walls; 1,000
/// voxels release 1 vesicle/s each and 1,000 others take up at 1e-3...1e-1 /s, at random (fewer where n < 100, so that
/// their density stays that of 100^3). The same at every number of ranks.
#include <string>
#include <vector>

#include "src/extracellular/transport.hpp"

namespace vesicast::bench {

inline constexpr double ev_spacing = 10.0;     ///< h [um]
inline constexpr double ev_diffusivity = 4.0;  ///< D [um^2/s]

struct EvCase {
  int n = 100;
  int fields = 1;
  bool decay = true;    ///< 0.01 /h, or none
  bool mapped = false;  ///< alpha and D as maps, of the same values
  double initial = 0.0;
  std::string integrator = "exponential";
  double tolerance = 1e-4;
};

class EvProblem {
 public:
  /// Collective.
  EvProblem(MPI_Comm comm, const EvCase& c);
  /// One step of all fields. Collective.
  void take_step(double dt);
  /// All fields to their initial value. Local.
  void reset();

  /// Voxels of the whole domain times fields.
  [[nodiscard]] double elements() const;
  [[nodiscard]] const Transport& transport() const { return transport_; }
  [[nodiscard]] const Domain& domain() const { return domain_; }
  [[nodiscard]] const Operator& op() const { return operator_; }
  /// For sweeps in float that are not those of a step.
  void keep_in_single() { operator_.keep_in_single(); }
  /// Vesicles per owned voxel of the first field. Local.
  [[nodiscard]] std::vector<double> content() const;
  /// Per voxel of the exchange, and the voxels: offsets in the owned box.
  [[nodiscard]] const std::vector<std::int64_t>& voxels() const { return voxel_; }
  [[nodiscard]] const std::vector<double>& release() const { return release_; }
  [[nodiscard]] const std::vector<double>& clearance() const { return clearance_; }
  /// V alpha [um^3].
  [[nodiscard]] double fluid_volume() const;

 private:
  void place_cells();

  EvCase case_;
  Domain domain_;
  Operator operator_;
  Transport transport_;
  std::vector<std::int64_t> voxel_;
  ExchangeVoxels exchange_;
  std::vector<double> release_, clearance_;
  std::vector<std::vector<double>> integral_;
  std::vector<Field> fields_;
  std::vector<TransportFlows> flows_;
  double hop_rate_ = 0.0, bound_ = 0.0;
};

/// dt [s] with D dt/h^2 = r.
[[nodiscard]] inline double step_of(double r) {
  return r * ev_spacing * ev_spacing / ev_diffusivity;
}

/// |a - b|/|b| in the Euclidean norm.
[[nodiscard]] double relative_distance(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace vesicast::bench
