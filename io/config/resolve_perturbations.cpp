// Perturbations by genes, drugs and rates, and what varies from cell to cell.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "io/config/perturbation_table.hpp"
#include "io/config/rate_names.hpp"
#include "io/config/resolve_tables.hpp"
#include "src/model/perturbed.hpp"

namespace vesicast::io {
namespace {

struct EffectKey {
  std::string_view what;  ///< key of what is perturbed
  const char* amount;     ///< key of how much
};
constexpr EffectKey effect_keys[] = {{"gene", "activity"}, {"drug", "dose"}, {"rate", "factor"}};

constexpr double most_activity = 10.0;  ///< of a gene, beyond which it is hardly meant

/// The shipped table with what the user's file says; the shipped one alone where that is wrong.
std::vector<EffectRow> effects(TableReader& top, const char* key, TableKind kind, const TableTexts& texts,
                               std::vector<std::string>& taken) {
  std::vector<EffectRow> shipped = shipped_effects(kind);
  if (!top.has("perturbation_table")) return shipped;
  TableReader named = top.table("perturbation_table");
  if (!named.has(key)) return shipped;
  const std::string file = named.file(key);
  if (file.empty()) return shipped;
  const auto text = texts.find(file);
  taken.push_back(file);
  if (text == texts.end()) throw InternalError(fmt::format("{} was not read before the configuration", file));
  try {
    const std::vector<EffectRow> given = read_effects(kind, file, text->second);
    return replaced_by_name(std::move(shipped), given);
  } catch (const InputError& e) {
    named.problem(key, e.what());
    return shipped;
  }
}

/// Which of gene, drug and rate is given, with how much of it; empty where that is not exactly one.
std::string what_of(TableReader& table) {
  std::string what = table.only_one({"gene", "drug", "rate"}, "give gene, drug or rate, to say what is perturbed",
                                    "; give one [[perturbation]] for each");
  if (what.empty()) return "";
  const char* const amount = std::ranges::find(effect_keys, what, &EffectKey::what)->amount;
  for (const EffectKey& w : effect_keys)
    if (table.has(w.amount) && w.what != what)
      table.name_problem(w.amount, fmt::format("belongs to {}; with {} give {}", w.what, what, amount));
  if (table.has(amount)) return what;
  table.problem(amount, fmt::format("the required key is missing: how much of the {}", what));
  return "";
}

/// The rows of what `table` names under `what`; notes an unknown name.
std::vector<EffectRow> named_rows(TableReader& table, const char* what, const std::vector<EffectRow>& known) {
  const std::string name = table.text(what);
  if (name.empty()) return {};
  std::vector<EffectRow> rows = rows_of(known, name);
  if (!rows.empty()) return rows;
  table.problem(what, unknown_name(what, name, known));
  return {};
}

void perturb_by_drug(TableReader& table, const std::vector<EffectRow>& drugs, Perturbation& p) {
  const std::vector<EffectRow> rows = named_rows(table, "drug", drugs);
  if (rows.empty()) return;
  const bool plain = table.has_number("dose");
  for (const EffectRow& row : rows) {
    if (row.dose_has_unit() != plain) continue;
    table.problem("dose",
                  row.dose_has_unit()
                      ? fmt::format("{} has no unit; the {} of {} is {}", table.shown_value("dose"),
                                    row.half_maximal_name(), row.name, row.ic50)
                      : fmt::format("doses of {} are multiples of the half-maximal one, a plain number", row.name));
    return;
  }
  const double dose = plain ? table.number("dose") : table.quantity("dose");
  if (!(dose >= 0.0)) return;
  p.label =
      fmt::format("{} at {}", rows[0].name,
                  plain ? fmt::format("{:g} times its {}", dose, rows[0].half_maximal_name()) : table.text("dose"));
  p.changes = changes_of(rows, [&](const EffectRow& row) { return row.activity(dose); });
}

void perturb_by_gene(TableReader& table, const std::vector<EffectRow>& genes, Perturbation& p,
                     std::vector<std::string>& warnings) {
  const std::vector<EffectRow> rows = named_rows(table, "gene", genes);
  const double activity = table.number("activity");
  if (rows.empty() || !(activity >= 0.0)) return;
  p.label = fmt::format("{} at activity {:g}", rows[0].name, activity);
  p.changes = changes_of(rows, [&](const EffectRow&) { return activity; });
  if (activity > most_activity)
    warnings.push_back(fmt::format("{}.activity: {:g} is {:g} times what the cell type has; {:g} % is {:g}",
                                   table.path(), activity, activity, activity, activity / 100.0));
  for (const EffectRow& row : rows)
    if (!row.rate)
      warnings.push_back(fmt::format("{}: \"{}\" is inert, nothing happens: {}", table.path(), row.name, row.note));
}

void read_window(TableReader& table, const RunParameters& run, Perturbation& p, std::vector<std::string>& warnings) {
  p.from = table.ticks("from");
  if (table.has("until")) p.until = table.ticks("until");
  if (p.until && *p.until > 0 && *p.until <= p.from) {
    table.problem("until",
                  fmt::format("{} is not after the begin, {}", table.shown_value("until"), table.shown_value("from")));
    return;
  }
  if (run.end > 0 && p.from >= run.end)
    warnings.push_back(fmt::format("{}: begins at the end of the run or later: nothing happens", table.path()));
  else if (p.until && !run.automatic && run.step > 0 && (p.from + run.step - 1) / run.step * run.step >= *p.until)
    warnings.push_back(fmt::format("{}: no step of {:g} s starts between {:g} and {:g} s: nothing happens",
                                   table.path(), to_seconds(run.step), to_seconds(p.from), to_seconds(*p.until)));
}

void read_cell_types(TableReader& table, Perturbation& p) {
  if (!table.has("cell_types")) return;
  p.cell_types = table.strings("cell_types");
  if (p.cell_types.empty() && !table.wrong("cell_types"))
    table.problem("cell_types", "the list is empty; leave it out for all cell types");
  for (const std::string& name : p.cell_types) table.is_known("cell_types", name, "cell type");
}

/// The matrix is nobody's: with cell types named, rates of it are an error where there is nothing else, and are left
/// out otherwise.
void leave_matrix_out(TableReader& table, Perturbation& p, std::vector<std::string>& warnings) {
  if (!table.has("cell_types")) return;
  const auto in_matrix = [](const Perturbation::Change& c) { return info(c.rate).where == RatePlace::extracellular; };
  if (std::ranges::none_of(p.changes, in_matrix)) return;
  if (std::ranges::all_of(p.changes, in_matrix)) {
    table.name_problem("cell_types", fmt::format("{} acts in the matrix of the whole tissue; leave cell_types out",
                                                 info(p.changes[0].rate).name));
    return;
  }
  for (const Perturbation::Change& c : p.changes)
    if (in_matrix(c))
      warnings.push_back(
          fmt::format("{}: {} acts in the matrix of the whole tissue and is left as it is, because "
                      "cell_types are named",
                      table.path(), info(c.rate).name));
  std::erase_if(p.changes, in_matrix);
}

void warn_of_unused(const TableReader& table, const Parameters& parameters, const Perturbation& p,
                    std::vector<std::string>& warnings) {
  std::vector<std::string_view> unused;
  for (const Perturbation::Change& c : p.changes)
    if (!in_use(c.rate, parameters, p.cell_types)) unused.push_back(info(c.rate).name);
  if (unused.empty()) return;
  warnings.push_back(fmt::format("{}: nothing in the configuration uses {}{}: {}", table.path(),
                                 fmt::join(unused, ", "),
                                 p.cell_types.empty() ? "" : fmt::format(" in {}", fmt::join(p.cell_types, ", ")),
                                 unused.size() == p.changes.size() ? "nothing happens" : "that part has no effect"));
}

}  // namespace

void resolve_perturbations(TableReader& top, const TableTexts& tables, Resolved& resolved) {
  const std::vector<EffectRow> genes = effects(top, "genes", TableKind::genes, tables, resolved.tables);
  const std::vector<EffectRow> drugs = effects(top, "drugs", TableKind::drugs, tables, resolved.tables);
  Parameters& parameters = resolved.parameters;
  for (TableReader& table : top.elements("perturbation")) {
    Perturbation p;
    const std::string what = what_of(table);
    if (what == "gene") perturb_by_gene(table, genes, p, resolved.warnings);
    if (what == "drug") perturb_by_drug(table, drugs, p);
    if (what == "rate") {
      const std::string name = table.text("rate");
      const double factor = table.number("factor");
      p.label = fmt::format("rate {} times {:g}", name, factor);
      if (const auto rate = find_rate(name)) p.changes = {{*rate, factor}};
    }
    read_window(table, parameters.run, p, resolved.warnings);
    read_cell_types(table, p);
    leave_matrix_out(table, p, resolved.warnings);
    warn_of_unused(table, parameters, p, resolved.warnings);
    parameters.perturbations.push_back(std::move(p));
  }
}

void resolve_variation(TableReader& top, Resolved& resolved) {
  if (!top.has("cell_type")) return;
  TableReader types = top.table("cell_type");
  for (CellType& type : resolved.parameters.cell_types) {
    TableReader table = types.table(type.name);
    if (!table.has("variation")) continue;
    TableReader variation = table.table("variation");
    for (const std::string& name : variation.names()) {
      const double cv = variation.number(name);
      const std::optional<Rate> rate = find_rate(name);
      if (!rate && name != "receptors") {
        variation.name_problem(name, fmt::format("unknown rate \"{}\"{}", name, rate_suggestion(name, {"receptors"})));
        continue;
      }
      if (rate && info(*rate).where == RatePlace::extracellular) {
        variation.name_problem(name, fmt::format("{} belongs to the matrix of the whole tissue, not to a cell", name));
        continue;
      }
      const bool unused = rate ? !in_use(*rate, resolved.parameters, {type.name}) : type.recipient.empty();
      if (unused)
        resolved.warnings.push_back(fmt::format("{}: nothing in the cell type uses {}", variation.path(), name));
      if (cv > 0.0) type.variation.push_back({rate, cv});
    }
  }
}

}  // namespace vesicast::io
