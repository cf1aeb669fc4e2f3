// The rows of keys: defaults, ranges, rates, and what the reader and the perturbations make of them.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cmath>
#include <regex>
#include <set>

#include "io/config/rate_names.hpp"
#include "io/config/read_rows.hpp"
#include "src/model/perturbed.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io::config_rows_test {
namespace {

template <class Struct, class Look>
void look_at(Look& look, std::span<const KeyRow<Struct>> list, const char* pattern) {
  Struct fresh;
  look(fresh, list, std::string(pattern));
}

/// Do two rows set the same? Words have no identity but what they set.
template <class Struct>
bool same_member(const Member<Struct>& a, const Member<Struct>& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& one) {
        using Of = std::remove_cvref_t<decltype(one)>;
        const auto& other = std::get<Of>(b);
        if constexpr (requires { one.index; })
          return one.array == other.array && one.index == other.index;
        else if constexpr (requires { one.get; })
          return one.get == other.get;
        else
          return one == other;
      },
      a);
}

/// Calls `look(struct, its rows, the pattern of a table whose keys they are)` for every struct that has rows.
template <class Look>
void for_structs(Look&& look) {
  look_at<RunParameters>(look, rows<RunParameters>(), "run");
  look_at<AutomaticStep>(look, rows<AutomaticStep>(), "run");
  look_at<TransportParameters>(look, rows<TransportParameters>(), "transport");
  look_at<DomainParameters>(look, rows<DomainParameters>(), "domain");
  look_at<Medium>(look, rows<Medium>(), "medium");
  look_at<VesicleClass>(look, rows<VesicleClass>(), "vesicle.*");
  look_at<SizeDistribution>(look, rows<SizeDistribution>(), "vesicle.*");
  look_at<MatrixBinding>(look, rows<MatrixBinding>(), "vesicle.*.matrix");
  look_at<CargoSpecies>(look, rows<CargoSpecies>(), "cargo.*");
  look_at<FlowParameters>(look, rows<FlowParameters>(), "flow");
  look_at<Place>(look, rows<Place>(), "region[]");
  look_at<Region>(look, rows<Region>(), "region[]");
  look_at<Vessels>(look, rows<Vessels>(), "region[].blood");
  look_at<CellType>(look, body_rows(), "cell_type.*");
  look_at<CellType>(look, recipient_rows(), "cell_type.*.recipient");
  look_at<CellType>(look, cytosol_row(), "cell_type.*");
  look_at<Secretion>(look, rows<Secretion>(), "cell_type.*.donor.vesicle.*");
  look_at<Biogenesis>(look, rows<Biogenesis>(), "cell_type.*.donor.pathway");
  look_at<MvbPopulation>(look, rows<MvbPopulation>(), "cell_type.*.donor.pathway.mvb.*");
  look_at<Polarised>(look, rows<Polarised>(), "cell_type.*.donor.polarised");
  look_at<AcidGate>(look, rows<AcidGate>(), "cell_type.*.recipient");
  look_at<Uptake>(look, rows<Uptake>(), "cell_type.*.recipient");
  look_at<CellCargo>(look, rows<CellCargo>(), "cell_type.*.cargo.*");
  look_at<Response>(look, rows<Response>(), "cell_type.*.response.*");
  look_at<PhenotypeSwitch>(look, rows<PhenotypeSwitch>(), "cell_type.*.becomes");
  look_at<CellGroup>(look, rows<CellGroup>(), "tissue.cells[]");
  look_at<OutputParameters>(look, rows<OutputParameters>(), "output");
  look_at<CheckpointParameters>(look, rows<CheckpointParameters>(), "checkpoint");
}

/// A row without its member: what the tests of keys, which look at no struct, have in common.
struct OneRow : KeyRow<NoMember> {
  std::string path;
};

