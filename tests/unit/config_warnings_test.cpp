// What is allowed and hardly meant: each gets one warning, and what is near it and may be meant gets none.
#include <gtest/gtest.h>

#include <algorithm>

#include "io/config/presets.hpp"
#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_warnings_test {
namespace {

const std::string good = run_and_domain + R"([vesicle.exosome]
diameter = "100 nm"
[cargo.miR-21]
[cargo.EGFR]
kind = "membrane"
[cell_type.tumour.donor.pathway]
[cell_type.tumour.cargo.miR-21]
copies = 1e4
sorting = 5
[cell_type.tumour.cargo.EGFR]
copies = 1e4
[cell_type.fibroblast]
cytosol = "1700 um^3"
[cell_type.fibroblast.recipient]
pH_early = 6.3
[cell_type.fibroblast.cargo.miR-21]
copies = 0
[cell_type.fibroblast.response.SMAD7]
cargo = "miR-21"
fold = 4
[cell_type.fibroblast.becomes]
type = "CAF"
response = "SMAD7"
below = 0.26
[cell_type.CAF.recipient]
[cell_type.CAF.cargo.miR-21]
copies = 0
[[perturbation]]
gene = "BST2"
activity = 3
from = "1 h"
)";

std::string warnings(const std::string& from, const std::string& to) {
  std::string all;
  for (const std::string& w : resolve(replaced(good, from, to), "nodule.toml", {}).warnings) all += w + "\n";
  return all;
}

std::string warnings_of(const std::string& perturbation) {
  const std::string text(good);
  return warnings(text.substr(text.find("[[perturbation]]")), "[[perturbation]]\n" + perturbation + "\n");
}

TEST(ConfigWarnings, AGoodConfigurationHasNone) {
  EXPECT_EQ(warnings("", ""), "");
}

TEST(ConfigWarnings, PresetsWithCargoHaveNone) {
  for (const std::string& preset : preset_names("cell_type")) {
    const Resolved r = resolve(run_and_domain + "[vesicle.exosome]\n[cargo.miR-21]\n[cell_type.x]\npreset = \"" +
                                   preset + "\"\n[cell_type.x.cargo.miR-21]\ncopies = 1e4\n",
                               "nodule.toml", {});
    EXPECT_TRUE(r.warnings.empty()) << preset << ": " << r.warnings[0];
  }
}

TEST(ConfigWarnings, LevelsThatAreNeverReached) {
  const std::string start = "cell_type.fibroblast.becomes: the level of \"SMAD7\" stays between ",
                    end = ": no cell becomes \"CAF\"\n";
  EXPECT_EQ(warnings("below = 0.26", "below = 0.25"), start + "0.25 and 1, never below 0.25" + end);
  EXPECT_EQ(warnings("below = 0.26", "above = 1.5"), start + "0.25 and 1, never above 1.5" + end);
  EXPECT_EQ(warnings("below = 0.26", "above = 0.9"), "");
  const std::string activated =
      "fold = 4\neffect = \"activation\"\n[cell_type.fibroblast.becomes]\ntype = \"CAF\"\n"
      "response = \"SMAD7\"\n";
  const std::string whole =
      "fold = 4\n[cell_type.fibroblast.becomes]\ntype = \"CAF\"\nresponse = \"SMAD7\"\nbelow = 0.26\n";
  EXPECT_EQ(warnings(whole, activated + "above = 3.9\n"), "");
  EXPECT_EQ(warnings(whole, activated + "above = 4\n"), start + "1 and 4, never above 4" + end);
  EXPECT_EQ(warnings(whole, activated + "below = 1\n"), start + "1 and 4, never below 1" + end);
  // A cell may bring its level along from another type.
  const std::string other =
      "[cell_type.CAF.response.SMAD7]\ncargo = \"miR-21\"\neffect = \"activation\"\n"
      "[cell_type.CAF.recipient]\n";
  EXPECT_EQ(warnings("[cell_type.CAF.recipient]\n", other), "");
}

