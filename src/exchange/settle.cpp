#include <algorithm>

#include "src/exchange/exchange.hpp"
#include "src/recipient/recycling.hpp"

namespace vesicast {
namespace {

/// Moves bound vesicles of cell `c` back into its voxel, at most what is bound.
void give_back(State& u, std::size_t f, std::size_t c, std::int64_t voxel, double vesicles) {
  double& bound = u.cells.at(CellArray::bound, f)[c];
  const double taken = std::clamp(vesicles, 0.0, bound);
  bound -= taken;
  u.cells.at(CellArray::returned, f)[c] += taken;
  const WriteScope scope(u.fields[f]);
  scope.values()[static_cast<std::size_t>(voxel)] += taken;
}

/// Books one field of one recipient cell; returns the vesicles that were bound in the step.
double settle_field(State& u, const Exchange& x, std::size_t f, std::size_t j, std::size_t c, std::size_t o,
                    double dt) {
  Cells& cells = u.cells;
  double& bound = cells.at(CellArray::bound, f)[c];
  const double arrived = x.cell_clearance[j][c] * x.integral[f][o] + x.recaptured[f][c];
  const double comes_off = recipient::leaves_pool(bound, x.unbinding[j][c], arrived / dt, dt);
  bound = (bound - x.unbound[f][c]) + arrived;
  double& early = cells.at(CellArray::early_endosome, f)[c];
  early = std::max(0.0, (early + x.reinternalised[f][c]) - x.recycled[f][c]);
  cells.at(CellArray::late_endosome, f)[c] -= x.resecreted[f][c];
  cells.at(CellArray::recaptured, f)[c] += x.recaptured[f][c];
  cells.at(CellArray::returned, f)[c] += x.unbound[f][c] + x.recycled[f][c] + x.resecreted[f][c];
  if (comes_off > x.unbound[f][c]) give_back(u, f, c, cells.occupied[o], comes_off - x.unbound[f][c]);
  return arrived;
}

}  // namespace

void settle(State& u, const Model& model, const Exchange& x, double dt) {
  Cells& cells = u.cells;
  const std::size_t fields = model.fields.size();
  std::vector<double> arrived(fields);
  for (std::size_t o = 0; o < cells.occupied.size(); ++o)
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) {
      const auto type = static_cast<std::size_t>(cells.type[c]);
      for (std::size_t f = 0; f < fields; ++f) {
        const std::size_t j = model.fields[f].vesicle;
        arrived[f] = model.behaviour[type][j].uptake ? settle_field(u, x, f, j, c, o, dt) : 0.0;
      }
      for (const ReceptorFamily& family : model.families) {
        double bound = 0.0, total_arrived = 0.0;
        for (const std::size_t f : family.fields) {
          bound += cells.at(CellArray::bound, f)[c];
          total_arrived += arrived[f];
        }
        const double surplus = bound - family.per_cell[type];
        if (surplus <= 0.0 || total_arrived <= 0.0) continue;
        const double share = std::min(1.0, surplus / total_arrived);
        for (const std::size_t f : family.fields) {
          give_back(u, f, c, cells.occupied[o], share * arrived[f]);
          cells.at(CellArray::recaptured, f)[c] -= share * x.recaptured[f][c];
        }
      }
    }
}

}  // namespace vesicast
