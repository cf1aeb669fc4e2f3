#pragma once
/// \file
/// The voxels of this rank that exchange with cells, as a step of the transport needs to know them: made once for a
/// list of voxels, and good as long as cells stay where they are.
#include <deque>
#include <span>
#include <utility>
#include <vector>

#include "src/extracellular/operator/terms.hpp"

namespace vesicast {

class ExchangeVoxels {
 public:
  ExchangeVoxels() = default;
  /// `voxel`: offsets in the owned box, strictly increasing; `halo`: that of the sweeps; `operators`: of all fields
  /// that will be advanced, which must outlive this. Collective among neighbours.
  ExchangeVoxels(const Halo& halo, std::span<const std::int64_t> voxel, std::span<const Operator* const> operators);

  /// How many they are.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// How their values reach the neighbours.
  [[nodiscard]] const SparseRim& rim() const { return rim_; }
  /// Where an operator has terms. Throws InternalError for one that was not given.
  [[nodiscard]] const TermPlaces& places(const Operator& op) const;

 private:
  std::size_t size_ = 0;
  SparseRim rim_;
  std::deque<std::pair<const Operator*, TermPlaces>> places_;  ///< which never move
};

}  // namespace vesicast