TEST(ConfigWarnings, ResponsesToWhatIsNeverThere) {
  const std::string never =
      "cell_type.fibroblast.response.SMAD7: no cell of the type ever has \"miR-21\", neither its "
      "own nor from a vesicle: the level stays 1\n";
  EXPECT_EQ(warnings("copies = 1e4\nsorting = 5", "copies = 0\nsorting = 5"), never);  // nobody makes any
  EXPECT_EQ(warnings("pH_early = 6.3", "k_fusion = \"0 /s\"\nk_back_fusion = \"0 /s\""), never);
  EXPECT_EQ(warnings("pH_early = 6.3", "k_fusion = \"0 /s\""), "");
  const std::string none = "copies = 1e4\nsorting = 5\n[cell_type.tumour.cargo.EGFR]\ncopies = 1e4\n";
  EXPECT_EQ(warnings("copies = 0\n", "copies = 10\n"), "");
  EXPECT_EQ(warnings("[cell_type.tumour.cargo.miR-21]\n" + none, ""), never);  // no vesicle carries it
  EXPECT_EQ(warnings("[cell_type.tumour.cargo.miR-21]\n" + none, "[vesicle.exosome.cargo]\nmiR-21 = 0.01\n"), "");
}

TEST(ConfigWarnings, CytosolBeyondTheCell) {
  EXPECT_EQ(warnings("[cell_type.tumour.donor.pathway]",
                     "[cell_type.tumour]\nradius = \"5 um\"\n[cell_type.tumour.donor.pathway]"),
            "cell_type.tumour.cytosol: 1000 um^3 is more than the whole cell, 524 um^3 at a radius of 5 um\n");
  EXPECT_EQ(warnings("[cell_type.tumour.donor.pathway]",
                     "[cell_type.tumour]\nradius = \"5 um\"\ncytosol = \"500 um^3\"\n[cell_type.tumour.donor.pathway]"),
            "");
  EXPECT_EQ(warnings("cytosol = \"1700 um^3\"", "radius = \"5 um\""), "");  // it releases nothing
}

TEST(ConfigWarnings, AcidityOutOfOrderOrRange) {
  const std::string at = "cell_type.fibroblast.recipient.";
  EXPECT_EQ(warnings("pH_early = 6.3", "pH_early = 5.2"),
            at + "pH_late: 5.5 is above pH_early, 5.2: endosomes grow more acid on their way\n");
  EXPECT_EQ(warnings("pH_early = 6.3", "pH_lysosome = 3.5"),
            at + "pH_lysosome: 3.5 is outside 4 to 8, where endosomes and lysosomes are\n");
  EXPECT_EQ(warnings("pH_early = 6.3", "pH_early = 7\npH_late = 7\npH_lysosome = 7"), "");
  EXPECT_EQ(warnings_of("gene = \"V-ATPase\"\nactivity = 2\ncell_types = [\"fibroblast\"]")
                    .find("\"V-ATPase at activity 2\" brings pH_lysosome of \"fibroblast\" to 2.4, outside 4 to 8\n") ==
                std::string::npos,
            false);
  EXPECT_EQ(warnings_of("rate = \"acidity\"\nfactor = 1.2").find("outside"), std::string::npos);
}

TEST(ConfigWarnings, ValuesBeyondWhatIsUsual) {
  const std::string at = "vesicle.exosome.decay: ", end = " is outside 0.003 to 0.1 /h, what is usual\n";
  const auto decay = [](const std::string& value) {
    return warnings("diameter = \"100 nm\"", "diameter = \"100 nm\"\ndecay = \"" + value + "\"");
  };
  EXPECT_EQ(decay("0.01 /s"), at + "\"0.01 /s\"" + end);
  EXPECT_EQ(decay("0.001 /h"), at + "\"0.001 /h\"" + end);
  EXPECT_EQ(decay("0.1 /h"), "");
  EXPECT_EQ(decay("0.003 /h"), "");
  EXPECT_EQ(decay("0 /h"), "");  // there is none
  EXPECT_EQ(warnings("fold = 4", "fold = 5"),
            "cell_type.fibroblast.response.SMAD7.fold: 5 is outside 2 to 4, what is usual\n");
  const std::string wide = "[cell_type.\"B cell\"]\nradius = \"7.5 mm\"\n[cell_type.CAF.recipient]\n";
  EXPECT_EQ(warnings("[cell_type.CAF.recipient]\n", wide),
            "cell_type.\"B cell\".radius: \"7.5 mm\" is outside 5 to 10 um, what is usual\n");
}

