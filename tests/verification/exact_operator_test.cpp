// The spatial operator, face by face, against sums written out: rates, terms, one evaluation, the implicit path's form.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "src/extracellular/implicit/concentration_operator.hpp"
#include "src/extracellular/operator/voxel_rates.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::exact_operator_test {
namespace {

/// 3 x 2 x 2 voxels of 10, 20 and 40 um, one face held, one that resists, the others closed; constants or maps. Every
/// rank has its own.
struct Box3 {
  Grid grid{{3, 2, 2}, {10.0, 20.0, 40.0}, 3};
  Domain domain = test::domain_of(grid, {}, MPI_COMM_SELF);
  std::size_t n = 12;
  bool mapped;
  std::vector<double> alpha, diffusivity;
  VesicleClass vesicle;
  Operator op;

  explicit Box3(bool maps) : mapped(maps), alpha(n, 0.25), diffusivity(n, 1.6), op(make()) {}
  [[nodiscard]] Operator make() {
    vesicle.decay = 0.003;
    for (auto& sides : vesicle.boundary) sides.fill({BoundaryKind::no_flux, 0.0});
    vesicle.boundary[0][0] = {BoundaryKind::fixed, TimeSeries({0.0, 100.0}, {2e-3, 6e-3})};
    vesicle.boundary[1][1] = {BoundaryKind::clearance, 5e-4, 0.011};
    if (!mapped) return {domain, vesicle, alpha[0], diffusivity[0]};
    for (std::size_t i = 0; i < n; ++i) {
      alpha[i] = 0.1 + 0.02 * static_cast<double>(i);
      diffusivity[i] = 0.7 + 0.3 * static_cast<double>(i % 5);
    }
    return {domain, vesicle, alpha, diffusivity};
  }
  [[nodiscard]] Index3 voxel(std::size_t i) const { return domain.owned().voxel(static_cast<std::int64_t>(i)); }
  [[nodiscard]] double fluid(std::size_t i) const { return alpha[i] * 8000.0; }
  [[nodiscard]] std::size_t at(std::size_t i) const {
    return static_cast<std::size_t>(op.shape().covered.offset(voxel(i)));
  }
  /// The voxel beside i; n outside.
  [[nodiscard]] std::size_t beside(std::size_t i, std::size_t axis, int side) const {
    Index3 v = voxel(i);
    v[axis] += side == 0 ? -1 : 1;
    return domain.owned().contains(v) ? static_cast<std::size_t>(domain.owned().offset(v)) : n;
  }
  /// Harmonic mean of alpha D x area/distance of the centres [um^3/s].
  [[nodiscard]] double between(std::size_t i, std::size_t j, std::size_t axis) const {
    const double a = alpha[i] * diffusivity[i], b = alpha[j] * diffusivity[j];
    return 2.0 * a * b / (a + b) * std::array{20.0 * 40.0 / 10.0, 10.0 * 40.0 / 20.0, 10.0 * 20.0 / 40.0}[axis];
  }
  /// To the held face in x, half a voxel away, and to the one in y, whose own resistance is in series; 0 elsewhere.
  [[nodiscard]] double to_held(std::size_t i) const {
    return voxel(i)[0] == 0 ? alpha[i] * diffusivity[i] * 800.0 / 5.0 : 0.0;
  }
  [[nodiscard]] double to_resisting(std::size_t i) const {
    return voxel(i)[1] == 1 ? 400.0 / (10.0 / (alpha[i] * diffusivity[i]) + 1.0 / 0.011) : 0.0;
  }
  /// Sum over the faces to other voxels [um^3/s], of C_beside - C or, without C, of conductances.
  [[nodiscard]] double sum_of_faces(std::size_t i, const std::vector<double>& c = {}) const {
    double sum = 0.0;
    for (std::size_t a = 0; a < 3; ++a)
      for (int side = 0; side < 2; ++side)
        if (const std::size_t j = beside(i, a, side); j < n) sum += between(i, j, a) * (c.empty() ? 1.0 : c[j] - c[i]);
    return sum;
  }
};

/// Concentrations, no two alike.
std::vector<double> uneven(std::size_t n) {
  std::vector<double> c;
  for (std::size_t i = 0; i < n; ++i) c.push_back(1e-3 * (3.0 + std::pow(static_cast<double>((5 * i) % n), 1.7)));
  return c;
}

std::vector<std::int64_t> all_of(std::size_t n) {
  std::vector<std::int64_t> all(n);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

TEST(ExactOperator, RatesAndFaces) {
  for (const bool maps : {false, true}) {
    const Box3 b(maps);
    for (std::size_t i = 0; i < b.n; ++i)
      EXPECT_NEAR(b.op.rate_within_walls(static_cast<std::int64_t>(b.at(i))), b.sum_of_faces(i) / b.fluid(i) + 0.003,
                  1e-15)
          << maps << ' ' << i;
    std::array<std::size_t, 2> seen{};
    for (const LocalTerm& t : b.op.terms()) {
      const auto i = static_cast<std::size_t>(b.domain.owned().offset(b.op.shape().covered.voxel(t.at)));
      ASSERT_EQ(t.channel, Channel::face);
      ASSERT_EQ(t.side, t.axis == 0 ? 0 : 1);
      const double g = t.axis == 0 ? b.to_held(i) : b.to_resisting(i);
      EXPECT_NEAR(t.supply, g, 1e-13 * g);
      EXPECT_NEAR(t.loss, g / b.fluid(i), 1e-16);
      ++seen[t.axis];
    }
    EXPECT_EQ(seen, (std::array<std::size_t, 2>{4, 6}));
    const Outside mean = b.op.outside(25.0, 75.0, 0.5), later = b.op.outside(50.0, 100.0);
    EXPECT_NEAR(mean.face[0][0], 0.5 * 4e-3, 1e-17);
    EXPECT_NEAR(later.face[0][0], 5e-3, 1e-17);
    EXPECT_NEAR(mean.face[1][1], 0.5 * 5e-4, 1e-18);
    EXPECT_EQ(mean.vessels, 0.5);
  }
}

TEST(ExactOperator, HopsOfMapsGoByTheFaceTheyCross) {
  const Box3 b(true);
  const auto& stencil = std::get<MappedStencil>(b.op.stencil());
  for (std::size_t i = 0; i < b.n; ++i)
    for (std::size_t a = 0; a < 3; ++a)
      if (const std::size_t j = b.beside(i, a, 1); j < b.n) {
        EXPECT_NEAR(stencil.hop(a, b.at(j), b.at(i)), b.between(i, j, a) / b.fluid(i), 1e-16);
        EXPECT_NEAR(stencil.hop(a, b.at(j), b.at(j)), b.between(i, j, a) / b.fluid(j), 1e-16);
      }
}

TEST(ExactOperator, TheLargestRatesCountAllVesselsOfAVoxel) {
  // Voxel 2 has blood and lymph, voxel 4, behind the face that resists, lymph alone.
  for (const bool maps : {false, true}) {
    Box3 b(maps);
    std::vector<double> blood(b.n, 0.0), lymph(b.n, 0.0), brought(b.n, 0.0);
    blood[2] = 700.0;
    lymph[2] = 500.0;
    lymph[4] = 900.0;
    brought[2] = 0.3;
    b.op.add_vessels(b.domain, Channel::blood, blood, brought);
    b.op.add_vessels(b.domain, Channel::lymph, lymph, std::vector<double>(b.n, 0.0));
    for (const LocalTerm& t : b.op.terms())
      if (t.channel == Channel::blood) {
        EXPECT_EQ(static_cast<std::size_t>(t.at), b.at(2));
        EXPECT_NEAR(t.loss, 700.0 / b.fluid(2), 1e-15);
        EXPECT_EQ(t.supply, 0.3);
        EXPECT_EQ((Outside{.face = {}, .vessels = 0.5}).inflow(t), 0.15);
      }
    // A uniform stencil has the hops through its walls in its rate.
    const double hops = 2.0 * (1.6 / 100.0 + 1.6 / 400.0 + 1.6 / 1600.0);
    const auto rate = [&](std::size_t i) { return (maps ? b.sum_of_faces(i) / b.fluid(i) : hops) + 0.003; };
    EXPECT_NEAR(b.op.largest_hop_rate(), rate(2) + 1200.0 / b.fluid(2), 1e-14);
    const std::array<std::int64_t, 1> voxel{4};
    const std::array<double, 1> cells{2.5};
    const double face = b.to_resisting(4) / b.fluid(4) - (maps ? 0.0 : 1.6 / 400.0);
    EXPECT_NEAR(b.op.largest_rate(voxel, cells), rate(4) + face + 900.0 / b.fluid(4) + 2.5, 1e-14);
  }
}

TEST(ExactOperator, HowFastContentsChange) {
  for (const bool maps : {false, true}) {
    const Box3 b(maps);
    const std::vector<double> c = uneven(b.n);
    std::vector<double> content, change(b.n), loss(b.n);
    for (std::size_t i = 0; i < b.n; ++i) content.push_back(c[i] * b.fluid(i));
    VoxelRates(b.domain).evaluate(b.op, all_of(b.n), content, b.op.outside(0.0, 50.0), change, loss);
    for (std::size_t i = 0; i < b.n; ++i) {
      const double expected =
          b.sum_of_faces(i, c) - 0.003 * content[i] + b.to_held(i) * (3e-3 - c[i]) + b.to_resisting(i) * (5e-4 - c[i]);
      EXPECT_NEAR(change[i], expected, 1e-12) << maps << ' ' << i;
      EXPECT_NEAR(loss[i], (b.sum_of_faces(i) + b.to_held(i) + b.to_resisting(i)) / b.fluid(i) + 0.003, 1e-14);
    }
  }
}

TEST(ExactOperator, TheImplicitPathHasTheSameFaces) {
  // (s M + L) C, L = -div(alpha D grad) V + (decay + further loss) M + faces + cells, M = alpha V.
  for (const bool maps : {false, true}) {
    const Box3 b(maps);
    const std::vector<double> c = uneven(b.n);
    const std::vector<std::int64_t> cells{5};
    const Halo halo(b.domain, sweep_depth(b.domain), Rim::where_joined);
    const SparseRim rim(halo, cells);
    const TermPlaces places = place_terms(b.op, cells, rim);
    SparseTerms terms;
    terms.places = &places;
    fill_terms(terms, b.op, std::array{0.7}, std::array{11.0}, b.op.outside(0.0, 50.0));
    ConcentrationOperator l(b.domain, b.op);
    l.set_terms(terms);
    std::vector<double> further;
    for (std::size_t i = 0; i < b.n; ++i) further.push_back(1e-3 * static_cast<double>(1 + i));
    l.add_loss(further);
    l.set_shift(0.02);
    VecHandle in, out;
    petsc::check(VecDuplicate(l.mass(), in.out()));
    petsc::check(VecDuplicate(l.mass(), out.out()));
    std::ranges::copy(c, WriteScope(in.get()).values().begin());
    for (Mat m : {l.matrix(), l.assembled()}) {
      petsc::check(MatMult(m, in.get(), out.get()));
      const ReadScope y(out.get()), source(l.source());
      for (std::size_t i = 0; i < b.n; ++i) {
        const double g = b.to_held(i) + b.to_resisting(i) + (i == 5 ? 11.0 : 0.0);
        EXPECT_NEAR(y.values()[i], -b.sum_of_faces(i, c) + (g + (0.02 + 0.003 + further[i]) * b.fluid(i)) * c[i], 1e-11)
            << maps << ' ' << i;
        EXPECT_NEAR(source.values()[i], b.to_held(i) * 3e-3 + b.to_resisting(i) * 5e-4 + (i == 5 ? 0.7 : 0.0), 1e-14);
      }
    }
  }
}

}  // namespace vesicast::exact_operator_test
