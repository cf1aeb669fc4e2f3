#include "src/donor/stochastic/cargo.hpp"

#include <algorithm>
#include <cmath>

namespace vesicast::donor::stochastic {
namespace {

Count whole(double copies) {
  return static_cast<Count>(copies);
}

/// Moves binomial(whole part of `from`, probability) copies.
void transfer(double& from, double& to, double probability, Draws& draws) {
  const auto moved = static_cast<double>(binomial(whole(from), probability, draws));
  from -= moved;
  to += moved;
}

/// Half a step in the MVBs of one stage, of which there are `mvbs`: what fuses back gives its copies back, what forms
/// takes some.
void form(double& cell, CargoInMvbs& cargo, const CargoLoading& loading, Stage stage, Count mvbs,
          const FormationEvents& e, Draws& draws) {
  const bool membrane = loading.kind == CargoKind::membrane;
  double& pool = membrane ? cargo.limiting[stage] : cell;
  if (const Count present = sum(e.present); present > 0)
    transfer(cargo.loaded[stage], pool, static_cast<double>(sum(e.back_fused)) / static_cast<double>(present), draws);
  double taken = 0.0;
  for (std::size_t x = 0; x < ilv_routes; ++x) taken += loading.per_ilv[x] * static_cast<double>(e.formed[x]);
  if (membrane) taken = mvbs > 0 ? taken / static_cast<double>(mvbs) : 0.0;
  if (taken > 0.0) transfer(pool, cargo.loaded[stage], -std::expm1(-taken), draws);
}

/// Divides the copies of one stage as its carriers divide: `present` of them before, `moved`(to) leave.
template <class Moved>
void divide(double& copies, Count present, Moved&& moved, Stages& arrived, Draws& draws) {
  for (std::size_t to = 0; to < stage_count; ++to) {
    const Count leaving = moved(to);
    if (leaving == 0) continue;
    transfer(copies, arrived[to], static_cast<double>(leaving) / static_cast<double>(present), draws);
    present -= leaving;
  }
}

/// Returns what joins the plasma membrane.
double move(CargoInMvbs& cargo, const MoveEvents& e, Draws& draws) {
  Stages vesicles{}, membranes{};
  for (std::size_t from = 0; from < living_stages; ++from) {
    divide(
        cargo.loaded[from], sum(e.present[from]), [&](std::size_t to) { return sum(e.vesicles[from][to]); }, vesicles,
        draws);
    if (from != endosome)
      divide(
          cargo.limiting[from], e.mvbs_present[from], [&](std::size_t to) { return e.mvbs[from][to]; }, membranes,
          draws);
  }
  double left = 1.0;
  for (std::size_t to = 0; to < stage_count; ++to) {
    if (to == endosome || !(e.matured[to] > 0.0)) continue;
    transfer(cargo.limiting[endosome], membranes[to], e.matured[to] / left, draws);
    left -= e.matured[to];
  }
  for (std::size_t s = 0; s < living_stages; ++s) {
    cargo.loaded[s] += vesicles[s];
    cargo.limiting[s] += membranes[s];
  }
  cargo.digested = membranes[digested] + vesicles[digested];
  cargo.burst = vesicles[fused];
  cargo.expelled = vesicles[expelled];
  return membranes[fused] + membranes[expelled];
}

/// MVBs of every stage before the moves (half 0), and after.
std::array<Count, living_stages> mvbs_in(const MoveEvents& e, int half) {
  std::array<Count, living_stages> mvbs = e.mvbs_present;
  if (half == 0) return mvbs;
  for (std::size_t from = 0; from < living_stages; ++from)
    for (std::size_t to = 0; to < stage_count; ++to) {
      mvbs[from] -= e.mvbs[from][to];
      if (to < living_stages) mvbs[to] += e.mvbs[from][to];
    }
  for (std::size_t s = 0; s < living_stages; ++s) mvbs[s] += e.arrived[s];
  return mvbs;
}

}  // namespace

void draw_bud(DonorCargo& cargo, Draws& draws) {
  cargo.budded = 0.0;
  if (cargo.leaving > 0.0) transfer(cargo.pool, cargo.budded, -std::expm1(-cargo.leaving), draws);
}

void draw_cargo(DonorCargo& cargo, std::span<const CargoLoading> loading, std::span<const MvbEvents> events,
                Draws& draws) {
  const auto form_in = [&](std::size_t p, int half, std::initializer_list<Stage> stages) {
    const auto mvbs = mvbs_in(events[p].moves, half);
    for (const Stage stage : stages)
      form(cargo.pool, cargo.mvbs[p], loading[p], stage, mvbs[stage],
           events[p].formation[static_cast<std::size_t>(half)][stage], draws);
  };
  for (std::size_t p = 0; p < events.size(); ++p) form_in(p, 0, {maturing, peripheral, docked});
  double joins = 0.0;
  for (std::size_t p = 0; p < events.size(); ++p) joins += move(cargo.mvbs[p], events[p].moves, draws);
  // As in means, half of what joins the plasma membrane does so before vesicles bud from it.
  const double first = std::floor(0.5 * joins);
  cargo.pool += first;
  draw_bud(cargo, draws);
  cargo.pool += joins - first;
  for (std::size_t p = events.size(); p-- > 0;) form_in(p, 1, {docked, peripheral, maturing});
}

Turnover draw_turnover(double before, double arriving, double lost_share, Draws& draws) {
  Turnover t{before + 0.5 * arriving, 0.0};
  transfer(t.copies, t.lost, lost_share, draws);
  t.copies += 0.5 * arriving;
  return t;
}

Cycle draw_cycle(const Cycle& before, const Cycle& arriving, const TransitionMatrix& step, Draws& draws) {
  Cycle after{};
  for (int from = 0; from < cycle_decayed; ++from) {
    const auto f = static_cast<std::size_t>(from);
    double here = before[f] + 0.5 * arriving[f], left = 1.0;
    for (int to = 0; to < cycle_pools; ++to) {
      if (to == from || !(step(to, from) > 0.0)) continue;
      transfer(here, after[static_cast<std::size_t>(to)], step(to, from) / left, draws);
      left -= step(to, from);
    }
    after[f] += here + 0.5 * arriving[f];
  }
  return after;
}

}  // namespace vesicast::donor::stochastic
