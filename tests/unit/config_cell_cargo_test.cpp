// [cargo.*], [cell_type.*.cargo], [cell_type.*.response] and [cell_type.*.becomes]: what they mean, and what is
// refused.
#include <tuple>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io {
namespace {

std::string config(const std::string& fibroblast, const std::string& caf = "") {
  return R"([run]
end = "1 h"
step = "30 s"
[domain]
size = ["60 um", "60 um", "60 um"]
voxel = "20 um"
[vesicle.exosome]
[cargo.miR-21]
decay = "0.1 /h"
[cargo.EGFR]
kind = "membrane"
[cell_type.CAF]
recipient = {}
)" + caf +
         R"([cell_type.fibroblast]
cytosol = "500 um^3"
recipient = {}
)" + fibroblast;
}

std::string problems(const std::string& fibroblast, const std::string& caf = "") {
  return lines(problems_of(config(fibroblast, caf)));
}

TEST(ConfigCellCargo, MeansWhatItSays) {
  const std::string both = "[cell_type.CAF.cargo.miR-21]\ncopies = 0\n";
  const Resolved r = resolve(config(R"([cell_type.fibroblast.cargo.miR-21]
copies = 1e4
sorting = 3
sorting_ceramide = 20
[cell_type.fibroblast.response.PTEN]
cargo = "miR-21"
fold = 4
half = 100
[cell_type.fibroblast.becomes]
type = "CAF"
response = "PTEN"
below = 0.5
hold = "2 h"
)",
                                    both),
                             "nodule.toml", {});
  const Parameters& p = r.parameters;
  ASSERT_EQ(p.cargo.size(), 2U);
  EXPECT_EQ(p.cargo[0].kind, CargoKind::soluble);
  EXPECT_DOUBLE_EQ(p.cargo[0].decay, 0.1 / 3600.0);
  EXPECT_EQ(p.cargo[1].kind, CargoKind::membrane);
  EXPECT_DOUBLE_EQ(p.cargo[1].decay, 0.03 / 3600.0);
  EXPECT_EQ(p.cell_types.at(0).cargo.at("miR-21").copies, 0.0);
  const CellType& t = p.cell_types.at(1);
  EXPECT_DOUBLE_EQ(t.cytosol, 500.0);
  const CellCargo& own = t.cargo.at("miR-21");
  EXPECT_EQ(own.copies, 1e4);
  EXPECT_FALSE(own.synthesis.has_value());
  EXPECT_EQ(own.sorting, (std::array{3.0, 3.0, 20.0, 3.0}));
  EXPECT_EQ(own.sorting_at_surface, 3.0);
  const Response& response = t.responses.at("PTEN");
  EXPECT_EQ(response.kind, ResponseKind::repression);
  EXPECT_EQ(response.fold, 4.0);
  EXPECT_EQ(response.half, 100.0);
  EXPECT_EQ(response.hill, 1.0);
  ASSERT_TRUE(t.becomes.has_value());
  EXPECT_EQ(*t.becomes, (PhenotypeSwitch{"CAF", "PTEN", false, 0.5, 7200.0}));
  EXPECT_EQ(resolve(r.toml, "nodule.toml", {}).toml, r.toml);
}

TEST(ConfigCellCargo, NamesMustBeKnown) {
  EXPECT_EQ(problems("[cell_type.fibroblast.cargo.miR21]\ncopies = 1\n"),
            "nodule.toml:17:29: cell_type.fibroblast.cargo.miR21: unknown cargo \"miR21\"; did you mean \"miR-21\"?\n");
  EXPECT_EQ(problems("[cell_type.fibroblast.response.PTEN]\ncargo = \"miR21\"\n"),
            "nodule.toml:18:9: cell_type.fibroblast.response.PTEN.cargo: unknown cargo \"miR21\"; did you mean "
            "\"miR-21\"?\n");
  EXPECT_EQ(problems("[cell_type.fibroblast.response.PTEN]\ncargo = \"miR-21\"\n[cell_type.fibroblast.becomes]\n"
                     "type = \"CAFs\"\nresponse = \"PTEM\"\nabove = 2\n"),
            "nodule.toml:20:8: cell_type.fibroblast.becomes.type: unknown cell type \"CAFs\"; did you mean \"CAF\"?\n"
            "nodule.toml:21:12: cell_type.fibroblast.becomes.response: unknown response \"PTEM\"; did you mean "
            "\"PTEN\"?\n");
}

TEST(ConfigCellCargo, CopiesOrSynthesisAreNeeded) {
  EXPECT_NE(problems("[cell_type.fibroblast.cargo.miR-21]\nsorting = 2\n").find("miR-21.copies"), std::string::npos);
  EXPECT_NO_THROW(
      std::ignore = resolve(config("[cell_type.fibroblast.cargo.miR-21]\nsynthesis = \"10 /h\"\n"), "nodule.toml", {}));
}

TEST(ConfigCellCargo, ASwitchNeedsOneThresholdAndSomewhereToGo) {
  const std::string response = "[cell_type.fibroblast.response.PTEN]\ncargo = \"miR-21\"\n",
                    becomes = "[cell_type.fibroblast.becomes]\ntype = \"CAF\"\nresponse = \"PTEN\"\n";
  EXPECT_NE(problems(response + becomes).find("give the level, as above or as below"), std::string::npos);
  EXPECT_NE(problems(response + becomes + "above = 1\nbelow = 2\n").find("not as both"), std::string::npos);
  EXPECT_NE(problems("[cell_type.fibroblast.cargo.miR-21]\ncopies = 1\n" + response + becomes + "above = 1\n")
                .find("\"fibroblast\" has cargo \"miR-21\" and \"CAF\" does not"),
            std::string::npos);
  EXPECT_NE(problems("[cell_type.fibroblast.donor.pathway]\n" + response + becomes + "above = 1\n")
                .find("has a donor pathway and \"CAF\" has none"),
            std::string::npos);
}

}  // namespace
}  // namespace vesicast::io