// Of a vector it is the length: components may be 0 and below.
TEST(ConfigWarnings, VectorsBeyondWhatIsUsual) {
  const auto said = [](const std::string& along) {
    const Resolved r = resolve(run_and_domain + "boundary = { x = \"periodic\" }\n[vesicle.exosome]\n[flow]\n" +
                                   "kind = \"uniform\"\nvelocity = [\"" + along + "\", \"0 um/s\", \"0 um/s\"]\n",
                               "a.toml", {});
    const auto of_it = std::ranges::find_if(r.warnings, [](const auto& w) { return w.starts_with("flow.velocity: "); });
    return of_it == r.warnings.end() ? "" : *of_it;
  };
  const std::string end = " um/s in all is outside 0.1 to 2 um/s, what is usual";
  EXPECT_EQ(said("5 um/s"), "flow.velocity: 5" + end);
  EXPECT_EQ(said("-5 um/s"), "flow.velocity: 5" + end);
  EXPECT_EQ(said("0.05 um/s"), "flow.velocity: 0.05" + end);
  EXPECT_EQ(said("-0.3 um/s"), "");
  EXPECT_EQ(said("0 um/s"), "");  // it rests
}

TEST(ConfigWarnings, SharesBeyondAll) {
  EXPECT_EQ(warnings_of("rate = \"f_t\"\nfactor = 40"),
            "\"rate f_t times 40\" brings f_t (tethered) of \"tumour\" from 0.3 to 12; a share stops at 1\n");
  EXPECT_EQ(
      warnings_of("rate = \"f_sa\"\nfactor = 40"),
      "\"rate f_sa times 40\" brings f_sa (amphisome_secreted) of \"tumour\" from 0.05 to 2; a share stops at 1\n");
  EXPECT_EQ(warnings_of("rate = \"f_t\"\nfactor = 3"), "");
}

TEST(ConfigWarnings, ActivityOfAPercentage) {
  EXPECT_EQ(warnings_of("gene = \"RAB27A\"\nactivity = 15"),
            "perturbation.0.activity: 15 is 15 times what the cell type has; 15 % is 0.15\n");
  EXPECT_EQ(warnings_of("gene = \"RAB27A\"\nactivity = 10"), "");
}

TEST(ConfigWarnings, SortingBeyondThePool) {
  const std::string taken = warnings("sorting = 5", "sorting = 1e7");
  EXPECT_NE(taken.find("cell_type.tumour.cargo.miR-21: sorting would put "), std::string::npos) << taken;
  EXPECT_NE(taken.find(" times all there is in the cytosol into one vesicle\n"), std::string::npos) << taken;
  EXPECT_EQ(warnings("sorting = 5", "sorting = 1e4"), "");
  const std::string membrane =
      warnings("copies = 1e4\n[cell_type.fibroblast]", "copies = 1e4\nsorting = 40\n[cell_type.fibroblast]");
  EXPECT_NE(membrane.find("cell_type.tumour.cargo.EGFR: sorting would put 1."), std::string::npos) << membrane;
  EXPECT_EQ(warnings("copies = 1e4\n[cell_type.fibroblast]", "copies = 1e4\nsorting = 10\n[cell_type.fibroblast]"), "");
  const std::string perturbed = replaced(good, "sorting = 5", "sorting = 1e6");
  const Resolved alone = resolve(perturbed, "nodule.toml", {});
  EXPECT_TRUE(alone.warnings.empty());
  const Resolved more = resolve(perturbed + "[[perturbation]]\nrate = \"sorting\"\nfactor = 10\n", "nodule.toml", {});
  ASSERT_EQ(more.warnings.size(), 1U);
  EXPECT_TRUE(more.warnings[0].ends_with("perturbations at 10 times it included")) << more.warnings[0];
}

}  // namespace
}  // namespace vesicast::io::config_warnings_test
