// Work against precision: one hour of the EV problem from empty tissue, by our integrators and PETSc's; seconds, and
// the relative L2 distance at the end from a reference on the same grid (uniformisation to 1e-13).
#include <fmt/format.h>

#include <cmath>

#include "benchmarks/ev_problem.hpp"
#include "benchmarks/harness.hpp"
#include "benchmarks/petsc_peer.hpp"
#include "tests/support/petsc_options.hpp"

namespace vesicast::bench {
namespace {

constexpr double hour = 3600.0;

EvCase ev_case(int n, const std::string& integrator, double tolerance) {
  EvCase c;
  c.n = n;
  c.integrator = integrator;
  c.tolerance = tolerance;
  return c;
}

const std::vector<double>& reference(int n) {
  static std::vector<double> field;
  static int known = 0;
  if (known == n) return field;
  EvProblem problem(MPI_COMM_SELF, ev_case(n, "uniformisation", 1e-13));
  for (int i = 0; i < 600; ++i) problem.take_step(hour / 600);
  field = problem.content();
  known = n;
  return field;
}

/// Times `work` once per sample from a state that `reset` restores, a stream pass before and after each.
void measure(benchmark::State& state, int n, const std::function<void()>& reset, const std::function<void()>& work,
             const std::function<std::vector<double>()>& content) {
  const auto stream = [] { stream_probe().pass(); };
  static_cast<void>(seconds(MPI_COMM_SELF, stream));
  std::vector<double> times, passes;
  for ([[maybe_unused]] auto _ : state) {
    reset();
    const double before = seconds(MPI_COMM_SELF, stream);
    const double time = seconds(MPI_COMM_SELF, work);
    const double pass =
        0.5 * (before + seconds(MPI_COMM_SELF, stream)) / static_cast<double>(stream_probe().elements());
    times.push_back(time);
    passes.push_back(time / (std::pow(n, 3.0) * pass));
    state.SetIterationTime(time);
  }
  state.counters["seconds"] = median(times);
  state.counters["passes"] = median(passes);
  state.counters["error"] = relative_distance(content(), reference(n));
}

void ours(benchmark::State& state, const EvCase& c, double dt) {
  EvProblem problem(MPI_COMM_SELF, c);
  const int steps = static_cast<int>(std::lround(hour / dt));
  measure(
      state, c.n, [&] { problem.reset(); },
      [&] {
        for (int i = 0; i < steps; ++i) problem.take_step(dt);
      },
      [&] { return problem.content(); });
}

/// PETSc's TS in one solve, so that its matrix is assembled once.
void stock(benchmark::State& state, int n, const std::string& options, double dt) {
  const test::Options set(fmt::format("{} -ts_adapt_type none -ts_dt {}", options, dt));
  EvProblem problem(MPI_COMM_SELF, ev_case(n, "exponential", 1e-4));
  measure(
      state, n, [&] { problem.reset(); }, [&] { problem.take_step(hour); }, [&] { return problem.content(); });
}

void matrix_free(benchmark::State& state, int n, double dt, double rtol) {
  const EvProblem problem(MPI_COMM_SELF, ev_case(n, "exponential", 1e-4));
  PetscPeer peer(problem, rtol);
  const int steps = static_cast<int>(std::lround(hour / dt));
  measure(
      state, n, [&] { peer.fill(0.0); },
      [&] {
        for (int i = 0; i < steps; ++i) peer.take_step(dt);
      },
      [&] { return peer.content(); });
  state.counters["iterations"] = peer.iterations_per_step();
}

void add_all(const Settings& settings) {
  const bool full = settings.extent == Extent::full;
  const int n = settings.extent == Extent::quick ? 50 : settings.edges.front();
  const auto add = [&](const std::string& name, double dt, const std::function<void(benchmark::State&)>& body) {
    Settings of_case = settings;
    of_case.repetitions = 1;
    of_case.samples = !full ? 1 : name.starts_with("petsc") ? 3 : 5;
    add_benchmark(fmt::format("ev_hour/n:{}/{}/dt:{}", n, name, dt), of_case, body);
  };
  const auto add_ours = [&](const std::string& integrator, double tolerance, double dt) {
    const EvCase c = ev_case(n, integrator, tolerance);
    add(fmt::format("{}/tolerance:{}", integrator, tolerance), dt, [=](benchmark::State& s) { ours(s, c, dt); });
  };
  for (const char* exponential : {"exponential", "uniformisation", "economised", "chebyshev"}) {
    for (const double dt : {6.0, 60.0}) add_ours(exponential, 1e-4, dt);
    for (const double tolerance : {1e-2, 1e-3, 1e-6}) add_ours(exponential, tolerance, 60.0);
    add_ours(exponential, 1e-4, 600.0);
  }
  for (const double dt : {6.0, 12.0, 30.0, 60.0, 120.0, 300.0})
    for (const char* runge_kutta : {"ssprk2", "rkl2"}) add_ours(runge_kutta, 1e-4, dt);
  for (const double dt : {12.0, 30.0, 60.0, 120.0, 300.0})
    for (const double rtol : {1e-5, 1e-7})
      add(fmt::format("petsc cn, cg without matrix/rtol:{}", rtol), dt,
          [=](benchmark::State& s) { matrix_free(s, n, dt, rtol); });
  for (const double dt : {30.0, 60.0, 120.0, 300.0})
    add("petsc -ts_type cn -ksp_type cg -pc_type jacobi/ksp_rtol:1e-07", dt,
        [=](benchmark::State& s) { stock(s, n, "-ts_type cn -ksp_type cg -pc_type jacobi -ksp_rtol 1e-7", dt); });
  // Stages for a stable step: dt q <= 2 (s - 1) with q = 0.34 /s, and half of that stays positive.
  for (const double dt : {6.0, 12.0, 30.0, 60.0})
    add("petsc -ts_type ssp -ts_ssp_type rks2", dt, [=](benchmark::State& s) {
      const int stages = static_cast<int>(std::ceil(0.35 * dt)) + 1;
      stock(s, n, fmt::format("-ts_type ssp -ts_ssp_type rks2 -ts_ssp_nstages {}", stages), dt);
    });
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
