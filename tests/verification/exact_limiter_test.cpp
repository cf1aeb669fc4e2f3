// What the limiter of a step leaves of the fluxes of a row of voxels, by hand; and that it is asked.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "src/extracellular/polynomial/polynomial_stepper.hpp"
#include "src/extracellular/polynomial/sign_limiter.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::exact_limiter_test {
namespace {

/// Voxels of 10 um in a closed row, alpha 0.25 and 0.02 hops per second; the first has a cell.
struct Line {
  std::vector<std::int64_t> first{0};
  Domain domain;
  VesicleClass vesicle;
  Operator op;
  Halo halo;
  SparseRim rim;
  TermPlaces places;
  SparseTerms terms;

  Line(std::int64_t n, double decay)
      : domain(test::domain_of(test::grid_of({n, 1, 1}, 10.0), {}, MPI_COMM_SELF)),
        vesicle(closed(decay)),
        op(domain, vesicle, 0.25, 2.0),
        halo(domain, sweep_depth(domain), Rim::where_joined),
        rim(halo, first),
        places(place_terms(op, first, rim)) {
    terms.places = &places;
  }
  static VesicleClass closed(double decay) {
    VesicleClass v;
    v.decay = decay;
    for (auto& sides : v.boundary) sides.fill({BoundaryKind::no_flux, 0.0});
    return v;
  }
  /// Over the covered box.
  [[nodiscard]] std::vector<double> rimmed(const std::vector<double>& owned) const {
    std::vector<double> all(static_cast<std::size_t>(halo.covered().volume()), 0.0);
    for (std::size_t i = 0; i < owned.size(); ++i)
      all[static_cast<std::size_t>(halo.covered().offset(domain.owned().voxel(static_cast<std::int64_t>(i))))] =
          owned[i];
    return all;
  }
};

}  // namespace

TEST(ExactLimiter, AVoxelLetsGoNoMoreThanItHad) {
  // In 10 s the first voxel would pass 1.6 on, lose 0.4 by decay and 0.2 to its cell, of 1.1: half of each is left.
  Line line(3, 0.005);
  fill_terms(line.terms, line.op, std::array{0.0}, std::array{0.0025 * 250.0}, {});
  set_pace(line.terms, line.op, 1.0);
  line.terms.integral[0] = 80.0;
  const std::vector<double> start = line.rimmed({1.1, 0.3, 3.0}), average = line.rimmed({8.0, 0.0, 1.0});
  std::vector<double> content{1.1 - 2.2, 0.3 + 1.6 + 0.2, 3.0 - 0.2 - 0.05};
  BinnedSum decayed;
  WorkArray limit;
  EXPECT_EQ(
      limit_outflow({&line.op, content, start.data(), average.data(), 10.0, &line.terms, &decayed}, line.halo, limit),
      1);
  EXPECT_GE(content[0], 0.0);
  EXPECT_NEAR(content[0], 0.0, 1e-14);
  EXPECT_NEAR(content[1], 0.3 + 0.8 + 0.2, 1e-14);
  EXPECT_NEAR(content[2], 2.75, 1e-14);
  EXPECT_NEAR(line.terms.integral[0], 40.0, 1e-12);
  ExactSum sum;
  decayed.flush(sum);
  EXPECT_NEAR(sum.value(), -0.2, 1e-15);
}

TEST(ExactLimiter, NothingNegativeIsLeftAsItIs) {
  Line line(3, 0.0);
  fill_terms(line.terms, line.op, std::array{0.0}, std::array{0.0}, {});
  set_pace(line.terms, line.op, 1.0);
  const std::vector<double> start = line.rimmed({5.0, 0.3, 3.0}), average = line.rimmed({4.0, 1.0, 2.0});
  std::vector<double> content{4.4, 1.1, 2.8};
  BinnedSum decayed;
  WorkArray limit;
  EXPECT_EQ(
      limit_outflow({&line.op, content, start.data(), average.data(), 10.0, &line.terms, &decayed}, line.halo, limit),
      0);
  EXPECT_EQ(content, (std::vector<double>{4.4, 1.1, 2.8}));
}

TEST(ExactLimiter, IsAskedWhereWeightsMayBeNegative) {
  // A point beside a sink that empties its voxel in a second, rough tolerances: Chebyshev's expansion undershoots.
  for (const std::string scheme : {"chebyshev", "economised"}) {
    Line line(41, 0.0);
    PolynomialStepper stepper(line.domain);
    const Operator* const operators[] = {&line.op};
    const std::vector<std::int64_t> voxel{19, 23};
    const ExchangeVoxels voxels(stepper.halo(), voxel, operators);
    const std::array release{0.0, 0.0}, clearance{250.0, 2.5e6};
    for (const double dt : {20.0, 70.0, 200.0, 600.0, 2000.0})
      for (const double tolerance : {3e-1, 1e-2, 1e-3}) {
        std::vector<double> content(41, 0.0);
        content[20] = 1.0;
        FieldStep field;
        field.content = content;
        field.op = &line.op;
        field.release = release;
        field.clearance = clearance;
        field.hop_rate = line.op.largest_hop_rate();
        field.bound = line.op.largest_rate(voxel, std::array{1.0, 1e4});
        stepper.step({&field, 1}, voxels, find_time_scheme(scheme), tolerance, dt);
        for (const double x : content) EXPECT_GE(x, 0.0) << scheme << ' ' << dt;
      }
    EXPECT_EQ(stepper.limited() > 0, scheme == "chebyshev") << scheme;
  }
}

}  // namespace vesicast::exact_limiter_test
