// The donor pathway of a cell type.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"
#include "src/donor/populations.hpp"

namespace vesicast::io {
namespace {

void read_populations(TableReader& pathway, CellType& type) {
  if (!pathway.has("mvb")) return;
  TableReader all = pathway.table("mvb");
  double sum = 0.0;
  for_tables(pathway, "mvb", "", [&](TableReader& table, const std::string& name) {
    MvbPopulation one{.name = name, .share = 1.0, .rates = *type.biogenesis};
    read_rows(table, one);
    for (const KeyRow<Biogenesis>& row : population_rows()) table.copy_default(row.name, pathway, row.name);
    read_rows(table, population_rows(), one.rates);
    if (!one.rates.exosome.empty()) table.is_known("exosome", one.rates.exosome, "class");
    one.rates.inflow *= one.share;
    sum += one.share;
    type.populations.push_back(std::move(one));
  });
  if (type.populations.empty())
    all.problem("give at least one population of MVBs, or leave the table out");
  else if (std::abs(sum - 1.0) > 1e-9)
    all.problem(fmt::format("the shares of the MVBs add up to {:g}; they must add up to 1", sum));
}

}  // namespace

void resolve_pathway(TableReader& table, CellType& type) {
  Biogenesis b;
  b.microvesicles = b.ectosomes = 0.0;  // nothing buds without a class, whose keys then get no defaults
  read_rows(table, b);
  if (!b.exosome.empty() && !table.has("mvb")) table.is_known("exosome", b.exosome, "class");
  type.biogenesis = b;
  read_populations(table, type);

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
