// Soluble factors and what cells do with them.
#include <fmt/format.h>

#include <algorithm>

#include "io/config/resolve_tables.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

constexpr const char* of_uptake[] = {"k_on", "k_off", "k_internalisation"};

/// Binding and internalisation, where the type has receptors.
void resolve_uptake(TableReader& table, const std::string& factor, CellType& type) {
  if (!table.has("receptors")) {
    for (const char* name : of_uptake)
      if (table.has(name)) table.name_problem(name, "belongs to uptake: give receptors too");
    return;
  }
  for (const char* name : of_uptake)
    if (!table.has(name)) table.missing(name);
  type.factor_receptors[factor] = table.number("receptors");
  Uptake uptake;
  uptake.k_on = table.quantity("k_on");
  uptake.k_off = table.quantity("k_off");
  uptake.k_internalisation = table.quantity("k_internalisation");
  uptake.k_endocytosis = uptake.k_fusion = 0.0;  // it has no endosomes to go to, and no membrane
  type.recipient[factor] = uptake;
}

}  // namespace

void resolve_factors(TableReader& top, const Boundaries& boundaries, const std::string& folder, Resolved& resolved) {
  if (!top.has("factor")) return;
  const std::vector<std::string> vesicles = names_of(resolved.parameters.vesicles);
  TableReader all = top.table("factor");
  for (const std::string& name : all.names()) {
    if (std::find(vesicles.begin(), vesicles.end(), name) != vesicles.end())
      all.name_problem(name, fmt::format("\"{}\" is a vesicle class: give the factor another name", name));
    TableReader table = all.table(name);
    VesicleClass factor;
    factor.name = name;
    factor.substance = Substance::soluble;
    resolve_given_diffusivity(table, folder, factor);
    resolve_field(table, boundaries, folder, factor, resolved);
    resolved.parameters.vesicles.push_back(std::move(factor));
  }
}

void resolve_cell_factors(TableReader& cell_type, const Parameters& parameters, CellType& type) {
  if (!cell_type.has("factor")) return;
  const std::vector<std::string> known = names_of(parameters.vesicles, Substance::soluble);
  TableReader all = cell_type.table("factor");
  for (const std::string& name : all.names()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      all.name_problem(name,
                       fmt::format("unknown factor \"{}\"{}", name, suggestion(name, known, "tables [factor.NAME]")));
      continue;
    }
    TableReader table = all.table(name);
    if (!table.has("secretion") && !table.has("receptors"))
      table.problem("give secretion, receptors, or both: what the cells do with the factor");
    if (table.has("secretion")) type.donor[name].rate = table.quantity("secretion");
    resolve_uptake(table, name, type);
  }
}

}  // namespace vesicast::io
