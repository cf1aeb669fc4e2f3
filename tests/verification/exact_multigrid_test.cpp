// Coarse grids by hand: conductivities of joined cells, weights of the interpolation, rows of a coarse operator.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "src/extracellular/multigrid/coarse_grids.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::exact_multigrid_test {
namespace {

double entry(Mat m, PetscInt row, PetscInt column) {
  VecHandle unit, product;
  petsc::check(MatCreateVecs(m, unit.out(), product.out()));
  petsc::check(VecSetValue(unit.get(), column, 1.0, INSERT_VALUES));
  petsc::check(VecAssemblyBegin(unit.get()));
  petsc::check(VecAssemblyEnd(unit.get()));
  petsc::check(MatMult(m, unit.get(), product.get()));
  return ReadScope(product.get()).values()[static_cast<std::size_t>(row)];
}

}  // namespace

TEST(ExactMultigrid, CellsAreJoinedInSeriesAlongAnAxisAndBesideEachOtherAcrossIt) {
  // 1 3 5
  // 2 4 7, the last column alone.
  const Domain domain = test::domain_of(test::grid_of({3, 2, 1}, 10.0), {}, MPI_COMM_SELF);
  const MultigridLevel fine = finest_level(domain, std::array{1.0, 3.0, 5.0, 2.0, 4.0, 7.0});
  EXPECT_EQ(axes_to_coarsen(fine), (std::array<bool, 3>{true, true, false}));
  const MultigridLevel coarse = coarsened(MPI_COMM_SELF, fine, {true, true, false});
  EXPECT_EQ(coarse.cells, (Index3{2, 1, 1}));
  EXPECT_EQ(coarse.spacing, (Vector3{20.0, 20.0, 10.0}));
  const auto along = [&](std::size_t axis, std::size_t cell) {
    return ReadScope(coarse.conductivity[axis].get()).values()[cell];
  };
  EXPECT_NEAR(along(0, 0), 0.5 * (1.5 + 8.0 / 3.0), 1e-15);
  EXPECT_NEAR(along(1, 0), 0.5 * (4.0 / 3.0 + 24.0 / 7.0), 1e-15);
  EXPECT_NEAR(along(2, 0), 2.5, 1e-15);
  EXPECT_NEAR(along(0, 1), 6.0, 1e-15);
  EXPECT_NEAR(along(1, 1), 35.0 / 6.0, 1e-15);
  EXPECT_NEAR(along(2, 1), 6.0, 1e-15);
}

TEST(ExactMultigrid, InterpolationHasTheSameFluxThroughTheCellsBetween) {
  // Five cells in a row: pairs (0, 1) and (2, 3), and 4 alone. The lower face is held, the upper one closed.
  const Domain domain = test::domain_of(test::grid_of({5, 1, 1}, 10.0), {}, MPI_COMM_SELF);
  const std::array axes{true, false, false};
  const MultigridLevel fine = finest_level(domain, std::array{1.0, 2.0, 6.0, 6.0, 6.0});
  const MultigridLevel coarse = coarsened(MPI_COMM_SELF, fine, axes);
  const MatHandle up = interpolation(MPI_COMM_SELF, fine, coarse, axes, {{{true, false}, {}, {}}});
  const std::vector<std::vector<double>> weights{{0.5, 0.0, 0.0},
                                                 {1.0 - 3.0 / 8.0, 3.0 / 8.0, 0.0},
                                                 {1.0 / 8.0, 7.0 / 8.0, 0.0},
                                                 {0.0, 2.0 / 3.0, 1.0 / 3.0},
                                                 {0.0, 0.0, 1.0}};
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      EXPECT_NEAR(entry(up.get(), static_cast<PetscInt>(i), static_cast<PetscInt>(j)), weights[i][j], 1e-15)
          << i << ' ' << j;
}

TEST(ExactMultigrid, ACoarseOperatorHasItsOwnFacesLossesTimeAndFlow) {
  // 40 x 20 voxels of 10 x 15 x 10 um become 20 x 20 cells of 20 x 15 x 10 um; K of 0.2 beside 0.5 at x = 200 um.
  // Fluid crosses every face in x with 3 um^3/s.
  Grid grid = test::grid_of({40, 20, 1}, 10.0);
  grid.spacing = {10.0, 15.0, 10.0};
  const Domain domain = test::domain_of(grid, {}, MPI_COMM_SELF);
  std::vector<double> k;
  for (std::int64_t i = 0; i < grid.size(); ++i) k.push_back(i % 40 < 20 ? 0.2 : 0.5);
  CoarseGrids grids(domain, k, {});
  ASSERT_EQ(grids.levels(), 2);
  grids.add_flow(domain, [](const Index3&, int axis, int side) { return axis == 0 ? (side == 0 ? -3.0 : 3.0) : 0.0; });
  MatHandle finest;
  petsc::check(MatCreateAIJ(MPI_COMM_SELF, 800, 800, 800, 800, 1, nullptr, 0, nullptr, finest.out()));
  petsc::check(MatAssemblyBegin(finest.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(finest.get(), MAT_FINAL_ASSEMBLY));
  VecHandle mass, loss;
  petsc::check(MatCreateVecs(finest.get(), mass.out(), loss.out()));
  petsc::check(VecSet(mass.get(), 7.0));
  petsc::check(VecSet(loss.get(), 1.3));
  grids.set_operators(mass.get(), loss.get(), 0.4);
  petsc::Handle<PC, PCDestroy> pc;
  petsc::check(PCCreate(MPI_COMM_SELF, pc.out()));
  petsc::check(PCSetOperators(pc.get(), finest.get(), finest.get()));
  grids.configure(pc.get(), finest.get());
  KSP coarsest = nullptr;
  petsc::check(PCMGGetSmoother(pc.get(), 0, &coarsest));
  Mat m = nullptr;
  petsc::check(KSPGetOperators(coarsest, &m, nullptr));
  const auto row = [](PetscInt x, PetscInt y) { return x + 20 * y; };
  const double in_x = 0.2 * 150.0 / 20.0, in_y = 0.2 * 200.0 / 15.0, across = 2.0 * 150.0 / (20.0 / 0.2 + 20.0 / 0.5),
               local = 2.0 * (1.3 + 0.4 * 7.0);
  EXPECT_NEAR(entry(m, row(4, 3), row(5, 3)), -in_x, 1e-14);
  EXPECT_NEAR(entry(m, row(4, 3), row(3, 3)), -in_x - 3.0, 1e-14);
  EXPECT_NEAR(entry(m, row(4, 3), row(4, 4)), -in_y, 1e-14);
  EXPECT_NEAR(entry(m, row(4, 3), row(4, 3)), 2.0 * in_x + 2.0 * in_y + 3.0 + local, 1e-13);
  EXPECT_NEAR(entry(m, row(9, 3), row(10, 3)), -across, 1e-14);
  EXPECT_NEAR(entry(m, row(0, 0), row(0, 0)), in_x + in_y + 3.0 + local, 1e-13);  // a corner of the domain
}

}  // namespace vesicast::exact_multigrid_test