/// All rows, those of keys that no struct begins with too.
std::vector<OneRow> all_rows() {
  std::vector<OneRow> all;
  const auto add = [&](const auto&, auto list, const std::string& pattern) {
    for (const auto& row : list)
      all.push_back({{row.name, {}, row.type, row.standard, row.range, row.meaning, row.source, row.more},
                     pattern + "." + row.name});
  };
  for_structs(add);
  look_at<VesicleClass>(add, factor_rows(), "factor.*");
  look_at<VesicleClass>(add, field_rows(), "vesicle.*");
  look_at<VesicleClass>(add, carried_rows(), "vesicle.*");
  look_at<Uptake>(add, cell_factor_rows(), "cell_type.*.factor.*");
  look_at<NoMember>(add, series_rows(), "vesicle.*.boundary_value.<face>");
  look_at<NoMember>(add, preset_rows(), "cell_type.*");
  look_at<NoMember>(add, variation_rows(), "cell_type.*");
  look_at<NoMember>(add, effect_table_rows(), "perturbation_table");
  look_at<NoMember>(add, perturbation_rows(), "perturbation[]");
  return all;
}

std::string text_of(double value) {
  return fmt::format("{}", value);
}
std::string text_of(const std::string& value) {
  return value;
}
std::string text_of(const std::optional<double>& value) {
  return value ? text_of(*value) : "nothing";
}
std::string text_of(const std::vector<std::string>& values) {
  return fmt::format("{} of them", values.size());
}
template <std::size_t n>
std::string text_of(const std::array<double, n>& values) {
  return fmt::format("{}", fmt::join(values, ", "));
}
std::string text_of(const std::map<std::string, double>& values) {
  return fmt::format("{} of them", values.size());
}
std::string text_of(const std::optional<MapFile>& value) {
  return value ? value->file : "nothing";
}
template <class Whole>
std::string text_of(const Whole& value) {
  return fmt::format("{}", value);
}

/// The value of a row's member as text, to the last bit.
template <class Struct>
struct ValueOf {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const Word<Struct>& word) const { return text_of(word.get(object)); }
  template <std::size_t n>
  std::string operator()(const Element<Struct, n>& entry) const {
    return text_of((object.*entry.array)[entry.index]);
  }
  template <class Value>
  std::string operator()(Value Struct::*member) const {
    return text_of(object.*member);
  }
  const Struct& object;
};
template <class Struct>
std::string value_of(const Struct& object, const KeyRow<Struct>& row) {
  return std::visit(ValueOf<Struct>{object}, row.member);
}

// What a struct begins with is what the reader makes of the key's default, to the bit.
TEST(Rows, EveryDefaultIsThatOfItsStruct) {
  struct Compared {
    std::string path, read, fresh;
    bool without_problems;
  };
  std::vector<Compared> all;
  for_structs([&](const auto& fresh, auto list, const std::string& pattern) {
    for (const auto& row : list) {
      if (*row.standard == '\0' || row.member.index() == 0) continue;
      Node empty = Node::make_table(false);
      Problems problems("empty.toml");
      Known known;
      TableReader reader(empty, "", pattern, problems, known);
      auto read = fresh;
      RowReader(reader, row, read).read();
      all.push_back({pattern + "." + row.name, value_of(read, row), value_of(fresh, row), problems.empty()});
    }
  });
  for (const Compared& one : all) {
    EXPECT_TRUE(one.without_problems) << one.path;
    EXPECT_EQ(one.read, one.fresh) << one.path;
    EXPECT_NE(one.read, "") << one.path;
  }
  EXPECT_GT(all.size(), 90u);
}

// The same of whole structs: weights that are normalised, recycling that follows maturation.
TEST(Rows, AnEmptyRecipientIsWhatItsStructsBeginWith) {
  const Resolved r = resolve(run_and_domain + "[vesicle.exosome]\n[cell_type.a.recipient]\n", "a.toml", {});
  const CellType& type = r.parameters.cell_types.at(0);
  EXPECT_EQ(type.recipient.at("exosome"), Uptake{});
  EXPECT_EQ(type.gate, AcidGate{});
  EXPECT_EQ(type.receptors, CellType{}.receptors);
}

TEST(Rows, UsualValuesAreAllowedAndHoldTheDefault) {
  int with_range = 0;
  for (const OneRow& row : all_rows()) {
    if (!row.more.usual.known()) continue;
    const Range usual = range_of(row.more.usual);
    ++with_range;
    EXPECT_LT(usual.lower, usual.upper) << row.path;
    EXPECT_TRUE(row.range.contains(usual.lower) && row.range.contains(usual.upper)) << row.path;
    if (*row.standard == '\0' || internal_value(row.standard) == 0.0) continue;  // 0 switches off, and is not warned of
    EXPECT_TRUE(usual.contains(internal_value(row.standard))) << row.path;
  }
  EXPECT_GT(with_range, 20);
}

