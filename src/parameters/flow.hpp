#pragma once
/// \file
/// The flow of the interstitial fluid.
#include <array>
#include <optional>

#include "decomposition/base/box.hpp"
#include "src/parameters/faces.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

enum class FlowKind { none, uniform, map, darcy };

/// What the interstitial fluid does at a face: held at a pressure, or held back.
struct FlowBoundary {
  std::optional<double> pressure;  ///< [Pa]; nothing: no fluid crosses
};

/// Interstitial flow; the velocity is Darcy's, volume of fluid per area of tissue and second.
struct FlowParameters {
  FlowKind kind{};
  Vector3 velocity{};          ///< uniform [um/s]
  std::optional<MapFile> map;  ///< three components per voxel [um/s]
  double divergence_tolerance =
      standard(&FlowParameters::divergence_tolerance);  ///< of a map, relative to the largest face flux of a voxel
  double conductivity = standard(&FlowParameters::conductivity);  ///< K [um^2/(Pa s)]
  std::array<std::array<FlowBoundary, 2>, 3> boundary{};          ///< [axis][side]
  std::optional<MapFile> solved;                                  ///< the pressure [Pa] that an earlier run solved for
};

}  // namespace vesicast
