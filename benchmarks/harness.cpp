#include "benchmarks/harness.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "decomposition/petsc.hpp"
#include "src/extracellular/sweep/simd_level.hpp"

namespace vesicast::bench {
namespace {

/// For all ranks but the first.
class SilentReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& /*context*/) override { return true; }
  void ReportRuns(const std::vector<Run>& /*runs*/) override {}
};

}  // namespace

int run(int argc, char** argv, const std::function<void(const Settings&)>& add) {
  Settings settings;
  std::vector<char*> ours{argv[0]}, for_petsc{argv[0]};
  for (int i = 1; i < argc; ++i) {
    const std::string text = argv[i];
    if (text == "--quick") {
      settings = {Extent::quick, {100}, 3, 5};
    } else if (text == "--smoke") {
      settings = {Extent::smoke, {8}, 1, 1};
      stream_probe().use(std::size_t{1} << 18);
    } else {
      (text.rfind("--benchmark_", 0) == 0 ? ours : for_petsc).push_back(argv[i]);
    }
  }
  const int petsc_count = static_cast<int>(for_petsc.size());
  for_petsc.push_back(nullptr);
  const petsc::Session session(petsc_count, for_petsc.data());
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  // One rank writes the file; and each rank would draw an order of its own.
  std::erase_if(ours, [&](const std::string& option) {
    return (rank > 0 && option.rfind("--benchmark_out", 0) == 0) ||
           (ranks > 1 && option.rfind("--benchmark_enable_random_interleaving", 0) == 0);
  });
  int count = static_cast<int>(ours.size());
  ours.push_back(nullptr);
  benchmark::Initialize(&count, ours.data());
  if (benchmark::ReportUnrecognizedArguments(count, ours.data())) return 2;
  benchmark::AddCustomContext("simd_level", name_of(simd_level()));
  add(settings);
  SilentReporter silent;
  if (rank == 0)
    benchmark::RunSpecifiedBenchmarks();
  else
    benchmark::RunSpecifiedBenchmarks(&silent);
  benchmark::Shutdown();
  return 0;
}

void add_benchmark(const std::string& name, const Settings& settings,
                   const std::function<void(benchmark::State&)>& body) {
  benchmark::RegisterBenchmark(name.c_str(), body)
      ->UseManualTime()
      ->Iterations(settings.samples)
      ->Repetitions(settings.repetitions)
      ->Unit(benchmark::kMillisecond);
}

double seconds(MPI_Comm comm, const std::function<void()>& work) {
  using Clock = std::chrono::steady_clock;
  MPI_Barrier(comm);
  const auto begin = Clock::now();
  work();
  double time = std::chrono::duration<double>(Clock::now() - begin).count();
  MPI_Allreduce(MPI_IN_PLACE, &time, 1, MPI_DOUBLE, MPI_MAX, comm);
  return time;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

StreamProbe& stream_probe() {
  static StreamProbe probe;
  return probe;
}

Medians interleave(benchmark::State& state, MPI_Comm comm, double elements, const std::function<void()>& work) {
  const auto stream = [] { stream_probe().pass(); };
  static_cast<void>(seconds(comm, stream));
  static_cast<void>(seconds(comm, work));
  const double ratio = seconds(comm, stream) / std::max(1e-9, seconds(comm, work));
  const int calls = std::clamp(static_cast<int>(std::lround(ratio)), 1, 1000);
  std::vector<double> works, streams, ratios;
  for ([[maybe_unused]] auto _ : state) {
    const double before = seconds(comm, stream);
    const double time = seconds(comm,
                                [&] {
                                  for (int i = 0; i < calls; ++i) work();
                                }) /
                        calls;
    const double pass = 0.5 * (before + seconds(comm, stream)) / static_cast<double>(stream_probe().elements());
    works.push_back(time);
    streams.push_back(pass);
    ratios.push_back(time / pass);
    state.SetIterationTime(time);
  }
  const Medians m{median(works), median(streams), median(ratios)};
  state.counters["passes"] = m.ratio / elements;
  state.counters["ms_per_million"] = m.work * 1e9 / elements;
  state.counters["stream_ms_per_million"] = m.stream * 1e9;
  return m;
}

}  // namespace vesicast::bench
