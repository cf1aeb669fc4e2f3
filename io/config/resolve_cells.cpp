#include <fmt/format.h>

#include <array>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

Secretion read_secretion(TableReader& table) {
  Secretion secretion;
  secretion.rate = table.quantity("secretion");
  secretion.mode = table.text("release") == "poisson" ? ReleaseMode::poisson : ReleaseMode::constant;
  secretion.vesicles_per_event = table.number("vesicles_per_event");
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
  Polarised polarised{.share = table.number("share")};
  if (side.size() != 2) return;  // noted
  polarised.axis = side[1] - 'x';
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
  for (const char* name : {"secretion", "release", "vesicles_per_event"}) {
    if (!donor.has(name)) continue;
    direct = true;
    donor.name_problem(
        name, type.biogenesis ? fmt::format("the pathway says what is released; a further class is given in {}", under)
              : classes.size() > 1
                  ? fmt::format("there are {} vesicle classes; say which one releases, in {}", classes.size(), under)
                  : fmt::format("given per vesicle class too, in {}; leave one of them out", under));
  }
  const std::vector<std::string> found = classes_below(donor, classes);
  for (const std::string& name : found) {
    TableReader below = donor.table("vesicle");
    if (type.donor.contains(name)) below.name_problem(name, "the pathway makes this class; leave one of them out");
    TableReader table = below.table(name);
    type.donor[name] = read_secretion(table);
  }
  const bool any_below = per_class && !donor.table("vesicle").names().empty();
  if (!any_below && !direct && !type.biogenesis)
    donor.problem(fmt::format("a donor needs the secretion of a vesicle class, in {}", under));
}

/// One rate of the pathway: its key and where it goes.
struct Rate {
  const char* key;
  double Uptake::*member;
};

/// All but k_recycling, which follows from k_late where it is left out.
constexpr Rate rates[] = {
    {"k_on", &Uptake::k_on},
    {"k_off", &Uptake::k_off},
    {"k_endocytosis", &Uptake::k_endocytosis},
    {"k_fusion", &Uptake::k_fusion},
    {"k_late", &Uptake::k_late},
    {"k_lysosome", &Uptake::k_lysosome},
    {"k_degradation", &Uptake::k_degradation},
    {"k_resecretion", &Uptake::k_resecretion},
    {"k_back_fusion", &Uptake::k_back_fusion},
};

/// Likewise, of plain numbers.
constexpr Rate numbers[] = {
    {"half_cd47", &Uptake::half_cd47},
    {"lysosomal_back_fusion", &Uptake::lysosome_share},
};

/// In the order of Route.
constexpr std::array<const char*, route_count> weights{"weight_clathrin", "weight_raft", "weight_independent",
                                                       "weight_macropinocytosis", "weight_phagocytosis"};

/// The weights of the routes, brought to a sum of 1 unless each adds.
std::array<double, route_count> read_routes(TableReader& table) {
  std::array<double, route_count> weight{};
  double sum = 0.0;
  for (std::size_t r = 0; r < route_count; ++r) sum += weight[r] = table.number(weights[r]);
  if (table.text("routes") == "adds") return weight;
  if (sum == 0.0) {
    table.problem(weights[0],
                  "the weights of all routes are 0, so none can take a share; for a cell without endocytosis "
                  "give k_endocytosis = \"0 /s\"");
    return weight;
  }
  for (double& w : weight) w /= sum;
  return weight;
}

/// 10 % of what leaves the early endosome returns: share/(1 - share) k_late.
void put_default_recycling(TableReader& table, double k_late) {
  table.put_default("k_recycling", quantity_text(k_late / 9.0, Dimension::rate));
}

Uptake read_uptake(TableReader& table) {
  Uptake uptake;
  for (const Rate& rate : rates) uptake.*rate.member = table.quantity(rate.key);
  put_default_recycling(table, uptake.k_late);
  uptake.k_recycling = table.quantity("k_recycling");
  uptake.fluid = table.quantity("fluid_phase");
  for (const Rate& number : numbers) uptake.*number.member = table.number(number.key);
  uptake.route_weight = read_routes(table);
  return uptake;
}

void resolve_recipient(TableReader& recipient, const std::vector<std::string>& classes, CellType& type) {
  type.receptors = recipient.number("receptors");
  type.half_signal = recipient.number("half_signal");
  type.gate.pKa = recipient.number("pKa");
  type.gate.hill = recipient.number("acid_hill");
  type.gate.pH_early = recipient.number("pH_early");
  type.gate.pH_late = recipient.number("pH_late");
  type.gate.pH_lysosome = recipient.number("pH_lysosome");
  const bool recycling_given = recipient.has("k_recycling");
  const Uptake general = read_uptake(recipient);
  for (const std::string& name : classes) type.recipient[name] = general;

  for (const std::string& name : classes_below(recipient, classes)) {
    TableReader table = recipient.table("vesicle").table(name);
    for (const Rate& rate : rates) table.copy_default(rate.key, recipient, rate.key);
    for (const char* key : {"fluid_phase", "half_cd47", "lysosomal_back_fusion", "routes"})
      table.copy_default(key, recipient, key);
    for (const char* key : weights) table.copy_default(key, recipient, key);
    if (recycling_given) table.copy_default("k_recycling", recipient, "k_recycling");
    type.recipient[name] = read_uptake(table);
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
    type.radius = table.quantity("radius");
    if (table.has("donor")) {
      TableReader donor = table.table("donor");
      resolve_donor(donor, classes, type);
      resolve_polarised(donor, parameters.domain.dimensions, type);
    }
    if (table.has("recipient")) {
      TableReader recipient = table.table("recipient");
      resolve_recipient(recipient, classes, type);
    }
    resolve_cell_factors(table, parameters, type);
    resolve_cell_cargo(table, parameters, type);
    parameters.cell_types.push_back(std::move(type));
  }
  check_switches(top, parameters);
}

}  // namespace vesicast::io
