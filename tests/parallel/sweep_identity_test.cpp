// The same bits whatever the cut, the depth of the rim, the vector instructions and the integrator: every rank also
// runs the whole problem alone, with a rim of one voxel and the plainest instructions.
#include <gtest/gtest.h>

#include "src/base/random.hpp"
#include "src/extracellular/transport.hpp"
#include "tests/support/petsc_options.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::sweep_identity_test {
namespace {

struct Problem {
  Grid grid;
  std::array<bool, 3> periodic{};
  VesicleClass vesicle;
  bool mapped = false;
  std::string integrator = "exponential";
  double tolerance = 1e-6;
  double dt = 30.0;
};

double noise(std::int64_t voxel, std::uint32_t what) {
  Draws draws({11, Purpose::placement_jitter, static_cast<std::uint64_t>(voxel), what, 0});
  return draws.uniform();
}

struct Outcome {
  std::vector<double> field, second;
  std::array<double, 3> flows{};
  std::vector<double> integral;  ///< by global voxel, 0 where there is no cell
};

/// Two fields, a quarter of the voxels with sources and with sinks from weak to very strong, four steps.
Outcome run(const Problem& p, const Domain& domain) {
  const std::int64_t n = domain.owned_voxels();
  const auto global = [&](std::int64_t v) { return domain.grid().global_index(domain.owned().voxel(v)); };
  std::vector<double> alpha, d;
  std::vector<std::int64_t> voxel;
  std::vector<double> release, clearance;
  for (std::int64_t v = 0; v < n; ++v) {
    const std::int64_t g = global(v);
    alpha.push_back(g % 17 == 5 ? 0.0 : 0.1 + 0.3 * noise(g, 1));
    d.push_back(0.2 + 2.0 * noise(g, 2));
    if (noise(g, 3) > 0.25 || (p.mapped && alpha.back() == 0.0)) continue;
    voxel.push_back(v);
    release.push_back(noise(g, 4) < 0.5 ? 0.0 : noise(g, 5));
    clearance.push_back(noise(g, 6) < 0.3 ? 0.0 : std::pow(10.0, 8.0 * noise(g, 7) - 4.0));
  }
  Operator op = p.mapped ? Operator(domain, p.vesicle, alpha, d) : Operator(domain, p.vesicle, 0.2, 1.0);
  std::vector<double> sink;
  for (std::size_t i = 0; i < voxel.size(); ++i) sink.push_back(clearance[i] * op.inverse_volume(voxel[i]));
  std::array<double, 2> rates{op.largest_hop_rate(), op.largest_rate(voxel, sink)};
  MPI_Allreduce(MPI_IN_PLACE, rates.data(), 2, MPI_DOUBLE, MPI_MAX, domain.comm());

  Transport transport(domain, p.integrator, p.tolerance);
  const Operator* const operators[] = {&op};
  const ExchangeVoxels voxels = transport.exchange_voxels(voxel, operators);
  Field one(domain), two(domain);
  const std::int64_t middle = domain.grid().size() / 2 + 1;
  const bool open_middle = !p.mapped || middle % 17 != 5;
  {
    const WriteScope scope(one);
    for (std::int64_t v = 0; v < n; ++v)
      scope.values()[static_cast<std::size_t>(v)] = open_middle && global(v) == middle ? 1000.0 : 0.0;
  }
  const std::vector<double> none(voxel.size(), 0.0);
  std::vector<double> integral(voxel.size()), unused(voxel.size()), seen(voxel.size(), 0.0);
  TransportFlows flows, other;
  const std::array<FieldTransport, 2> fields{
      FieldTransport{&one, &op, {none, clearance, integral}, rates[0], rates[1], false, &flows},
      FieldTransport{&two, &op, {release, clearance, unused}, rates[0], rates[1], true, &other}};
  for (int i = 0; i < 4; ++i) {
    transport.spread(fields, voxels, i * p.dt, p.dt);
    for (std::size_t v = 0; v < seen.size(); ++v) seen[v] += integral[v];
    for (Field* f : {&one, &two}) {
      const ReadScope scope(*f);
      for (const double x : scope.values()) EXPECT_GE(x, 0.0);
    }
  }
  Outcome result;
  result.field = test::gather(one, domain);
  result.second = test::gather(two, domain);
  Field sums(domain);
  {
    const WriteScope scope(sums);
    std::fill(scope.values().begin(), scope.values().end(), 0.0);
    for (std::size_t i = 0; i < voxel.size(); ++i) scope.values()[static_cast<std::size_t>(voxel[i])] = seen[i];
  }
  result.integral = test::gather(sums, domain);
  std::array<ExactSum, 3> totals{other.entered, other.left, flows.decayed};
  sum_over_ranks(domain.comm(), totals);
  for (std::size_t i = 0; i < 3; ++i) result.flows[i] = totals[i].value();
  return result;
}

void expect_same(const Outcome& a, const Outcome& b, const std::string& what) {
  const auto different = [](const std::vector<double>& x, const std::vector<double>& y) {
    std::size_t count = x.size() == y.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) count += x[i] != y[i] ? 1 : 0;
    return count;
  };
  EXPECT_EQ(different(a.field, b.field), 0u) << what;
  EXPECT_EQ(different(a.second, b.second), 0u) << what;
  EXPECT_EQ(different(a.integral, b.integral), 0u) << what;
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(a.flows[i], b.flows[i]) << what << " flow " << i;
}

