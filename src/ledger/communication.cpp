#include "src/ledger/communication.hpp"

#include <fmt/format.h>

#include <array>

#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

struct Listed {
  CellArray array;
  const char* kind;
};
constexpr std::array<Listed, 12> routes{{{CellArray::endocytosed, "uptake"},
                                         {CellArray::fused, "uptake"},
                                         {CellArray::recaptured, "binding"},
                                         {CellArray::bound, "now"},
                                         {CellArray::back_fused, "fate"},
                                         {CellArray::degraded, "fate"},
                                         {CellArray::fluid_phase, "uptake"},
                                         {CellArray::by_clathrin, "endocytosis"},
                                         {CellArray::by_raft, "endocytosis"},
                                         {CellArray::by_independent, "endocytosis"},
                                         {CellArray::by_macropinocytosis, "endocytosis"},
                                         {CellArray::by_phagocytosis, "endocytosis"}}};

}  // namespace

std::vector<CommunicationRow> measure_communication(const State& u, const Model& model, MPI_Comm comm) {
  const std::size_t types = model.parameters().cell_types.size();
  std::vector<ExactSum> sums(model.fields.size() * routes.size() * types);
  const auto slot = [&](std::size_t f, std::size_t r, std::size_t t) { return (f * types + t) * routes.size() + r; };
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    for (std::size_t r = 0; r < routes.size(); ++r) {
      const auto values = u.cells.at(routes[r].array, f);
      for (std::size_t c = 0; c < values.size(); ++c)
        sums[slot(f, r, static_cast<std::size_t>(u.cells.type[c]))].add(values[c]);
      if (info(routes[r].array).role == Role::pool) continue;  // is here no more
      for (const DepartedCells& d : u.departed.cells)
        sums[slot(f, r, static_cast<std::size_t>(d.type))] += d.at(routes[r].array, f);
    }
  sum_over_ranks(comm, sums);
  std::vector<CommunicationRow> rows;
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    for (std::size_t t = 0; t < types; ++t) {
      const FieldKey& key = model.fields[f];
      const VesicleClass& vesicle = model.parameters().vesicles[key.vesicle];
      if (!model.behaviour[t][key.vesicle].uptake) continue;
      for (std::size_t r = 0; r < routes.size(); ++r) {
        if (!model.has(key.vesicle, routes[r].array)) continue;
        if (!model.cell_arrays(routes[r].array, f)) continue;
        rows.push_back({key.cargo ? fmt::format("{} in {}", model.parameters().cargo[*key.cargo].name, vesicle.name)
                                  : vesicle.name,
                        model.sources[key.source], model.parameters().cell_types[t].name,
                        key.cargo ? "cargo" : routes[r].kind, std::string(info(routes[r].array).name),
                        sums[slot(f, r, t)].value(), std::string(model.unit_of_field(f)),
                        vesicle.parent.empty() ? vesicle.name : vesicle.parent});
      }
    }
  return rows;
}

}  // namespace vesicast
