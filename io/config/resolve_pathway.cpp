// The donor pathway of a cell type.
#include <fmt/format.h>

#include "io/config/resolve_tables.hpp"
#include "src/donor/pathway.hpp"

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
  if (buds("ectosome", {"ectosomes"})) b.ectosomes = table.quantity("ectosomes");
}

}  // namespace

void resolve_pathway(TableReader& table, const std::vector<std::string>& classes, CellType& type) {
  Biogenesis b;
  b.exosome = made_class(table, "exosome", classes);
  b.microvesicle = table.has("microvesicle") ? made_class(table, "microvesicle", classes) : "";
  b.ectosome = table.has("ectosome") ? made_class(table, "ectosome", classes) : "";
  b.steady_start = table.text("start") == "steady";
  read_budding(table, b);
  for (const Rate& r : rates) b.*r.member = table.quantity(r.key);
  for (const Rate& n : numbers) b.*n.member = table.number(n.key);
  for (std::size_t x = 0; x < ilv_routes; ++x) b.formation[x] = table.quantity(routes[x]);

  const auto release = [&](const char* key, const std::string& name, double rate) {
    if (name.empty()) return;
    if (type.donor.contains(name))
      table.name_problem(key, fmt::format("the class \"{}\" is made twice by this cell type", name));
    type.donor[name] = {.rate = rate, .mode = ReleaseMode::pathway};
  };
  const donor::SteadyRelease steady = donor::steady_release(b);
  if (b.steady_start && !steady.settles)
    table.problem(
        "something comes in that does not leave: there is no steady state to start from; start = \"empty\" begins "
        "without one");
  release("exosome", b.exosome, steady.exosome);
  release("microvesicle", b.microvesicle, steady.microvesicle);
  release("ectosome", b.ectosome, steady.ectosome);
  type.biogenesis = b;
}

}  // namespace vesicast::io
