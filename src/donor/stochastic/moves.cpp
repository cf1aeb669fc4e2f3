#include "src/donor/stochastic/moves.hpp"

namespace vesicast::donor::stochastic {
namespace {

/// Where `mvbs` MVBs of the stage `from` are at the end of the step, what stays left out.
std::array<Count, stage_count> draw_destinations(Stage from, Count mvbs, const Stages& probability, Draws& draws) {
  std::array<Count, stage_count> result{};
  double left = 1.0;
  for (std::size_t to = 0; to < stage_count && mvbs > 0; ++to) {
    if (to == from || !(probability[to] > 0.0)) continue;
    result[to] = binomial(mvbs, probability[to] / left, draws);
    mvbs -= result[to];
    left -= probability[to];
  }
  return result;
}

}  // namespace

MoveEvents draw_moves(Mvbs& m, const Transitions& probabilities, double r, Draws& draws) {
  MoveEvents e;
  for (std::size_t s = 0; s < living_stages; ++s) {
    e.mvbs_present[s] = static_cast<Count>(m.count[s]);
    for (std::size_t x = 0; x < ilv_routes; ++x) e.present[s][x] = static_cast<Count>(m.vesicles[x][s]);
  }
  e.matured = probabilities.from[endosome];
  for (std::size_t from = 0; from < living_stages; ++from) {
    Count mvbs = e.mvbs_present[from];
    ByRoute held = e.present[from];
    e.mvbs[from] = draw_destinations(static_cast<Stage>(from), mvbs, probabilities.from[from], draws);
    for (std::size_t to = 0; to < stage_count; ++to) {
      const Count leaving = e.mvbs[from][to];
      if (leaving == 0) continue;
      const ByRoute with_them = take(held, in_leaving_mvbs(sum(held), leaving, mvbs, r, draws), draws);
      e.vesicles[from][to] = with_them;
      mvbs -= leaving;
      m.count[from] -= static_cast<double>(leaving);
      m.count[to] += static_cast<double>(leaving);
      for (std::size_t x = 0; x < ilv_routes; ++x) {
        held[x] -= with_them[x];
        m.vesicles[x][from] -= static_cast<double>(with_them[x]);
        m.vesicles[x][to] += static_cast<double>(with_them[x]);
      }
    }
  }
  for (std::size_t to = 0; to < stage_count; ++to) {
    e.arrived[to] = poisson(probabilities.inflow[to], draws);
    m.count[to] += static_cast<double>(e.arrived[to]);
  }
  return e;
}

}  // namespace vesicast::donor::stochastic
