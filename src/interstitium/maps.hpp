#pragma once
/// \file
/// Values per voxel that come from files, checked. Who reads the files is handed in, since src/ knows no files.
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "decomposition/domain.hpp"
#include "src/parameters/faces.hpp"

namespace vesicast {

/// Reads a map with 1 or 3 components: values[component x owned voxels + owned voxel], all finite. Throws InputError.
/// Local: it may fail on some ranks only.
using MapReader = std::function<std::vector<double>(const MapFile&, const Domain&, int components)>;

/// What a mapped quantity may be, and how a message says so.
struct AllowedRange {
  const char* quantity;  ///< "the extracellular fraction"
  const char* rule;      ///< "above 0 and at most 1"
  bool (*allows)(double value);
};
inline constexpr AllowedRange fraction_range{"the extracellular fraction", "above 0 and at most 1",
                                             [](double v) { return v > 0.0 && v <= 1.0; }};
inline constexpr AllowedRange diffusivity_range{"the diffusivity [um^2/s]", "0 or more",
                                                [](double v) { return v >= 0.0; }};
inline constexpr AllowedRange sites_range{"the density of binding sites [1/um^3]", "0 or more",
                                          [](double v) { return v >= 0.0; }};

class Maps {
 public:
  Maps(const Domain& domain, MapReader reader) : domain_(domain), reader_(std::move(reader)) {}

  /// One value per owned voxel, `map.factor` times the file's, which is in `range` wherever `obstacle` (per owned
  /// voxel; empty: nowhere) is 0. Throws InputError on every rank, with the first voxel of the domain whose value is
  /// not. Collective.
  [[nodiscard]] std::vector<double> values(const MapFile& map, const AllowedRange& range,
                                           const std::vector<std::uint8_t>& obstacle);
  /// Any value per owned voxel; read once, however often it is asked for. Throws AgreedError if a rank cannot read it.
  /// Collective.
  [[nodiscard]] const std::vector<double>& labels(const MapFile& map);

 private:
  [[nodiscard]] std::vector<double> read(const MapFile& map);

  const Domain& domain_;
  MapReader reader_;
  std::map<std::pair<std::string, std::string>, std::vector<double>> labels_;  ///< by file and array
};

}  // namespace vesicast
