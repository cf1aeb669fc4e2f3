// Vesicle classes in a configuration: diffusivities from diameters, presets by name, what can be wrong.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "src/parameters/size_bins.hpp"
#include "src/parameters/stokes_einstein.hpp"
#include "tests/unit/bad_config.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io::config_classes_test {
namespace {

const std::string head =
    "[run]\nend = \"24 h\"\nstep = \"30 s\"\n"
    "[domain]\nsize = [\"100 um\", \"100 um\", \"100 um\"]\nvoxel = \"10 um\"\n";

Resolved resolved(const std::string& rest) {
  return resolve(head + rest, "nodule.toml", {});
}

TEST(ConfigClasses, ShippedClassesByTheirOwnName) {
  const Parameters p = resolved(
                           "[vesicle.exosome]\n[vesicle.microvesicle]\n[vesicle.ectosome]\n[vesicle.oncosome]\n"
                           "[vesicle.\"apoptotic body\"]\n[vesicle.migrasome]\n")
                           .parameters;
  const double expected[][2] = {{0.1, 0.03}, {0.25, 0.13}, {0.1, 0.03}, {2.0, 1.0}, {2.0, 1.0}, {1.5, 0.5}};
  ASSERT_EQ(p.vesicles.size(), 6U);
  for (std::size_t j = 0; j < 6; ++j) {
    const VesicleClass& v = p.vesicles[j];
    EXPECT_DOUBLE_EQ(v.size.mean, expected[j][0]) << v.name;
    EXPECT_DOUBLE_EQ(v.size.sd, expected[j][1]) << v.name;
    EXPECT_EQ(v.size.bins, 1);
    EXPECT_TRUE(v.diffusivity_by_size);
    EXPECT_NEAR(v.diffusivity, effective_diffusivity({}, v.size), 1e-14) << v.name;
  }
}

TEST(ConfigClasses, PresetsUnderAnotherNameAndKeysThatWin) {
  const Parameters p = resolved(
                           "[vesicle.EV]\npreset = \"exosome\"\ndiameter = \"80 nm\"\n"
                           "[vesicle.exosome]\npreset = \"Apoptotic-body\"\n"
                           "[vesicle.microvesicle]\ndiffusivity = \"0.5 um^2/s\"\n")
                           .parameters;
  EXPECT_DOUBLE_EQ(p.vesicles[0].size.mean, 0.08);
  EXPECT_DOUBLE_EQ(p.vesicles[0].size.sd, 0.03);
  EXPECT_NEAR(p.vesicles[0].diffusivity, effective_diffusivity({}, {1, 0.08, 0.03}), 1e-14);
  EXPECT_DOUBLE_EQ(p.vesicles[1].size.mean, 2.0);
  EXPECT_EQ(p.vesicles[2].diffusivity, 0.5);  // as it is given, and the diameter is known all the same
  EXPECT_FALSE(p.vesicles[2].diffusivity_by_size);
  EXPECT_DOUBLE_EQ(p.vesicles[2].size.mean, 0.25);
}

TEST(ConfigClasses, TheMedium) {
  const Parameters kelvin = resolved(
                                "[medium]\ntemperature = \"310.15 K\"\nviscosity = \"0.012 poise\"\ntortuosity = 2\n"
                                "[vesicle.EV]\ndiameter = \"150 nm\"\n")
                                .parameters;
  EXPECT_NEAR(kelvin.vesicles[0].diffusivity, 4.378 * 0.692 / 1.2 / 4.0, 1e-3);
  EXPECT_EQ(kelvin.vesicles[0].size.sd, 0.0);
  const Parameters celsius = resolved(
                                 "[medium]\ntemperature = \"37 degC\"\nviscosity = \"1.2 mPa s\"\ntortuosity = 2\n"
                                 "[vesicle.EV]\ndiameter = \"150 nm\"\n")
                                 .parameters;
  EXPECT_DOUBLE_EQ(celsius.vesicles[0].diffusivity, kelvin.vesicles[0].diffusivity);
}

TEST(ConfigClasses, ATissueByItsMeasuredDiffusivity) {
  const std::pair<const char*, double> measured[] = {{"collagen gel", 2.0}, {"dense tumour", 0.5}, {"brain", 0.2}};
  for (const auto& [tissue, d] : measured) {
    const Parameters p = resolved("[medium]\ntissue = \"" + std::string(tissue) +
                                  "\"\n[vesicle.EV]\ndiameter = \"100 nm\"\n[vesicle.big]\ndiameter = \"500 nm\"\n")
                             .parameters;
    EXPECT_DOUBLE_EQ(p.vesicles[0].diffusivity, d) << tissue;
    EXPECT_DOUBLE_EQ(p.vesicles[1].diffusivity, d / 5.0) << tissue;
  }
}

TEST(ConfigClasses, ResolvedConfigurationIsTheSameRun) {
  const std::string text =
      "[medium]\nviscosity = \"0.8 mPa s\"\n[vesicle.exosome]\nsize_bins = 3\n[vesicle.big]\npreset = \"oncosome\"\n";
  const Resolved first = resolved(text), second = resolve(first.toml, "/somewhere/else/config.toml", {});
  EXPECT_EQ(first.toml.find("preset"), std::string::npos);
  EXPECT_EQ(second.toml, first.toml);
  EXPECT_EQ(dump({with_size_bins(second.parameters), {}, ""}), dump({with_size_bins(first.parameters), {}, ""}));
}

TEST(ConfigClasses, WarnsOfLargeVesicles) {
  EXPECT_TRUE(resolved("[vesicle.exosome]\n[vesicle.microvesicle]\n").warnings.empty());
  const std::vector<std::string> large = resolved("[vesicle.oncosome]\n").warnings;
  ASSERT_EQ(large.size(), 1U);
  EXPECT_EQ(
      large[0],
      "vesicle.oncosome: D = 0.16 um^2/s (Stokes-Einstein) is an upper bound for vesicles of 2 um: the mesh of the "
      "matrix holds them back, which is left out (500 nm in a tumour: 0.001 to 0.1 um^2/s, L); give diffusivity");
  EXPECT_TRUE(resolved("[vesicle.oncosome]\ndiffusivity = \"0.001 um^2/s\"\n").warnings.empty());
  const std::vector<std::string> slow = resolved("[vesicle.oncosome]\ndiffusivity = \"1e-5 um^2/s\"\n").warnings;
  ASSERT_EQ(slow.size(), 1U);
  EXPECT_EQ(
      slow[0],
      "vesicle.oncosome: with D = 1e-05 um^2/s vesicles diffuse 1.3 um, sqrt(2 D t), in the whole run, and a voxel "
      "is 10 um: they hardly leave the voxel in which they are released");
}

// Line numbers count from the first line below.
const char* const good =
    R"([run]
end = "24 h"
step = "30 s"
[domain]
size = ["100 um", "100 um", "100 um"]
voxel = "10 um"
[medium]
tortuosity = 1.6
[vesicle.EV]
diameter = "100 nm"
)";

