#pragma once
/// \file
/// Genes and drugs as data: which rates each acts on, how strongly, which way, and how well that is known.
/// docs/perturbations.md has the format.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/model/response.hpp"
#include "src/parameters/perturbation.hpp"

namespace vesicast::io {

/// Activities at which a row acts; elsewhere its factor is 1.
enum class Holds { always, above_one, below_one };

/// One row: a gene or a drug and one of the rates that it acts on.
struct EffectRow {
  std::string name;
  std::optional<Rate> rate;  ///< nothing: inert, and `note` says why
  double weight = 0.0;       ///< in [0, 1]
  Direction direction = Direction::drives;
  std::string group;  ///< of paralogues, which share the weight; empty: none
  int members = 1;    ///< names of the table that share it, this one included
  Holds holds = Holds::always;
  std::string ic50;  ///< of a drug, as the table gives it: "1 uM", or "1" where doses are multiples of it
  double hill = 1.0;
  double max = 0.0;  ///< activity of a drug's target at large doses: 0 an inhibitor, above 1 an agonist (EC50)
  std::string confidence, source, note;

  [[nodiscard]] bool dose_has_unit() const { return ic50 != "1"; }
  /// [1/um^3], or 1.
  [[nodiscard]] double half_maximal() const;
  [[nodiscard]] std::string_view half_maximal_name() const { return max > 1.0 ? "EC50" : "IC50"; }
  /// Of a drug's target, at a dose in the unit of half_maximal().
  [[nodiscard]] double activity(double dose) const { return drug_activity(dose, half_maximal(), hill, max); }

  /// What the rate is multiplied by at the activity `x` of this name alone, others of its group untouched.
  [[nodiscard]] double factor(double x) const { return rate_factor(weight / members, direction, acting(x)); }
  /// The same as what a perturbation does. Needs a rate.
  [[nodiscard]] Perturbation::Change change(double x) const;

 private:
  /// The activity that counts: 1 where the row does not hold.
  [[nodiscard]] double acting(double x) const {
    if (holds == Holds::above_one) return std::max(1.0, x);
    return holds == Holds::below_one ? std::min(1.0, x) : x;
  }
};

enum class TableKind { genes, drugs };

/// The rows of a table `text`, called `file` in messages: columns
/// gene,rate,weight,direction,group,holds,confidence,source,note for genes, where `group` and `holds` may be left out,
/// drug,rate,weight,direction,IC50,hill,max,confidence,source,note for drugs, where `max` may.
/// Throws InputError with everything that is wrong, a line each, "file:3: weight: ...". Local.
[[nodiscard]] std::vector<EffectRow> read_effects(TableKind kind, const std::string& file, std::string_view text);

/// The tables that the program was built with, configs/genes.csv and configs/drugs.csv.
[[nodiscard]] const std::vector<EffectRow>& shipped_effects(TableKind kind);

/// `base` with the rows of `added` in place of all rows of the same names; a group then has the members that are left.
[[nodiscard]] std::vector<EffectRow> replaced_by_name(std::vector<EffectRow> base, const std::vector<EffectRow>& added);

/// The rows of `name`; none where the table has it not.
[[nodiscard]] std::vector<EffectRow> rows_of(const std::vector<EffectRow>& table, std::string_view name);

/// `unknown gene "RAB27"; did you mean "RAB27A" or "RAB27B"?`: names that differ in capitals, else those that `name`
/// begins or whose note begins with it ("ALIX"), else the nearest that may be a slip; or what there is instead of it.
/// \param kind "gene" or "drug"
[[nodiscard]] std::string unknown_name(std::string_view kind, std::string_view name,
                                       const std::vector<EffectRow>& table);

/// Every name of the table once, in its order.
[[nodiscard]] std::vector<std::string> names_in(const std::vector<EffectRow>& table);

/// What the rows of one gene or drug do at the residual activity that `activity_of` gives for a row. Inert rows none.
template <class ActivityOf>
[[nodiscard]] std::vector<Perturbation::Change> changes_of(const std::vector<EffectRow>& rows,
                                                           ActivityOf&& activity_of) {
  std::vector<Perturbation::Change> changes;
  for (const EffectRow& row : rows)
    if (row.rate) changes.push_back(row.change(activity_of(row)));
  return changes;
}

}  // namespace vesicast::io
