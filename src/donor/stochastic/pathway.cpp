#include "src/donor/stochastic/pathway.hpp"

#include "src/donor/stochastic/formation.hpp"
#include "src/donor/stochastic/moves.hpp"

namespace vesicast::donor::stochastic {
namespace {

Draws draws_for(DrawKey key, Purpose purpose, std::uint32_t half = 0) {
  key.purpose = purpose;
  key.substep = half;
  return Draws(key);
}

std::array<FormationEvents, living_stages> form(Mvbs& m, const PopulationStep& step, Draws draws) {
  std::array<FormationEvents, living_stages> events;
  for (const Stage stage : {maturing, peripheral, docked}) {
    ByRoute here{};
    for (std::size_t x = 0; x < ilv_routes; ++x) here[x] = static_cast<Count>(m.vesicles[x][stage]);
    const FormationEvents e = draw_formation(here, static_cast<Count>(m.count[stage]),
                                             stage == maturing ? step.maturing_mvbs : step.waiting_mvbs, draws);
    for (std::size_t x = 0; x < ilv_routes; ++x)
      m.vesicles[x][stage] = static_cast<double>(here[x] - e.back_fused[x] + e.formed[x]);
    events[stage] = e;
  }
  return events;
}

}  // namespace

MvbEvents step_pathway(Mvbs& m, const PopulationStep& step, const DrawKey& key) {
  MvbEvents events;
  events.formation[0] = form(m, step, draws_for(key, Purpose::ilv_formation, 0));
  Draws moving = draws_for(key, Purpose::mvb_moves);
  events.moves = draw_moves(m, step.uncoupled ? *step.uncoupled : step.transitions(m), step.burst_dispersion, moving);
  events.formation[1] = form(m, step, draws_for(key, Purpose::ilv_formation, 1));
  for (const Stage fate : {digested, fused, expelled}) {
    m.count[fate] = 0.0;
    for (Stages& x : m.vesicles) x[fate] = 0.0;
  }
  return events;
}

Made totals(const MvbEvents& events) {
  const auto number = [](Count n) { return static_cast<double>(n); };
  Made made;
  for (const auto& half : events.formation)
    for (const FormationEvents& e : half) {
      made.formed += number(sum(e.formed) + sum(e.turned_over));
      made.back_fused += number(sum(e.back_fused) + sum(e.turned_over));
    }
  for (std::size_t from = 0; from < living_stages; ++from) {
    const auto& vesicles = events.moves.vesicles[from];
    made.digested += number(sum(vesicles[digested]));
    made.burst += number(sum(vesicles[fused]));
    made.expelled += number(sum(vesicles[expelled]));
    made.fusions += number(events.moves.mvbs[from][fused]);
  }
  made.fusions += number(events.moves.arrived[fused]);
  return made;
}

}  // namespace vesicast::donor::stochastic
