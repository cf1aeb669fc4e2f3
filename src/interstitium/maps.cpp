#include "src/interstitium/maps.hpp"

#include <fmt/format.h>

#include "decomposition/collectively.hpp"
#include "decomposition/voxel_search.hpp"

namespace vesicast {

std::vector<double> Maps::read(const MapFile& map) {
  std::vector<double> values;
  collectively(domain_.comm(), [&] { values = reader_(map, domain_, 1); });
  return values;
}

std::vector<double> Maps::values(const MapFile& map, const AllowedRange& range,
                                 const std::vector<std::uint8_t>& obstacle) {
  std::vector<double> values = read(map);
  const FoundVoxels wrong = find_voxels(
      domain_, [&](std::size_t i) { return (obstacle.empty() || obstacle[i] == 0) && !range.allows(values[i]); });
  if (wrong.count > 0) {
    const std::string more = wrong.count == 1 ? "" : fmt::format(" (and wrong in {} more)", wrong.count - 1);
    throw AgreedError(ExitCode::bad_input,
                      fmt::format("{}: \"{}\" is {} in {}{}; {} must be {}", map.file, map.array,
                                  value_of_voxel(domain_, values, wrong.first), voxel_text(domain_.grid(), wrong.first),
                                  more, range.quantity, range.rule));
  }
  for (double& v : values) v *= map.factor;
  return values;
}

const std::vector<double>& Maps::labels(const MapFile& map) {
  const auto [it, is_new] = labels_.try_emplace({map.file, map.array});
  if (is_new) it->second = read(map);
  return it->second;
}

}  // namespace vesicast
