// How fast memory is: a *= s in place, on as many processes at once as mpirun starts.
#include "benchmarks/harness.hpp"

namespace vesicast::bench {
namespace {

void stream(benchmark::State& state, std::size_t megabytes) {
  const std::size_t elements = megabytes * 1000000 / sizeof(double);
  const std::size_t calls = std::max<std::size_t>(1, stream_probe().elements() / elements);
  const auto work = [&] {
    for (std::size_t i = 0; i < calls; ++i) stream_probe().pass(elements);
  };
  work();
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  std::vector<double> times;
  for ([[maybe_unused]] auto _ : state) {
    times.push_back(seconds(MPI_COMM_WORLD, work) / static_cast<double>(calls));
    state.SetIterationTime(times.back());
  }
  const double time = median(times);
  state.counters["GB_per_s"] = 16e-9 * static_cast<double>(elements) * ranks / time;
  state.counters["ms_per_million"] = time * 1e9 / static_cast<double>(elements);
}

void add_all(const Settings& settings) {
  const std::vector<std::size_t> all{1, 8, 32, 64, 128, 256}, smallest{1};
  for (const std::size_t megabytes : settings.extent == Extent::smoke ? smallest : all)
    add_benchmark("stream/MB:" + std::to_string(megabytes), settings,
                  [=](benchmark::State& state) { stream(state, megabytes); });
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
