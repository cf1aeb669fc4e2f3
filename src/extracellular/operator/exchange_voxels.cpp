#include "src/extracellular/operator/exchange_voxels.hpp"

#include <algorithm>

#include "decomposition/base/error.hpp"

namespace vesicast {

ExchangeVoxels::ExchangeVoxels(const Halo& halo, std::span<const std::int64_t> voxel,
                               std::span<const Operator* const> operators)
    : size_(voxel.size()), rim_(halo, voxel) {
  for (const Operator* op : operators) places_.emplace_back(op, place_terms(*op, voxel, rim_));
}

const TermPlaces& ExchangeVoxels::places(const Operator& op) const {
  const auto known = std::ranges::find(places_, &op, &std::pair<const Operator*, TermPlaces>::first);
  if (known == places_.end()) throw InternalError("an operator whose terms have no places in the exchange's voxels");
  return known->second;
}

}  // namespace vesicast