/// The numbers in `text`, in the internal units of what they stand before: "half-time 20 min to 3 h".
std::vector<double> numbers_in(const std::string& text, Dimension dimension) {
  static const std::regex number(R"((\d[\d.e-]*)( [^ ]*(?: s)?)?)");
  std::vector<std::pair<std::string, std::string>> found;
  for (std::sregex_iterator one(text.begin(), text.end(), number), end; one != end; ++one)
    found.emplace_back((*one)[1].str(), (*one)[2].str() == " to" ? "" : (*one)[2].str());
  std::vector<double> values;
  for (const auto& [value, unit] : found) {
    const std::string of = unit.empty() ? found.back().second : unit;
    values.push_back(dimension == Dimension::none ? std::stod(value) : convert(value + of, dimension));
  }
  return values;
}

// A user can read what is warned of: the numbers stand in the reference, as they are or as half-times.
TEST(Rows, WhatIsUsualIsPrintedAsItIsWarnedOf) {
  EXPECT_EQ(words(Usual{1e-5, 1e-2, "/s"}), "1e-5 to 1e-2 /s");
  EXPECT_EQ(words(Usual{500, 5e4}), "500 to 5e4");
  EXPECT_EQ(words(Usual{0.003, 0.1, "/h"}), "0.003 to 0.1 /h");
  for (const OneRow& row : all_rows()) {
    if (!row.more.usual.known()) continue;
    const std::string &path = row.path, text = typical_words(find_key(path)->more);
    const Range usual = range_of(row.more.usual);
    if (text.starts_with("half-time ")) {
      const std::vector<double> times = numbers_in(text, Dimension::time);
      ASSERT_EQ(times.size(), 2u) << path;
      EXPECT_NEAR(usual.lower * times[1] / std::log(2.0), 1.0, 0.05) << path;
      EXPECT_NEAR(usual.upper * times[0] / std::log(2.0), 1.0, 0.05) << path;
    } else if (std::string_view(row.more.unusual) != More{}.unusual) {
      EXPECT_NE(*row.more.unusual, '\0') << path;  // what the range is, is said otherwise
    } else {
      const std::vector<double> numbers = numbers_in(text, row.type.dimension);
      ASSERT_EQ(numbers.size(), 2u) << path << ": " << text;
      EXPECT_DOUBLE_EQ(numbers[0], usual.lower) << path;
      EXPECT_DOUBLE_EQ(numbers[1], usual.upper) << path;
    }
  }
}

// Where a default comes from is said, and how well it is known unless a user chooses it or it is a method.
TEST(Rows, EveryRowHasASourceAndItsConfidence) {
  int rated = 0;
  const std::regex letter(R"((^|[, ])[HML](;|$))");
  for (const OneRow& row : all_rows()) {
    const std::string &path = row.path, text = row.source.text;
    EXPECT_NE(words(row.source), "") << path;
    const bool is_rated = row.source.confidence != Confidence::not_rated;
    rated += is_rated;
    EXPECT_EQ(is_rated, std::regex_search(words(row.source), letter)) << path << ": " << words(row.source);
    EXPECT_FALSE(std::regex_search(text, std::regex(", [HML]$"))) << path << " has a confidence in its text";
    const bool measured = *row.more.rates != '\0' && *row.standard != '\0' && text != "1 at rest";
    EXPECT_TRUE(is_rated || !(measured || text.starts_with("no source") || text.starts_with("derived"))) << path;
  }
  EXPECT_GT(rated, 90);
}

/// Where a default stands: the row of a key, and there alone.
TEST(Rows, NoDefaultStandsTwice) {
  std::vector<std::string> twice;
  for_structs([&](const auto& fresh, auto list, const std::string& pattern) {
    using Struct = std::remove_cvref_t<decltype(fresh)>;
    std::vector<Member<Struct>> set;
    for (const auto& row : list) {
      if (*row.standard == '\0' || row.member.index() == 0) continue;
      const auto same = [&](const Member<Struct>& one) { return same_member(one, row.member); };
      if (std::ranges::any_of(set, same)) twice.push_back(pattern + "." + row.name);
      set.push_back(row.member);
    }
  });
  EXPECT_EQ(twice, std::vector<std::string>{}) << "set what another row does";
  for (const auto& row : rows<Uptake>()) {  // a class that gives none has that of the recipient
    const Key* of_class = find_key(std::string("cell_type.*.recipient.vesicle.*.") + row.name);
    ASSERT_NE(of_class, nullptr) << row.name;
    EXPECT_EQ(of_class->default_text, "") << row.name;
  }
  for (const auto& row : population_rows())
    EXPECT_EQ(find_key(std::string("cell_type.*.donor.pathway.mvb.*.") + row.name)->default_text, "") << row.name;
}

