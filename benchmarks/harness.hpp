#pragma once
/// \file
/// Google Benchmark under MPI, and the interleaving of what is measured with the stream it is measured in: a machine
/// that does other work too changes from second to second, a ratio of neighbours less so.
#include <benchmark/benchmark.h>
#include <mpi.h>

#include <functional>
#include <string>
#include <vector>

#include "benchmarks/stream_probe.hpp"

namespace vesicast::bench {

/// `quick`: fewer and smaller cases, fewer repetitions. `smoke`: every program ends in seconds, by cases so small that
/// their numbers mean nothing; for a test that they run.
enum class Extent { full, quick, smoke };

struct Settings {
  Extent extent = Extent::full;
  std::vector<int> edges{100, 200};  ///< voxels along the edges of the cubes to measure
  int repetitions = 5;               ///< each with the median of its samples
  int samples = 7;                   ///< per repetition
};

/// Starts MPI and PETSc, lets `add` register benchmarks, and runs them; rank 0 reports. Own options: `--quick`,
/// `--smoke`. Options `--benchmark_*` go to Google Benchmark, all others to PETSc. Returns the exit code. Collective.
int run(int argc, char** argv, const std::function<void(const Settings&)>& add);

/// Registers `body` with manual time, the repetitions and samples of `settings`.
void add_benchmark(const std::string& name, const Settings& settings,
                   const std::function<void(benchmark::State&)>& body);

/// Wall time of `work` on the slowest rank of `comm`, all starting together [s]. Collective.
[[nodiscard]] double seconds(MPI_Comm comm, const std::function<void()>& work);

[[nodiscard]] double median(std::vector<double> values);

/// Medians over the samples of one repetition.
struct Medians {
  double work = 0.0;    ///< one call of the work [s]
  double stream = 0.0;  ///< one element in a stream pass of every rank at the same time [s]
  double ratio = 0.0;   ///< work/stream of each sample
};

/// Times `work` and a stream pass in turn, `work` repeated until it takes about as long as the pass, and sets the
/// counters `passes` = work/(elements x stream) and `ms_per_million`, `elements` being those of one rank. Collective.
Medians interleave(benchmark::State& state, MPI_Comm comm, double elements, const std::function<void()>& work);

/// The process's stream array.
[[nodiscard]] StreamProbe& stream_probe();

}  // namespace vesicast::bench
