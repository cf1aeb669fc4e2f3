#include "src/exchange/release.hpp"

#include "src/donor/stochastic/release.hpp"
#include "src/donor/tether.hpp"
#include "src/exchange/draws.hpp"

namespace vesicast {

void release_from_mvbs(State& u, const Model& model, const Biogenesis& rates, std::size_t f, double burst,
                       double expelled, std::size_t c, double dt, Released& out) {
  Cells& cells = u.cells;
  double& held = cells.at(CellArray::tethered, f)[c];
  const auto chance = draws_of(u, model, c, Purpose::tether, f);
  const donor::Tethered t =
      chance ? donor::stochastic::draw_tether(held, burst, rates, dt, *chance) : donor::tether(held, burst, rates, dt);
  held = t.stays;
  cells.at(CellArray::secreted, f)[c] += burst + expelled;
  cells.at(CellArray::reinternalised, f)[c] += t.back_in;
  const auto type = static_cast<std::size_t>(cells.type[c]);
  if (model.behaviour[type][model.fields[f].vesicle].uptake.has_value())
    out.reinternalised[f][c] += t.back_in;
  else
    cells.at(CellArray::degraded, f)[c] += t.back_in;
  out.secreted[f][c] += t.free + expelled;
}

}  // namespace vesicast
