#pragma once
/// \file
/// The jittered lattice on which cells of a shape stand: face-centred cubic in 3-D, triangular in 2-D, the densest
/// packings of spheres and discs. Random sequential addition of spheres ends near 38 % of the volume (Torquato, Uche
/// and Stillinger, Phys. Rev. E 74, 061308, 2006), short of tissue: 3e8 cells/ml of 15 um fill 53 %.
#include <array>
#include <cmath>
#include <cstdint>

#include "decomposition/base/grid.hpp"
#include "src/tissue/shapes.hpp"

namespace vesicast {

/// How far jitter moves a site at most, as a share of the distance between neighbouring sites.
inline constexpr double jitter_share = 0.15;

/// A lattice of a given number density, turned so that no dense plane of it is parallel to a face of the domain: the
/// number of sites in a box or in a thin layer then follows its volume.
struct Lattice {
  Vector3 origin{};                 ///< site (0, 0, 0) before jitter [um]
  std::array<Vector3, 3> step{};    ///< primitive vectors [um]; in 2-D the second is not used
  double neighbour_distance = 0.0;  ///< between neighbouring sites before jitter [um]
  std::size_t dimensions = 3;
  std::uint64_t seed = 0;
  std::uint64_t group = 0;  ///< index of the cell group
};

/// A site's (i, j, k) packed into one number, ascending in that order. Pre: each within +-2^20.
[[nodiscard]] inline std::uint64_t site_id(std::int64_t i, std::int64_t j, std::int64_t k) {
  constexpr std::int64_t middle = std::int64_t{1} << 20;
  return (static_cast<std::uint64_t>(i + middle) << 42) | (static_cast<std::uint64_t>(j + middle) << 21) |
         static_cast<std::uint64_t>(k + middle);
}

/// Distance between neighbouring sites [um] of a lattice of `density` [1/um^3]. In 2-D the density is per volume of
/// the slab.
[[nodiscard]] double neighbour_distance(double density, const Grid& grid);

/// No two sites of one lattice come closer than this [um]: 0.7 of the distance between neighbouring sites, since each
/// of the two moves by at most 0.15 of it. At 3e8 cells/ml 11.7 um, at 1e9/ml 7.9 um.
[[nodiscard]] double minimum_separation(double density, const Grid& grid);

/// The density [1/um^3] at which minimum_separation() is `separation` [um].
[[nodiscard]] double density_of_separation(double separation, const Grid& grid);

/// The lattice of `density` [1/um^3] around the middle of `extent`; where its origin falls and which of the domain's
/// axes it is turned against are drawn from (seed, group). In 2-D all sites have z = thickness/2.
[[nodiscard]] Lattice make_lattice(double density, const Extent& extent, const Grid& grid, std::uint64_t seed,
                                   std::uint64_t group);

/// How far site `id` is moved [um]: uniform in a ball (2-D: a disc) of radius jitter_share * neighbour_distance, a pure
/// function of (seed, group, id).
[[nodiscard]] Vector3 jitter(const Lattice& lattice, std::uint64_t id);

/// Indices of the sites that can fall within `extent` after jitter, as ranges of i and of j; row_range() gives those of
/// k.
struct SiteRanges {
  std::array<std::int64_t, 2> i{0, -1};  ///< first, last
  std::array<std::int64_t, 2> j{0, -1};
};
[[nodiscard]] SiteRanges site_ranges(const Lattice& lattice, const Extent& extent);
/// First and last k of row (i, j) that can fall within `extent` after jitter; last < first where none can.
[[nodiscard]] std::array<std::int64_t, 2> row_range(const Lattice& lattice, const Extent& extent, std::int64_t i,
                                                    std::int64_t j);

/// Calls visit(id, position) for every site that can fall within `extent`, in ascending order of id, with its jittered
/// position [um]. Positions just outside `extent` are visited too.
template <class Visit>
void for_each_site(const Lattice& lattice, const Extent& extent, Visit&& visit) {
  const SiteRanges ranges = site_ranges(lattice, extent);
  for (std::int64_t i = ranges.i[0]; i <= ranges.i[1]; ++i)
    for (std::int64_t j = ranges.j[0]; j <= ranges.j[1]; ++j) {
      const auto [first, last] = row_range(lattice, extent, i, j);
      for (std::int64_t k = first; k <= last; ++k) {
        const std::uint64_t id = site_id(i, j, k);
        Vector3 p = jitter(lattice, id);
        for (std::size_t axis = 0; axis < 3; ++axis)
          p[axis] += lattice.origin[axis] + static_cast<double>(i) * lattice.step[0][axis] +
                     static_cast<double>(j) * lattice.step[1][axis] + static_cast<double>(k) * lattice.step[2][axis];
        visit(id, p);
      }
    }
}

}  // namespace vesicast
