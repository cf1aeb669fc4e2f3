// What is carried to another cut of the grid, or made under it: flow and maps. Whole runs: rebuilt_test.cpp.
#include <gtest/gtest.h>

#include <cstring>

#include "decomposition/redistribute.hpp"
#include "src/extracellular/flow/redistribute_flow.hpp"
#include "src/interstitium/redistribute_interstitium.hpp"
#include "tests/support/cuts.hpp"
#include "tests/support/tissue.hpp"

namespace vesicast::recut_test {
namespace {

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

}  // namespace

TEST(Recut, AFlowKeepsItsBits) {
  for (const int dimensions : {2, 3}) {
    const Parameters p = test::tissue_with_everything(dimensions);
    test::Scene s = test::make_scene(p, test::tissue_cells(p), nullptr, MPI_COMM_WORLD, test::tissue_maps);
    const Domain other(MPI_COMM_WORLD, s.domain->grid(), s.domain->periodic(), test::uneven_slabs(s.domain->grid(), 3));
    const FlowField& before = s.site.flow->field;
    const FlowField there = redistribute(before, *s.domain, other);
    // The flow is a pure function of pressure and tissue: made of these under the other cut, it is the same.
    const FlowField made = flow_of_pressure(p, other, redistribute(s.site.interstitium, *s.domain, other),
                                            redistribute(s.site.flow->darcy->pressure, *s.domain, other));
    const FlowField back = redistribute(there, other, *s.domain);
    for (const auto& [a, b] : {std::pair(&there, &made), std::pair(&back, &before)}) {
      EXPECT_EQ(a->covered, b->covered);
      for (std::size_t axis = 0; axis < 3; ++axis)
        EXPECT_TRUE(same_bits(a->flux[axis], b->flux[axis])) << "axis " << axis;
      EXPECT_TRUE(same_bits(a->blood.in, b->blood.in) && same_bits(a->blood.out, b->blood.out));
      EXPECT_TRUE(same_bits(a->lymph.in, b->lymph.in) && same_bits(a->lymph.out, b->lymph.out));
      EXPECT_FALSE(a->blood.in.empty());
    }
  }
}

TEST(Recut, ATissueKeepsItsMaps) {
  const Parameters p = test::tissue_with_everything(3);
  test::Scene s = test::make_scene(p, test::tissue_cells(p), nullptr, MPI_COMM_WORLD, test::tissue_maps);
  const Domain other(MPI_COMM_WORLD, s.domain->grid(), s.domain->periodic(), test::uneven_slabs(s.domain->grid(), 1));
  const Interstitium there = redistribute(s.site.interstitium, *s.domain, other);
  const Interstitium made =
      make_interstitium(p, other, Cells(other, test::own(other, test::tissue_cells(p))), test::tissue_maps);
  EXPECT_TRUE(same_bits(there.alpha, made.alpha));
  EXPECT_FALSE(made.alpha.empty());
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    EXPECT_TRUE(same_bits(there.diffusivity[j], made.diffusivity[j]));
    EXPECT_TRUE(same_bits(there.binding_sites[j], made.binding_sites[j]));
  }
  EXPECT_TRUE(same_bits(there.conductivity, made.conductivity));
  EXPECT_TRUE(same_bits(there.obstacle, made.obstacle));
  EXPECT_TRUE(same_bits(there.blood, made.blood));
  EXPECT_TRUE(same_bits(there.lymph, made.lymph));
  EXPECT_EQ(there.uniform, made.uniform);
}

}  // namespace vesicast::recut_test
