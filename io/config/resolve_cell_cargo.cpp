// What the cells of a type have of cargo, how they respond to it, and what they become.
#include <fmt/format.h>

#include <algorithm>

#include "io/config/resolve_tables.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// Is `name`, the value of `key` or where there is none a key itself, a cargo? Notes that it is none.
bool check_cargo(TableReader& table, const char* key, const std::string& name, const Parameters& parameters) {
  const std::vector<std::string> known = names_of(parameters.cargo);
  if (std::ranges::find(known, name) != known.end()) return true;
  const std::string text = fmt::format("unknown cargo \"{}\"{}", name, suggestion(name, known, "tables [cargo.NAME]"));
  if (key != nullptr)
    table.problem(key, text);
  else
    table.name_problem(name, text);
  return false;
}

/// Vesicles take cargo by their lumen or surface: notes a class that the type releases and that has no diameter.
void check_diameters(TableReader& all, const std::string& cargo, const Parameters& parameters, const CellType& type) {
  for (const VesicleClass& v : parameters.vesicles)
    if (v.substance == Substance::vesicle && type.donor.contains(v.name) && !(v.size.mean > 0.0))
      all.name_problem(cargo, fmt::format("is loaded into \"{}\" by its lumen or surface: give vesicle.{}.diameter",
                                          v.name, v.name));
}

/// Notes what is wrong with the cargo that ectosomes follow.
void check_ectosome_cargo(TableReader& pathway, const Parameters& parameters, const CellType& type) {
  const char* key = "ectosome_cargo";
  const std::string& name = type.biogenesis->ectosome_cargo;
  if (!check_cargo(pathway, key, name, parameters)) return;
  const auto own = type.cargo.find(name);
  if (std::ranges::find(parameters.cargo, name, &CargoSpecies::name)->kind != CargoKind::membrane)
    pathway.problem(key, fmt::format("\"{}\" is soluble; ectosomes follow a membrane cargo", name));
  else if (own == type.cargo.end())
    pathway.problem(key,
                    fmt::format("\"{}\" does not have it: give [cell_type.{}.cargo.{}]", type.name, type.name, name));
  else if (own->second.copies.value_or(own->second.synthesis.value_or(0.0)) == 0.0)
    pathway.problem(key, fmt::format("\"{}\" has no copies of \"{}\" at rest, to which ectosomes could be relative",
                                     type.name, name));
}

CellCargo read_cargo(TableReader& table) {
  CellCargo cargo;
  if (table.has("copies")) cargo.copies = table.number("copies");
  if (table.has("synthesis")) cargo.synthesis = table.quantity("synthesis");
  if (!cargo.copies && !cargo.synthesis)
    table.problem("give copies or synthesis: how many a cell has, or how many it makes per time");
  const double sorting = table.number("sorting");
  const auto own = [&](const char* key) { return table.has(key) ? table.number(key) : sorting; };
  constexpr const char* routes[] = {"sorting_escrt", "sorting_syntenin", "sorting_ceramide", "sorting_tetraspanin"};
  for (std::size_t x = 0; x < ilv_routes; ++x) cargo.sorting[x] = own(routes[x]);
  cargo.sorting_at_surface = own("sorting_surface");
  return cargo;
}

Response read_response(TableReader& table, const Parameters& parameters) {
  Response r;
  r.cargo = table.text("cargo");
  if (!r.cargo.empty()) check_cargo(table, "cargo", r.cargo, parameters);
  r.kind = table.text("effect") == "activation" ? ResponseKind::activation : ResponseKind::repression;
  r.fold = table.number("fold");
  r.half = table.number("half");
  r.hill = table.number("hill");
  r.decay = table.quantity("decay");
  return r;
}

