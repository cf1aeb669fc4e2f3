// A run that goes on under another cut of the grid: fields, what is on the matrix, cells and flow move to new owners.
#include "src/run/recut.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "decomposition/redistribute.hpp"
#include "src/extracellular/flow/redistribute_flow.hpp"
#include "src/interstitium/redistribute_interstitium.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/cuts.hpp"
#include "tests/support/everything.hpp"
#include "tests/support/tissue.hpp"

using namespace vesicast;

namespace {

void run(test::Scene& s, double end) {
  Timings t;
  simulate(s, to_ticks(end), to_ticks(30.0), {}, t);
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

/// A run under two cuts, the uneven one of slabs of at least `thinnest` voxels, ends as one that stays.
void check(test::Scene moved, test::Scene stays, std::int64_t thinnest) {
  const Layout first = moved.domain->layout();
  run(moved, 240.0);
  recut(moved, test::uneven_slabs(moved.domain->grid(), thinnest));
  run(moved, 480.0);
  recut(moved, first);
  run(moved, 600.0);
  for (const double end : {240.0, 480.0, 600.0}) run(stays, end);

  for (std::size_t f = 0; f < stays.state.fields.size(); ++f) {
    const std::string name = stays.model.field_name(f);
    EXPECT_TRUE(same_bits(test::gather(moved.state.fields[f], *moved.domain),
                          test::gather(stays.state.fields[f], *stays.domain)))
        << name;
    if (stays.state.bound_fields[f]) {
      EXPECT_TRUE(same_bits(test::gather(*moved.state.bound_fields[f], *moved.domain),
                            test::gather(*stays.state.bound_fields[f], *stays.domain)))
          << name << " on the matrix";
    }
  }
  ASSERT_EQ(moved.state.cells.id, stays.state.cells.id);
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (std::size_t which = 0; which < stays.state.cells.count(static_cast<CellArray>(a)); ++which)
      EXPECT_TRUE(std::ranges::equal(moved.state.cells.at(static_cast<CellArray>(a), which),
                                     stays.state.cells.at(static_cast<CellArray>(a), which)))
          << cell_arrays[a].name;
  const Ledger a = measure_ledger(moved.state, moved.model, MPI_COMM_WORLD);
  const Ledger b = measure_ledger(stays.state, stays.model, MPI_COMM_WORLD);
  EXPECT_LE(a.worst_residual(), 1e-12);
  for (std::size_t i = 0; i < a.balances().size(); ++i)
    for (std::size_t l = 0; l < a.balances()[i]->lines.size(); ++l)
      EXPECT_EQ(a.balances()[i]->lines[l].value, b.balances()[i]->lines[l].value);
}

}  // namespace

TEST(Recut, CellsGoOnWithTheSameBits) {
  const Parameters p = test::everything_with_a_switch({11, 9, 7});
  check(test::make_scene(p, test::cells_of(p)), test::make_scene(p, test::cells_of(p)), 1);
}

TEST(Recut, ATissueGoesOnWithTheSameBits) {
  for (const int dimensions : {2, 3}) {
    const Parameters p = test::tissue_with_everything(dimensions);
    const test::Scene first = test::make_scene(p, test::tissue_cells(p), nullptr, MPI_COMM_WORLD, test::tissue_maps);
    // PETSc need not solve a flow to the same bits twice.
    const auto make = [&] {
      return test::make_scene(p, test::tissue_cells(p), nullptr, MPI_COMM_WORLD, test::tissue_maps,
                              [&](const Domain& domain, const Interstitium&) {
                                return redistribute(*first.site.flow, *first.domain, domain);
                              });
    };
    check(make(), make(), 3);
  }
}

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
      for (int axis = 0; axis < 3; ++axis) EXPECT_TRUE(same_bits(a->flux[axis], b->flux[axis])) << "axis " << axis;
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
