// [[perturbation]] and [perturbation_table]: what they resolve to, what is warned of, what is wrong.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_perturbation_test {
namespace {

// Line numbers count from the first of run_and_domain.
const std::string good = run_and_domain + R"([vesicle.exosome]
matrix = { k_on = "2e6 /M/s" }
[cell_type.tumour]
donor = { secretion = "60 /h" }
[cell_type.stroma]
recipient = {}
[[perturbation]]
gene = "GPC1"
activity = 0.5
cell_types = ["stroma"]
from = "1 h"
until = "2 h"
)";

Resolved resolved(const std::string& perturbation) {
  const std::string text(good);
  return resolve(text.substr(0, text.find("[[perturbation]]")) + perturbation, "nodule.toml", {});
}

std::string warnings(const std::string& perturbation) {
  std::string all;
  for (const std::string& w : resolved(perturbation).warnings) all += w + "\n";
  return all;
}

double factor_of(const Perturbation& p, Rate rate) {
  for (const Perturbation::Change& c : p.changes)
    if (c.rate == rate) return c.factor;
  return std::nan("");
}

TEST(ConfigPerturbation, AGeneInAWindow) {
  const Resolved r = resolve(good, "nodule.toml", {});
  ASSERT_EQ(r.parameters.perturbations.size(), 1U);
  const Perturbation& p = r.parameters.perturbations[0];
  EXPECT_EQ(p.label, "GPC1 at activity 0.5");
  EXPECT_DOUBLE_EQ(factor_of(p, Rate("k_on")), 0.9);
  EXPECT_EQ(p.cell_types, std::vector<std::string>{"stroma"});
  EXPECT_EQ(p.from, 3600 * 1000);
  EXPECT_EQ(p.until, 7200 * 1000);
  EXPECT_TRUE(r.warnings.empty());
}

TEST(ConfigPerturbation, ADrugByItsDose) {
  const auto molar = resolved("[[perturbation]]\ndrug = \"dynasore\"\ndose = \"45 uM\"\n").parameters.perturbations;
  EXPECT_NEAR(factor_of(molar[0], Rate("k_int_raft")), 0.25, 1e-12);
  EXPECT_EQ(molar[0].label, "dynasore at 45 uM");
  EXPECT_FALSE(molar[0].until);
  const auto relative = resolved("[[perturbation]]\ndrug = \"heparin\"\ndose = 3\n").parameters.perturbations;
  EXPECT_NEAR(factor_of(relative[0], Rate("k_on")), 0.5 + 0.5 * 0.25, 1e-12);
}

TEST(ConfigPerturbation, AnAgonistByItsDose) {
  const std::string text(good);
  const Resolved r =
      resolve(text.substr(0, text.find("[[perturbation]]")) +
                  "[cell_type.maker.donor.pathway]\n[[perturbation]]\ndrug = \"ATP\"\ndose = \"900 uM\"\n"
                  "cell_types = [\"maker\"]\nfrom = \"1 h\"\nuntil = \"70 min\"\n",
              "nodule.toml", {});
  const Perturbation& p = r.parameters.perturbations.at(0);
  EXPECT_NEAR(factor_of(p, Rate("Ca")), 1.0 + 2.0 * 0.75, 1e-12);
  EXPECT_NEAR(factor_of(p, Rate("q_MV")), 1.0 + 0.8 * 4.0 * 0.75, 1e-12);
  ASSERT_EQ(r.warnings.size(), 1U);  // of the microvesicles, which are of no class
  EXPECT_NE(r.warnings[0].find("q_MV in maker: that part has no effect"), std::string::npos) << r.warnings[0];
}

TEST(ConfigPerturbation, ARateByItself) {
  const auto p = resolved("[[perturbation]]\nrate = \"koff_e\"\nfactor = 2\n").parameters.perturbations;
  EXPECT_EQ(factor_of(p[0], Rate("koff_e")), 2.0);
}

TEST(ConfigPerturbation, ResolvesToTheSameAgain) {
  const Resolved first = resolve(good, "nodule.toml", {});
  const Resolved again = resolve(first.toml, "nodule.toml", {});
  EXPECT_EQ(again.toml, first.toml);
  EXPECT_EQ(again.parameters.perturbations[0].label, first.parameters.perturbations[0].label);
  EXPECT_EQ(again.parameters.perturbations[0].from, first.parameters.perturbations[0].from);
}

