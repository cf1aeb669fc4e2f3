// alpha and D as maps: layers in series, and the same answers as with constants.
#include <gtest/gtest.h>

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/extracellular/transport.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::mapped_operator_test {
TEST(MappedOperator, AgreesWithTheConstantOneWhereTheMapIsConstant) {
  const Domain domain = test::domain_of(test::grid_of({9, 8, 7}, 10.0), {false, true, false});
  VesicleClass v;
  v.decay = 1e-4;
  v.boundary[0] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::fixed, 2e-3}}};
  v.boundary[1].fill({BoundaryKind::periodic, 0.0});
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  Operator constant(domain, v, 0.25, 1.5);
  Operator mapped(domain, v, std::vector<double>(n, 0.25), std::vector<double>(n, 1.5));
  Transport transport(domain, "uniformisation", 1e-12);
  Field a(domain), b(domain);
  for (Field* f : {&a, &b}) test::fill(*f, domain, [](const Index3& i) { return i == Index3{4, 1, 3} ? 5.0 : 0.01; });
  TransportFlows fa, fb;
  for (int i = 0; i < 5; ++i) {
    test::transport_alone(transport, a, constant, 60.0, fa, true);
    test::transport_alone(transport, b, mapped, 60.0, fb, true);
  }
  const auto va = test::gather(a, domain), vb = test::gather(b, domain);
  for (std::size_t i = 0; i < va.size(); ++i) EXPECT_NEAR(va[i], vb[i], 1e-12 * (1.0 + va[i]));
  std::vector<ExactSum> sums{fa.left, fb.left, fa.entered, fb.entered, fa.decayed, fb.decayed};
  sum_over_ranks(MPI_COMM_WORLD, sums);
  for (std::size_t i = 0; i < 6; i += 2)
    EXPECT_NEAR(sums[i].value(), sums[i + 1].value(), 1e-11 * (1.0 + sums[i].value()));
}

TEST(MappedOperator, LayersOfDifferentDAndAlphaAreInSeries) {
  // Three layers between two fixed concentrations: the steady flux through layers in series, exactly, and
  // concentrations that jump nowhere while vesicles per voxel do.
  const Domain domain = test::domain_of(test::grid_of({12, 1, 1}, 10.0));
  VesicleClass v;
  v.decay = 0.0;
  v.boundary[0] = {{{BoundaryKind::fixed, 1e-2}, {BoundaryKind::fixed, 0.0}}};
  const auto layer = [](std::int64_t i) { return static_cast<std::size_t>(i / 4); };
  const std::array<double, 3> alphas{0.1, 0.4, 0.2}, ds{2.0, 0.1, 1.0};
  std::vector<double> alpha, d;
  for (std::int64_t i = domain.owned().lower[0]; i < domain.owned().upper[0]; ++i) {
    alpha.push_back(alphas[layer(i)]);
    d.push_back(ds[layer(i)]);
  }
  Operator op(domain, v, alpha, d);
  Transport transport(domain, "uniformisation", 1e-10);
  Field f(domain);
  TransportFlows flows;
  for (int i = 0; i < 1500; ++i) test::transport_alone(transport, f, op, 200.0, flows, true);
  double resistance = 0.0;
  for (std::size_t l = 0; l < 3; ++l) resistance += 40.0 / (alphas[l] * ds[l]);
  const double flux = 1e-2 / resistance;  // per area
  const auto values = test::gather(f, domain);
  double c = 1e-2;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t l = layer(static_cast<std::int64_t>(i));
    const double here = c - flux * 5.0 / (alphas[l] * ds[l]);
    EXPECT_NEAR(values[i] / (alphas[l] * 1000.0), here, 1e-7 * 1e-2) << i;
    c -= flux * 10.0 / (alphas[l] * ds[l]);
  }
}

TEST(MappedOperator, ConservesWithRandomMaps) {
  const Domain domain = test::domain_of(test::grid_of({7, 6, 5}, 10.0));
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  std::vector<double> alpha(n), d(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto g = static_cast<double>(domain.grid().global_index(domain.owned().voxel(static_cast<std::int64_t>(i))));
    alpha[i] = 0.1 + 0.3 * std::abs(std::sin(12.9898 * g));
    d[i] = std::pow(10.0, 2.0 * std::sin(78.233 * g));
  }
  VesicleClass v;
  v.decay = 0.0;
  Operator op(domain, v, alpha, d);
  Transport transport(domain, "uniformisation", 1e-6);
  Field f(domain);
  test::fill(f, domain, [](const Index3& i) { return i == Index3{3, 3, 2} ? 1000.0 : 0.0; });
  TransportFlows flows;
  for (int i = 0; i < 20; ++i) {
    test::transport_alone(transport, f, op, 20.0, flows, false);
    const ReadScope scope(f);
    for (const double x : scope.values()) ASSERT_GE(x, 0.0);
  }
  EXPECT_NEAR(test::total(f, domain), 1000.0, 1e-10);
}

}  // namespace vesicast::mapped_operator_test
