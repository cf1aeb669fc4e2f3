#pragma once
/// \file
/// The piece of tissue and its grid.
#include <optional>

#include "decomposition/base/box.hpp"
#include "src/parameters/faces.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

struct DomainParameters {
  int dimensions = 3;
  Vector3 size{};   ///< [um]; in 2-D size[2] is the slab's thickness
  Vector3 voxel{};  ///< [um]; in 2-D voxel[2] == size[2]
  double extracellular_fraction = standard(&DomainParameters::extracellular_fraction);  ///< alpha
  std::optional<MapFile> extracellular_fraction_map;
  bool fraction_from_cells = false;  ///< alpha = clamp(1 - share of the voxel that cells fill, fraction_floor, 1)
  double fraction_floor = standard(&DomainParameters::fraction_floor);
  bool sub_voxel = standard(&DomainParameters::sub_voxel);  ///< are binding and release corrected for the diffusion
                                                            ///< that a voxel does not resolve?
};

}  // namespace vesicast
