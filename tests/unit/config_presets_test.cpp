// Presets of cell types: what is shipped and how well it is known, what a configuration makes of them, what can be
// wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "io/config/check.hpp"
#include "io/config/describe.hpp"
#include "io/config/expand_presets.hpp"
#include "io/config/presets.hpp"
#include "tests/unit/bad_config.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io::config_presets_test {
namespace {

const std::string head =
    "[run]\nend = \"1 h\"\nstep = \"30 s\"\n"
    "[domain]\nsize = [\"100 um\", \"100 um\", \"100 um\"]\nvoxel = \"10 um\"\n[vesicle.exosome]\n";

CellType cell_type(const std::string& rest, const TableTexts& texts = {}) {
  return resolve(head + rest, "/data/nodule.toml", {}, texts).parameters.cell_types.at(0);
}

TEST(Presets, EveryValueHasASourceAndAConfidence) {
  for (const char* table : {"cell_type", "vesicle"}) {
    EXPECT_GE(preset_names(table).size(), 6U);
    for (const std::string& name : preset_names(table)) {
      const std::vector<PresetValue> values = preset_values(table, name);
      EXPECT_FALSE(values.empty()) << name;
      for (const PresetValue& v : values) {
        EXPECT_FALSE(v.source.empty()) << v.preset << ": " << v.key << " has no comment \"# source; confidence\"";
        EXPECT_FALSE(v.confidence.empty()) << v.preset << ": " << v.key << " does not end in H, M or L";
      }
    }
  }
}

/// The key of the registry that `name` stands for below [table.*].
const Key& registered(const std::string& table, const std::string& name) {
  Child child = child_of(table, "NAME");
  for (const std::string& part : split_key(name)) child = child_of(child.pattern, part);
  EXPECT_NE(child.key, nullptr) << table << ".*." << name;
  return *child.key;
}

TEST(Presets, EveryValueIsAGoodOne) {
  for (const char* table : {"cell_type", "vesicle"})
    for (const std::string& name : preset_names(table))
      for (const PresetValue& v : preset_values(table, name)) {
        Problems problems("preset");
        EXPECT_TRUE(check_value(v.value, registered(table, v.key), v.key, &problems)) << v.preset << ": " << v.key;
        EXPECT_NO_THROW(problems.throw_if_any());
      }
}

TEST(Presets, TheGenericCellHasTheDefaultsOfTheRegistry) {
  for (const PresetValue& v : preset_values("cell_type", "generic")) {
    const Key& key = registered("cell_type", v.key);
    if (v.value.is(Node::Kind::string))
      EXPECT_EQ(v.value.text, key.default_text) << v.key;
    else
      EXPECT_EQ(v.value.is(Node::Kind::integer) ? static_cast<double>(v.value.integer) : v.value.number,
                std::stod(key.default_text))
          << v.key;
  }
}

TEST(Presets, CellTypes) {
  const CellType carcinoma = cell_type("[cell_type.tumour]\npreset = \"carcinoma\"\n");
  ASSERT_TRUE(carcinoma.biogenesis);
  EXPECT_NEAR(carcinoma.donor.at("exosome").rate * 3600.0, 54.5, 0.1);  // of 63.5 tetherin brings 9 back
  EXPECT_DOUBLE_EQ(carcinoma.recipient.at("exosome").k_back_fusion, 0.37 / 3600.0);
  const CellType macrophage = cell_type("[cell_type.m]\npreset = \"macrophage\"\n");
  EXPECT_FALSE(macrophage.biogenesis);
  EXPECT_DOUBLE_EQ(macrophage.donor.at("exosome").rate, 0.75);  // 45 /min
  EXPECT_EQ(macrophage.recipient.at("exosome").fluid, 0.1);
  EXPECT_NEAR(macrophage.recipient.at("exosome").route_weight[4], 0.6, 1e-15);  // of all endocytosis: biology.md 4
  EXPECT_EQ(cell_type("[cell_type.t]\npreset = \"T cell\"\n").radius, 5.0);
  for (const std::string& name : preset_names("cell_type"))
    EXPECT_FALSE(cell_type("[cell_type.x]\npreset = \"" + name + "\"\n").recipient.empty()) << name;
}

TEST(Presets, DonorAndRecipientByThemselvesAndKeysThatWin) {
  const CellType donor = cell_type("[cell_type.x]\ndonor = { preset = \"carcinoma\", pathway = { tethered = 0.1 } }\n");
  ASSERT_TRUE(donor.biogenesis);
  EXPECT_EQ(donor.biogenesis->tethered, 0.1);
  EXPECT_TRUE(donor.recipient.empty());
  const CellType recipient = cell_type("[cell_type.x]\nrecipient = { preset = \"macrophage\", receptors = 7 }\n");
  EXPECT_TRUE(recipient.donor.empty());
  EXPECT_EQ(recipient.receptors, 7.0);
  EXPECT_EQ(recipient.recipient.at("exosome").fluid, 0.1);
  // The inner preset stands for the whole recipient; the outer one gives the rest.
  const CellType both =
      cell_type("[cell_type.x]\npreset = \"T cell\"\nradius = \"6 um\"\nrecipient = { preset = \"macrophage\" }\n");
  EXPECT_EQ(both.radius, 6.0);
  EXPECT_TRUE(both.biogenesis);
  EXPECT_EQ(both.recipient.at("exosome").fluid, 0.1);
}

TEST(Presets, ReleaseGivenInAnotherWayReplacesThePresets) {
  const CellType rate = cell_type("[cell_type.x]\npreset = \"carcinoma\"\ndonor.secretion = \"3600 /h\"\n");
  EXPECT_FALSE(rate.biogenesis);
  EXPECT_DOUBLE_EQ(rate.donor.at("exosome").rate, 1.0);
  const CellType by_class =
      cell_type("[cell_type.x]\npreset = \"carcinoma\"\ndonor.vesicle.exosome.secretion = \"7200 /h\"\n");
  EXPECT_FALSE(by_class.biogenesis);
  EXPECT_DOUBLE_EQ(by_class.donor.at("exosome").rate, 2.0);
  const CellType other = cell_type(
      "[vesicle.microvesicle]\n[cell_type.x]\npreset = \"carcinoma\"\n"
      "donor.vesicle.microvesicle.secretion = \"7200 /h\"\n");
  EXPECT_TRUE(other.biogenesis);
  EXPECT_EQ(other.donor.size(), 2U);
  EXPECT_TRUE(cell_type("[cell_type.x]\npreset = \"macrophage\"\ndonor.pathway = {}\n").biogenesis);
  EXPECT_DOUBLE_EQ(
      cell_type("[cell_type.x]\npreset = \"macrophage\"\ndonor.secretion = \"3600 /h\"\n").donor.at("exosome").rate,
      1.0);
}

TEST(Presets, TheResolvedTextHasTheMergedValuesAndIsTheSameRun) {
  const Resolved first = resolve(head + "[cell_type.x]\npreset = \"macrophage\"\nradius = \"9 um\"\n", "a.toml", {});
  EXPECT_NE(first.toml.find("fluid_phase = \"0.1 um^3/s\""), std::string::npos);
  EXPECT_NE(first.toml.find("radius = \"9 um\""), std::string::npos);
  EXPECT_EQ(first.toml.find("preset"), std::string::npos);
  const Resolved second = resolve(first.toml, "/somewhere/else/b.toml", {});
  EXPECT_EQ(second.toml, first.toml);
  EXPECT_EQ(dump(second), dump(first));
}

TEST(Presets, ByOverride) {
  const Resolved r = resolve(head + "[cell_type.x]\nradius = \"9 um\"\n", "a.toml", {"cell_type.x.preset=t_cell"});
  EXPECT_EQ(r.parameters.cell_types[0].radius, 9.0);
  EXPECT_TRUE(r.parameters.cell_types[0].biogenesis);
}

TEST(Presets, OfTheUser) {
  const std::string config =
      head + "[cell_type.x]\npreset = \"./mine.toml\"\n[cell_type.y.donor]\npreset = \"own/y.toml\"\n";
  EXPECT_EQ(named_tables(config, "/data/nodule.toml", {}),
            (std::vector<std::string>{"/data/mine.toml", "/data/own/y.toml"}));
  const Resolved r =
      resolve(config, "/data/nodule.toml", {},
              {{"/data/mine.toml", "preset = \"macrophage\"\nradius = \"12 um\"\nrecipient.receptors = 9\n"},
               {"/data/own/y.toml", "donor.vesicle.exosome.secretion = \"3600 /h\"\n"}});
  const CellType &x = r.parameters.cell_types.at(0), &y = r.parameters.cell_types.at(1);
  EXPECT_EQ(x.radius, 12.0);
  EXPECT_EQ(x.receptors, 9.0);
  EXPECT_EQ(x.recipient.at("exosome").fluid, 0.1);
  EXPECT_DOUBLE_EQ(y.donor.at("exosome").rate, 1.0);
  EXPECT_EQ(r.tables, (std::vector<std::string>{"/data/mine.toml", "/data/own/y.toml"}));
}

std::string wrong_file(const std::string& preset,
                       const std::string& config = "[cell_type.x]\npreset = \"./mine.toml\"\n") {
  const std::string file = (std::filesystem::current_path() / "runs" / "mine.toml").string();
  try {
    (void)resolve(head + config, "runs/nodule.toml", {}, {{file, preset}});
  } catch (const InvalidConfig& error) {
    return lines(error.problems());
  }
  return "no error";
}

TEST(Presets, ErrorsInAFileOfTheUsersNameItAndTheLine) {
  EXPECT_EQ(wrong_file("radius = \"8 um\"\n\n[recipient]\nk_onn = \"1 um^3/s\"\n"),
            "runs/mine.toml:4:1: cell_type.x.recipient.k_onn: unknown key; did you mean \"k_on\"?\n");
  EXPECT_EQ(wrong_file("radius = 8\n"),
            "runs/mine.toml:1:10: cell_type.x.radius: 8 has no unit; expected a length such as \"10 um\"\n");
  EXPECT_EQ(wrong_file("radius = \"-8 um\"\n"),
            "runs/mine.toml:1:10: cell_type.x.radius: \"-8 um\" is out of range; expected > 0 um\n");
  EXPECT_EQ(wrong_file("[recipient\n").substr(0, 35), "runs/mine.toml:1:11: not valid TOML");
  EXPECT_EQ(wrong_file("preset = \"genric\"\n"),
            "runs/mine.toml:1:10: preset: unknown preset \"genric\"; did you mean \"generic\"?\n");
  EXPECT_EQ(wrong_file("preset = \"./other.toml\"\n"),
            "runs/mine.toml:1:10: preset: a preset may build on a shipped one, not on a file\n");
  EXPECT_EQ(
      wrong_file("donor.secretion = \"60 /h\"\n", "[vesicle.microvesicle]\n[cell_type.x]\npreset = \"./mine.toml\"\n"),
      "runs/mine.toml:1:7: cell_type.x.donor.secretion: there are 2 vesicle classes; say which one releases, in "
      "[cell_type.x.donor.vesicle.CLASS]\n");
  EXPECT_EQ(wrong_file("radius = \"8 um\"\n", "[cell_type.x.donor]\npreset = \"./mine.toml\"\n"),
            "runs/nodule.toml:9:10: cell_type.x.donor.preset: the preset \"./mine.toml\" has no donor\n");
}

// Line numbers count from the first line below.
const char* const good =
    R"([run]
end = "1 h"
step = "30 s"
[domain]
size = ["100 um", "100 um", "100 um"]
voxel = "10 um"
[vesicle.exosome]
[cell_type.tumour]
preset = "carcinoma"
)";