TEST(Rows, NoKeyIsThereTwice) {
  std::set<std::string> seen;
  for (const OneRow& row : all_rows()) {
    EXPECT_TRUE(seen.insert(row.path).second) << row.path;
    EXPECT_NE(find_key(row.path), nullptr) << row.path;
  }
}

/// Everything that has rates, all of it above 0.
template <class Struct>
Struct all_above_zero() {
  Struct object;
  for_numbers(object, [](double& value, const KeyRow<Struct>& row) { value = std::min(0.25, row.range.upper); });
  return object;
}

/// Does `perturbed` multiply just the member of each row of Struct by the rate that it names?
template <class Struct, class Perturb>
void expect_each_acts(const Perturb& perturb, const std::set<std::string>& without) {
  for (const KeyRow<Struct>& row : rows<Struct>())
    for (const std::string_view name : parts(row.more.rates)) {
      ASSERT_TRUE(find_rate(name)) << row.name << " names an unknown rate";
      if (without.contains(std::string(row.name))) continue;
      RateFactors factors;
      factors[Rate(name)] = 0.5;
      const Struct before = all_above_zero<Struct>();
      const Struct after = perturb(before, factors);
      EXPECT_EQ(std::stod(value_of(after, row)), 0.5 * std::stod(value_of(before, row))) << row.name;
    }
}

TEST(Rows, ARateActsOnTheMemberOfItsRow) {
  const auto perturb = [](const auto& object, const RateFactors& factors) { return perturbed(object, factors); };
  // k_endocytosis is multiplied route by route, and a route beside its weight (perturbation_test.cpp).
  expect_each_acts<Uptake>(perturb, {"k_endocytosis", "weight_clathrin", "weight_raft", "weight_independent",
                                     "weight_macropinocytosis", "weight_phagocytosis"});
  expect_each_acts<Biogenesis>(perturb, {});
  expect_each_acts<MatrixBinding>(perturb, {});
  expect_each_acts<Secretion>(perturb, {});
  expect_each_acts<AcidGate>(
      [](const AcidGate& gate, const RateFactors& factors) {
        const AcidGate after = perturbed(gate, factors);
        EXPECT_EQ(after.pH_early, 7.0 - 0.5 * (7.0 - gate.pH_early));
        EXPECT_EQ(after.pH_late, 7.0 - 0.5 * (7.0 - gate.pH_late));
        EXPECT_EQ(after.pH_lysosome, 7.0 - 0.5 * (7.0 - gate.pH_lysosome));
        AcidGate halved = gate;
        halved.pH_early = halved.pH_late = halved.pH_lysosome = 0.125;
        return halved;
      },
      {});
  expect_each_acts<CellCargo>(
      [](const CellCargo& cargo, const RateFactors& factors) {
        CellType type;
        type.cargo["miR-21"] = cargo;
        return perturbed(type, factors, {}).cargo.at("miR-21");
      },
      {});
}

TEST(Rows, EveryRateHasARow) {
  std::set<std::string> named;
  for (const OneRow& row : all_rows())
    for (const std::string_view name : parts(row.more.rates)) named.emplace(name);
  for (const RateInfo& rate : named_rates()) EXPECT_TRUE(named.contains(std::string(rate.name))) << rate.name;
  EXPECT_EQ(named.size(), named_rates().size());
}

// What is dumped reads back: every default of the table, written out, gives the same object.
TEST(Rows, WhatIsWrittenOutReadsBack) {
  for (const char* name : {"everything.toml", "classes.toml", "factors.toml"}) {
    const Resolved first = resolved_file(name);
    const Resolved again = resolve(first.toml, "/elsewhere/config.toml", {});
    EXPECT_EQ(again.parameters.cell_types, first.parameters.cell_types) << name;
    EXPECT_EQ(again.toml, first.toml) << name;
  }
}

}  // namespace
}  // namespace vesicast::io::config_rows_test
