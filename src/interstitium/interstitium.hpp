#pragma once
/// \file
/// What the interstitium is like at every voxel: constants, maps, regions and cells brought together (see
/// docs/interstitium.md).
#include <cstdint>
#include <vector>

#include "decomposition/domain.hpp"
#include "src/interstitium/maps.hpp"

namespace vesicast {

class Cells;
struct Parameters;

/// Numbers over the whole domain, the same bits on any number of ranks.
struct InterstitiumSummary {
  double mean_alpha = 0.0;  ///< alpha [-] over the voxels that are no obstacle
  double smallest_alpha = 0.0;
  double largest_alpha = 0.0;
  std::vector<double> mean_diffusivity;     ///< [vesicle], D [um^2/s] over the voxels that are no obstacle
  std::vector<double> largest_diffusivity;  ///< [vesicle] [um^2/s]
  std::int64_t voxels_at_floor = 0;         ///< where cells leave less than fraction_floor, and alpha is that
  std::int64_t obstacle_voxels = 0;
  std::vector<std::int64_t> region_voxels;  ///< [region], counted whether or not a later region wins
};

/// Arrays over the owned voxels of a rank, x fastest. An array that is empty on one rank is empty on all: then the
/// constant of the Parameters holds everywhere.
struct Interstitium {
  bool uniform = true;  ///< alpha and every D are constant and there is no obstacle

  /// Extracellular fraction [-]: 0 in an obstacle, above 0 and at most 1 elsewhere.
  std::vector<double> alpha;
  std::vector<std::vector<double>> diffusivity;    ///< [vesicle], effective D [um^2/s], 0 or more
  std::vector<std::vector<double>> binding_sites;  ///< [vesicle], S per volume of interstitial fluid [1/um^3]
  std::vector<double> conductivity;                ///< hydraulic, K [um^2/(Pa s)], 0 in an obstacle
  std::vector<std::uint8_t> obstacle;              ///< 1 in an obstacle; empty: there is none
  /// Index into Parameters::regions of the region whose vessels the voxel has, -1 for none; empty: there are none.
  std::vector<std::int16_t> blood, lymph;

  InterstitiumSummary summary;

  /// alpha [-] and D [um^2/s] of an owned voxel.
  [[nodiscard]] double fraction(const Parameters& parameters, std::size_t voxel) const;
  [[nodiscard]] double diffusivity_of(const Parameters& parameters, std::size_t vesicle, std::size_t voxel) const;
};

/// Is anything said about parts of the tissue, by regions, maps or cells? Local.
[[nodiscard]] bool has_maps(const Parameters& parameters);
/// The summary of a tissue of which has_maps() is false: what make_interstitium() finds there. Local.
[[nodiscard]] InterstitiumSummary constant_summary(const Parameters& parameters);

/// Brings everything together. From weak to strong, key by key: constants (for alpha, what the cells leave, if the
/// Parameters ask for it), maps, regions in their order; an obstacle has nothing else. With `fraction_from_cells`,
/// alpha = clamp(1 - occupied, fraction_floor, 1), occupied being occupied_volume() over the voxel's volume.
///
/// Throws AgreedError (bad input) if a map cannot be read or a value of it is not allowed, a region holds no
/// voxel, a region gives binding sites to a vesicle class that does not bind, obstacles fill the domain, or a cell lies
/// in one (how many, and the id and position of the first by id). \param cells the cells of this rank. Collective.
[[nodiscard]] Interstitium make_interstitium(const Parameters& parameters, const Domain& domain, const Cells& cells,
                                             const MapReader& reader);

}  // namespace vesicast
