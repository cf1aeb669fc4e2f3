// Soluble factors and size bins in a configuration: good ones, and what can be wrong, with the message it gets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/bad_config.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io::config_factors_test {
namespace {

TEST(ConfigFactors, AFactorIsAClassOfItsOwnKind) {
  const Parameters p = resolved_file("factors.toml").parameters;
  ASSERT_EQ(p.vesicles.size(), 3U);
  EXPECT_EQ(p.vesicles[0].substance, Substance::vesicle);
  EXPECT_EQ(p.vesicles[0].size.bins, 5);
  EXPECT_DOUBLE_EQ(p.vesicles[0].size.sd, 0.03);
  const VesicleClass& vegf = p.vesicles[1];
  EXPECT_EQ(vegf.name, "VEGF");
  EXPECT_EQ(vegf.substance, Substance::soluble);
  EXPECT_EQ(vegf.diffusivity, 104.0);
  EXPECT_DOUBLE_EQ(vegf.decay, 0.6 / 3600.0);
  EXPECT_NEAR(vegf.initial_concentration, 2.0 * 0.602214076, 1e-12);
  EXPECT_EQ(vegf.boundary[0][0].kind, BoundaryKind::fixed);
  EXPECT_NEAR(vegf.boundary[0][0].value.at(0.0), 0.00602214076, 1e-14);
  EXPECT_EQ(vegf.boundary[2][0].kind, BoundaryKind::clearance);
  EXPECT_DOUBLE_EQ(vegf.boundary[2][0].permeability, 0.1);
  EXPECT_EQ(vegf.boundary[2][1].kind, BoundaryKind::open);
  EXPECT_EQ(p.vesicles[2].decay, 0.0);
  EXPECT_EQ(p.vesicles[2].boundary[2][0].kind, BoundaryKind::no_flux);
}

TEST(ConfigFactors, CellsSecreteAndTakeUpByReceptorsOfTheirOwn) {
  const Parameters p = resolved_file("factors.toml").parameters;
  const CellType &tumour = p.cell_types[0], &endothelium = p.cell_types[1];
  EXPECT_DOUBLE_EQ(tumour.donor.at("VEGF").rate, 0.1);
  EXPECT_TRUE(tumour.recipient.contains("exosome"));
  EXPECT_FALSE(tumour.recipient.contains("VEGF"));
  EXPECT_TRUE(tumour.factor_receptors.empty());
  const Uptake& u = endothelium.recipient.at("VEGF");
  EXPECT_EQ(endothelium.recipient.size(), 1U);
  EXPECT_EQ(endothelium.factor_receptors.at("VEGF"), 6000.0);
  EXPECT_NEAR(u.k_on, 1e7 / 6.02214076e8, 1e-12);
  EXPECT_EQ(u.k_off, 1e-3);
  EXPECT_EQ(u.k_internalisation, 3e-4);
  for (const double none : {u.k_endocytosis, u.k_fusion, u.k_recycling, u.k_late, u.k_resecretion, u.k_lysosome,
                            u.k_degradation, u.k_back_fusion})
    EXPECT_EQ(none, 0.0);
  EXPECT_NEAR(endothelium.donor.at("glucose").rate, 6.02214076e5 / 3600.0, 1e-9);
}

TEST(ConfigFactors, ResolvedConfigurationResolvesToTheSame) {
  const Resolved first = resolved_file("factors.toml");
  const Resolved second = resolve(first.toml, "/somewhere/else/factors.toml", {});
  EXPECT_EQ(dump(first), dump(second));
  EXPECT_EQ(first.toml, second.toml);
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
size_bins = 2
diameter = "100 nm"
diameter_sd = "30 nm"
[factor.VEGF]
diffusivity = "104 um^2/s"
[cell_type.tumour.factor.VEGF]
secretion = "60 molecule/h"
[cell_type.vessel.factor.VEGF]
receptors = 6000
k_on = "1e7 /M/s"
k_off = "1e-3 /s"
k_internalisation = "3e-4 /s"
)";

class BadFactors : public testing::TestWithParam<Case> {};

TEST_P(BadFactors, SaysWhereAndWhat) {
  expect_message(good, GetParam());
}

const Case cases[] = {
    {"NoDiffusivity", "diffusivity = \"104 um^2/s\"\n", "",
     R"(nodule.toml:11:1: factor.VEGF.diffusivity: the required key is missing: a diffusivity such as "0.5 um^2/s")"},
    {"DiffusivityBeyondWater", "\"104 um^2/s\"", "\"1e5 um^2/s\"",
     R"(nodule.toml:12:15: factor.VEGF.diffusivity: "1e5 um^2/s" is out of range; expected >= 0 um^2/s and <= 10000 um^2/s)"},
    {"Cargo", "\"104 um^2/s\"", "\"104 um^2/s\"\ncargo = {}", R"(nodule.toml:13:1: factor.VEGF.cargo: unknown key)"},
    {"NameOfAVesicleClass", "[cell_type.tumour", "[factor.exosome]\ndiffusivity = \"1 um^2/s\"\n[cell_type.tumour",
     R"(nodule.toml:13:9: factor.exosome: "exosome" is a vesicle class: give the factor another name)"},
    {"CommaInName", "[cell_type.tumour", "[factor.\"a,b\"]\ndiffusivity = \"1 um^2/s\"\n[cell_type.tumour",
     R"(nodule.toml:13:9: factor."a,b": a name may not hold commas)"},
    {"UnknownFactor", "tumour.factor.VEGF", "tumour.factor.VEGFA",
     R"(nodule.toml:13:26: cell_type.tumour.factor.VEGFA: unknown factor "VEGFA"; did you mean "VEGF"?)"},
    {"VesicleClassAsFactor", "tumour.factor.VEGF", "tumour.factor.exosome",
     R"(nodule.toml:13:26: cell_type.tumour.factor.exosome: unknown factor "exosome")"},
    {"DoesNothing", "secretion = \"60 molecule/h\"\n", "",
     R"(nodule.toml:13:1: cell_type.tumour.factor.VEGF: give secretion, receptors, or both: what the cells do with the factor)"},
    {"NoUnbinding", "k_off = \"1e-3 /s\"\n", "",
     R"(nodule.toml:15:1: cell_type.vessel.factor.VEGF.k_off: the required key is missing: a rate such as "0.01 /h")"},
    {"BindingWithoutReceptors", "\"60 molecule/h\"", "\"60 molecule/h\"\nk_on = \"1e7 /M/s\"",
     R"(nodule.toml:15:1: cell_type.tumour.factor.VEGF.k_on: belongs to uptake: give receptors too)"},
    {"SecretionWithoutUnit", "\"60 molecule/h\"", "60",
     R"(nodule.toml:14:13: cell_type.tumour.factor.VEGF.secretion: 60 has no unit; expected a secretion rate)"},
    {"NoBins", "size_bins = 2", "size_bins = 0",
     R"(nodule.toml:8:13: vesicle.exosome.size_bins: 0 is out of range; expected >= 1 and <= 100)"},
    {"BinsWithoutDiameter", "[vesicle.exosome]\nsize_bins = 2\ndiameter = \"100 nm\"", "[vesicle.EV]\nsize_bins = 2",
     R"(nodule.toml:7:1: vesicle.EV.diameter: the required key is missing: a length such as "10 um")"},
    {"BinsOfNoWidth", "\"30 nm\"", "\"0 nm\"",
     R"(nodule.toml:10:15: vesicle.exosome.diameter_sd: "0 nm" is out of range; expected > 0 um)"},
};

INSTANTIATE_TEST_SUITE_P(Factors, BadFactors, testing::ValuesIn(cases), name_of);

}  // namespace
}  // namespace vesicast::io::config_factors_test
