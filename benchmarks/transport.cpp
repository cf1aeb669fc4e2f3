// One step of the transport on one rank, in stream passes per field, and the same step by PETSc's conjugate gradients.
#include <fmt/format.h>

#include "benchmarks/ev_problem.hpp"
#include "benchmarks/harness.hpp"
#include "benchmarks/petsc_peer.hpp"

namespace vesicast::bench {
namespace {

void ours(benchmark::State& state, const EvCase& c, double r) {
  EvProblem problem(MPI_COMM_SELF, c);
  std::int64_t steps = 0;
  interleave(state, MPI_COMM_SELF, problem.elements(), [&] {
    problem.take_step(step_of(r));
    ++steps;
  });
  state.counters["sweeps"] = static_cast<double>(problem.transport().sweeps()) / static_cast<double>(steps) / c.fields;
}

void theirs(benchmark::State& state, const EvCase& c, double r) {
  const EvProblem problem(MPI_COMM_SELF, c);
  PetscPeer peer(problem, 1e-5);
  peer.fill(c.initial);
  interleave(state, MPI_COMM_SELF, problem.elements(), [&] { peer.take_step(step_of(r)); });
  state.counters["iterations"] = peer.iterations_per_step();
}

void add_all(const Settings& settings) {
  const auto add = [&](const EvCase& c, double r) {
    const std::string name = fmt::format("transport/n:{}/r:{}/fields:{}/decay:{:d}/mapped:{:d}/{}", c.n, r, c.fields,
                                         c.decay, c.mapped, c.integrator);
    add_benchmark(name, settings, [=](benchmark::State& state) { ours(state, c, r); });
  };
  EvCase c;
  c.initial = 1.0;
  for (const int n : settings.edges) {
    c.n = n;
    for (const double r : {0.024, 0.24, 1.0, 2.4, 10.0}) add(c, r);
    for (const double r : {0.24, 1.0}) {
      EvCase other = c;
      other.decay = false;
      add(other, r);
      other = c;
      other.fields = 4;
      add(other, r);
      other = c;
      other.mapped = true;
      add(other, r);
      for (const char* integrator : {"economised", "chebyshev", "uniformisation", "ssprk2", "rkl2"}) {
        other = c;
        other.integrator = integrator;
        add(other, r);
      }
    }
  }
  c.n = settings.edges.front();
  for (const double r : {0.24, 1.0, 10.0})
    add_benchmark(fmt::format("petsc_cg/n:{}/r:{}", c.n, r), settings,
                  [=](benchmark::State& state) { theirs(state, c, r); });
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
