#include "io/commands/run_report.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "io/commands/run_text.hpp"

namespace vesicast::io {
namespace {

int ranks_of(MPI_Comm comm) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  return ranks;
}

/// Peak resident memory of this process [MiB].
double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Largest and mean over the ranks, on every rank.
std::pair<double, double> spread(MPI_Comm comm, double value) {
  double largest = value, sum = value;
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, comm);
  MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_DOUBLE, MPI_SUM, comm);
  return {largest, sum / ranks_of(comm)};
}

}  // namespace

Opening opening_of(const Simulation& s, const Input& input) {
  const Parameters& p = input.parameters();
  const int ranks = ranks_of(s.comm());
  Opening opening;
  opening.warnings = input.warnings;
  Ticks first_step = p.run.step;
  collectively(s.comm(), [&] {
    if (s.domain->rank() != 0) return;
    const InterstitiumSummary& summary = s.site.interstitium.summary;
    const RunNumbers numbers = derive_numbers(p, summary, input.cells, ranks);
    if (!petsc::integrates()) require_bearable(numbers);
    opening.text = run_text(numbers, p, ranks) + tissue_text(summary, p);
    opening.warnings.insert(opening.warnings.end(), numbers.warnings.begin(), numbers.warnings.end());
    first_step = numbers.step;
  });
  MPI_Bcast(&first_step, 1, MPI_INT64_T, 0, s.comm());
  if (s.site.flow)
    opening.text += flow_text(flow_numbers(s.model, s.site, to_seconds(first_step)), s.model, *s.site.flow);
  return opening;
}

void report_timing(const Simulation& s, Log& log, const Timings& t, std::int64_t steps, bool automatic) {
  log.info("wall time by part      total, slowest rank    mean of ranks    per step");
  const auto part = [&](const char* name, double seconds) {
    const auto [largest, mean] = spread(s.comm(), seconds);
    log.info(fmt::format("  {:<12} {:>22.3f} s {:>14.3f} s {:>9.3f} ms", name, largest, mean,
                         1e3 * largest / static_cast<double>(std::max<std::int64_t>(1, steps))));
  };
  part("steps", t.steps);
  part("  transport", t.transport);
  part("  cells", t.cells);
  if (automatic) part("  choice", t.step_control);
  part("ledger", t.ledger);
  part("output", t.output);
  part("checkpoint", t.checkpoint);
  const auto [largest, mean] = spread(s.comm(), peak_mebibytes());
  log.info(fmt::format("  peak memory {:.0f} MiB on the largest rank, {:.0f} MiB on all", largest,
                       mean * ranks_of(s.comm())));
}

void report_balance(const Simulation& s, Log& log, double busy, const std::vector<double>& predicted) {
  const int ranks = ranks_of(s.comm());
  if (ranks == 1) return;
  std::vector<double> measured(static_cast<std::size_t>(ranks));
  MPI_Gather(&busy, 1, MPI_DOUBLE, measured.data(), 1, MPI_DOUBLE, 0, s.comm());
  if (s.domain->rank() != 0) return;
  std::string text =
      fmt::format("  work of steps, processor time: the fullest rank has {:.2f} times the mean", imbalance(measured));
  if (predicted.size() == measured.size()) {
    const double scale = std::accumulate(predicted.begin(), predicted.end(), 0.0) /
                         std::accumulate(measured.begin(), measured.end(), 0.0);
    double worst = 0.0;
    for (std::size_t r = 0; r < measured.size(); ++r)
      worst = std::max(worst, std::abs(measured[r] * scale / predicted[r] - 1.0));
    text += fmt::format(", {:.2f} predicted; ranks differ from their predicted share by up to {:.0f} %",
                        imbalance(predicted), 100.0 * worst);
  }
  log.info(text);
}

void report_end(const Simulation& s, Log& log, double residual) {
  const Transport& transport = *s.site.transport;
  log.info(fmt::format("ledger closes to {:.1e}", residual));
  if (residual > 1e-8) log.warning(fmt::format("{} conserves only to its tolerance", transport.integrator()));
  log.info(fmt::format("{} steps, {} stencil sweeps", s.state.steps, transport.sweeps()));
  double least = transport.most_negative();
  MPI_Allreduce(MPI_IN_PLACE, &least, 1, MPI_DOUBLE, MPI_MIN, s.comm());
  if (least < 0.0) log.warning(fmt::format("{} left voxels as low as {:.3g} vesicles", transport.integrator(), least));
  for (const std::string& name : petsc::unused_options())
    log.warning(fmt::format("the PETSc option -{} was not used by anything", name));
}

}  // namespace vesicast::io
