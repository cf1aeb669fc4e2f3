#pragma once
/// \file
/// Configurations at random, over the rows of the registry.
#include <cstdint>
#include <string>
#include <vector>

namespace vesicast::campaign {

/// A configuration: a frame, and keys set in it, as of --set.
struct RandomConfig {
  std::string frame;
  std::vector<std::string> overrides;
  int redrawn = 0;  ///< keys that were drawn and did not go with the others

  /// As one file and its command line.
  [[nodiscard]] std::string text() const;
};

/// The configuration of a seed, the same each time: a frame of some classes, cell types, groups, regions, flow, cargo,
/// factors and perturbations, and up to two dozen keys of the registry, each drawn in its range (log-uniform), around
/// its default or 0, and kept where the configuration stays one that can be read.
[[nodiscard]] RandomConfig random_config(std::uint64_t seed);

}  // namespace vesicast::campaign
