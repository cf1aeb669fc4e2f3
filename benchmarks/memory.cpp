// Bytes per voxel and field that the transport needs beside the field itself. One case per process (scripts/benchmark
// sees to it), since memory that an earlier case gave back may be used again unseen.
#include <fmt/format.h>

#include <fstream>

#include "benchmarks/ev_problem.hpp"
#include "benchmarks/harness.hpp"
#include "decomposition/base/error.hpp"

namespace vesicast::bench {
namespace {

/// Peak resident memory of this process [B].
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      double kilobytes = 0.0;
      status >> kilobytes;
      return 1024.0 * kilobytes;
    }
  throw InputError("this system does not say how much memory a process uses (/proc/self/status)");
}

void memory(benchmark::State& state, const EvCase& c) {
  const double before = peak_memory();
  double set_up = 0.0, peak = 0.0;
  double elements = 1.0;
  for ([[maybe_unused]] auto _ : state) {
    EvProblem problem(MPI_COMM_SELF, c);
    set_up = peak_memory();
    problem.take_step(step_of(0.24));
    problem.take_step(step_of(0.24));
    peak = peak_memory();
    elements = problem.elements();
    state.SetIterationTime(1.0);
  }
  state.counters["set_up"] = (set_up - before) / elements;
  state.counters["bytes_per_voxel"] = (peak - before) / elements;
  state.counters["beside_the_field"] = (peak - before) / elements - sizeof(double);
}

void add_all(const Settings& settings) {
  Settings once = settings;
  once.repetitions = once.samples = 1;
  for (const int n : settings.edges)
    for (const int fields : {1, 4})
      for (const bool mapped : {false, true}) {
        if (n > 100 && fields > 1) continue;
        EvCase c;
        c.n = n;
        c.fields = fields;
        c.mapped = mapped;
        c.initial = 1.0;
        add_benchmark(fmt::format("memory/n:{}/fields:{}/mapped:{:d}", n, fields, mapped), once,
                      [=](benchmark::State& state) { memory(state, c); });
      }
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
