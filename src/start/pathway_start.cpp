#include "src/start/pathway_start.hpp"

#include "decomposition/base/error.hpp"
#include "src/donor/steady_state.hpp"
#include "src/donor/stochastic/start.hpp"
#include "src/parameters/parameters.hpp"

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

PathwayStart pathway_start(const Model& model, std::size_t type, const std::vector<Biogenesis>& rates, bool own,
                           std::int64_t id) {
  const DonorPathway& pathway = *model.pathways[type];
  PathwayStart start{pathway.start, pathway.tethered};
  if (own && rates.front().steady_start) {
    std::ranges::fill(start.tethered, 0.0);
    for (std::size_t k = 0; k < rates.size(); ++k) {
      const double held = own_steady_state(rates[k], start.mvbs[k]);
      for (const ReleaseTarget& to : pathway.populations[k].exosome)
        start.tethered[pathway.place_of(to.field)] += to.share * held;
    }
  }

  const RunParameters& run = model.parameters().run;
  if (run.mode != RunMode::stochastic_release) return start;
  Draws draws({.seed = run.seed, .purpose = Purpose::donor_start, .id = static_cast<std::uint64_t>(id)});
  for (std::size_t k = 0; k < rates.size(); ++k)
    start.mvbs[k] = donor::stochastic::draw_start(start.mvbs[k], rates[k].burst_dispersion, draws);
  for (double& held : start.tethered) held = static_cast<double>(donor::stochastic::poisson(held, draws));
  return start;
}

}  // namespace vesicast
