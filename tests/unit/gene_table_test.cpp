// The shipped table of genes against biology.md section 7, written here by hand; paralogues; rows that hold for
// induction only.
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "io/config/perturbation_table.hpp"
#include "src/model/schedule.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::io::gene_table_test {
namespace {

struct Expected {
  const char* genes;
  const char* rate;
  double weight;
  Direction direction = Direction::drives;
};

/// biology.md section 7. Of a range the middle; 0.5 where it gives a rate and no weight; section 5 for sorting, section
/// 8 for HOPS; VPS4B on k_lys for "knock-down up, pan-inhibition down".
constexpr Expected literature[] = {
    {"RAB27A", "k_dock", 0.9},
    {"RAB27B", "k_tr", 0.5},
    {"RAB27B", "k_dock", 0.3},
    {"RAB7A Rab7", "k_lys", 0.8},
    {"RAB7A Rab7", "k_tr", 0.4},
    {"RAB35 Rab35", "k_dock", 0.6},
    {"RAB11A RAB11B", "k_rec", 0.5},
    {"RAB11A RAB11B", "k_dock", 0.5},
    {"PDCD6IP", "v_SYN", 0.7},
    {"SDCBP", "v_SYN", 0.9},
    {"TSG101 HGS STAM", "v_ESCRT", 0.8},
    {"VPS4A VPS4B", "VPS4", 0.5},
    {"VPS4B", "k_lys", 0.2},
    {"SMPD3", "v_CER", 0.9},
    {"CD63", "v_TET", 0.5},
    {"CD9 CD81", "v_TET", 0.3},
    {"CD9 CD81", "q_sPM", 0.3},
    {"SMPD1 ARF6", "q_MV", 0.8},
    {"ARF6", "v_SYN", 0.4},
    {"RHOA ROCK1", "q_MV", 0.7},
    {"SNAP23 VAMP7", "k_fus", 0.9},
    {"STX4", "k_fus", 0.8},
    {"YKT6 STX1A", "k_fus", 0.4},
    {"BST2", "f_t", 0.9},
    {"ISG15", "v_ESCRT", 0.5, Direction::holds_back},
    {"ISG15", "k_lys", 0.5},
    {"V-ATPase", "k_lys", 0.75},
    {"V-ATPase", "acidity", 1.0},
    {"HOPS", "k_lys", 0.8},
    {"RAB5A RAB5B RAB5C", "k_mat", 0.7},
    {"RAB5A RAB5B RAB5C CLTA CLTB CLTC", "k_endo", 0.7},
    {"RAB5A RAB5B RAB5C CLTA CLTB CLTC", "k_int_clathrin", 0.2},
    {"CAV1 FLOT1", "k_int_raft", 0.5},
    {"LGALS3", "k_int_independent", 0.5},
    {"RAC1 PAK1", "k_int_macropinocytosis", 0.5},
    {"PIK3", "k_int_phagocytosis", 0.5},
    {"CD47", "k_int_phagocytosis", 0.7, Direction::holds_back},
    {"ITGA6 ITGB1 ITGB4", "kon_e", 0.6},
    {"ITGA6 ITGB1 ITGB4", "k_on", 0.6},
    {"ITGA1 ITGA2 ITGA2B ITGA3 ITGA4 ITGA5 ITGA7 ITGA8 ITGA9 ITGA10 ITGA11 ITGAD ITGAE ITGAL ITGAM ITGAV ITGAX "
     "ITGB2 ITGB3 ITGB5 ITGB6 ITGB7 ITGB8 ICAM1 PECAM1",
     "k_on", 0.2},
    {"HSPG", "k_on", 0.5},
    {"ARRDC1", "q_sPM", 0.5},
    {"TSPAN6", "k_lys", 0.35},
    {"TSPAN6", "v_SYN", 0.35},
    {"PRNP", "k_auto", 0.35, Direction::holds_back},
    {"SYTL4 EXPH5", "k_dock", 0.35},
    {"RALA RALB", "k_fus", 0.35},
    {"RAB22A", "q_MV", 0.35},
    {"VAMP3", "k_fus", 0.35},
    {"PLD2", "v_SYN", 0.35},
    {"CD44 GPC1 TIMD4 ANXA5 MFGE8 LGALS1 LGALS3 LGALS9", "k_on", 0.2},
    {"YBX1 HNRNPA2B1 AGO2", "sorting", 0.5},
};

TEST(GeneTable, EveryActingRowIsThatOfTheLiterature) {
  std::map<std::pair<std::string, std::string>, std::pair<double, Direction>> expected;
  for (const Expected& row : literature) {
    std::istringstream genes(row.genes);
    for (std::string gene; genes >> gene;) {
      EXPECT_TRUE(expected.try_emplace({gene, row.rate}, row.weight, row.direction).second) << gene << ' ' << row.rate;
    }
  }
  for (const EffectRow& row : shipped_effects(TableKind::genes)) {
    if (!row.rate) continue;
    const std::string rate(info(*row.rate).name);
    const auto found = expected.extract({row.name, rate});
    ASSERT_FALSE(found.empty()) << row.name << ' ' << rate << " is not in the literature";
    EXPECT_EQ(row.weight, found.mapped().first) << row.name << ' ' << rate;
    EXPECT_EQ(row.direction, found.mapped().second) << row.name << ' ' << rate;
  }
  for (const auto& [left, value] : expected)
    ADD_FAILURE() << left.first << ' ' << left.second << " is not in the table";
}

/// What genes at given activities come to, in the one cell type of a scene.
RateFactors factors_of(const std::vector<std::pair<std::string, double>>& perturbed,
                       const std::vector<EffectRow>& table = shipped_effects(TableKind::genes)) {
  Parameters p = test::parameters_of({1, 1, 1}, 20.0, 1.0);
  p.cell_types = {test::recipient_type("cell")};
  for (const auto& [gene, activity] : perturbed) {
    Perturbation one;
    one.changes = changes_of(rows_of(table, gene), [x = activity](const EffectRow&) { return x; });
    EXPECT_FALSE(one.changes.empty()) << gene;
    p.perturbations.push_back(one);
  }
  return factors_at(p, 0).at(0);
}

TEST(GeneTable, ParaloguesShareOneWeight) {
  struct Family {
    std::vector<std::string> genes;
    std::vector<std::pair<Rate, double>> weights;
  };
  const Family families[] = {
      {{"RAB5A", "RAB5B", "RAB5C"}, {{Rate("k_mat"), 0.7}, {Rate("k_endo"), 0.7}, {Rate("k_int_clathrin"), 0.2}}},
      {{"CLTA", "CLTB", "CLTC"}, {{Rate("k_endo"), 0.7}, {Rate("k_int_clathrin"), 0.2}}},
      {{"RAB11A", "RAB11B"}, {{Rate("k_rec"), 0.5}, {Rate("k_dock"), 0.5}}},
      {{"VPS4A", "VPS4B"}, {{Rate("VPS4"), 0.5}}},
      {{"RALA", "RALB"}, {{Rate("k_fus"), 0.35}}}};
  for (const auto& [genes, weights] : families) {
    const double n = static_cast<double>(genes.size());
    std::vector<std::pair<std::string, double>> all, untouched;
    for (const std::string& gene : genes) {
      all.emplace_back(gene, 0.0);
      untouched.emplace_back(gene, 1.0);
      for (const auto& [rate, weight] : weights) {
        EXPECT_NEAR(factors_of({{gene, 0.0}})[rate], 1.0 - weight / n, 1e-15) << gene;
        EXPECT_NEAR(factors_of({{gene, 2.0}})[rate], 1.0 + weight / n, 1e-15) << gene;
      }
    }
    for (const auto& [rate, weight] : weights) {
      EXPECT_NEAR(factors_of(all)[rate], 1.0 - weight, 1e-15) << genes[0] << ": all knocked out";
      EXPECT_EQ(factors_of(untouched)[rate], 1.0) << genes[0];
      EXPECT_NEAR(factors_of({{genes[0], 0.0}, {genes[1], 0.5}})[rate], 1.0 - weight * 1.5 / n, 1e-15) << genes[0];
    }
  }
  // ESCRT is no family: a gene each.
  EXPECT_NEAR(factors_of({{"TSG101", 0.0}, {"HGS", 0.0}, {"STAM", 0.0}})[Rate("v_ESCRT")], 0.2 * 0.2 * 0.2, 1e-15);
  // One gene perturbed twice: its activities multiply, as those of a gene by itself do not.
  EXPECT_NEAR(factors_of({{"RALA", 0.5}, {"RALA", 0.5}})[Rate("k_fus")], 1.0 - 0.35 * 0.75 / 2.0, 1e-15);
}

TEST(GeneTable, ParaloguesActTogetherWhereTheirWindowsAndCellTypesMeet) {
  Parameters p = test::parameters_of({1, 1, 1}, 20.0, 1.0);
  p.cell_types = {test::recipient_type("a"), test::recipient_type("b")};
  for (const auto& [gene, types, from] :
       {std::tuple{"VPS4A", std::vector<std::string>{}, Ticks{0}}, {"VPS4B", {"b"}, Ticks{5000}}}) {
    Perturbation one;
    one.changes = changes_of(rows_of(shipped_effects(TableKind::genes), gene), [](const EffectRow&) { return 0.0; });
    one.cell_types = types;
    one.from = from;
    p.perturbations.push_back(one);
  }
  EXPECT_DOUBLE_EQ(factors_at(p, 0)[0][Rate("VPS4")], 0.75);
  EXPECT_DOUBLE_EQ(factors_at(p, 0)[1][Rate("VPS4")], 0.75);
  EXPECT_DOUBLE_EQ(factors_at(p, 5000)[0][Rate("VPS4")], 0.75);
  EXPECT_DOUBLE_EQ(factors_at(p, 5000)[1][Rate("VPS4")], 0.5);
}

TEST(GeneTable, ISG15ActsByInductionOnly) {
  for (const double x : {0.0, 0.15, 1.0})
    for (const Rate rate : {Rate("v_ESCRT"), Rate("k_lys")}) EXPECT_EQ(factors_of({{"ISG15", x}})[rate], 1.0) << x;
  EXPECT_DOUBLE_EQ(factors_of({{"ISG15", 2.0}})[Rate("v_ESCRT")], 0.5);
  EXPECT_DOUBLE_EQ(factors_of({{"ISG15", 2.0}})[Rate("k_lys")], 1.5);
  EXPECT_DOUBLE_EQ(factors_of({{"ISG15", 3.0}})[Rate("v_ESCRT")], 0.0);
}

TEST(UserTable, HasGroupsAndRowsThatHoldOnOneSide) {
  const auto table = read_effects(TableKind::genes, "mine.csv",
                                  "gene,rate,weight,direction,group,holds,confidence,source,note\n"
                                  "A,k_fus,0.6,-,family,,L,mine,test\nB,k_fus,0.6,-,family,,L,mine,test\n"
                                  "B,k_tr,0.6,+,family,x < 1,L,mine,test\n");
  EXPECT_DOUBLE_EQ(factors_of({{"A", 0.0}}, table)[Rate("k_fus")], 1.3);
  EXPECT_DOUBLE_EQ(factors_of({{"A", 0.0}, {"B", 0.0}}, table)[Rate("k_fus")], 1.6);
  EXPECT_EQ(factors_of({{"A", 9.0}, {"B", 9.0}}, table)[Rate("k_fus")], 0.0) << "never negative";
  EXPECT_DOUBLE_EQ(factors_of({{"B", 0.0}}, table)[Rate("k_tr")], 0.4) << "alone in its group on this rate";
  EXPECT_EQ(factors_of({{"B", 3.0}}, table)[Rate("k_tr")], 1.0);
  // A gene taken out of a group by a table of the user's leaves the others.
  const auto own = replaced_by_name(table, read_effects(TableKind::genes, "own.csv",
                                                        "gene,rate,weight,direction,confidence,source,note\n"
                                                        "A,k_fus,0.6,-,L,mine,test\n"));
  EXPECT_DOUBLE_EQ(factors_of({{"B", 0.0}}, own)[Rate("k_fus")], 1.6);
}

}  // namespace
}  // namespace vesicast::io::gene_table_test
