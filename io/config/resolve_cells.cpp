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

void resolve_polarised(TableReader& donor, CellType& type) {
  if (!donor.has("polarised")) return;
  TableReader table = donor.table("polarised");
  Polarised& polarised = type.polarised.emplace();
  read_rows(table, polarised);
  if (const int dimensions = table.known().dimensions; dimensions != 0 && polarised.axis >= dimensions)
    table.problem("side", fmt::format("\"{}\" leads out of a section, which has x and y", table.text("side")));
}

/// Notes what is said of release beside the classes of vesicles, to which it belongs; says whether anything is.
bool check_direct(TableReader& donor, const CellType& type, const std::string& under) {
  const std::size_t classes = donor.known().names["class"].size();
  const std::string why =
      type.biogenesis ? fmt::format("the pathway says what is released; a further class is given in {}", under)
      : classes > 1   ? fmt::format("there are {} vesicle classes; say which one releases, in {}", classes, under)
                      : fmt::format("given per vesicle class too, in {}; leave one of them out", under);
  bool any = false;
  for (const KeyRow<Secretion>& row : rows<Secretion>()) {
    if (!donor.has(row.name)) continue;
    any = true;
    donor.name_problem(row.name, why);
  }
  return any;
}

void resolve_donor(TableReader& donor, CellType& type) {
  const std::vector<std::string>& classes = donor.known().names["class"];
  if (classes.empty()) return;  // `resolve_vesicles` has noted it
  if (donor.has("pathway")) {
    TableReader pathway = donor.table("pathway");
    resolve_pathway(pathway, type);
  }
  if (!donor.has("vesicle") && classes.size() == 1 && !type.biogenesis) {
    if (!donor.has("secretion")) donor.missing("secretion");
    type.donor[classes[0]] = read_secretion(donor);
    return;
  }
  const std::string under = fmt::format("[{}.vesicle.CLASS]", donor.path());
  const bool direct = check_direct(donor, type, under);
  for_tables(donor, "vesicle", "class", [&](TableReader& table, const std::string& name) {
    if (type.donor.contains(name))
      donor.table("vesicle").name_problem(name, "the pathway makes this class; leave one of them out");
    type.donor[name] = read_secretion(table);
  });
  const bool any_below = donor.has("vesicle") && !donor.table("vesicle").names().empty();
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

void resolve_recipient(TableReader& recipient, CellType& type) {
  read_rows(recipient, recipient_rows(), type);
  read_rows(recipient, type.gate);
  const bool recycling_given = recipient.has("k_recycling");
  const Uptake general = read_uptake(recipient);
  for (const std::string& name : recipient.known().names["class"]) type.recipient[name] = general;
  for_tables(recipient, "vesicle", "class", [&](TableReader& table, const std::string& name) {
    for (const KeyRow<Uptake>& row : rows<Uptake>())
      if (recycling_given || row.name != std::string_view("k_recycling"))
        table.copy_default(row.name, recipient, row.name);
    type.recipient[name] = read_uptake(table);
  });
}

/// What the type does with a soluble factor.
void resolve_factor(TableReader& table, const std::string& factor, CellType& type) {
  if (!table.has("secretion") && !table.has("receptors"))
    table.problem("give secretion, receptors, or both: what the cells do with the factor");
  if (table.has("secretion")) type.donor[factor].rate = table.quantity("secretion");
  Uptake uptake;
  for_numbers(uptake, [](double& rate, const KeyRow<Uptake>& row) {
    if (row.type.kind == Kind::quantity) rate = 0.0;  // it has no endosomes to go to, and no membrane
  });
  read_rows(table, cell_factor_rows(), uptake);
  if (!table.has("receptors")) return;
  type.factor_receptors[factor] = table.number("receptors");
  type.recipient[factor] = uptake;
}

}  // namespace

void resolve_cell_types(TableReader& top, Parameters& parameters) {
  if (!top.has("cell_type")) return;
  top.known().names["cell type"] = top.table("cell_type").names();
  for_tables(top, "cell_type", "", [&](TableReader& table, const std::string& name) {
    CellType type;
    type.name = name;
    read_rows(table, body_rows(), type);
    if (table.has("donor")) {
      TableReader donor = table.table("donor");
      resolve_donor(donor, type);
      resolve_polarised(donor, type);
    }
    if (table.has("recipient")) {
      TableReader recipient = table.table("recipient");
      resolve_recipient(recipient, type);
    }
    for_tables(table, "factor", "factor",
               [&](TableReader& below, const std::string& factor) { resolve_factor(below, factor, type); });
    resolve_cell_cargo(table, parameters, type);
    parameters.cell_types.push_back(std::move(type));
  });
  check_switches(top, parameters);
}

}  // namespace vesicast::io