void check(const Problem& p, const Layout* layout = nullptr) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  Outcome alone;
  {
    const test::Options plain("-ts_vesicast_halo_depth 1 -ts_vesicast_simd v2");
    const Domain domain(MPI_COMM_SELF, p.grid, p.periodic, uniform_layout(p.grid, 1));
    alone = run(p, domain);
  }
  const Domain domain(MPI_COMM_WORLD, p.grid, p.periodic, layout != nullptr ? *layout : uniform_layout(p.grid, ranks));
  {
    const test::Options none("");
    use_simd_level(best_simd_level());
    expect_same(run(p, domain), alone, "default");
  }
  for (const std::string options :
       {"-ts_vesicast_halo_depth 1", "-ts_vesicast_halo_depth 3", "-ts_vesicast_halo_depth 8 -ts_vesicast_simd v2"}) {
    const test::Options set(options);
    expect_same(run(p, domain), alone, options);
  }
  use_simd_level(best_simd_level());
}

Problem box() {
  Problem p;
  p.grid = test::grid_of({18, 16, 17}, 10.0);
  p.vesicle.decay = 1e-5;
  p.vesicle.boundary[0] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::fixed, 2e-3}}};
  p.vesicle.boundary[1] = {{{BoundaryKind::clearance, 1e-3, 0.05}, {BoundaryKind::no_flux, 0.0}}};
  return p;
}

}  // namespace

TEST(SweepIdentity, InABoxWithEveryKindOfFace) {
  check(box());
}

TEST(SweepIdentity, AcrossPeriodicFaces) {
  Problem p = box();
  p.periodic = {false, true, true};
  p.vesicle.boundary[1].fill({BoundaryKind::periodic, 0.0});
  p.vesicle.boundary[2].fill({BoundaryKind::periodic, 0.0});
  check(p);
}

TEST(SweepIdentity, WithMapsAndObstacles) {
  Problem p = box();
  p.mapped = true;
  check(p);
}

TEST(SweepIdentity, InLongStepsOfChebyshevWithItsLimiter) {
  Problem p = box();
  p.dt = 2000.0;
  p.tolerance = 1e-3;
  check(p);
  p.mapped = true;
  p.integrator = "chebyshev";
  p.dt = 200.0;
  check(p);
}

TEST(SweepIdentity, OfTheOtherIntegrators) {
  for (const std::string name : {"uniformisation", "rkl2", "ssprk2"}) {
    Problem p = box();
    p.integrator = name;
    p.dt = 100.0;
    check(p);
  }
}

TEST(SweepIdentity, InASection) {
  Problem p = box();
  p.grid = test::grid_of({40, 33, 0}, 10.0);
  check(p);
  p.dt = 600.0;
  check(p);
}

TEST(SweepIdentity, OfSlabsAndUnevenCuts) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const Problem p = box();
  // Slabs along z of two voxels at least, and along x of uneven width.
  std::vector<std::int64_t> slabs(static_cast<std::size_t>(ranks), 17 / ranks), uneven(slabs.size(), 2);
  slabs.back() += 17 % ranks;
  uneven.front() += 18 - 2 * ranks;
  const Layout thin = explicit_layout(p.grid, {{{18}, {16}, slabs}});
  const Layout wide = explicit_layout(p.grid, {{uneven, {16}, {17}}});
  check(p, &thin);
  check(p, &wide);
}

}  // namespace vesicast::sweep_identity_test
