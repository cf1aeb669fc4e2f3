// Vesicles of a finite half-life, released at a point for a while: the concentration around it over time.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "src/extracellular/transport.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::release_test {
namespace {

constexpr double d = 2.0, alpha = 0.2, rate = 5.0, half_life = 140.0, on = 150.0, off = 100.0;

/// Concentration at a distance r from a point that has released for t seconds, 2^(-age/half-life) of it left: Green's
/// function of diffusion and loss integrated over the time of release.
double since(double r, double t) {
  const double k = std::numbers::ln2 / half_life, range = std::sqrt(d / k), reach = 2.0 * std::sqrt(d * t);
  const double sum = std::exp(-r / range) * std::erfc(r / reach - std::sqrt(k * t)) +
                     std::exp(r / range) * std::erfc(r / reach + std::sqrt(k * t));
  return rate / (8.0 * std::numbers::pi * alpha * d * r) * sum;
}

/// Released for `on` seconds, then not for `off` seconds; relative L2 error from 30 to 60 um, when the release ends and
/// at the end. The point is the middle of the first voxel of an octant: with its mirror images there are eight.
std::array<test::Level, 2> release_error(std::int64_t n) {
  const double h = 150.0 / static_cast<double>(n), volume = alpha * h * h * h;
  const Domain domain = test::domain_of(test::grid_of({n, n, n}, h));
  VesicleClass v;
  v.decay = std::numbers::ln2 / half_life;
  Operator op(domain, v, alpha, d);
  Transport transport(domain, "exponential", 1e-8);
  Field field(domain);
  std::vector<std::int64_t> voxel;
  if (domain.owned().contains({0, 0, 0})) voxel.push_back(0);
  const std::vector<double> release(voxel.size(), rate), none(voxel.size(), 0.0);
  std::vector<double> integral(voxel.size());
  TransportFlows flows;
  const auto error = [&](const auto& c) {
    const auto values = test::gather(field, domain);
    std::vector<double> there, wanted;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Vector3 x = domain.grid().centre(domain.grid().box().voxel(static_cast<std::int64_t>(i)));
      const double r = std::hypot(x[0], x[1], x[2]);
      if (r < 30.0 || r > 60.0) continue;
      double sum = 0.0;
      for (const double a : {-0.5, 0.5})
        for (const double b : {-0.5, 0.5})
          for (const double e : {-0.5, 0.5}) sum += c(std::hypot(x[0] + a * h, x[1] + b * h, x[2] + e * h));
      there.push_back(values[i]);
      wanted.push_back(volume * sum);
    }
    return test::Level{h, test::relative_l2(there, wanted)};
  };
  for (int i = 0; i < 3; ++i)
    test::transport_alone(transport, field, op, on / 3.0, flows, false, {release, none, integral}, voxel);
  const test::Level first = error([](double r) { return since(r, on); });
  for (int i = 0; i < 2; ++i)
    test::transport_alone(transport, field, op, off / 2.0, flows, false, {none, none, integral}, voxel);
  return {first, error([](double r) { return since(r, on + off) - since(r, off); })};
}

}  // namespace

TEST(Release, ForAWhileWithAHalfLifeIsTheGreensFunction) {
  const auto coarse = release_error(30), fine = release_error(60);
  test::verify({.name = "released at a point for 150 s, half-life 140 s; 30 to 60 um from it",
                .exact = "Green's function integrated over the release",
                .levels = {coarse[0], fine[0]},
                .largest_error = 1e-2,
                .least_order = 1.9});
  test::verify({.name = "the same 100 s after the release has ended",
                .exact = "difference of two such",
                .levels = {coarse[1], fine[1]},
                .largest_error = 1e-2,
                .least_order = 1.9});
}

}  // namespace vesicast::release_test
