#include "io/config/perturbation_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "decomposition/base/error.hpp"
#include "io/config/rate_names.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/nearest.hpp"
#include "io/text/units.hpp"
#include "vesicast_tables.hpp"

namespace vesicast::io {
namespace {

std::vector<std::string> columns_of(TableKind kind) {
  if (kind == TableKind::genes)
    return {"gene", "rate", "weight", "direction", "group", "holds", "confidence", "source", "note"};
  return {"drug", "rate", "weight", "direction", "IC50", "hill", "max", "confidence", "source", "note"};
}

/// Does `text` begin with `start`, capitals aside?
bool begins(std::string_view text, std::string_view start) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return text.size() >= start.size() && std::ranges::equal(text.substr(0, start.size()), start, {}, lower, lower);
}

/// Is `word` what `text` begins with, as a word of its own?
bool begins_with_word(std::string_view text, std::string_view word) {
  return begins(text, word) &&
         (text.size() == word.size() || std::string_view(" ,;").find(text[word.size()]) != std::string_view::npos);
}

/// What many call by a name that the tables have not, and what there is instead.
struct Alias {
  std::string_view kind, name, instead;
};
constexpr Alias aliases[] = {
    {"drug", "chloroquine", "drug \"bafilomycin A1\" takes the acid from lysosomes, too"},
    {"drug", "concanamycin A", "drug \"bafilomycin A1\" blocks the V-ATPase, too"},
    {"drug", "amiloride", "drug \"EIPA\", a derivative of it, is in the table"},
    {"drug", "methyl-beta-cyclodextrin", "did you mean \"MbCD\"?"},
    {"gene", "P2RX7", "drug \"ATP\" opens this channel"},
};

/// May `name` be a slip for the gene `known`? Not where the numbers differ, CD82 and CD81, or one letter is another
/// one, HLA-A and HLA-C, LAMP3 and VAMP3: such names are of other genes.
bool may_be_a_slip(std::string_view name, std::string_view known) {
  const auto digits = [](std::string_view text) {
    std::string found;
    std::ranges::copy_if(text, std::back_inserter(found), [](char c) { return c >= '0' && c <= '9'; });
    std::ranges::sort(found);
    return found;
  };
  if (digits(name) != digits(known)) return false;
  if (name.size() != known.size()) return true;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::size_t other = 0;
  for (std::size_t i = 0; i < name.size(); ++i) other += lower(name[i]) == lower(known[i]) ? 0 : 1;
  return other != 1;  // two are letters that changed places
}

/// Columns that a table need not have.
constexpr const char* most = "max";
constexpr const char* paralogues = "group";
constexpr const char* holds = "holds";

constexpr std::pair<const char*, Holds> ranges[] = {
    {"", Holds::always}, {"x > 1", Holds::above_one}, {"x < 1", Holds::below_one}};

/// Counts for every row the names that share its group and rate.
void count_members(std::vector<EffectRow>& table) {
  for (EffectRow& row : table)
    row.members = row.group.empty() ? 1 : static_cast<int>(std::ranges::count_if(table, [&](const EffectRow& other) {
      return other.group == row.group && other.rate == row.rate;
    }));
}

/// One reading of one table.
class Reader {
 public:
  Reader(TableKind kind, const std::string& file) : kind_(kind), file_(file), columns_(columns_of(kind)) {}

  std::vector<EffectRow> read(std::string_view text) {
    const std::vector<CsvRow> table = read_table(file_, text);
    const std::vector<std::string> all = columns_;
    for (const char* optional : {most, paralogues, holds})
      if (!table.empty() && std::ranges::count(table[0].fields, optional) == 0) std::erase(columns_, optional);
    if (table.empty() || table[0].fields != columns_)
      throw InputError(
          fmt::format("{}:{}: the header must be {}", file_, table.empty() ? 1 : table[0].line, fmt::join(all, ",")));
    std::vector<EffectRow> rows;
    for (std::size_t i = 1; i < table.size() && errors_.size() < most_errors; ++i) rows.push_back(read_row(table[i]));
    if (!errors_.empty()) throw InputError(fmt::format("{}", fmt::join(errors_, "\n")));
    count_members(rows);
    return rows;
  }

 private:
  static constexpr std::size_t most_errors = 20;

  void error(std::size_t line, const std::string& what) {
    errors_.push_back(fmt::format("{}:{}: {}", file_, line, what));
  }

  double number(std::size_t line, const char* column, const std::string& field) {
    std::string why;
    const auto value = csv_number(field, why);
    if (!value) error(line, fmt::format("{}: {}", column, why));
    return value.value_or(0.0);
  }

