#include "src/donor/pathway.hpp"

#include <algorithm>
#include <cmath>

#include "decomposition/error.hpp"
#include "src/donor/budding.hpp"
#include "src/donor/ilv_formation.hpp"
#include "src/donor/steady_state.hpp"

namespace vesicast::donor {
namespace {

/// The stages in which ILVs form.
constexpr std::array<Stage, 3> forming{maturing, peripheral, docked};

/// Population by population and stage by stage, backwards in the second half of a step, so that the whole is symmetric
/// in the pools that cargo comes from.
void form(std::span<Mvbs> mvbs, std::span<const Biogenesis> rates, double dt, bool backwards, std::vector<Made>& made,
          std::span<DonorCargo> cargo, std::span<const CargoLoading> loading) {
  const std::size_t populations = mvbs.size();
  for (std::size_t i = 0; i < populations * forming.size(); ++i) {
    const std::size_t at = backwards ? populations * forming.size() - 1 - i : i, p = at / forming.size();
    const Stage stage = forming[at % forming.size()];
    Mvbs& m = mvbs[p];
    const Biogenesis& b = rates[p];
    std::array<double, ilv_routes> here{};
    for (std::size_t x = 0; x < ilv_routes; ++x) here[x] = m.vesicles[x][stage];
    const Formation f = form_vesicles(here, m.count[stage], b, stage == maturing ? 1.0 : b.late_formation, dt);
    for (std::size_t x = 0; x < ilv_routes; ++x) {
      m.vesicles[x][stage] = here[x];
      made[p].formed += f.formed[x];
      made[p].back_fused += f.back_fused[x];
    }
    for (std::size_t q = 0; q < cargo.size(); ++q)
      load(cargo[q].pool, cargo[q].mvbs[p], loading[q * populations + p], stage, m.count[stage], f.formed,
           b.back_fusion, dt);
  }
}

}  // namespace

std::vector<Made> advance_pathway(std::span<Mvbs> m, std::span<const Biogenesis> rates, double dt,
                                  std::span<DonorCargo> cargo, std::span<const CargoLoading> loading) {
  std::vector<Made> made(m.size());
  form(m, rates, 0.5 * dt, false, made, cargo, loading);
  std::vector<Transitions> t;
  for (std::size_t p = 0; p < m.size(); ++p) {
    t.push_back(transitions(rates[p], coupled_transport(m[p], rates[p], 0.5 * dt), dt));
    move(m[p], t[p]);
  }
  for (DonorCargo& q : cargo) move(q, t);
  form(m, rates, 0.5 * dt, true, made, cargo, loading);
  for (std::size_t p = 0; p < m.size(); ++p) {
    made[p].fusions = m[p].count[fused];
    for (Stages& x : m[p].vesicles) {
      made[p].digested += x[digested];
      made[p].burst += x[fused];
      made[p].expelled += x[expelled];
    }
    for (const Stage fate : {digested, fused, expelled}) {
      m[p].count[fate] = 0.0;
      for (Stages& x : m[p].vesicles) x[fate] = 0.0;
    }
  }
  return made;
}

Made advance_pathway(Mvbs& m, const Biogenesis& b, double dt, std::span<DonorCargo> cargo,
                     std::span<const CargoLoading> loading) {
  return advance_pathway(std::span(&m, 1), std::span(&b, 1), dt, cargo, loading).front();
}

namespace {

/// Steps of `dt` until nothing changes by more than 1e-13 of itself, at most `steps`; has it come to that?
bool settle(Mvbs& m, const Biogenesis& b, double dt, int steps) {
  for (int step = 0; step < steps; ++step) {
    const Mvbs before = m;
    advance_pathway(m, b, dt);
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
