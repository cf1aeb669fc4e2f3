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

/// Stage by stage, backwards in the second half of a step, so that the whole is symmetric in the pools that cargo comes
/// from.
void form(Mvbs& m, const Biogenesis& b, double dt, bool backwards, Made& made, std::span<DonorCargo> cargo,
          std::span<const CargoLoading> loading) {
  for (std::size_t i = 0; i < forming.size(); ++i) {
    const Stage stage = forming[backwards ? forming.size() - 1 - i : i];
    std::array<double, ilv_routes> here{};
    for (std::size_t x = 0; x < ilv_routes; ++x) here[x] = m.vesicles[x][stage];
    const Formation f = form_vesicles(here, m.count[stage], b, stage == maturing ? 1.0 : b.late_formation, dt);
    for (std::size_t x = 0; x < ilv_routes; ++x) {
      m.vesicles[x][stage] = here[x];
      made.formed += f.formed[x];
      made.back_fused += f.back_fused[x];
    }
    for (std::size_t q = 0; q < cargo.size(); ++q)
      load(cargo[q], loading[q], stage, m.count[stage], f.formed, b.back_fusion, dt);
  }
}

}  // namespace

Made advance_pathway(Mvbs& m, const Biogenesis& b, double dt, std::span<DonorCargo> cargo,
                     std::span<const CargoLoading> loading) {
  Made made;
  form(m, b, 0.5 * dt, false, made, cargo, loading);
  const Transitions t = transitions(b, coupled_transport(m, b, 0.5 * dt), dt);
  move(m, t);
  for (DonorCargo& q : cargo) move(q, t);
  form(m, b, 0.5 * dt, true, made, cargo, loading);
  made.fusions = m.count[fused];
  for (Stages& x : m.vesicles) {
    made.digested += x[digested];
    made.burst += x[fused];
    made.expelled += x[expelled];
  }
  for (const Stage fate : {digested, fused, expelled}) {
    m.count[fate] = 0.0;
    for (Stages& x : m.vesicles) x[fate] = 0.0;
  }
  return made;
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
