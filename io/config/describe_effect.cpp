#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/config/describe.hpp"
#include "io/config/perturbation_table.hpp"
#include "io/config/rate_names.hpp"

namespace vesicast::io {
namespace {

std::string effect_line(std::string_view label, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("  {:<10} {}\n", label, text);
}

/// "0.1 + 0.9 x", and what that is for some activities.
std::string rule(const EffectRow& row) {
  const double w = row.weight / row.members;
  std::string text = row.direction == Direction::drives ? fmt::format("{:g} + {:g} x", 1.0 - w, w)
                                                        : fmt::format("max(0, {:g} - {:g} x)", 1.0 + w, w);
  if (row.holds != Holds::always)
    text += fmt::format(" where {}, 1 elsewhere", row.holds == Holds::above_one ? "x > 1" : "x < 1");
  if (!row.ic50.empty())
    return fmt::format("{}: {:g} at the half-maximal dose, {:g} at a large one", text,
                       row.factor(0.5 * (1.0 + row.max)), row.factor(row.max));
  return fmt::format("{}: {:g} at x = 0, {:g} at 0.15, {:g} at 2", text, row.factor(0.0), row.factor(0.15),
                     row.factor(2.0));
}

/// "x = 1/(1 + (dose/1 uM)^1)", or of an agonist "x = 1 + 4 y/(1 + y), y = (dose/300 uM)^1".
std::string activity(const EffectRow& row) {
  const std::string power =
      row.dose_has_unit() ? fmt::format("(dose/{})^{:g}", row.ic50, row.hill) : fmt::format("dose^{:g}", row.hill);
  return (row.max == 0.0 ? fmt::format("x = 1/(1 + {})", power)
                         : fmt::format("x = 1 {} {:g} y/(1 + y), y = {}", row.max < 1.0 ? '-' : '+',
                                       row.max < 1.0 ? 1.0 - row.max : row.max - 1.0, power)) +
         (row.dose_has_unit() ? "" : ", dose in multiples of the half-maximal one");
}

std::string detail(std::string_view label, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("    {:<10} {}\n", label, text);
}

std::string effect(const EffectRow& row) {
  if (!row.rate) return effect_line("inert", row.note);
  const RateInfo& rate = info(*row.rate);
  std::string text = fmt::format("  {}\n", rate.name);
  text += detail("is", fmt::format("{} ({})", rate.meaning, words(rate.where)));
  const char* what = row.ic50.empty() ? "the product" : "the target";
  text += detail("direction", row.direction == Direction::drives ? fmt::format("+, {} drives it", what)
                                                                 : fmt::format("-, {} holds it back", what));
  text += detail("weight", fmt::format("{:g}", row.weight));
  if (row.members > 1)
    text += detail("group", fmt::format("{}, {} paralogues: the weight is that of all, by the mean of their activities",
                                        row.group, row.members));
  text += detail("factor", rule(row));
  if (!row.ic50.empty()) text += detail("dose", activity(row));
  text += detail("confidence", row.confidence);
  text += detail("source", row.source);
  text += detail("note", row.note);
  return text;
}

/// All names with the rates they act on, one effect_line each.
std::string list(const std::vector<EffectRow>& table) {
  const std::vector<std::string> names = names_in(table);
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, name.size());
  std::string text;
  for (const std::string& name : names) {
    std::string rates;
    for (const EffectRow& row : rows_of(table, name))
      rates += row.rate ? fmt::format("{}{} {}{:g}", rates.empty() ? "" : ", ", info(*row.rate).name,
                                      row.direction == Direction::drives ? "+" : "-", row.weight)
                        : "inert";
    text += fmt::format("{:<{}}  {}\n", name, width, rates);
  }
  return text;
}

std::string describe_row(std::string_view kind, std::string_view name, const std::vector<EffectRow>& table) {
  const std::vector<EffectRow> rows = rows_of(table, name);
  if (rows.empty()) throw InputError(unknown_name(kind, name, table));
  std::string text = fmt::format("{} {}\n", kind, name);
  for (const EffectRow& row : rows) text += effect(row);
  return text;
}

std::string rate_line(const RateInfo& rate) {
  return fmt::format("{:<22}  {:<13}  {}\n", rate.name, words(rate.where), rate.meaning);
}

std::string describe_rate(std::string_view name) {
  const auto rate = find_rate(name);
  if (!rate) throw InputError(fmt::format("unknown rate \"{}\"{}", name, rate_suggestion(name)));
  const RateInfo& of = info(*rate);
  std::string text = fmt::format("rate {}\n", of.name) + effect_line("meaning", of.meaning) +
                     effect_line("acts in", words(of.where)) + effect_line("unit", of.unit.empty() ? "none" : of.unit);
  const int section = of.where == RatePlace::donor ? 2 : of.where == RatePlace::extracellular ? 3 : 4;
  text +=
      effect_line("source", fmt::format("biology.md section {}; the constant itself is the configuration's", section));
  for (const auto& [label, kind] : {std::pair{"genes", TableKind::genes}, {"drugs", TableKind::drugs}}) {
    std::string names;
    for (const EffectRow& row : shipped_effects(kind))
      if (row.rate == rate)
        names += fmt::format("{}{} {}{:g}", names.empty() ? "" : ", ", row.name,
                             row.direction == Direction::drives ? "+" : "-", row.weight);
    text += effect_line(label, names);
  }
  return text;
}

}  // namespace

bool is_effect_kind(std::string_view word) {
  return word == "gene" || word == "drug" || word == "rate";
}

std::string describe_effect(std::string_view kind, std::string_view name) {
  if (kind == "rate") {
    if (!name.empty()) return describe_rate(name);
    std::string text;
    for (const RateInfo& rate : named_rates()) text += rate_line(rate);
    return text;
  }
  if (kind != "gene" && kind != "drug")
    throw InputError(fmt::format("unknown kind \"{}\"; describe gene, drug, rate or preset NAME, or one key", kind));
  const std::vector<EffectRow>& table = shipped_effects(kind == "gene" ? TableKind::genes : TableKind::drugs);
  return name.empty() ? list(table) : describe_row(kind, name, table);
}

}  // namespace vesicast::io
