// [cell_type.*.donor.pathway]: an empty table, what buds, and that the resolved text means the same.
#include "io/config/registry.hpp"
#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_pathway_test {
namespace {

std::string config(const std::string& pathway) {
  return run_and_domain + R"([vesicle.exosome]
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

TEST(ConfigPathway, AClassThatOnlyAPresetHas) {
  EXPECT_EQ(lines(problems_of(config("ectosome = \"ectosomes\"\n"))),
            "nodule.toml:11:12: cell_type.tumour.donor.pathway.ectosome: unknown vesicle class \"ectosomes\"; vesicle "
            "classes: exosome, small; a preset "
            "is shipped for such a class: [vesicle.ectosome] with preset = \"ectosome\"\n");
  EXPECT_EQ(lines(problems_of(config("exosome = \"smal\"\n"))),
            "nodule.toml:11:11: cell_type.tumour.donor.pathway.exosome: unknown vesicle class \"smal\"; did you mean "
            "\"small\"?\n");
}

TEST(ConfigPathway, BuddingNeedsAClass) {
  EXPECT_EQ(lines(problems_of(config("calcium_gain = 3\n"))),
            "nodule.toml:11:1: cell_type.tumour.donor.pathway.calcium_gain: nothing buds without a vesicle class: give "
            "microvesicle too\n");
}

// A wrong value reads as none, which must not be taken for one: what comes in would not leave, and so on.
TEST(ConfigPathway, AMistypedValueGetsOneLine) {
  const std::string pattern = "cell_type.*.donor.pathway.";
  int tried = 0;
  for (const Key& key : keys()) {
    const std::string name = key.path.substr(key.path.rfind('.') + 1);
    if (key.path != pattern + name) continue;
    const bool named = name == "microvesicle" || name == "ectosome";  // they say what buds
    const std::string classes = named ? "" : "microvesicle = \"small\"\nectosome = \"other\"\n";
    for (const char* value : {"\"0.1 um\"", "\"-0.1 /h\"", "true"}) {
      const std::string text = config(classes + name + " = " + value + "\n");
      const std::vector<Problem> problems = problems_of("[vesicle.other]\ndiffusivity = \"1 um^2/s\"\n" + text);
      ASSERT_EQ(problems.size(), 1U) << name << " = " << value << "\n" << lines(problems);
      EXPECT_TRUE(problems[0].message.starts_with("cell_type.tumour.donor.pathway." + name)) << problems[0].message;
      ++tried;
    }
  }
  EXPECT_GT(tried, 100);
  EXPECT_EQ(
      lines(problems_of(config("lysosme = \"0 /h\"\nlysosome = \"0 /h\"\nautophagy = \"0 /h\"\nfusion = \"0 /h\"\n"))),
      "nodule.toml:11:1: cell_type.tumour.donor.pathway.lysosme: unknown key; did you mean \"lysosome\"?\n");
}

TEST(ConfigPathway, WhatComesInMustLeave) {
  const std::string none = "lysosome = \"0 /h\"\nautophagy = \"0 /h\"\nfusion = \"0 /h\"\n";
  EXPECT_EQ(lines(problems_of(config(none))),
            "nodule.toml:10:1: cell_type.tumour.donor.pathway: something comes in that does not leave: there is no "
            "steady state to start from; start = \"empty\" begins without one\n");
  EXPECT_NO_THROW(static_cast<void>(resolve(config(none + "start = \"empty\"\n"), "nodule.toml", {})));
}

/// A cell that makes ectosomes, and has a receptor and a miRNA; `pathway` more of its pathway, `copies` of the
/// receptor.
std::string with_cargo(const std::string& pathway, const std::string& copies = "copies = 1e4") {
  std::string text = config(pathway) +
                     "[cargo.CD9]\nkind = \"membrane\"\n[cargo.CD81]\nkind = \"membrane\"\n[cargo.miR-21]\n"
                     "[cell_type.tumour.cargo.CD9]\n" +
                     copies + "\n[cell_type.tumour.cargo.miR-21]\ncopies = 1e4\n";
  for (const char* name : {"[vesicle.exosome]\n", "[vesicle.small]\n"})
    text.insert(text.find(name) + std::string(name).size(), "diameter = \"100 nm\"\n");
  return text;
}

TEST(ConfigPathway, EctosomesFollowAMembraneCargoOfTheCell) {
  const std::string small = "ectosome = \"small\"\n",
                    at = "nodule.toml:14:18: ", key = "cell_type.tumour.donor.pathway.ectosome_cargo: ";
  const Resolved r = resolve(with_cargo(small + "ectosome_cargo = \"CD9\"\n"), "nodule.toml", {});
  EXPECT_EQ(r.parameters.cell_types.at(0).biogenesis->ectosome_cargo, "CD9");
  EXPECT_EQ(resolve(r.toml, "nodule.toml", {}).toml, r.toml);
  const auto problem = [&](const std::string& cargo, const std::string& copies = "copies = 1e4") {
    return lines(problems_of(with_cargo(small + "ectosome_cargo = \"" + cargo + "\"\n", copies)));
  };
  EXPECT_EQ(problem("CD8"), at + key + "unknown cargo \"CD8\"; did you mean \"CD9\"?\n");
  EXPECT_EQ(problem("miR-21"), at + key + "\"miR-21\" is soluble; ectosomes follow a membrane cargo\n");
  EXPECT_EQ(problem("CD81"), at + key + "\"tumour\" does not have it: give [cell_type.tumour.cargo.CD81]\n");
  const std::string none = key + "\"tumour\" has no copies of \"CD9\" at rest, to which ectosomes could be relative\n";
  EXPECT_EQ(problem("CD9", "copies = 0"), at + none);
  EXPECT_EQ(problem("CD9", "synthesis = \"0 /s\""), at + none);
  EXPECT_EQ(lines(problems_of(with_cargo("ectosome_cargo = \"CD9\"\n"))),
            "nodule.toml:13:1: " + key + "nothing buds without a vesicle class: give ectosome too\n");
}

TEST(ConfigPathway, PopulationsTakeWhatTheyDoNotSayFromThePathway) {
  const std::string text =
      "docking = \"2 /h\"\n[cell_type.tumour.donor.pathway.mvb.secretory]\nshare = 0.25\ntransport = \"0.2 /h\"\n"
      "[cell_type.tumour.donor.pathway.mvb.other]\nshare = 0.75\nexosome = \"small\"\n";
  const Resolved r = resolve(config(text), "nodule.toml", {});
  const CellType& type = r.parameters.cell_types.at(0);
  ASSERT_EQ(type.populations.size(), 2U);
  EXPECT_EQ(type.populations[0].name, "secretory");
  EXPECT_EQ(type.populations[0].rates.exosome, "exosome");
  EXPECT_EQ(type.populations[1].rates.exosome, "small");
  EXPECT_DOUBLE_EQ(type.populations[0].rates.transport, 0.2 / 3600.0);
  EXPECT_DOUBLE_EQ(type.populations[1].rates.transport, 0.06 / 3600.0);
  EXPECT_DOUBLE_EQ(type.populations[1].rates.docking, 2.0 / 3600.0);
  EXPECT_DOUBLE_EQ(type.populations[0].rates.inflow, 20.0 / 3600.0);
  EXPECT_EQ(type.donor.size(), 2U);
  EXPECT_EQ(resolve(r.toml, "nodule.toml", {}).toml, r.toml);
  EXPECT_EQ(
      lines(problems_of(config("[cell_type.tumour.donor.pathway.mvb.a]\nshare = 0.25\n"))),
      "nodule.toml:11:1: cell_type.tumour.donor.pathway.mvb: the shares of the MVBs add up to 0.25; they must add up "
      "to 1\n");
}

TEST(ConfigPathway, PolarisedReleaseHasASide) {
  const std::string text = "[cell_type.tumour.donor.polarised]\nside = \"-y\"\nshare = 0.6\n";
  const Resolved r = resolve(config(text), "nodule.toml", {});
  ASSERT_TRUE(r.parameters.cell_types.at(0).polarised);
  EXPECT_EQ(*r.parameters.cell_types[0].polarised, (Polarised{1, 0, 0.6}));
  EXPECT_EQ(resolve(r.toml, "nodule.toml", {}).toml, r.toml);
}

}  // namespace
}  // namespace vesicast::io::config_pathway_test
