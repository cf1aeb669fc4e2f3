// The donor pathway of a cell type.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "io/config/registry_keys.hpp"
#include "io/config/resolve_tables.hpp"
#include "src/donor/populations.hpp"

namespace vesicast::io {
namespace {

struct Rate {
  const char* key;
  double Biogenesis::*member;
};

constexpr Rate rates[] = {
    {"inflow", &Biogenesis::inflow},
    {"maturation", &Biogenesis::maturation},
    {"transport", &Biogenesis::transport},
    {"lysosome", &Biogenesis::lysosome},
    {"autophagy", &Biogenesis::autophagy},
    {"amphisome", &Biogenesis::amphisome},
    {"docking", &Biogenesis::docking},
    {"return", &Biogenesis::comes_back},
    {"undocking", &Biogenesis::undocking},
    {"fusion", &Biogenesis::fusion},
    {"back_fusion", &Biogenesis::back_fusion},
    {"detachment", &Biogenesis::detachment},
    {"reinternalisation", &Biogenesis::reinternalisation},
    {"endocytosis", &Biogenesis::endocytosis},
    {"recycling", &Biogenesis::recycling},
    {"retrograde", &Biogenesis::retrograde},
    {"golgi_export", &Biogenesis::golgi_export},
    {"limiting_area", &Biogenesis::limiting_area},
};
constexpr Rate numbers[] = {
    {"amphisome_secreted", &Biogenesis::amphisome_secreted},
    {"scission", &Biogenesis::scission},
    {"late_formation", &Biogenesis::late_formation},
    {"capacity", &Biogenesis::capacity},
    {"burst_dispersion", &Biogenesis::burst_dispersion},
    {"fate_coupling", &Biogenesis::fate_coupling},
    {"neutral_share", &Biogenesis::neutral_share},
    {"tethered", &Biogenesis::tethered},
    {"calcium", &Biogenesis::calcium},
    {"golgi_to_endosomes", &Biogenesis::golgi_to_endosomes},
};
constexpr const char* routes[] = {"escrt", "syntenin", "ceramide", "tetraspanin"};  // as in IlvRoute

/// A class that the pathway makes; empty where the key is absent.
std::string made_class(TableReader& table, const char* key, const std::vector<std::string>& classes) {
  std::string name = table.text(key);
  if (!name.empty()) check_named_class(table, key, name, classes);
  return name;
}

/// What buds from the plasma membrane: nothing without a vesicle class, and then its keys are errors and get no
/// defaults, so that a run's own config.toml reads back.
void read_budding(TableReader& table, Biogenesis& b) {
  const auto buds = [&](const char* class_key, std::initializer_list<const char*> keys) {
    if (table.has(class_key)) return true;
    for (const char* key : keys)
      if (table.has(key))
        table.name_problem(key, fmt::format("nothing buds without a vesicle class: give {} too", class_key));
    return false;
  };
  b.microvesicles = b.ectosomes = 0.0;
  if (buds("microvesicle", {"microvesicles", "calcium_gain", "calcium_half"})) {
    b.microvesicles = table.quantity("microvesicles");
    b.calcium_gain = table.number("calcium_gain");
    b.calcium_half = table.number("calcium_half");
  }
  if (buds("ectosome", {"ectosomes", "ectosome_cargo"})) {
    b.ectosomes = table.quantity("ectosomes");
    if (table.has("ectosome_cargo")) b.ectosome_cargo = table.text("ectosome_cargo");
  }
}

/// What a table gives of `keys`.
template <std::size_t N>
void read_those(TableReader& table, const Rate (&keys)[N], bool of_population, bool quantities, Biogenesis& b) {
  for (const Rate& r : keys)
    if (!of_population || std::ranges::find(population_key_names, r.key) != population_key_names.end())
      b.*r.member = quantities ? table.quantity(r.key) : table.number(r.key);
}

/// Rates and numbers, and of them those that a population may have of its own.
void read_rates(TableReader& table, bool of_population, Biogenesis& b) {
  read_those(table, rates, of_population, true, b);
  read_those(table, numbers, of_population, false, b);
  for (std::size_t x = 0; x < ilv_routes; ++x) b.formation[x] = table.quantity(routes[x]);
}

void read_populations(TableReader& pathway, const std::vector<std::string>& classes, CellType& type) {
  if (!pathway.has("mvb")) return;
  TableReader all = pathway.table("mvb");
  double sum = 0.0;
  for (const std::string& name : all.names()) {
    TableReader table = all.table(name);
    MvbPopulation one{.name = name, .share = table.number("share"), .rates = *type.biogenesis};
    for (const std::string_view key : population_key_names) table.copy_default(key, pathway, key);
    one.rates.exosome = made_class(table, "exosome", classes);
    read_rates(table, true, one.rates);
    one.rates.inflow *= one.share;
    sum += one.share;
    type.populations.push_back(std::move(one));
  }
  if (type.populations.empty())
    all.problem("give at least one population of MVBs, or leave the table out");
  else if (std::abs(sum - 1.0) > 1e-9)
    all.problem(fmt::format("the shares of the MVBs add up to {:g}; they must add up to 1", sum));
}

}  // namespace

void resolve_pathway(TableReader& table, const std::vector<std::string>& classes, CellType& type) {
  Biogenesis b;
  b.exosome = table.has("mvb") ? table.text("exosome") : made_class(table, "exosome", classes);
  b.microvesicle = table.has("microvesicle") ? made_class(table, "microvesicle", classes) : "";
  b.ectosome = table.has("ectosome") ? made_class(table, "ectosome", classes) : "";
  b.steady_start = table.text("start") == "steady";
  read_budding(table, b);
  read_rates(table, false, b);
  type.biogenesis = b;
  read_populations(table, classes, type);

  const donor::SettledRelease settled = donor::settled_release(type);
  const auto release = [&](const char* key, const std::string& name) {
    if (name.empty()) return;
    if (type.donor.contains(name))
      table.name_problem(key, fmt::format("the class \"{}\" is made twice by this cell type", name));
    type.donor[name] = {.rate = settled.rate.at(name), .mode = ReleaseMode::pathway};
  };
  if (b.steady_start && !settled.settles && !table.wrong())  // a wrong value reads as none
    table.problem(
        "something comes in that does not leave: there is no steady state to start from; start = \"empty\" begins "
        "without one");
  std::set<std::string> exosomes;
  for (const Biogenesis& one : donor::population_rates(type)) exosomes.insert(one.exosome);
  for (const std::string& name : exosomes) release("exosome", name);
  release("microvesicle", b.microvesicle);
  release("ectosome", b.ectosome);
}

}  // namespace vesicast::io
