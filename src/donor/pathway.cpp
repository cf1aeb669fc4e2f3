#include "src/donor/pathway.hpp"

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/donor/budding.hpp"
#include "src/donor/steady_state.hpp"

namespace vesicast::donor {
PopulationStep::PopulationStep(const Biogenesis& b, double dt)
    : maturing_mvbs(b, 1.0, 0.5 * dt),
      waiting_mvbs(b, b.late_formation, 0.5 * dt),
      back_fusion(b.back_fusion),
      half(0.5 * dt),
      coupling(b, 0.5 * dt),
      moves(b, coupling.most(), dt),
      burst_dispersion(b.burst_dispersion) {
  if (coupling.acts())
    series = TransitionSeries::of(moves, coupling.least(), coupling.most(), dt);
  else
    uncoupled = moves.at(b.transport);
}

std::vector<Made> step_pathway(std::span<Mvbs> m, std::span<const Biogenesis> rates, double dt,
                               std::span<DonorCargo> cargo, std::span<const CargoLoading> loading) {
  std::vector<PopulationStep> steps;
  for (const Biogenesis& b : rates) steps.emplace_back(b, dt);
  std::vector<Made> made(m.size());
  step_pathway<double>(m, steps, made, cargo, loading);
  return made;
}

Made step_pathway(Mvbs& m, const Biogenesis& b, double dt, std::span<DonorCargo> cargo,
                  std::span<const CargoLoading> loading) {
  return step_pathway(std::span(&m, 1), std::span(&b, 1), dt, cargo, loading).front();
}

namespace {

/// Steps of `dt` until nothing changes by more than 1e-13 of itself, at most `steps`; has it come to that?
bool settle(Mvbs& m, const Biogenesis& b, double dt, int steps) {
  const PopulationStep step(b, dt);
  Made made;
  for (int i = 0; i < steps; ++i) {
    const Mvbs before = m;
    step_pathway<double>({&m, 1}, {&step, 1}, {&made, 1}, {}, {});
    double change = 0.0;
    const auto compare = [&](const Stages& now, const Stages& then) {
      for (std::size_t s = 0; s < living_stages; ++s)
        if (now[s] > 0.0) change = std::max(change, std::abs(now[s] - then[s]) / now[s]);
    };
    compare(m.count, before.count);
    for (std::size_t x = 0; x < ilv_routes; ++x) compare(m.vesicles[x], before.vesicles[x]);
    if (change <= 1e-13) return true;
  }
  return false;
}

}  // namespace

Mvbs steady_pathway(const Biogenesis& b, double dt) {
  Mvbs m;
  // Long steps first, so that what is slow gets there; then the run's own, whose steady state differs by their error.
  double fastest = 1e-9;
  for (const double rate :
       {b.maturation, b.transport, b.lysosome, b.docking, b.comes_back, b.undocking, b.fusion * b.calcium, b.amphisome})
    fastest = std::max(fastest, rate);
  if (!settle(m, b, std::max(dt, std::min(36000.0, 100.0 / fastest)), 20000))
    throw InputError(
        "the donor pathway does not settle: something comes in that does not leave; start = \"empty\" begins without a "
        "steady state");
  settle(m, b, dt, 20000);
  return m;
}

SteadyRelease steady_release(const Biogenesis& b) {
  SteadyRelease r{0.0, microvesicle_rate(b), ectosome_rate(b)};
  const std::optional<Mvbs> m = steady_state(b);
  r.settles = m.has_value();
  if (!m) return r;
  const double leaving = b.detachment + b.reinternalisation;
  const double off = leaving > 0.0 ? b.detachment / leaving : 1.0;
  for (const Stages& x : m->vesicles)
    r.exosome += b.fusion * b.calcium * x[docked] * (1.0 - b.tethered * (1.0 - off)) +
                 b.amphisome_secreted * b.amphisome * x[amphisome];
  return r;
}

}  // namespace vesicast::donor
