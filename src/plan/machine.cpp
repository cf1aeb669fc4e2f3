#include "src/plan/machine.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <thread>
#include <vector>

#include "src/base/stopwatch.hpp"
#include "src/plan/weighted_cut.hpp"

namespace vesicast {
namespace {

/// Waits for all ranks without keeping a core busy, so that one of them can be measured alone. Collective.
void wait_asleep(MPI_Comm comm) {
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibarrier(comm, &request);
  int done = 0;
  while (true) {
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

/// Seconds that a message of `bytes` takes one way between the first and the last rank. Collective.
double message_seconds(MPI_Comm comm, std::size_t bytes, int times) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  std::vector<char> data(bytes, 1);
  const int other = rank == 0 ? ranks - 1 : 0, count = static_cast<int>(bytes);
  double seconds = 0.0;
  if (rank == 0 || rank == ranks - 1) {
    const auto bounce = [&] {
      if (rank == 0) MPI_Send(data.data(), count, MPI_CHAR, other, 0, comm);
      MPI_Recv(data.data(), count, MPI_CHAR, other, 0, comm, MPI_STATUS_IGNORE);
      if (rank != 0) MPI_Send(data.data(), count, MPI_CHAR, other, 0, comm);
    };
    bounce();
    const Stopwatch watch(seconds);
    for (int i = 0; i < times; ++i) bounce();
  }
  MPI_Bcast(&seconds, 1, MPI_DOUBLE, 0, comm);
  return seconds / (2.0 * times);
}

}  // namespace

Machine measure_machine(MPI_Comm comm, const Parameters& p, const RunNumbers& numbers,
                        std::span<const PlacedCell> cells) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  Machine m;
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  m.host = host.data();
  m.busy_ranks = ranks;
  if (ranks == 1) return m;
  m.latency = message_seconds(comm, 8, 200);
  m.bandwidth = 1048576.0 / message_seconds(comm, 1048576, 20);
  const SampleTissue tissue = sample_tissue(p, cells, static_cast<std::int64_t>(ranks) << 20);
  const Layout uniform = uniform_layout(tissue.grid, ranks);
  // What else the machine does only adds to either: the least of both is what the machine is worth.
  double alone = std::numeric_limits<double>::max(), together = alone;
  for (int round = 0; round < 5; ++round) {
    Layout layout = uniform;
    double predicted = 0.0;
    if (rank == 0) {
      const StepCost cost = measure_step_cost(p, numbers, cells, sample_of_share(tissue.grid, ranks, cells.size()));
      const std::vector<Load> loads = loads_of(tissue.grid, tissue.cells, cost);
      const BoxCost box = box_cost(p, cost, m.latency, bytes_per_value / m.bandwidth);
      layout = weighted_layout(tissue.grid, ranks, loads, box);
      predicted = std::ranges::max(work_of_ranks(tissue.grid, layout, loads, box));
    }
    wait_asleep(comm);
    broadcast_layout(comm, layout);
    together = std::min(together, measure_steps(comm, p, numbers, tissue, layout));
    alone = std::min(alone, predicted);
  }
  m.busy = std::max(1.0, together / alone);
  MPI_Bcast(&m.busy, 1, MPI_DOUBLE, 0, comm);
  return m;
}

}  // namespace vesicast
