#include <algorithm>

#include "src/exchange/exchange.hpp"

namespace vesicast {
namespace {

/// Takes `share` of what cell `c` just bound off its receptors and puts it back into the voxel.
void give_back(State& u, const Model& model, std::size_t c, std::int64_t voxel, double share, const std::vector<double>& arrived) {
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const double surplus = share * arrived[f];
    if (surplus <= 0.0) continue;
    double& bound = u.cells.at(CellArray::bound, f)[c];
    const double taken = std::min(surplus, bound);
    bound -= taken;
    const WriteScope scope(u.fields[f]);
    scope.values()[static_cast<std::size_t>(voxel)] += taken;
    u.cells.at(CellArray::returned, f)[c] += taken;
  }
}

}  // namespace

void settle(State& u, const Model& model, const Exchange& x) {
  Cells& cells = u.cells;
  const std::size_t fields = model.fields.size();
  std::vector<double> arrived(fields);
  for (std::size_t o = 0; o < cells.occupied.size(); ++o)
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) {
      const auto type = static_cast<std::size_t>(cells.type[c]);
      double bound = 0.0, total_arrived = 0.0;
      for (std::size_t f = 0; f < fields; ++f) {
        const std::size_t j = model.fields[f].vesicle;
        cells.at(CellArray::secreted, f)[c] += x.secreted[f][c];
        arrived[f] = 0.0;
        if (!model.behaviour[type][j].uptake) continue;
        arrived[f] = x.cell_clearance[j][c] * x.integral[f][o] + x.recaptured[f][c];
        double& b = cells.at(CellArray::bound, f)[c];
        b = (b - x.unbound[f][c]) + arrived[f];
        cells.at(CellArray::early_endosome, f)[c] -= x.recycled[f][c];
        cells.at(CellArray::late_endosome, f)[c] -= x.resecreted[f][c];
        cells.at(CellArray::recaptured, f)[c] += x.recaptured[f][c];
        cells.at(CellArray::returned, f)[c] += x.unbound[f][c] + x.recycled[f][c] + x.resecreted[f][c];
        bound += b;
        total_arrived += arrived[f];
      }
      const double surplus = bound - model.parameters.cell_types[type].receptors;
      if (surplus > 0.0 && total_arrived > 0.0)
        give_back(u, model, c, cells.occupied[o], std::min(1.0, surplus / total_arrived), arrived);
    }
}

}  // namespace vesicast
