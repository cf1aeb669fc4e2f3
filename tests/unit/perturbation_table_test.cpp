// The shipped tables of genes and drugs, tables of the user's, and what `describe` says of them.
#include "io/config/perturbation_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "decomposition/base/error.hpp"
#include "io/config/describe.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/read_text.hpp"
#include "src/parameters/rates.hpp"

namespace vesicast::io::perturbation_table_test {
namespace {

const std::string header = "gene,rate,weight,direction,confidence,source,note\n";

std::string message(const std::string& rows, TableKind kind = TableKind::genes) {
  try {
    const auto read = read_effects(kind, "mine.csv", rows);
    return "no error: " + std::to_string(read.size());
  } catch (const InputError& e) {
    return e.what();
  }
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(GeneTable, HasEveryNameOfTheFigures) {
  const auto file = std::filesystem::path(VESICAST_SOURCE_DIR) / ".." / "shared" / "data" / "figure_names.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here: its names cannot be checked";
  const CsvRows names = read_csv_rows(read_text(file));
  ASSERT_TRUE(names.error.empty()) << names.error;
  ASSERT_GT(names.rows.size(), 100U);
  for (std::size_t i = 1; i < names.rows.size(); ++i)
    EXPECT_FALSE(rows_of(shipped_effects(TableKind::genes), names.rows[i].fields[0]).empty())
        << names.rows[i].fields[0] << " of " << file << " is not in configs/genes.csv";
}

TEST(GeneTable, EveryRowHasARateOrAReason) {
  for (const TableKind kind : {TableKind::genes, TableKind::drugs}) {
    const auto& table = shipped_effects(kind);
    for (const EffectRow& row : table) {
      EXPECT_FALSE(row.note.empty()) << row.name;
      if (!row.rate) {
        EXPECT_EQ(row.weight, 0.0) << row.name;
        EXPECT_EQ(rows_of(table, row.name).size(), 1U) << row.name << " is inert and is not";
        continue;
      }
      EXPECT_GT(row.weight, 0.0) << row.name << ": a rate without weight is inert, and must say so";
      EXPECT_FALSE(row.source.empty()) << row.name;
      EXPECT_TRUE(row.confidence == "H" || row.confidence == "M" || row.confidence == "L") << row.name;
      EXPECT_EQ(
          std::ranges::count_if(table, [&](const EffectRow& r) { return r.name == row.name && r.rate == row.rate; }), 1)
          << row.name << " has " << info(*row.rate).name << " twice";
    }
  }
}

TEST(GeneTable, AnAliasDoesWhatItsGeneDoes) {
  for (const auto& [alias, gene] : {std::pair{"Rab35", "RAB35"}, {"Rab7", "RAB7A"}}) {
    const auto a = rows_of(shipped_effects(TableKind::genes), alias),
               b = rows_of(shipped_effects(TableKind::genes), gene);
    ASSERT_EQ(a.size(), b.size()) << alias;
    for (std::size_t i = 0; i < a.size(); ++i)
      EXPECT_TRUE(a[i].rate == b[i].rate && a[i].weight == b[i].weight && a[i].direction == b[i].direction) << alias;
  }
}

TEST(DrugTable, DosesHaveTheUnitOfTheirTable) {
  const auto gw = rows_of(shipped_effects(TableKind::drugs), "GW4869");
  ASSERT_EQ(gw.size(), 1U);
  EXPECT_EQ(gw[0].rate, Rate("v_CER"));
  EXPECT_TRUE(gw[0].dose_has_unit());
  EXPECT_NEAR(gw[0].half_maximal(), 602.214076, 1e-9);  // 1 uM in molecules per um^3
  const auto heparin = rows_of(shipped_effects(TableKind::drugs), "heparin");
  ASSERT_EQ(heparin.size(), 1U);
  EXPECT_FALSE(heparin[0].dose_has_unit());
  EXPECT_EQ(heparin[0].half_maximal(), 1.0);
  EXPECT_EQ(rows_of(shipped_effects(TableKind::drugs), "bafilomycin A1").size(), 2U);
}

TEST(DrugTable, RateOfEndocytosisLeftIsInTheRangeOfUptakeLeft) {
  // biology.md section 7: residual uptake at a saturating dose; here the rate of endocytosis, with the default routes.
  // What that leaves of uptake is less far from control: the experiment uptake_inhibitors.
  const std::pair<Rate, double> routes[] = {{Rate("k_int_clathrin"), 0.15},
                                            {Rate("k_int_raft"), 0.30},
                                            {Rate("k_int_independent"), 0.25},
                                            {Rate("k_int_macropinocytosis"), 0.25},
                                            {Rate("k_int_phagocytosis"), 0.05}};
  struct Range {
    const char* drug;
    double lower, upper;
  };
  for (const auto& [drug, lower, upper] : {Range{"MbCD", 0.4, 0.6},
                                           {"filipin", 0.4, 0.6},
                                           {"EIPA", 0.5, 0.8},
                                           {"dynasore", 0.3, 0.6},
                                           {"cytochalasin D", 0.3, 0.7},
                                           {"chlorpromazine", 0.5, 1.0},
                                           {"4C", 0.05, 0.2}}) {
    double left = 1.0;
    for (const auto& change :
         changes_of(rows_of(shipped_effects(TableKind::drugs), drug), [](const EffectRow&) { return 0.0; }))
      for (const auto& [rate, share] : routes)
        if (rate == change.rate) left += share * (change.factor - 1.0);
    EXPECT_GE(left, lower) << drug;
    EXPECT_LE(left, upper) << drug;
  }
}

TEST(UserTable, ReplacesAllRowsOfItsNames) {
  const auto mine = read_effects(TableKind::genes, "mine.csv",
                                 header + "RAB27B,k_fus,0.25,-,L,mine,test\nNEW1,k_on,1,+,L,mine,test\n");
  const auto table = replaced_by_name(shipped_effects(TableKind::genes), mine);
  const auto rab27b = rows_of(table, "RAB27B");
  ASSERT_EQ(rab27b.size(), 1U);
  EXPECT_EQ(rab27b[0].rate, Rate("k_fus"));
  EXPECT_EQ(rows_of(table, "NEW1").size(), 1U);
  EXPECT_EQ(rows_of(table, "RAB27A").size(), 1U);
}

TEST(UserTable, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(message("gene,rate\n"),
            "mine.csv:1: the header must be gene,rate,weight,direction,group,holds,confidence,source,note");
  EXPECT_EQ(message(header + "A,k_dok,0.5,+,L,s,n\n"),
            "mine.csv:2: rate: unknown rate \"k_dok\"; did you mean \"k_dock\"?");
  EXPECT_EQ(message(header + "A,k_dock,1.5,+,L,s,n\n"), "mine.csv:2: weight: 1.5 is not between 0 and 1");
  EXPECT_EQ(message(header + "A,k_dock,0.5,up,L,s,n\n"), "mine.csv:2: direction: \"up\" is neither + nor -");
  EXPECT_EQ(message(header + "A,none,0,,,,\n"), "mine.csv:2: note: what has no rate needs a note that says why");
  EXPECT_EQ(message(header + "A,none,0.5,,,,why\n"), "mine.csv:2: weight: without a rate it must be 0");
  EXPECT_EQ(message(header + "A,k_dock,0.5\n"), "mine.csv:2: 3 fields; there are 7 columns");
  EXPECT_EQ(message("gene,rate,weight,direction,group,holds,confidence,source,note\nA,k_dock,0.5,+,,x > 2,L,s,n\n"),
            "mine.csv:2: holds: \"x > 2\" is neither \"x > 1\" nor \"x < 1\" nor empty");
  const std::string drugs = "drug,rate,weight,direction,IC50,hill,confidence,source,note\n";
  EXPECT_TRUE(holds(message(drugs + "A,k_on,1,+,1 um,1,L,s,n\n", TableKind::drugs), "mine.csv:2: IC50: "));
  EXPECT_EQ(message(drugs + "A,k_on,1,+,1,0,L,s,n\n", TableKind::drugs), "mine.csv:2: hill: must be above 0");
  const std::string agonists = "drug,rate,weight,direction,IC50,hill,max,confidence,source,note\n";
  EXPECT_EQ(message(agonists + "A,Ca,1,+,1,1,-2,L,s,n\n", TableKind::drugs), "mine.csv:2: max: must not be below 0");
  EXPECT_EQ(message(agonists + "A,Ca,1,+,1,1,x,L,s,n\n", TableKind::drugs), "mine.csv:2: max: \"x\" is not a number");
  EXPECT_EQ(read_effects(TableKind::drugs, "mine.csv", agonists + "A,Ca,1,+,1 uM,1,3,L,s,n\n")[0].max, 3.0);
  EXPECT_EQ(read_effects(TableKind::drugs, "mine.csv", drugs + "A,Ca,1,+,1 uM,1,L,s,n\n")[0].max, 0.0);
}

TEST(DescribeEffect, SaysRateWeightDirectionAndSource) {
  const std::string rab27a = describe_effect("gene", "RAB27A");
  for (const char* part : {"gene RAB27A", "k_dock", "docking of peripheral MVBs", "+, the product drives it", "0.9",
                           "0.1 + 0.9 x: 0.1 at x = 0, 0.235 at 0.15, 1.9 at 2", "Ostrowski 2010", "H"})
    EXPECT_TRUE(holds(rab27a, part)) << part << '\n' << rab27a;
  const std::string rab5a = describe_effect("gene", "RAB5A");
  for (const char* part : {"RAB5, 3 paralogues", "0.7", "0.766667 + 0.233333 x: 0.766667 at x = 0"})
    EXPECT_TRUE(holds(rab5a, part)) << part << '\n' << rab5a;
  EXPECT_TRUE(
      holds(describe_effect("gene", "ISG15"), "0.5 + 0.5 x where x > 1, 1 elsewhere: 1 at x = 0, 1 at 0.15, 1.5 at 2"))
      << describe_effect("gene", "ISG15");
  EXPECT_TRUE(holds(describe_effect("gene", "IRF6"), "inert")) << describe_effect("gene", "IRF6");
  EXPECT_TRUE(holds(describe_effect("gene", "CD47"), "max(0, 1.7 - 0.7 x)"));
  EXPECT_TRUE(holds(describe_effect("drug", "GW4869"), "x = 1/(1 + (dose/1 uM)^1)"));
  const std::string atp = describe_effect("drug", "ATP");
  for (const char* part : {"q_MV", "Ca", "x = 1 + 4 y/(1 + y), y = (dose/300 uM)^1", "P2X7", "no source",
                           "0.2 + 0.8 x: 2.6 at the half-maximal dose, 4.2 at a large one"})
    EXPECT_TRUE(holds(atp, part)) << part << '\n' << atp;
  EXPECT_TRUE(holds(describe_effect("rate", "k_dock"), "RAB27A +0.9"));
  EXPECT_TRUE(holds(describe_effect("rate", "v_CER"), "GW4869 +0.9"));
  EXPECT_TRUE(holds(describe_effect("rate", ""), "k_int_phagocytosis"));
  for (const std::string& name : names_in(shipped_effects(TableKind::genes)))
    EXPECT_TRUE(holds(describe_effect("gene", ""), name)) << name;
}

TEST(DescribeEffect, GivesTheNearestName) {
  const auto said = [](const char* kind, const char* name) {
    try {
      return describe_effect(kind, name);
    } catch (const InputError& e) {
      return std::string(e.what());
    }
  };
  EXPECT_EQ(said("gene", "RAB27"), "unknown gene \"RAB27\"; did you mean \"RAB27A\" or \"RAB27B\"?");
  EXPECT_EQ(said("gene", "rab27a"), "unknown gene \"rab27a\"; did you mean \"RAB27A\"?");
  EXPECT_EQ(said("gene", "ALIX"), "unknown gene \"ALIX\"; did you mean \"PDCD6IP\"?");
  EXPECT_EQ(said("gene", "tetherin"), "unknown gene \"tetherin\"; did you mean \"BST2\"?");
  EXPECT_EQ(said("gene", "RABB27A"), "unknown gene \"RABB27A\"; did you mean \"RAB27A\"?");
  EXPECT_EQ(said("drug", "GW4896"), "unknown drug \"GW4896\"; did you mean \"GW4869\"?");
  EXPECT_EQ(said("rate", "k_dok"), "unknown rate \"k_dok\"; did you mean \"k_dock\"?");
  EXPECT_EQ(said("gene", "phlogiston"), "unknown gene \"phlogiston\"; `vesicast describe gene` lists them");
  EXPECT_EQ(said("run", "end"), "unknown kind \"run\"; describe gene, drug, rate or preset NAME, or one key");
}

}  // namespace
}  // namespace vesicast::io::perturbation_table_test
