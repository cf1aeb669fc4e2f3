#include <algorithm>

#include "src/exchange/exchange.hpp"
#include "src/exchange/give_back.hpp"
#include "src/recipient/recycling.hpp"

namespace vesicast {
namespace {

/// Books what one cell recycles from its early endosome, and what it swallowed with the fluid or took back there.
void settle_early_endosome(State& u, const Uptake& uptake, const Exchange& x, std::size_t f, std::size_t c,
                           std::size_t o, double dt) {
  double& early = u.cells.at(CellArray::early_endosome, f)[c];
  const double before = early, recycled = x.recycled[f][c], swallowed = uptake.fluid * x.integral[f][o];
  const double arriving = swallowed + x.reinternalised[f][c];
  early = (before - recycled) + arriving;
  u.cells.at(CellArray::fluid_phase, f)[c] += swallowed;
  if (recycled < before || arriving <= 0.0) return;
  const double recycles = recipient::leaves_pool(before, uptake.k_recycling, arriving / dt, dt);
  give_back(u, CellArray::early_endosome, f, c, u.cells.occupied[o], recycles - recycled);
}

/// Books one field of one recipient cell; returns the vesicles that were bound in the step.
double settle_field(State& u, const Uptake& uptake, const Exchange& x, std::size_t f, std::size_t j, std::size_t c,
                    std::size_t o, double dt) {
  Cells& cells = u.cells;
  double& bound = cells.at(CellArray::bound, f)[c];
  const double arrived = x.cell_clearance[j][c] * x.integral[f][o] + x.recaptured[f][c];
  const double comes_off = recipient::leaves_pool(bound, x.unbinding[j][c], arrived / dt, dt);
  bound = (bound - x.unbound[f][c]) + arrived;
  settle_early_endosome(u, uptake, x, f, c, o, dt);
  cells.at(CellArray::late_endosome, f)[c] -= x.resecreted[f][c];
  cells.at(CellArray::recaptured, f)[c] += x.recaptured[f][c];
  cells.at(CellArray::returned, f)[c] += x.unbound[f][c] + x.recycled[f][c] + x.resecreted[f][c];
  if (comes_off > x.unbound[f][c]) give_back(u, CellArray::bound, f, c, cells.occupied[o], comes_off - x.unbound[f][c]);
  return arrived;
}

}  // namespace

void settle(State& u, const Model& model, const Exchange& x, double dt) {
  Cells& cells = u.cells;
  const std::size_t fields = model.fields.size();
  std::vector<double> arrived(fields);
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t o = 0; o < cells.occupied.size(); ++o)
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) {
      const std::size_t kind = model.kind(cells, c);
      for (std::size_t f = 0; f < fields; ++f) {
        const std::size_t j = model.fields[f].vesicle;
        const auto& uptake = now.of[kind][j].uptake;
        arrived[f] = uptake ? settle_field(u, *uptake, x, f, j, c, o, dt) : 0.0;
      }
      for (const ReceptorFamily& family : model.families) {
        double bound = 0.0, total_arrived = 0.0;
        for (const std::size_t f : family.fields) {
          bound += cells.at(CellArray::bound, f)[c];
          total_arrived += arrived[f];
        }
        const double surplus = bound - family.per_cell[kind];
        if (surplus <= 0.0 || total_arrived <= 0.0) continue;
        const double share = std::min(1.0, surplus / total_arrived);
        for (const auto* group : {&family.fields, &family.carried})
          for (const std::size_t f : *group) {
            give_back(u, CellArray::bound, f, c, cells.occupied[o], share * arrived[f]);
            cells.at(CellArray::recaptured, f)[c] -= share * x.recaptured[f][c];
          }
      }
    }
}

}  // namespace vesicast
