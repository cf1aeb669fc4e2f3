// Cargo of cells, responses and switches of phenotype: what they resolve to and what is wrong.
#include <gtest/gtest.h>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_cargo_test {
namespace {

// Line numbers count from the first of run_and_domain.
const std::string good = run_and_domain + R"([vesicle.exosome]
[cargo.miR-21]
decay = "0.1 /h"
[cargo.EGFR]
kind = "membrane"
[cell_type.tumour]
cytosol = "2000 um^3"
[cell_type.tumour.donor.pathway]
[cell_type.tumour.cargo.miR-21]
copies = 1e4
sorting = 5
sorting_syntenin = 8
[cell_type.tumour.cargo.EGFR]
synthesis = "100 /h"
[cell_type.fibroblast.recipient]
[cell_type.fibroblast.cargo.miR-21]
copies = 0
[cell_type.fibroblast.response.SMAD7]
cargo = "miR-21"
half = 100
[cell_type.fibroblast.becomes]
type = "CAF"
response = "SMAD7"
below = 0.5
hold = "2 h"
[cell_type.CAF.recipient]
[cell_type.CAF.cargo.miR-21]
copies = 0
)";

TEST(ConfigCargo, IsWhatTheTablesSay) {
  const Resolved r = resolve(good, "nodule.toml", {});
  const Parameters& p = r.parameters;
  ASSERT_EQ(p.cargo.size(), 2U);
  EXPECT_EQ(p.cargo[0].kind, CargoKind::soluble);
  EXPECT_DOUBLE_EQ(p.cargo[0].decay, 0.1 / 3600.0);
  EXPECT_EQ(p.cargo[1].kind, CargoKind::membrane);
  EXPECT_DOUBLE_EQ(p.cargo[1].decay, 0.03 / 3600.0);
  const CellType& tumour = p.cell_types[0];
  EXPECT_EQ(tumour.cytosol, 2000.0);
  const CellCargo& mir = tumour.cargo.at("miR-21");
  EXPECT_EQ(mir.copies, 1e4);
  EXPECT_FALSE(mir.synthesis.has_value());
  EXPECT_EQ(mir.sorting, (std::array{5.0, 8.0, 5.0, 5.0}));
  EXPECT_EQ(mir.sorting_at_surface, 5.0);
  EXPECT_FALSE(tumour.cargo.at("EGFR").copies.has_value());
  EXPECT_DOUBLE_EQ(*tumour.cargo.at("EGFR").synthesis, 100.0 / 3600.0);
  const CellType& fibroblast = p.cell_types[1];
  EXPECT_EQ(fibroblast.cargo.at("miR-21").copies, 0.0);
  const Response& smad7 = fibroblast.responses.at("SMAD7");
  EXPECT_EQ(smad7.kind, ResponseKind::repression);
  EXPECT_EQ(smad7.half, 100.0);
  EXPECT_EQ(smad7.fold, 3.0);
  EXPECT_EQ(smad7.hill, 1.0);
  EXPECT_EQ(*fibroblast.becomes, (PhenotypeSwitch{"CAF", "SMAD7", false, 0.5, 7200.0}));
  EXPECT_EQ(resolve(r.toml, "again.toml", {}).toml, r.toml);
}

class BadCargo : public testing::TestWithParam<Case> {};
TEST_P(BadCargo, IsExplained) {
  expect_message(good, GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    All, BadCargo,
    testing::Values(
        Case{"unknown", "[cell_type.tumour.cargo.miR-21]", "[cell_type.tumour.cargo.miR-12]",
             "nodule.toml:15:25: cell_type.tumour.cargo.miR-12: unknown cargo \"miR-12\"; did you mean \"miR-21\"?"},
        Case{"nothing", "synthesis = \"100 /h\"\n", "",
             "nodule.toml:19:1: cell_type.tumour.cargo.EGFR: give copies or synthesis: how many a cell has, or how "
             "many it makes per time"},
        Case{"answer", "cargo = \"miR-21\"", "cargo = \"miR21\"",
             "nodule.toml:25:9: cell_type.fibroblast.response.SMAD7.cargo: unknown cargo \"miR21\"; did you mean "
             "\"miR-21\"?"},
        Case{"pathway", "[cell_type.fibroblast.recipient]",
             "[cell_type.fibroblast.donor.pathway]\n[cell_type.fibroblast.recipient]",
             "nodule.toml:29:8: cell_type.fibroblast.becomes.type: \"fibroblast\" has a donor pathway and \"CAF\" has "
             "none"},
        Case{"response", "response = \"SMAD7\"", "response = \"SMAD8\"",
             "nodule.toml:29:12: cell_type.fibroblast.becomes.response: unknown response \"SMAD8\""},
        Case{"level", "below = 0.5\n", "",
             "nodule.toml:27:1: cell_type.fibroblast.becomes: give the level, as above or as below"},
        Case{"both", "below = 0.5", "below = 0.5\nabove = 2",
             "nodule.toml:27:1: cell_type.fibroblast.becomes: give the level as above or as below, not as both"},
        Case{"type", "type = \"CAF\"", "type = \"CFA\"",
             "nodule.toml:28:8: cell_type.fibroblast.becomes.type: unknown cell type \"CFA\""},
        Case{"nowhere", "[cell_type.CAF.cargo.miR-21]\ncopies = 0\n", "",
             "nodule.toml:28:8: cell_type.fibroblast.becomes.type: \"fibroblast\" has cargo \"miR-21\" and \"CAF\" "
             "does not"}),
    name_of);

// Vesicles take cargo by their size: a class of which only the diffusivity is known cannot be loaded.
TEST(ConfigCargo, LoadedClassesNeedADiameter) {
  const std::string text =
      replaced(replaced(good, "[vesicle.exosome]", "[vesicle.plain]\ndiffusivity = \"1 um^2/s\""),
               "[cell_type.tumour.donor.pathway]", "[cell_type.tumour.donor.pathway]\nexosome = \"plain\"");
  const std::vector<Problem> problems = problems_of(text);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_NE(problems[0].message.find("is loaded into \"plain\" by its lumen or surface: give vesicle.plain.diameter"),
            std::string::npos)
      << problems[0].message;
}

}  // namespace
}  // namespace vesicast::io::config_cargo_test
