// What a configuration says of cells, with their perturbations, and can hardly mean.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numbers>

#include "io/config/resolve_tables.hpp"
#include "src/donor/populations.hpp"
#include "src/model/cargo_plan.hpp"
#include "src/model/perturbed.hpp"
#include "src/model/schedule.hpp"
#include "src/parameters/rows.hpp"

namespace vesicast::io {
namespace {

using Warnings = std::vector<std::string>;

std::string path_of_type(const CellType& type) {
  return "cell_type." + type.name;
}

// --- geometry and acidity

void warn_of_cytosol(const Parameters& p, const CellType& type, Warnings& warnings) {
  const bool dissolves = std::ranges::any_of(
      p.cargo, [&](const CargoSpecies& c) { return c.kind == CargoKind::soluble && type.cargo.contains(c.name); });
  if (!dissolves || type.donor.empty()) return;
  const double whole = 4.0 / 3.0 * std::numbers::pi * type.radius * type.radius * type.radius;
  if (type.cytosol > whole)
    warnings.push_back(
        fmt::format("{}.cytosol: {:g} um^3 is more than the whole cell, {:.0f} um^3 at a radius of {:g} um",
                    path_of_type(type), type.cytosol, whole, type.radius));
}

/// The pH of a compartment, which the acidity acts on.
struct NamedPH {
  const KeyRow<AcidGate>* row;
  double value;
};
std::vector<NamedPH> acidities(CellType type) {
  std::vector<NamedPH> all;
  for_numbers(type.gate, [&](double value, const KeyRow<AcidGate>& row) {
    if (!type.recipient.empty() && row.more.rates == info(Rate("acidity")).name) all.push_back({&row, value});
  });
  return all;
}

void warn_of_acidity(const CellType& type, Warnings& warnings) {
  const std::vector<NamedPH> pH = acidities(type);
  for (std::size_t i = 1; i < pH.size(); ++i)
    if (pH[i].value > pH[i - 1].value)
      warnings.push_back(fmt::format("{}.recipient.{}: {:g} is above {}, {:g}: endosomes grow more acid on their way",
                                     path_of_type(type), pH[i].row->name, pH[i].value, pH[i - 1].row->name,
                                     pH[i - 1].value));
}

// --- perturbations

/// The labels of what acts on a rate of the cell type at `time`: `"BST2 at activity 4"`.
std::string acting(const Parameters& p, const CellType& type, Ticks time, Rate rate) {
  std::vector<std::string> labels;
  for (const Perturbation& x : p.perturbations) {
    const bool named = x.cell_types.empty() || std::ranges::find(x.cell_types, type.name) != x.cell_types.end();
    if (named && x.acts_at(time) && std::ranges::find(x.changes, rate, &Perturbation::Change::rate) != x.changes.end())
      labels.push_back(fmt::format("\"{}\"", x.label));
  }
  return fmt::format("{}", fmt::join(labels, " and "));
}

/// What perturbations make of shares, which stop at 1, and of acidity.
void warn_of_factors(const Parameters& p, const CellType& type, Ticks time, const RateFactors& factors,
                     Warnings& warnings) {
  const auto share = [&](Rate rate, const char* what, double value) {
    if (factors[rate] > 1.0 && value * factors[rate] > 1.0)
      warnings.push_back(fmt::format("{} brings {} ({}) of \"{}\" from {:g} to {:g}; a share stops at 1",
                                     acting(p, type, time, rate), info(rate).name, what, type.name, value,
                                     value * factors[rate]));
  };
  if (type.biogenesis) share(Rate("f_t"), "tethered", type.biogenesis->tethered);
  for (const Biogenesis& b : donor::population_rates(type))
    share(Rate("f_sa"), "amphisome_secreted", b.amphisome_secreted);
  if (factors[Rate("acidity")] == 1.0) return;
  CellType changed = type;
  changed.gate = perturbed(type.gate, factors);
  for (const NamedPH& pH : acidities(changed))
    if (const Usual& usual = pH.row->more.usual; !range_of(usual).contains(pH.value))
      warnings.push_back(fmt::format("{} brings {} of \"{}\" to {:.3g}, outside {}",
                                     acting(p, type, time, Rate("acidity")), pH.row->name, type.name, pH.value,
                                     words(usual)));
}

// --- sorting

/// The largest share of what it forms from that one vesicle of the type takes.
double largest_taken(const CargoRates& rates) {
  double most = std::ranges::max(rates.at_surface);
  for (const donor::CargoLoading& ilv : rates.ilv) most = std::max(most, std::ranges::max(ilv.per_ilv));
  return most;
}

void warn_of_sorting(const Parameters& p, const CellType& type, double factor, Warnings& warnings) {
  for (std::size_t q = 0; q < p.cargo.size(); ++q) {
    const auto rates = cargo_rates(p, type, q);
    if (!rates) continue;
    const double taken = factor * largest_taken(*rates);
    if (taken > 1.0)
      warnings.push_back(
          fmt::format("{}.cargo.{}: sorting would put {:.3g} times all there is {} into one vesicle{}",
                      path_of_type(type), p.cargo[q].name, taken,
                      p.cargo[q].kind == CargoKind::soluble ? "in the cytosol" : "in the membrane that it forms of",
                      factor == 1.0 ? "" : fmt::format(", perturbations at {:g} times it included", factor)));
  }
}

}  // namespace

void warn_of_values(const Parameters& p, std::vector<std::string>& warnings) {
  Warnings all;
  for (const CellType& type : p.cell_types) {
    warn_of_cytosol(p, type, all);
    warn_of_acidity(type, all);
  }
  for (const Ticks time : change_times(p)) {
    const std::vector<RateFactors> factors = factors_at(p, time);
    for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
      warn_of_factors(p, p.cell_types[t], time, factors[t], all);
      warn_of_sorting(p, p.cell_types[t], factors[t][Rate("sorting")], all);
    }
  }
  for (std::string& one : all)
    if (std::ranges::find(warnings, one) == warnings.end()) warnings.push_back(std::move(one));
}

}  // namespace vesicast::io
