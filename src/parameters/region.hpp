#pragma once
/// \file
/// Parts of the tissue with a matrix or vessels of their own.
#include <map>
#include <optional>
#include <string>

#include "src/parameters/faces.hpp"
#include "src/parameters/standard.hpp"
#include "src/parameters/tissue.hpp"

namespace vesicast {

/// Vessels spread through a region so finely that voxels see a density of them: blood capillaries or lymphatics.
/// Per volume of tissue and second: fluid hydraulic_conductivity x surface_density x (pressure - p - oncotic), Starling
/// 1896; vesicles permeability x surface_density x (plasma - C), and what the fluid carries, (1 - reflection) of it.
struct Vessels {
  double surface_density = 0.0;                  ///< vessel wall per volume of tissue, S/V [1/um]
  double hydraulic_conductivity = 0.0;           ///< L_p [um/(Pa s)]
  double pressure = 0.0;                         ///< inside the vessels [Pa]
  double oncotic = standard(&Vessels::oncotic);  ///< sigma (pi_vessel - pi_tissue) [Pa]
  std::map<std::string, double> permeability;    ///< by vesicle class [um/s]
  std::map<std::string, double> reflection;      ///< by vesicle class, 0 (carried with the fluid) to 1 (held back)
  std::map<std::string, double> plasma;          ///< concentration in the vessel by vesicle class [1/um^3]
};

/// A part of the tissue with a matrix of its own: a shape, or the voxels of a map with one value. A voxel belongs to a
/// region when its centre does; where regions overlap the later one wins, key by key.
struct Region : Place {
  std::string name;
  std::optional<MapFile> map;  ///< instead of a shape
  double label = 0.0;          ///< the map's value inside the region
  std::optional<double> extracellular_fraction;
  std::map<std::string, double> diffusivity;    ///< by vesicle class [um^2/s]
  std::map<std::string, double> binding_sites;  ///< S by vesicle class [1/um^3]
  std::optional<double> conductivity;           ///< hydraulic, K [um^2/(Pa s)]
  bool obstacle = false;                        ///< nothing enters: bone, a vessel's wall, an empty lumen
  std::optional<Vessels> blood, lymph;
};

}  // namespace vesicast
