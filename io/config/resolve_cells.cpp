// Cell types: what they release at a given rate, what they take up, and their places for soluble factors and cargo.
#include <fmt/format.h>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

Secretion read_secretion(TableReader& table) {
  Secretion secretion;
  read_rows(table, secretion);
  return secretion;
}

/// The tables under `parent`.vesicle whose names are vesicle classes; notes the others.
std::vector<std::string> classes_below(TableReader& parent, const std::vector<std::string>& classes) {
  std::vector<std::string> found;
  if (!parent.has("vesicle")) return found;
  TableReader below = parent.table("vesicle");
  for (const std::string& name : below.names())
    if (check_class(below, name, classes)) found.push_back(name);
  return found;
}

void resolve_polarised(TableReader& donor, int dimensions, CellType& type) {
  if (!donor.has("polarised")) return;
  TableReader table = donor.table("polarised");
  const std::string side = table.text("side");
  Polarised polarised;
  read_rows(table, polarised);
  if (side.size() != 2) return;  // noted
  polarised.axis = axis_of(side.substr(1));
  polarised.side = side[0] == '+' ? 1 : 0;
  if (polarised.axis >= dimensions)
    table.problem("side", fmt::format("\"{}\" leads out of a section, which has x and y", side));
  type.polarised = polarised;
}

void resolve_donor(TableReader& donor, const std::vector<std::string>& classes, CellType& type) {
  if (classes.empty()) return;  // `resolve_vesicles` has noted it
  if (donor.has("pathway")) {
    TableReader pathway = donor.table("pathway");
    resolve_pathway(pathway, classes, type);
  }
  const bool per_class = donor.has("vesicle");
  const std::string under = fmt::format("[{}.vesicle.CLASS]", donor.path());
  if (!per_class && classes.size() == 1 && !type.biogenesis) {
    if (!donor.has("secretion")) donor.missing("secretion");
    type.donor[classes[0]] = read_secretion(donor);
    return;
  }
  bool direct = false;
  for (const KeyRow<Secretion>& row : rows<Secretion>()) {
    if (!donor.has(row.name)) continue;
    direct = true;
    donor.name_problem(
        row.name,
        type.biogenesis ? fmt::format("the pathway says what is released; a further class is given in {}", under)
        : classes.size() > 1
            ? fmt::format("there are {} vesicle classes; say which one releases, in {}", classes.size(), under)
            : fmt::format("given per vesicle class too, in {}; leave one of them out", under));
  }
  for (const std::string& name : classes_below(donor, classes)) {
    TableReader below = donor.table("vesicle");
    if (type.donor.contains(name)) below.name_problem(name, "the pathway makes this class; leave one of them out");
    TableReader table = below.table(name);
    type.donor[name] = read_secretion(table);
  }
  const bool any_below = per_class && !donor.table("vesicle").names().empty();
  if (!any_below && !direct && !type.biogenesis)
    donor.problem(fmt::format("a donor needs the secretion of a vesicle class, in {}", under));
}

/// Brings the weights of the routes to a sum of 1, unless each adds.
void share_routes(TableReader& table, std::array<double, route_count>& weight) {
  double sum = 0.0;
  for (const double w : weight) sum += w;
  if (table.text("routes") == "adds") return;
  if (sum == 0.0)
    table.problem("weight_clathrin",
                  "the weights of all routes are 0, so none can take a share; for a cell without endocytosis "
                  "give k_endocytosis = \"0 /s\"");
  else
    for (double& w : weight) w /= sum;
}

Uptake read_uptake(TableReader& table) {
  Uptake uptake;
  read_rows(table, uptake);
  table.put_default("k_recycling", quantity_text(uptake.k_late / 9.0, Dimension::rate));  // 10 % of what leaves returns
  uptake.k_recycling = table.quantity("k_recycling");
  share_routes(table, uptake.route_weight);
  return uptake;
}

void resolve_recipient(TableReader& recipient, const std::vector<std::string>& classes, CellType& type) {
  read_rows(recipient, recipient_rows(), type);
  read_rows(recipient, type.gate);
  const bool recycling_given = recipient.has("k_recycling");
  const Uptake general = read_uptake(recipient);
  for (const std::string& name : classes) type.recipient[name] = general;
  for (const std::string& name : classes_below(recipient, classes)) {
    TableReader table = recipient.table("vesicle").table(name);
    for (const KeyRow<Uptake>& row : rows<Uptake>())
      if (recycling_given || row.name != std::string_view("k_recycling"))
        table.copy_default(row.name, recipient, row.name);
    type.recipient[name] = read_uptake(table);
  }
}

/// What the type does with a soluble factor.
void resolve_factor(TableReader& table, const std::string& factor, CellType& type) {
  if (!table.has("secretion") && !table.has("receptors"))
    table.problem("give secretion, receptors, or both: what the cells do with the factor");
  if (table.has("secretion")) type.donor[factor].rate = table.quantity("secretion");
  const bool taken_up = table.has("receptors");
  for (const char* name : {"k_on", "k_off", "k_internalisation"}) {
    if (taken_up && !table.has(name)) table.missing(name);
    if (!taken_up && table.has(name)) table.name_problem(name, "belongs to uptake: give receptors too");
  }
  if (!taken_up) return;
  type.factor_receptors[factor] = table.number("receptors");
  Uptake uptake;
  for_numbers(uptake, [](double& rate, const KeyRow<Uptake>& row) {
    if (row.type.kind == Kind::quantity) rate = 0.0;  // it has no endosomes to go to, and no membrane
  });
  uptake.k_on = table.quantity("k_on");
  uptake.k_off = table.quantity("k_off");
  uptake.k_internalisation = table.quantity("k_internalisation");
  type.recipient[factor] = uptake;
}

void resolve_factors_of(TableReader& cell_type, const Parameters& parameters, CellType& type) {
  if (!cell_type.has("factor")) return;
  TableReader all = cell_type.table("factor");
  for (const std::string& name : all.names()) {
    if (!check_own_name(all, name, names_of(parameters.vesicles, Substance::soluble), "factor", "tables [factor.NAME]"))
      continue;
    TableReader table = all.table(name);
    resolve_factor(table, name, type);
  }
}

}  // namespace

void resolve_cell_types(TableReader& top, Parameters& parameters) {
  if (!top.has("cell_type")) return;
  const std::vector<std::string> classes = names_of(parameters.vesicles, Substance::vesicle);
  TableReader all = top.table("cell_type");
  for (const std::string& name : all.names()) {
    TableReader table = all.table(name);
    CellType type;
    type.name = name;
    read_rows(table, body_rows(), type);
    if (table.has("donor")) {
      TableReader donor = table.table("donor");
      resolve_donor(donor, classes, type);
      resolve_polarised(donor, parameters.domain.dimensions, type);
    }
    if (table.has("recipient")) {
      TableReader recipient = table.table("recipient");
      resolve_recipient(recipient, classes, type);
    }
    resolve_factors_of(table, parameters, type);
    resolve_cell_cargo(table, parameters, type);
    parameters.cell_types.push_back(std::move(type));
  }
  check_switches(top, parameters);
}

}  // namespace vesicast::io
