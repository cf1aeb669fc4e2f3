// [cell_type.*.donor.pathway]: an empty table, what buds, and that the resolved text means the same.
#include "tests/unit/bad_config.hpp"

namespace vesicast::io {
namespace {

std::string config(const std::string& pathway) {
  return R"([run]
end = "1 h"
step = "30 s"
[domain]
size = ["60 um", "60 um", "60 um"]
voxel = "20 um"
[vesicle.exosome]
[vesicle.small]
diffusivity = "1 um^2/s"
[cell_type.tumour.donor.pathway]
)" + pathway;
}

TEST(ConfigPathway, AnEmptyTableIsTheDefaults) {
  const Resolved r = resolve(config(""), "nodule.toml", {});
  Biogenesis expected;
  expected.exosome = "exosome";
  ASSERT_TRUE(r.parameters.cell_types.at(0).biogenesis);
  const Biogenesis& b = *r.parameters.cell_types[0].biogenesis;
  EXPECT_EQ(b.microvesicle + b.ectosome, "");
  EXPECT_DOUBLE_EQ(b.lysosome, expected.lysosome);
  EXPECT_EQ(b.ectosomes, 0.0);  // of no class
  EXPECT_EQ(resolve(r.toml, "nodule.toml", {}).toml, r.toml);
}

TEST(ConfigPathway, BuddingOfANamedClass) {
  const Resolved r = resolve(config("ectosome = \"small\"\nectosomes = \"7 /h\"\n"), "nodule.toml", {});
  EXPECT_DOUBLE_EQ(r.parameters.cell_types.at(0).biogenesis->ectosomes, 7.0 / 3600.0);
  EXPECT_EQ(r.parameters.cell_types[0].donor.count("small"), 1U);
  EXPECT_EQ(resolve(r.toml, "nodule.toml", {}).toml, r.toml);
}

TEST(ConfigPathway, BuddingNeedsAClass) {
  EXPECT_EQ(lines(problems_of(config("calcium_gain = 3\n"))),
            "nodule.toml:11:1: cell_type.tumour.donor.pathway.calcium_gain: nothing buds without a vesicle class: give "
            "microvesicle too\n");
}

}  // namespace
}  // namespace vesicast::io