class BadPresets : public testing::TestWithParam<Case> {};

TEST_P(BadPresets, SaysWhereAndWhat) {
  expect_message(good, GetParam());
}

const Case cases[] = {
    {"UnknownName", "\"carcinoma\"", "\"carcinom\"",
     R"(nodule.toml:9:10: cell_type.tumour.preset: unknown preset "carcinom"; did you mean "carcinoma"?)"},
    {"UnknownNameOfADonor", "preset = \"carcinoma\"", "donor = { preset = \"liver\" }",
     R"(nodule.toml:9:20: cell_type.tumour.donor.preset: unknown preset "liver"; presets shipped: carcinoma, endothelial, fibroblast, generic, macrophage, t_cell)"},
    {"AVesicleClass", "\"carcinoma\"", "\"oncosome\"",
     R"(nodule.toml:9:10: cell_type.tumour.preset: unknown preset "oncosome"; presets shipped: carcinoma)"},
    {"NoString", "\"carcinoma\"", "true",
     R"(nodule.toml:9:10: cell_type.tumour.preset: expected a string, found a boolean)"},
    {"NoClassForThePathway", "[vesicle.exosome]", "[vesicle.EV]\ndiameter = \"100 nm\"",
     R"(preset carcinoma:5:1: cell_type.tumour.donor.pathway.exosome: unknown vesicle class "exosome"; vesicle classes: EV)"},
};

INSTANTIATE_TEST_SUITE_P(Presets, BadPresets, testing::ValuesIn(cases), name_of);

TEST(DescribePreset, SaysWhatIsKnown) {
  const std::string all = describe_preset("");
  for (const char* name : {"carcinoma", "fibroblast", "macrophage", "endothelial", "t_cell", "generic", "exosome",
                           "microvesicle", "ectosome", "oncosome", "apoptotic_body", "migrasome"})
    EXPECT_NE(all.find(name), std::string::npos) << name;
  const std::string macrophage = describe_preset("Macrophage");
  EXPECT_NE(macrophage.find("\"45 vesicle/min\"  H  45 +- 21 /min of a monocyte, Auber & Svenningsen 2022\n"),
            std::string::npos)
      << macrophage;
  EXPECT_NE(macrophage.find("no source (generic)\n"), std::string::npos);
  try {
    (void)describe_preset("oncosme");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "unknown preset \"oncosme\"; did you mean \"oncosome\"?");
  }
}

}  // namespace
}  // namespace vesicast::io::config_presets_test
