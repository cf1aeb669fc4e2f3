// [run] mode and [cell_type.*.variation]: what they resolve to, what is warned of, what is wrong.
#include <gtest/gtest.h>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_variation_test {
namespace {

// Line numbers count from the first line below.
const char* const good =
    R"([run]
end = "24 h"
step = "30 s"
mode = "stochastic-release"
[domain]
size = ["600 um", "600 um", "200 um"]
voxel = "10 um"
[vesicle.exosome]
[cell_type.tumour.donor.pathway]
burst_dispersion = 2
[cell_type.stroma]
recipient = {}
[cell_type.stroma.variation]
k_on = 0.5
receptors = 0.3
k_off = 0
)";

TEST(ConfigVariation, RatesAndReceptors) {
  const Resolved r = resolve(good, "nodule.toml", {});
  EXPECT_EQ(r.parameters.run.mode, RunMode::stochastic_release);
  EXPECT_EQ(r.parameters.cell_types[0].biogenesis->burst_dispersion, 2.0);
  EXPECT_TRUE(r.parameters.cell_types[0].variation.empty());
  const std::vector<Variation> expected{{Rate("k_on"), 0.5}, {std::nullopt, 0.3}};
  EXPECT_EQ(r.parameters.cell_types[1].variation, expected);
  EXPECT_TRUE(r.warnings.empty());
  EXPECT_EQ(resolve(r.toml, "again.toml", {}).toml, r.toml);
}

TEST(ConfigVariation, WhatNothingUsesIsWarnedOf) {
  const Resolved r = resolve(replaced(good, "k_on = 0.5", "k_dock = 0.5"), "nodule.toml", {});
  ASSERT_EQ(r.warnings.size(), 1U);
  EXPECT_EQ(r.warnings[0], "cell_type.stroma.variation: nothing in the cell type uses k_dock");
}

class BadVariation : public testing::TestWithParam<Case> {};
TEST_P(BadVariation, IsExplained) {
  expect_message(good, GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    All, BadVariation,
    testing::Values(Case{"mode", "stochastic-release", "stochastic", "nodule.toml:4:8: run.mode: "},
                    Case{"unknown", "k_on = 0.5", "kon = 0.5",
                         "nodule.toml:14:1: cell_type.stroma.variation.kon: unknown rate \"kon\""},
                    Case{"key", "k_on = 0.5", "k_lysosome = 0.5",
                         "nodule.toml:14:1: cell_type.stroma.variation.k_lysosome: unknown rate \"k_lysosome\"; the "
                         "rate of the key recipient.k_lysosome is \"k_LL\""},
                    Case{"matrix", "k_on = 0.5", "kon_e = 0.5",
                         "nodule.toml:14:1: cell_type.stroma.variation.kon_e: kon_e belongs to the matrix"},
                    Case{"negative", "k_on = 0.5", "k_on = -0.5",
                         "nodule.toml:14:8: cell_type.stroma.variation.k_on: "},
                    Case{"dispersion", "burst_dispersion = 2", "burst_dispersion = 0",
                         "nodule.toml:10:20: cell_type.tumour.donor.pathway.burst_dispersion: "}),
    name_of);

}  // namespace
}  // namespace vesicast::io::config_variation_test
