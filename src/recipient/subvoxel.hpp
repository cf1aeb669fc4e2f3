#pragma once
/// \file
/// What the grid does not resolve of the diffusion to one cell: the sub-voxel correction after Collins & Kimball 1949.
/// A cell's uptake on the grid is limited by binding in series with the lattice resistance of its voxel; in the tissue
/// it is binding in series with the resistance of a sphere. The difference is added to the binding step. Pure.
#include "decomposition/base/grid.hpp"
#include "src/parameters/domain.hpp"

namespace vesicast {

/// alpha D below which the limit D -> 0 is reached to round-off [um^2/s]: where nothing moves, a cell that the grid
/// does not resolve binds what touches it and no more, and takes back all that it releases.
inline constexpr double least_alpha_diffusivity = 1e-30;

/// Resistance [s/um^3] between one voxel and the far field on a 3-D lattice with hop conductances g_a = alpha D
/// area_a/h_a: G = int_0^inf prod_a exp(-2 g_a t) I_0(2 g_a t) dt (Watson's integral; 0.2527/(alpha D h) for cubes).
[[nodiscard]] double lattice_resistance_3d(const Grid& grid, double alpha_diffusivity);

/// 1/k_S [s/um^3]: what must be added to 1/k_a so that a cell of radius `radius` [um] takes up what a sphere would, and
/// 0 where the lattice already resists more than the sphere (voxels below about 3.2 radii in 3-D):
///   3-D            max(0, 1/(4 pi alpha D R) - G)
///   2-D, H >= 2 R  max(0, 1/(4 pi alpha D R) + (gamma + ln(r_v/(2 H)))/(2 pi alpha D H)), a sphere between the walls
///   of a slab of
///                  thickness H (image charges), against a voxel that acts like a cylinder of radius
///                  r_v = exp(-gamma)/4 sqrt(hx^2 + hy^2) (Peaceman 1983)
///   2-D, H < 2 R   max(0, ln(r_v/R)/(2 pi alpha D H)), a cylinder through the slab.
/// For squares the middle form is 1/(4 pi alpha D R) + (ln(h/H) - 5/2 ln 2)/(2 pi alpha D H).
[[nodiscard]] double subvoxel_resistance(const Grid& grid, double alpha_diffusivity, double radius);

/// The same, or 0 where the run goes without the correction (domain.sub_voxel).
[[nodiscard]] inline double unresolved_resistance(const DomainParameters& domain, const Grid& grid,
                                                  double alpha_diffusivity, double radius) {
  return domain.sub_voxel ? subvoxel_resistance(grid, alpha_diffusivity, radius) : 0.0;
}

/// Share of the exact sphere's steady uptake that a lone cell gets on this grid, with binding constant `k_a` [um^3/s];
/// below 1 where the voxel resists more than the cell. Exact in 3-D; in 2-D, where the far field never is steady, the
/// excess is compared with the binding and a sphere's resistance.
[[nodiscard]] double resolved_share(const Grid& grid, double alpha_diffusivity, double radius, double k_a);

}  // namespace vesicast
