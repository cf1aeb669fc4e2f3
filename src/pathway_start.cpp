#include "src/pathway_start.hpp"

#include "decomposition/error.hpp"
#include "src/donor/steady_state.hpp"
#include "src/donor/stochastic/start.hpp"

namespace vesicast {
namespace {

/// Sets the steady state of a cell's own rates, and returns what tetherin holds then.
double own_steady_state(const Biogenesis& b, donor::Mvbs& mvbs) {
  const auto steady = donor::steady_state(b);
  if (!steady) throw InputError("the donor pathway of a cell does not settle: something comes in that does not leave");
  mvbs = *steady;
  const double comes_off = b.detachment + b.reinternalisation;
  double docked = 0.0;
  for (const donor::Stages& x : mvbs.vesicles) docked += x[donor::docked];
  return comes_off > 0.0 ? b.tethered * b.fusion * b.calcium * docked / comes_off : 0.0;
}

}  // namespace

PathwayStart pathway_start(const Model& model, const Cells& cells, std::size_t cell) {
  const auto type = static_cast<std::size_t>(cells.type[cell]);
  const std::size_t kind = model.kind(cells, cell);
  const DonorPathway& pathway = *model.pathways[type];
  const Biogenesis& b = *model.effective.front().cell_types[kind].biogenesis;
  PathwayStart start{pathway.start, {}};
  double tethered = pathway.tethered;
  if (kind != type && b.steady_start) tethered = own_steady_state(b, start.mvbs);

  const RunParameters& run = model.parameters.run;
  const bool whole = run.mode == RunMode::stochastic_release;
  Draws draws({.seed = run.seed, .purpose = Purpose::donor_start, .id = static_cast<std::uint64_t>(cells.id[cell])});
  if (whole) start.mvbs = donor::stochastic::draw_start(start.mvbs, b.burst_dispersion, draws);
  for (const ReleaseTarget& to : pathway.exosome) {
    const double mean = to.share * tethered;
    start.tethered.push_back(whole ? static_cast<double>(donor::stochastic::poisson(mean, draws)) : mean);
  }
  return start;
}

}  // namespace vesicast
