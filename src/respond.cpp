#include "src/respond.hpp"

#include "src/donor/state.hpp"
#include "src/exchange/give_back.hpp"
#include "src/recipient/response.hpp"

namespace vesicast {
namespace {

/// Gives back what cell `c` has bound beyond the receptors it has now.
void release_surplus(State& u, const Model& model, std::size_t c, std::int64_t voxel) {
  for (const ReceptorFamily& family : model.families) {
    double bound = 0.0;
    for (const std::size_t f : family.fields) bound += u.cells.at(CellArray::bound, f)[c];
    const double surplus = bound - family.per_cell[model.kind(u.cells, c)];
    if (surplus <= 0.0) continue;
    for (const auto* group : {&family.fields, &family.carried})
      for (const std::size_t f : *group)
        give_back(u, CellArray::bound, f, c, voxel, surplus / bound * u.cells.at(CellArray::bound, f)[c]);
  }
}

}  // namespace

void respond(State& u, const Model& model, double dt) {
  const auto& p = model.parameters;
  for (std::size_t r = 0; r < model.responses.size(); ++r) {
    const auto level = u.cells.at(CellArray::response, r);
    for (std::size_t c = 0; c < u.cells.size(); ++c) {
      const CellType& type = p.cell_types[static_cast<std::size_t>(u.cells.type[c])];
      const auto own = type.responses.find(model.responses[r]);
      if (own == type.responses.end()) continue;
      const auto cargo = std::ranges::find(p.cargo, own->second.cargo, &CargoSpecies::name);
      const auto q = static_cast<std::size_t>(cargo - p.cargo.begin());
      level[c] = recipient::level_after(level[c], u.cells.at(donor::pool_of(cargo->kind), q)[c], own->second, dt);
    }
  }
}

void change_phenotypes(State& u, const Model& model, double dt) {
  if (model.responses.empty()) return;
  Cells& cells = u.cells;
  for (std::size_t o = 0; o < cells.occupied.size(); ++o)
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) {
      const auto type = static_cast<std::size_t>(cells.type[c]);
      const auto& becoming = model.becomes[type];
      if (!becoming) continue;
      const PhenotypeSwitch& s = *model.parameters.cell_types[type].becomes;
      const double level = cells.at(CellArray::response, becoming->response)[c];
      double& held = cells.at(CellArray::held, becoming->response)[c];
      held = (s.above ? level > s.threshold : level < s.threshold) ? held + dt : 0.0;
      if (!(held > 0.0) || held < s.hold) continue;
      cells.type[c] = static_cast<std::int32_t>(becoming->to);
      held = 0.0;
      release_surplus(u, model, c, cells.occupied[o]);
    }
}

}  // namespace vesicast
