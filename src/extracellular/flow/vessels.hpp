#pragma once
/// \file
/// What vessels that are spread through the tissue exchange with it, per voxel (docs/transport.md). Vesicles cross the
/// wall by P S (plasma - C) and with the fluid, of which the wall holds back sigma (Kedem & Katchalsky 1958, the
/// upstream concentration in the convective term): brought from the plasma, drained from the tissue.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "src/extracellular/flow/flow_field.hpp"
#include "src/parameters/region.hpp"

namespace vesicast {

/// One kind of vessel and one vesicle class, per owned voxel.
struct VesselTransport {
  std::vector<double> clearance;  ///< (P S/V + (1 - sigma) drained) V: times C is what leaves [um^3/s]
  std::vector<double> inflow;     ///< (P S/V + (1 - sigma) brought) V x plasma: what enters [vesicle/s]
};

/// `kind`: which vessels of a region, &Region::blood or &Region::lymph; `region`: index into `regions` per owned voxel,
/// -1 for none; `fluid`: what those vessels bring and drain, empty for none. Local.
[[nodiscard]] VesselTransport vessel_transport(const std::vector<Region>& regions, std::optional<Vessels> Region::*kind,
                                               std::span<const std::int16_t> region, const VesselFlow& fluid,
                                               const std::string& vesicle, double voxel_volume);

/// The wall's conductance to fluid e = L_p S/V [1/(Pa s)] and the pressure P = p - oncotic [Pa] at which nothing
/// crosses, per owned voxel; 0 without vessels.
struct VesselWalls {
  std::vector<double> conductance, pressure;
};
[[nodiscard]] VesselWalls vessel_walls(const std::vector<Region>& regions, std::optional<Vessels> Region::*kind,
                                       std::span<const std::int16_t> region);

}  // namespace vesicast