TEST(ConfigPerturbation, WarnsOfWhatDoesNothing) {
  EXPECT_EQ(warnings("[[perturbation]]\ngene = \"IRF6\"\nactivity = 0\n"),
            "perturbation.0: \"IRF6\" is inert, nothing happens: a transcription factor of keratinocytes; no rate of "
            "vesicles is known to follow it\n");
  EXPECT_EQ(warnings("[[perturbation]]\ngene = \"RAB27A\"\nactivity = 0.15\n"),
            "perturbation.0: nothing in the configuration uses k_dock: nothing happens\n");
  EXPECT_EQ(warnings("[[perturbation]]\ngene = \"GPC1\"\nactivity = 0\ncell_types = [\"tumour\"]\n"),
            "perturbation.0: nothing in the configuration uses k_on in tumour: nothing happens\n");
  EXPECT_EQ(warnings("[[perturbation]]\ngene = \"RAB5A\"\nactivity = 0\n"),
            "perturbation.0: nothing in the configuration uses k_mat, k_endo: that part has no effect\n");
  EXPECT_EQ(warnings("[[perturbation]]\ngene = \"ITGB1\"\nactivity = 0\ncell_types = [\"stroma\"]\n"),
            "perturbation.0: kon_e acts in the matrix of the whole tissue and is left as it is, because cell_types are "
            "named\n");
  EXPECT_EQ(warnings("[[perturbation]]\nrate = \"k_on\"\nfactor = 2\nfrom = \"1 s\"\nuntil = \"30 s\"\n"),
            "perturbation.0: no step of 30 s starts between 1 and 30 s: nothing happens\n");
  EXPECT_EQ(warnings("[[perturbation]]\nrate = \"k_on\"\nfactor = 2\nfrom = \"1 s\"\nuntil = \"31 s\"\n"), "");
  EXPECT_EQ(warnings("[[perturbation]]\nrate = \"k_on\"\nfactor = 2\nfrom = \"24 h\"\n"),
            "perturbation.0: begins at the end of the run or later: nothing happens\n");
}

TEST(ConfigPerturbation, TakesTheUsersTables) {
  const std::string text = std::string(good) + "[perturbation_table]\ngenes = \"my.csv\"\n";
  const std::vector<std::string> files = named_tables(text, "/data/nodule.toml", {});
  ASSERT_EQ(files, std::vector<std::string>{"/data/my.csv"});
  const std::string header = "gene,rate,weight,direction,confidence,source,note\n";
  const Resolved r =
      resolve(text, "/data/nodule.toml", {}, {{"/data/my.csv", header + "GPC1,k_off,1,-,L,mine,test\n"}});
  EXPECT_EQ(r.tables, files);
  EXPECT_DOUBLE_EQ(factor_of(r.parameters.perturbations[0], Rate("k_off")), 1.5);
  EXPECT_TRUE(std::isnan(factor_of(r.parameters.perturbations[0], Rate("k_on"))));
  EXPECT_NE(r.toml.find("genes = \"/data/my.csv\""), std::string::npos) << r.toml;
  try {
    const Resolved bad =
        resolve(text, "/data/nodule.toml", {}, {{"/data/my.csv", header + "GPC1,k_of,1,-,L,mine,test\n"}});
    ADD_FAILURE() << bad.toml;
  } catch (const InvalidConfig& e) {
    EXPECT_EQ(
        lines(e.problems()),
        "/data/nodule.toml:20:9: perturbation_table.genes: /data/my.csv:2: rate: unknown rate \"k_of\"; did you mean "
        "\"k_on\"?\n");
  }
}

class BadPerturbation : public testing::TestWithParam<Case> {};

TEST_P(BadPerturbation, SaysWhereAndWhat) {
  expect_message(good, GetParam());
}

