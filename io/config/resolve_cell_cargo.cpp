// What the cells of a type have of cargo, how they respond to it, and what they become.
#include <fmt/format.h>

#include <algorithm>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

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
  const auto species = std::ranges::find(parameters.cargo, name, &CargoSpecies::name);
  if (species == parameters.cargo.end()) return;  // none, or noted
  const auto own = type.cargo.find(name);
  if (species->kind != CargoKind::membrane)
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
  if (!table.has("copies") && !table.has("synthesis"))
    table.problem("give copies or synthesis: how many a cell has, or how many it makes per time");
  read_rows(table, cargo);
  if (!table.has("sorting_surface")) cargo.sorting_at_surface = table.number("sorting");
  return cargo;
}

PhenotypeSwitch read_switch(TableReader& table, const CellType& type) {
  auto& responses = table.known().names["response"];
  responses.clear();
  for (const auto& [name, response] : type.responses) responses.push_back(name);
  PhenotypeSwitch s;
  read_rows(table, s);
  s.above = table.has("above");
  if (s.above == table.has("below"))
    table.problem(s.above ? "give the level as above or as below, not as both"
                          : "give the level, as above or as below");
  else
    s.threshold = table.number(s.above ? "above" : "below");
  return s;
}

}  // namespace

void resolve_cell_cargo(TableReader& cell_type, const Parameters& parameters, CellType& type) {
  read_rows(cell_type, cytosol_row(), type);
  for_tables(cell_type, "cargo", "cargo", [&](TableReader& table, const std::string& name) {
    TableReader all = cell_type.table("cargo");
    check_diameters(all, name, parameters, type);
    type.cargo[name] = read_cargo(table);
  });
  if (type.biogenesis) {
    TableReader pathway = cell_type.table("donor").table("pathway");
    check_ectosome_cargo(pathway, parameters, type);
  }
  for_tables(cell_type, "response", "",
             [&](TableReader& table, const std::string& name) { read_rows(table, type.responses[name]); });
  if (cell_type.has("becomes")) {
    TableReader table = cell_type.table("becomes");
    type.becomes = read_switch(table, type);
  }
}

void check_switches(TableReader& top, const Parameters& parameters) {
  for (const CellType& type : parameters.cell_types) {
    if (!type.becomes || type.becomes->to.empty()) continue;
    TableReader table = top.table("cell_type").table(type.name).table("becomes");
    const std::string &from = type.name, &to = type.becomes->to;
    const auto found = std::ranges::find(parameters.cell_types, to, &CellType::name);
    if (found == parameters.cell_types.end()) continue;  // noted
    const CellType& next = *found;
    if (to == from) table.problem("type", "a cell type cannot become itself");
    const auto nowhere = [&](const std::string& what) { table.problem("type", what + " would have nowhere to go"); };
    for (const auto& [vesicle, uptake] : type.recipient)
      if (!next.recipient.contains(vesicle))
        nowhere(
            fmt::format("\"{}\" takes up \"{}\" and \"{}\" does not: what such a cell has bound", from, vesicle, to));
    for (const auto& [cargo, own] : type.cargo)
      if (!next.cargo.contains(cargo))
        nowhere(fmt::format("\"{}\" has cargo \"{}\" and \"{}\" does not (copies = 0 makes none): what such a cell has",
                            from, cargo, to));
    if (type.biogenesis && !next.biogenesis)
      nowhere(fmt::format("\"{}\" has a donor pathway and \"{}\" has none: its MVBs", from, to));
    if (!type.biogenesis || !next.biogenesis) continue;
    const std::vector<std::string> kept = names_of(next.populations);
    for (const MvbPopulation& one : type.populations)
      if (std::ranges::find(kept, one.name) == kept.end())
        nowhere(fmt::format("\"{}\" has MVBs called \"{}\" and \"{}\" has not: they", from, one.name, to));
    if (type.populations.empty() && !kept.empty())
      table.problem(
          "type", fmt::format("\"{}\" has several kinds of MVBs and \"{}\" has one: give the same to both", to, from));
  }
}

}  // namespace vesicast::io
