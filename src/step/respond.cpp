#include "src/step/respond.hpp"

#include "src/cells/donor_state.hpp"
#include "src/exchange/give_back.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/response.hpp"

namespace vesicast {
namespace {

/// Gives back what cell `c` has bound beyond the receptors it has now.
void release_surplus(State& u, const Model& model, const Seats& seats, std::size_t c) {
  for (std::size_t r = 0; r < model.families.size(); ++r) {
    const ReceptorFamily& family = model.families[r];
    double bound = 0.0;
    for (const std::size_t f : family.fields) bound += u.cells.at(CellArray::bound, f)[c];
    const double surplus = bound - seats.varied.receptors(model, u.cells, c, r);
    if (surplus <= 0.0) continue;
    for (const auto* group : {&family.fields, &family.carried})
      for (const std::size_t f : *group)
        give_back(u, CellArray::bound, f, c, seats.voxel_of(c), surplus / bound * u.cells.at(CellArray::bound, f)[c]);
  }
}

/// A response of a cell type and what it looks at.
struct Looks {
  const Response* response = nullptr;
  std::size_t cargo = 0;
  double rest = 0.0;  ///< copies of an unperturbed cell at rest
};

/// Nothing where the type does not have the response `r` of the run.
std::optional<Looks> looks(const Model& model, std::size_t type, std::size_t r) {
  const auto& p = model.parameters();
  const auto own = p.cell_types[type].responses.find(model.responses[r]);
  if (own == p.cell_types[type].responses.end()) return std::nullopt;
  const auto cargo = std::ranges::find(p.cargo, own->second.cargo, &CargoSpecies::name);
  const auto q = static_cast<std::size_t>(cargo - p.cargo.begin());
  const auto& supply = model.supply[type][q];
  return Looks{&own->second, q, supply ? supply->at_rest : 0.0};
}

/// Calls `visit(level, copies, Looks)` for every cell that has the response `r`.
template <class Visit>
void for_each_responding(State& u, const Model& model, std::size_t r, Visit&& visit) {
  std::vector<std::optional<Looks>> of;
  for (std::size_t t = 0; t < model.parameters().cell_types.size(); ++t) of.push_back(looks(model, t, r));
  const auto level = u.cells.at(CellArray::response, r);
  for (std::size_t c = 0; c < u.cells.size(); ++c) {
    const auto& own = of[static_cast<std::size_t>(u.cells.type[c])];
    if (!own) continue;
    const CellArray pool = donor::pool_of(model.parameters().cargo[own->cargo].kind);
    visit(level[c], u.cells.at(pool, own->cargo)[c], *own);
  }
}

/// A cell of the type `from` becomes one of the type `to`: its levels are told relative to that one at rest.
void retell_levels(State& u, const Model& model, std::size_t c, std::size_t from, std::size_t to) {
  for (std::size_t r = 0; r < model.responses.size(); ++r) {
    const auto was = looks(model, from, r), is = looks(model, to, r);
    if (was && is)
      u.cells.at(CellArray::response, r)[c] *= recipient::settled_level(was->rest, 0.0, *was->response) /
                                               recipient::settled_level(is->rest, 0.0, *is->response);
  }
}

}  // namespace

void start_responses(State& u, const Model& model) {
  for (std::size_t r = 0; r < model.responses.size(); ++r) {
    std::ranges::fill(u.cells.at(CellArray::response, r), 1.0);
    for_each_responding(u, model, r, [&](double& level, double copies, const Looks& own) {
      level = recipient::settled_level(copies, own.rest, *own.response);
    });
  }
}

void respond(State& u, const Model& model, double dt) {
  for (std::size_t r = 0; r < model.responses.size(); ++r)
    for_each_responding(u, model, r, [&](double& level, double copies, const Looks& own) {
      level = recipient::level_after(level, copies, own.rest, *own.response, dt);
    });
}

void change_phenotypes(State& u, const Model& model, const Seats& seats, double dt) {
  if (model.responses.empty()) return;
  Cells& cells = u.cells;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(cells.type[c]);
    const auto& becoming = model.becomes[type];
    if (!becoming) continue;
    const PhenotypeSwitch& s = *model.parameters().cell_types[type].becomes;
    const double level = cells.at(CellArray::response, becoming->response)[c];
    double& held = cells.at(CellArray::held, becoming->response)[c];
    held = (s.above ? level > s.threshold : level < s.threshold) ? held + dt : 0.0;
    if (!(held > 0.0) || held < s.hold) continue;
    cells.type[c] = static_cast<std::int32_t>(becoming->to);
    retell_levels(u, model, c, type, becoming->to);
    held = 0.0;
    release_surplus(u, model, seats, c);
  }
}

}  // namespace vesicast