const Case cases[] = {
    {"UnknownGene", "\"GPC1\"", "\"GCP1\"",
     R"(nodule.toml:14:8: perturbation.0.gene: unknown gene "GCP1"; did you mean "GPC1"?)"},
    {"StrangeGene", "\"GPC1\"", "\"phlogiston\"",
     R"(nodule.toml:14:8: perturbation.0.gene: unknown gene "phlogiston"; `vesicast describe gene` lists them)"},
    {"UnknownDrug", "gene = \"GPC1\"\nactivity = 0.5", "drug = \"dynasor\"\ndose = 2",
     R"(nodule.toml:14:8: perturbation.0.drug: unknown drug "dynasor"; did you mean "dynasore"?)"},
    {"UnknownRate", "gene = \"GPC1\"\nactivity = 0.5", "rate = \"k_onn\"\nfactor = 2",
     R"(nodule.toml:14:8: perturbation.0.rate: unknown value "k_onn"; did you mean "k_on"?)"},
    {"UnknownType", "[\"stroma\"]", "[\"stromal\"]",
     R"(nodule.toml:16:14: perturbation.0.cell_types: unknown cell type "stromal"; did you mean "stroma"?)"},
    {"NoTypes", "[\"stroma\"]", "[]",
     R"(nodule.toml:16:14: perturbation.0.cell_types: the list is empty; leave it out for all cell types)"},
    {"OneType", "[\"stroma\"]", "\"stroma\"",
     R"(nodule.toml:16:14: perturbation.0.cell_types: expected a list of strings, found a string; write ["stroma"])"},
    {"KeyOfADonor", "gene = \"GPC1\"\nactivity = 0.5", "rate = \"lysosome\"\nfactor = 2",
     R"(nodule.toml:14:8: perturbation.0.rate: unknown value "lysosome"; the rate of the key donor.pathway.lysosome is "k_lys")"},
    {"KeyOfARecipient", "gene = \"GPC1\"\nactivity = 0.5", "rate = \"k_lysosome\"\nfactor = 2",
     R"(nodule.toml:14:8: perturbation.0.rate: unknown value "k_lysosome"; the rate of the key recipient.k_lysosome is "k_LL")"},
    {"KeyOfTwo", "gene = \"GPC1\"\nactivity = 0.5", "rate = \"vesicle.exosome.matrix.k_on\"\nfactor = 2",
     R"(nodule.toml:14:8: perturbation.0.rate: unknown value "vesicle.exosome.matrix.k_on"; the rate of the key matrix.k_on is "kon_e")"},
    {"StrangeRate", "gene = \"GPC1\"\nactivity = 0.5", "rate = \"k_zzzzzz\"\nfactor = 2",
     R"(nodule.toml:14:8: perturbation.0.rate: unknown value "k_zzzzzz"; near it: )"},
    {"Nothing", "gene = \"GPC1\"\nactivity = 0.5\n", "",
     R"(nodule.toml:13:1: perturbation.0: give gene, drug or rate, to say what is perturbed)"},
    {"Two", "gene = \"GPC1\"", "gene = \"GPC1\"\nrate = \"k_on\"",
     R"(nodule.toml:15:1: perturbation.0.rate: gene and rate exclude each other; give one [[perturbation]] for each)"},
    {"NoActivity", "activity = 0.5\n", "",
     R"(nodule.toml:13:1: perturbation.0.activity: the required key is missing: how much of the gene)"},
    {"ForeignAmount", "activity = 0.5\n", "activity = 0.5\nfactor = 2\n",
     R"(nodule.toml:16:1: perturbation.0.factor: belongs to rate; with gene give activity)"},
    {"ActivityInPercent", "0.5", "\"15 %\"",
     R"(nodule.toml:15:12: perturbation.0.activity: expected a number, found a string; 15 % is 0.15)"},
    {"ActivityInQuotes", "0.5", "\"0.15\"",
     R"(nodule.toml:15:12: perturbation.0.activity: expected a number, found a string; write 0.15, without quotes)"},
    {"AnotherGene", "\"GPC1\"", "\"VPS33A\"",
     R"(nodule.toml:14:8: perturbation.0.gene: unknown gene "VPS33A"; `vesicast describe gene` lists them)"},
    {"OfTheSameFamily", "\"GPC1\"", "\"CD82\"",
     R"(nodule.toml:14:8: perturbation.0.gene: unknown gene "CD82"; `vesicast describe gene` lists them)"},
    {"OfTheSameFamilyByLetter", "\"GPC1\"", "\"HLA-A\"",
     R"(nodule.toml:14:8: perturbation.0.gene: unknown gene "HLA-A"; `vesicast describe gene` lists them)"},
    {"Receptor", "\"GPC1\"", "\"P2RX7\"",
     R"(nodule.toml:14:8: perturbation.0.gene: unknown gene "P2RX7"; drug "ATP" opens this channel)"},
    {"AnotherDrug", "gene = \"GPC1\"\nactivity = 0.5", "drug = \"Chloroquine\"\ndose = 2",
     R"(nodule.toml:14:8: perturbation.0.drug: unknown drug "Chloroquine"; drug "bafilomycin A1" takes the acid from)"},
    {"SameDrug", "gene = \"GPC1\"\nactivity = 0.5", "drug = \"methyl-beta-cyclodextrin\"\ndose = 2",
     R"(nodule.toml:14:8: perturbation.0.drug: unknown drug "methyl-beta-cyclodextrin"; did you mean "MbCD"?)"},
    {"NegativeActivity", "0.5", "-0.5",
     R"(nodule.toml:15:12: perturbation.0.activity: -0.5 is out of range; expected >= 0)"},
    {"WindowBackwards", "\"2 h\"", "\"30 min\"",
     R"(nodule.toml:18:9: perturbation.0.until: "30 min" is not after the begin, "1 h")"},
    {"DoseWithoutUnit", "gene = \"GPC1\"\nactivity = 0.5", "drug = \"dynasore\"\ndose = 2",
     R"(nodule.toml:15:8: perturbation.0.dose: 2 has no unit; the IC50 of dynasore is 15 uM)"},
    {"DoseWithUnit", "gene = \"GPC1\"\nactivity = 0.5", "drug = \"heparin\"\ndose = \"2 uM\"",
     R"(nodule.toml:15:8: perturbation.0.dose: doses of heparin are multiples of the half-maximal one, a plain number)"},
    {"DoseOfTime", "gene = \"GPC1\"\nactivity = 0.5", "drug = \"dynasore\"\ndose = \"2 h\"",
     R"(nodule.toml:15:8: perturbation.0.dose: )"},
    {"MatrixInACellType", "gene = \"GPC1\"\nactivity = 0.5", "rate = \"kon_e\"\nfactor = 2",
     R"(nodule.toml:16:1: perturbation.0.cell_types: kon_e acts in the matrix of the whole tissue; leave cell_types out)"},
};

INSTANTIATE_TEST_SUITE_P(Perturbation, BadPerturbation, testing::ValuesIn(cases), name_of);

}  // namespace
}  // namespace vesicast::io::config_perturbation_test