class BadClasses : public testing::TestWithParam<Case> {};

TEST_P(BadClasses, SaysWhereAndWhat) {
  expect_message(good, GetParam());
}

const Case cases[] = {
    {"NeitherDiameterNorDiffusivity", "diameter = \"100 nm\"\n", "",
     R"(nodule.toml:9:1: vesicle.EV: the diffusivity is open: give diffusivity, or diameter (and diameter_sd), or a preset that does, such as preset = "exosome")"},
    {"BinsWithoutSpread", "diameter = \"100 nm\"", "diameter = \"100 nm\"\nsize_bins = 3",
     R"(nodule.toml:9:1: vesicle.EV.diameter_sd: the required key is missing: a length such as "10 um")"},
    {"UnknownPreset", "diameter = \"100 nm\"", "preset = \"exosme\"",
     R"(nodule.toml:10:10: vesicle.EV.preset: unknown preset "exosme"; did you mean "exosome"?)"},
    {"PresetOfACellType", "diameter = \"100 nm\"", "preset = \"carcinoma\"",
     R"(nodule.toml:10:10: vesicle.EV.preset: unknown preset "carcinoma"; presets shipped: apoptotic_body, ectosome, exosome, microvesicle, migrasome, oncosome)"},
    {"PresetIsNoString", "diameter = \"100 nm\"", "preset = 3",
     R"(nodule.toml:10:10: vesicle.EV.preset: expected a string, found an integer)"},
    {"UnknownTissue", "tortuosity = 1.6", "tissue = \"tumour\"",
     R"(nodule.toml:8:10: medium.tissue: unknown value "tumour"; expected "collagen gel", "dense tumour" or "brain")"},
    {"TissueAndTortuosity", "tortuosity = 1.6", "tortuosity = 1.6\ntissue = \"brain\"",
     R"(nodule.toml:8:1: medium.tortuosity: belongs to Stokes-Einstein; tissue gives the effective diffusivity as it is measured)"},
    {"StraighterThanStraight", "tortuosity = 1.6", "tortuosity = 0.9",
     R"(nodule.toml:8:14: medium.tortuosity: 0.9 is out of range; expected >= 1)"},
    {"CelsiusWithoutDegrees", "tortuosity = 1.6", "temperature = \"37 C\"",
     R"(nodule.toml:8:15: medium.temperature: "37 C" is a quantity in )"},
    {"KelvinMeantAsCelsius", "tortuosity = 1.6", "temperature = \"37 K\"",
     R"(nodule.toml:8:15: medium.temperature: "37 K" is out of range; expected >= 273.15 K and <= 373.15 K)"},
    {"ViscosityAsPressure", "tortuosity = 1.6", "viscosity = \"0.692 mPa\"",
     R"(nodule.toml:8:13: medium.viscosity: "0.692 mPa" is a pressure; expected a viscosity such as "0.692 mPa s")"},
};

INSTANTIATE_TEST_SUITE_P(Classes, BadClasses, testing::ValuesIn(cases), name_of);

}  // namespace
}  // namespace vesicast::io::config_classes_test