  EffectRow read_row(const CsvRow& csv) {
    EffectRow row;
    if (csv.fields.size() != columns_.size()) {
      error(csv.line, fmt::format("{} fields; there are {} columns", csv.fields.size(), columns_.size()));
      return row;
    }
    std::map<std::string, std::string> field;
    for (std::size_t i = 0; i < columns_.size(); ++i) field[columns_[i]] = csv.fields[i];
    row.name = csv.fields[0];
    row.confidence = field["confidence"];
    row.source = field["source"];
    row.note = field["note"];
    if (row.name.empty()) error(csv.line, fmt::format("{}: the name is empty", columns_[0]));
    row.weight = number(csv.line, "weight", field["weight"]);
    if (row.weight < 0.0 || row.weight > 1.0)
      error(csv.line, fmt::format("weight: {} is not between 0 and 1", row.weight));
    if (field["rate"] == "none") {
      if (row.weight != 0.0) error(csv.line, "weight: without a rate it must be 0");
      if (row.note.empty()) error(csv.line, "note: what has no rate needs a note that says why");
      return row;
    }
    row.rate = find_rate(field["rate"]);
    if (!row.rate)
      error(csv.line,
            fmt::format("rate: unknown rate {}{}", shown(field["rate"]), rate_suggestion(field["rate"], {"none"})));
    if (field["direction"] != "+" && field["direction"] != "-")
      error(csv.line, fmt::format("direction: {} is neither + nor -", shown(field["direction"])));
    row.direction = field["direction"] == "-" ? Direction::holds_back : Direction::drives;
    row.group = field[paralogues];
    const auto* range = std::ranges::find(ranges, field[holds], [](const auto& one) { return std::string(one.first); });
    if (range == std::end(ranges))
      error(csv.line, fmt::format("holds: {} is neither \"x > 1\" nor \"x < 1\" nor empty", shown(field[holds])));
    else
      row.holds = range->second;
    if (kind_ == TableKind::drugs) read_dose(csv.line, field["IC50"], field["hill"], row);
    if (field.contains(most)) row.max = number(csv.line, most, field[most]);
    if (!(row.max >= 0.0)) error(csv.line, "max: must not be below 0");
    return row;
  }

  void read_dose(std::size_t line, const std::string& ic50, const std::string& hill, EffectRow& row) {
    row.ic50 = ic50;
    row.hill = number(line, "hill", hill);
    if (!(row.hill > 0.0)) error(line, "hill: must be above 0");
    try {
      if (!(row.half_maximal() > 0.0)) error(line, "IC50: must be above 0");
    } catch (const InputError& e) {
      error(line, fmt::format("IC50: {}; or 1, for doses in multiples of it", e.what()));
    }
  }

  TableKind kind_;
  const std::string& file_;
  std::vector<std::string> columns_;
  std::vector<std::string> errors_;
};

}  // namespace

double EffectRow::half_maximal() const {
  return dose_has_unit() ? convert(ic50, Dimension::concentration) : 1.0;
}

Perturbation::Change EffectRow::change(double x) const {
  Perturbation::Change result{*rate, factor(x), {}};
  if (members > 1)
    result.paralogue = {.group = group,
                        .gene = name,
                        .slope = (direction == Direction::drives ? weight : -weight) / members,
                        .activity = acting(x)};
  return result;
}

std::vector<EffectRow> read_effects(TableKind kind, const std::string& file, std::string_view text) {
  return Reader(kind, file).read(text);
}

const std::vector<EffectRow>& shipped_effects(TableKind kind) {
  static const std::vector<EffectRow> genes = read_effects(TableKind::genes, "configs/genes.csv", shipped_genes);
  static const std::vector<EffectRow> drugs = read_effects(TableKind::drugs, "configs/drugs.csv", shipped_drugs);
  return kind == TableKind::genes ? genes : drugs;
}

std::vector<EffectRow> replaced_by_name(std::vector<EffectRow> base, const std::vector<EffectRow>& added) {
  std::erase_if(base, [&](const EffectRow& row) { return !rows_of(added, row.name).empty(); });
  base.insert(base.end(), added.begin(), added.end());
  count_members(base);
  return base;
}

std::vector<EffectRow> rows_of(const std::vector<EffectRow>& table, std::string_view name) {
  std::vector<EffectRow> rows;
  std::ranges::copy_if(table, std::back_inserter(rows), [&](const EffectRow& row) { return row.name == name; });
  return rows;
}

std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<EffectRow>& table) {
  for (const Alias& alias : aliases)
    if (alias.kind == kind && alias.name.size() == name.size() && begins(alias.name, name))
      return fmt::format("unknown {} \"{}\"; {}", kind, name, alias.instead);
  std::vector<std::string> meant;
  const auto note = [&](const std::string& one) {
    if (std::ranges::find(meant, one) == meant.end() && meant.size() < 4) meant.push_back(one);
  };
  for (const EffectRow& row : table)
    if (row.name.size() == name.size() && begins(row.name, name)) note(row.name);
  if (meant.empty() && name.size() > 2)
    for (const EffectRow& row : table)
      if (begins(row.name, name) || begins_with_word(row.note, name)) note(row.name);
  if (meant.empty()) {
    std::vector<std::string> names = names_in(table);
    if (kind == "gene") std::erase_if(names, [&](const std::string& one) { return !may_be_a_slip(name, one); });
    // What acts is not guessed: one slip, not more.
    if (const auto near = nearest(name, names); near && edit_distance(lower_case(name), lower_case(*near)) <= 1)
      note(*near);
  }
  const std::string what = fmt::format("unknown {} \"{}\"; ", kind, name);
  if (meant.empty()) return what + fmt::format("`vesicast describe {}` lists them", kind);
  return what + fmt::format("did you mean \"{}\"?", fmt::join(meant, "\" or \""));
}

std::vector<std::string> names_in(const std::vector<EffectRow>& table) {
  std::vector<std::string> names;
  for (const EffectRow& row : table)
    if (std::ranges::find(names, row.name) == names.end()) names.push_back(row.name);
  return names;
}

}  // namespace vesicast::io