PhenotypeSwitch read_switch(TableReader& table, const CellType& type) {
  PhenotypeSwitch s;
  s.to = table.text("type");
  s.response = table.text("response");
  if (!s.response.empty() && !type.responses.contains(s.response)) {
    std::vector<std::string> known;
    for (const auto& [name, response] : type.responses) known.push_back(name);
    table.problem("response", fmt::format("unknown response \"{}\"{}", s.response,
                                          suggestion(s.response, known, "responses of this cell type")));
  }
  s.above = table.has("above");
  if (s.above == table.has("below"))
    table.problem(s.above ? "give the level as above or as below, not as both"
                          : "give the level, as above or as below");
  else
    s.threshold = table.number(s.above ? "above" : "below");
  s.hold = table.quantity("hold");
  return s;
}

}  // namespace

void resolve_cell_cargo(TableReader& cell_type, const Parameters& parameters, CellType& type) {
  type.cytosol = cell_type.quantity("cytosol");
  if (cell_type.has("cargo")) {
    TableReader all = cell_type.table("cargo");
    for (const std::string& name : all.names()) {
      if (!check_cargo(all, nullptr, name, parameters)) continue;
      check_diameters(all, name, parameters, type);
      TableReader table = all.table(name);
      type.cargo[name] = read_cargo(table);
    }
  }
  if (type.biogenesis && !type.biogenesis->ectosome_cargo.empty()) {
    TableReader pathway = cell_type.table("donor").table("pathway");
    check_ectosome_cargo(pathway, parameters, type);
  }
  if (cell_type.has("response")) {
    TableReader all = cell_type.table("response");
    for (const std::string& name : all.names()) {
      TableReader table = all.table(name);
      type.responses[name] = read_response(table, parameters);
    }
  }
  if (cell_type.has("becomes")) {
    TableReader table = cell_type.table("becomes");
    type.becomes = read_switch(table, type);
  }
}

void check_switches(TableReader& top, const Parameters& parameters) {
  const std::vector<std::string> known = names_of(parameters.cell_types);
  for (const CellType& type : parameters.cell_types) {
    if (!type.becomes || type.becomes->to.empty()) continue;
    TableReader table = top.table("cell_type").table(type.name).table("becomes");
    const std::string& to = type.becomes->to;
    const auto next = std::ranges::find(parameters.cell_types, to, &CellType::name);
    if (next == parameters.cell_types.end()) {
      table.problem("type", fmt::format("unknown cell type \"{}\"{}", to, suggestion(to, known, "cell types")));
      continue;
    }
    if (to == type.name) table.problem("type", "a cell type cannot become itself");
    for (const auto& [vesicle, uptake] : type.recipient)
      if (!next->recipient.contains(vesicle))
        table.problem("type", fmt::format("\"{}\" takes up \"{}\" and \"{}\" does not: what such a cell has bound "
                                          "would have nowhere to go",
                                          type.name, vesicle, to));
    for (const auto& [cargo, own] : type.cargo)
      if (!next->cargo.contains(cargo))
        table.problem("type",
                      fmt::format("\"{}\" has cargo \"{}\" and \"{}\" does not (copies = 0 makes none): what such a "
                                  "cell has would have nowhere to go",
                                  type.name, cargo, to));
    for (const MvbPopulation& one : type.populations)
      if (next->biogenesis &&
          std::ranges::find(next->populations, one.name, &MvbPopulation::name) == next->populations.end())
        table.problem("type",
                      fmt::format("\"{}\" has MVBs called \"{}\" and \"{}\" has not: they would have nowhere to go",
                                  type.name, one.name, to));
    if (type.biogenesis && type.populations.empty() && next->biogenesis && !next->populations.empty())
      table.problem("type", fmt::format("\"{}\" has several kinds of MVBs and \"{}\" has one: give the same to both",
                                        to, type.name));
    if (type.biogenesis && !next->biogenesis)
      table.problem("type",
                    fmt::format("\"{}\" has a donor pathway and \"{}\" has none: its MVBs would have nowhere to go",
                                type.name, to));
  }
}

}  // namespace vesicast::io
