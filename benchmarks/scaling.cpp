// The same transport step on one rank and on all that mpirun started, in turn: the gain, and that of the stream.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "benchmarks/ev_problem.hpp"
#include "benchmarks/harness.hpp"

namespace vesicast::bench {
namespace {

/// Seconds that `work` takes on the first rank while the others sleep. Collective.
double alone(int rank, const std::function<void()>& work) {
  double time = 0.0;
  MPI_Barrier(MPI_COMM_WORLD);
  if (rank == 0) time = seconds(MPI_COMM_SELF, work);
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibarrier(MPI_COMM_WORLD, &request);
  for (int done = 0; done == 0;) {
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  MPI_Bcast(&time, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
  return time;
}

void scaling(benchmark::State& state, const EvCase& c, double r) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  std::unique_ptr<EvProblem> one;
  if (rank == 0) one = std::make_unique<EvProblem>(MPI_COMM_SELF, c);
  EvProblem all(MPI_COMM_WORLD, c);
  const auto on_one = [&] { one->take_step(step_of(r)); };
  const auto on_all = [&] { all.take_step(step_of(r)); };
  const auto stream = [] { stream_probe().pass(); };
  static_cast<void>(alone(rank, on_one));
  static_cast<void>(seconds(MPI_COMM_WORLD, on_all));
  static_cast<void>(seconds(MPI_COMM_WORLD, stream));
  std::vector<double> gains, stream_gains, times, passes;
  for ([[maybe_unused]] auto _ : state) {
    const double slow = alone(rank, on_one), fast = seconds(MPI_COMM_WORLD, on_all);
    const double stream_one = alone(rank, stream), stream_all = seconds(MPI_COMM_WORLD, stream);
    gains.push_back(slow / fast);
    stream_gains.push_back(ranks * stream_one / stream_all);
    times.push_back(fast);
    passes.push_back(fast / all.elements() / (stream_one / static_cast<double>(stream_probe().elements())));
    state.SetIterationTime(fast);
  }
  state.counters["gain"] = median(gains);
  state.counters["stream_gain"] = median(stream_gains);
  state.counters["ms_per_million"] = median(times) * 1e9 / all.elements();
  state.counters["passes"] = median(passes);
  const auto steps = static_cast<double>(times.size() + 1);
  state.counters["sweeps"] = static_cast<double>(all.transport().sweeps()) / steps / c.fields;
  state.counters["exchanges"] = static_cast<double>(all.transport().exchanges()) / steps;
}

void add_all(const Settings& settings) {
  for (const int n : settings.edges)
    for (const int fields : {1, 4}) {
      if (n > 100 && fields > 1) continue;
      for (const double r : {0.24, 1.0}) {
        EvCase c;
        c.n = n;
        c.fields = fields;
        c.initial = 1.0;
        add_benchmark(fmt::format("scaling/n:{}/r:{}/fields:{}", n, r, fields), settings,
                      [=](benchmark::State& state) { scaling(state, c, r); });
      }
    }
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
