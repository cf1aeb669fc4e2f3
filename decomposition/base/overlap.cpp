#include "decomposition/base/overlap.hpp"

#include <array>

namespace vesicast {
namespace {

/// A slab along one axis: its place, and what of it lies in an interval.
struct Slab {
  int place = 0;
  std::int64_t lower = 0, upper = 0;
};

std::vector<Slab> slabs_between(const std::vector<std::int64_t>& widths, std::int64_t lower, std::int64_t upper) {
  std::vector<Slab> found;
  std::int64_t begin = 0;
  for (std::size_t s = 0; s < widths.size() && begin < upper; begin += widths[s], ++s) {
    const Slab slab{static_cast<int>(s), std::max(begin, lower), std::min(begin + widths[s], upper)};
    if (slab.lower < slab.upper) found.push_back(slab);
  }
  return found;
}

}  // namespace

Box values_of_part(const Layout& layout, int part, Centring centring) {
  Box box = layout.owned_by(part);
  if (centring.face_axis) ++box.upper[*centring.face_axis];
  return box;
}

Box values_passed_on(const Layout& layout, int part, Centring centring) {
  Box box = layout.owned_by(part);
  if (!centring.face_axis) return box;
  const std::size_t axis = *centring.face_axis;
  if (box.upper[axis] == layout.voxels()[axis]) ++box.upper[axis];
  return box;
}

std::vector<Overlap> overlaps(const Layout& layout, const Box& box) {
  std::array<std::vector<Slab>, 3> slabs;
  for (std::size_t a = 0; a < 3; ++a) slabs[a] = slabs_between(layout.ownership[a], box.lower[a], box.upper[a]);
  std::vector<Overlap> found;
  for (const Slab& z : slabs[2])
    for (const Slab& y : slabs[1])
      for (const Slab& x : slabs[0])
        found.push_back(
            {layout.rank_at({x.place, y.place, z.place}), {{x.lower, y.lower, z.lower}, {x.upper, y.upper, z.upper}}});
  return found;
}

}  // namespace vesicast
