// Good configurations: what they mean, and that the resolved text means the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "io/config/problems.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io::config_resolve_test {
namespace {

class RoundTrip : public testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, ResolvedTextIsTheSameRunFromAnywhere) {
  const Resolved first = resolved_file(GetParam());
  const Resolved second = resolve(first.toml, "/somewhere/else/config.toml", {});
  EXPECT_EQ(second.toml, first.toml);
  EXPECT_EQ(dump(second), dump(first));
}
INSTANTIATE_TEST_SUITE_P(Files, RoundTrip,
                         testing::Values("everything.toml", "section.toml", "classes.toml", "transport.toml",
                                         "flow_map.toml", "uniform_flow.toml"));

TEST(ConfigResolve, AnEmptyPathwayBudsNothing) {
  const char* const text =
      "[run]\nend = \"1 h\"\nstep = \"30 s\"\n[domain]\nsize = [\"60 um\", \"60 um\", \"60 um\"]\n"
      "voxel = \"10 um\"\n[vesicle.exosome]\n[cell_type.a.donor.pathway]\n";
  const Resolved r = resolve(text, "a.toml", {});
  const Biogenesis& b = *r.parameters.cell_types[0].biogenesis;
  EXPECT_EQ(b.microvesicles, 0.0);
  EXPECT_EQ(b.ectosomes, 0.0);
  EXPECT_EQ(b.inflow, Biogenesis{}.inflow);
  EXPECT_EQ(resolve(r.toml, "again.toml", {}).toml, r.toml);
  EXPECT_THROW(static_cast<void>(resolve(std::string(text) + "ectosomes = \"3 /h\"\n", "a.toml", {})), InvalidConfig);
}

TEST(ConfigResolve, AutomaticSteps) {
  const Resolved r = resolved_file("section.toml", {"run.step=auto", "run.end=24 h", "run.largest_step=5 min"});
  ASSERT_TRUE(r.parameters.run.automatic);
  EXPECT_EQ(r.parameters.run.automatic->tolerance, 1e-3);
  EXPECT_EQ(r.parameters.run.automatic->smallest, 1000);
  EXPECT_EQ(r.parameters.run.automatic->largest, 300'000);
  EXPECT_EQ(r.parameters.run.step, 1000);
  EXPECT_EQ(r.parameters.output.series_every, 1'024'000);  // 864 s or more
  const Resolved again = resolve(r.toml, "again.toml", {});
  EXPECT_EQ(dump(again), dump(r));
  EXPECT_EQ(again.toml, r.toml);
  EXPECT_FALSE(resolved_file("section.toml", {"run.step=1 s"}).parameters.run.automatic);
}

TEST(ConfigResolve, Everything) {
  const Parameters p = resolved_file("everything.toml").parameters;
  EXPECT_EQ(p.run.end, 86'400'000);
  EXPECT_EQ(p.run.step, 30'000);
  EXPECT_EQ(p.run.seed, 42U);
  EXPECT_FALSE(p.run.track_sources);
  EXPECT_EQ(p.domain.dimensions, 3);
  EXPECT_EQ(p.domain.size, (Vector3{600.0, 400.0, 200.0}));
  EXPECT_EQ(p.domain.voxel, (Vector3{10.0, 10.0, 5.0}));
  EXPECT_EQ(p.transport.integrator, "ssprk2");
  EXPECT_EQ(p.output.series_every, 600'000);

  ASSERT_EQ(p.vesicles.size(), 2U);
  const VesicleClass& exosome = p.vesicles[0];
  EXPECT_EQ(exosome.boundary[0][0].kind, BoundaryKind::periodic);
  EXPECT_EQ(exosome.boundary[0][1].kind, BoundaryKind::periodic);
  EXPECT_EQ(exosome.boundary[1][0].kind, BoundaryKind::no_flux);
  EXPECT_EQ(exosome.boundary[1][1].kind, BoundaryKind::open);
  EXPECT_EQ(exosome.boundary[2][0].kind, BoundaryKind::fixed);
  EXPECT_DOUBLE_EQ(exosome.boundary[2][0].value.at(0.0), 1e-3);
  EXPECT_NEAR(exosome.boundary[2][1].value.at(0.0), 12.04428152, 1e-8);  // 20 nM
  EXPECT_EQ(p.vesicles[1].boundary[2][0].value.at(0.0), 0.0);
  EXPECT_EQ(exosome.cargo.at("miR-21"), 0.00825);
  EXPECT_EQ(p.cargo[0].name, "miR-21");

  ASSERT_EQ(p.cell_types.size(), 3U);
  EXPECT_EQ(p.cell_types[0].donor.at("exosome").mode, ReleaseMode::poisson);
  EXPECT_DOUBLE_EQ(p.cell_types[0].donor.at("exosome").rate, 60.0 / 3600.0);
  EXPECT_TRUE(p.cell_types[0].recipient.empty());
  const CellType& cd4 = p.cell_types[1];
  EXPECT_EQ(cd4.name, "CD4+ T cells");
  EXPECT_NEAR(cd4.recipient.at("exosome").k_on, 1.6605e-3, 1e-7);
  EXPECT_EQ(cd4.recipient.at("microvesicle").k_on, 1e-4);
  EXPECT_EQ(cd4.recipient.at("exosome").k_recycling, 1e-4);
  EXPECT_EQ(cd4.recipient.at("microvesicle").k_recycling, 0.0);
  const std::array<double, route_count> shares{0.1, 0.2, 0.1, 0.1, 0.5}, adds{0.0, 0.0, 0.0, 1.0, 2.0};
  for (std::size_t r = 0; r < route_count; ++r)
    EXPECT_DOUBLE_EQ(cd4.recipient.at("exosome").route_weight[r], shares[r]);
  EXPECT_EQ(cd4.recipient.at("microvesicle").route_weight, adds);
  EXPECT_EQ(cd4.recipient.at("exosome").fluid, 0.1);
  EXPECT_EQ(cd4.recipient.at("exosome").half_cd47, 2.0);
  EXPECT_EQ(cd4.recipient.at("exosome").lysosome_share, 0.2);
  EXPECT_EQ(cd4.gate.pH_lysosome, 4.6);
  EXPECT_EQ(exosome.cd47, 0.5);
  EXPECT_EQ(exosome.cluster, 0.1);
  EXPECT_TRUE(p.cell_types[2].donor.empty() && p.cell_types[2].recipient.empty());

  ASSERT_EQ(p.tissue.size(), 7U);
  EXPECT_DOUBLE_EQ(p.tissue[0].density, 3e-4);
  EXPECT_EQ(p.tissue[0].count, -1);
  EXPECT_EQ(p.tissue[1].count, 300);
  EXPECT_NEAR(p.tissue[1].types.at("CD4+ T cells"), 0.2, 1e-15);
  EXPECT_EQ(p.tissue[3].axis, 1);
  EXPECT_EQ(p.tissue[5].file, (data / "cells" / "section.csv").string());
  EXPECT_EQ(p.tissue[5].offset, (Vector3{10.0, -10.0, 0.0}));
  EXPECT_EQ(p.tissue[5].map.at("T helper, CD4"), "CD4+ T cells");
  EXPECT_TRUE(p.tissue[5].ignore_outside);
  EXPECT_EQ(p.tissue[6].format, CellGroup::Format::physicell);
  EXPECT_EQ(p.tissue[6].file, "/data/cells_physicell.csv");
}

TEST(ConfigResolve, SectionIsASlab) {
  const Parameters p = resolved_file("section.toml").parameters;
  EXPECT_EQ(p.domain.dimensions, 2);
  EXPECT_EQ(p.domain.size, (Vector3{400.0, 300.0, 10.0}));
  EXPECT_EQ(p.domain.voxel, (Vector3{10.0, 10.0, 10.0}));
  EXPECT_EQ(p.tissue[0].centre, (Vector3{200.0, 150.0, 5.0}));
}

TEST(ConfigResolve, DefaultsAreThoseOfTheLiterature) {
  const Parameters p = resolved_file("section.toml").parameters;
  EXPECT_EQ(p.run.seed, 1U);
  EXPECT_TRUE(p.run.track_sources);
  EXPECT_EQ(p.domain.extracellular_fraction, 0.2);
  EXPECT_EQ(p.transport.integrator, "exponential");
  EXPECT_EQ(p.transport.tolerance, 1e-4);
  EXPECT_EQ(p.output.fields_every, p.run.end);
  EXPECT_EQ(p.output.cells_every, p.run.end);
  EXPECT_EQ(p.output.series_every, 80'000);  // 72 s, rounded up to steps of 10 s
  const VesicleClass& v = p.vesicles[0];
  EXPECT_NEAR(v.diffusivity, 1.09 * 6.566 / 2.56, 1e-3);  // Stokes-Einstein, 100 +- 30 nm
  EXPECT_EQ(v.decay, 0.01 / 3600.0);
  EXPECT_EQ(v.initial_concentration, 0.0);
  const CellType& t = p.cell_types[0];
  EXPECT_EQ(t.radius, 7.5);
  EXPECT_EQ(t.receptors, 5000.0);
  EXPECT_EQ(t.half_signal, 500.0);
  EXPECT_EQ(t.donor.at("exosome").vesicles_per_event, 30.0);
  const Uptake& u = t.recipient.at("exosome");
  EXPECT_EQ(u.k_on, 1.66e-3);
  EXPECT_EQ(u.k_off, 5e-4);
  EXPECT_EQ(u.k_endocytosis, 1e-3);
  EXPECT_EQ(u.k_fusion, 1e-6);
  EXPECT_NEAR(u.k_late, std::log(2.0) / 1200.0, 1e-10);
  EXPECT_NEAR(u.k_lysosome, std::log(2.0) / 3600.0, 1e-10);
  EXPECT_NEAR(u.k_degradation, std::log(2.0) / 10800.0, 1e-11);
  EXPECT_NEAR(u.k_recycling / (u.k_recycling + u.k_late), 0.1, 1e-14);
  EXPECT_EQ(u.k_resecretion, 0.05 / 3600.0);
  EXPECT_EQ(u.k_back_fusion, 0.093 / 3600.0);
  EXPECT_EQ(u.fluid, 0.02);
  EXPECT_EQ(u.lysosome_share, 0.0);
  EXPECT_EQ(u.half_cd47, 1.0);
  const std::array<double, route_count> weights{0.15, 0.30, 0.25, 0.25, 0.05};
  for (std::size_t r = 0; r < route_count; ++r) EXPECT_NEAR(u.route_weight[r], weights[r], 1e-16);
  EXPECT_EQ(t.gate.pH_lysosome, 4.7);
  EXPECT_EQ(v.cd47, 0.0);
  EXPECT_EQ(v.cluster, 0.0);
}

TEST(ConfigResolve, RatesOfAClassFallBackToTheCellType) {
  const Parameters p = resolved_file("classes.toml").parameters;
  const CellType& t = p.cell_types[0];
  EXPECT_EQ(t.recipient.at("exosome").k_on, 2e-3);
  EXPECT_EQ(t.recipient.at("large oncosome").k_on, 2e-3);
  EXPECT_EQ(t.recipient.at("microvesicle").k_on, 1e-4);
  EXPECT_EQ(t.recipient.at("microvesicle").k_off, 6e-4);
  EXPECT_EQ(t.recipient.at("microvesicle").fluid, 0.05);
  // Three weights are those of the cell type, and the sum of all is 1 again.
  EXPECT_DOUBLE_EQ(t.recipient.at("microvesicle").route_weight[0], 0.15 / 1.6);
  EXPECT_DOUBLE_EQ(t.recipient.at("microvesicle").route_weight[4], 0.6 / 1.6);
  EXPECT_DOUBLE_EQ(t.recipient.at("exosome").route_weight[4], 0.05 / 1.05);
  // Recycling follows the class' own k_late where nobody gives it.
  EXPECT_DOUBLE_EQ(t.recipient.at("microvesicle").k_recycling, 9e-4 / 9.0);
  EXPECT_DOUBLE_EQ(t.recipient.at("exosome").k_recycling, t.recipient.at("exosome").k_late / 9.0);
  // Classes keep the order of the file, and only those listed are released.
  EXPECT_EQ(p.vesicles[0].name, "microvesicle");
  EXPECT_EQ(p.vesicles[1].name, "exosome");
  EXPECT_EQ(p.vesicles[2].name, "large oncosome");
  EXPECT_EQ(t.donor.size(), 1U);
}

TEST(ConfigResolve, OverridesChangeTheRunAndItsText) {
  const Resolved r = resolved_file("everything.toml", {"run.seed=7", "cell_type.\"CD4+ T cells\".radius=6 um",
                                                       "tissue.cells.0.radius=80 um", "tissue.cells.5.file=other.csv"});
  EXPECT_EQ(r.parameters.run.seed, 7U);
  EXPECT_EQ(r.parameters.cell_types[1].radius, 6.0);
  EXPECT_EQ(r.parameters.tissue[0].radius, 80.0);
  EXPECT_EQ(r.parameters.tissue[5].file, (data / "other.csv").string());
  EXPECT_NE(r.toml.find("radius = \"80 um\""), std::string::npos);
}

TEST(ConfigResolve, OverridesAreCheckedLikeTheFile) {
  try {
    (void)resolved_file("section.toml", {"run.end=24", "run.stepp=1 s", "tissue.cells.9.count=1"});
    FAIL();
  } catch (const InvalidConfig& error) {
    EXPECT_STREQ(error.what(),
                 "--set: tissue.cells: no element \"9\"; it has 2, counted from 0\n"
                 "--set: run.end: 24 has no unit; expected a time such as \"24 h\"\n"
                 "--set: run.stepp: unknown key; did you mean \"step\"?");
    EXPECT_EQ(error.code(), ExitCode::bad_input);
  }
}

TEST(ConfigResolve, TellsEverythingInOneGo) {
  try {
    (void)resolve(
        "[run]\n"
        "end = \"24\"\n"
        "[domain]\n"
        "size = [\"605 um\", \"600 um\"]\n"
        "voxel = \"10 um\"\n"
        "boundary = { z = \"open\" }\n"
        "[vesicle.exosome]\n"
        "diffusivty = \"2 um^2/s\"\n"
        "decay = \"-1 /h\"\n"
        "[[tissue.cells]]\n"
        "type = \"tumour\"\n"
        "shape = \"layer\"\n"
        "axis = \"z\"\n"
        "from = \"0 um\"\n"
        "to = \"10 um\"\n",
        "bad.toml", {"run.seed=x"});
    FAIL();
  } catch (const InvalidConfig& error) {
    EXPECT_STREQ(error.what(),
                 "bad.toml:1:1: run.step: the required key is missing: a time such as \"24 h\"\n"
                 "bad.toml:2:7: run.end: \"24\" has no unit; expected a time such as \"24 h\"\n"
                 "bad.toml:3:1: domain.thickness: the required key is missing: a length such as \"10 um\"\n"
                 "bad.toml:4:8: domain.size: \"605 um\" along x is not a whole number of voxels of \"10 um\"; the "
                 "nearest sizes are \"600 um\" and \"610 um\"\n"
                 "bad.toml:6:14: domain.boundary.z: a 2-D section has no faces in z\n"
                 "bad.toml:8:1: vesicle.exosome.diffusivty: unknown key; did you mean \"diffusivity\"?\n"
                 "bad.toml:9:9: vesicle.exosome.decay: \"-1 /h\" is out of range; expected >= 0 /s\n"
                 "bad.toml:10:1: tissue.cells.0: the number of cells is open: give density or count\n"
                 "bad.toml:11:8: tissue.cells.0.type: unknown cell type \"tumour\"; there are no cell types\n"
                 "bad.toml:13:8: tissue.cells.0.axis: a 2-D section has no z\n"
                 "--set: run.seed: expected an integer, found a string");
    EXPECT_EQ(error.problems().size(), 11U);
  }
}

TEST(ConfigResolve, AnEmptyFileSaysWhatIsNeeded) {
  try {
    (void)resolve("", "empty.toml", {});
    FAIL();
  } catch (const InvalidConfig& error) {
    EXPECT_EQ(error.problems().size(), 5U) << error.what();
    EXPECT_EQ(error.problems()[0].where, "empty.toml");
  }
}

/// A damaged file either resolves, and then its resolved text resolves to itself, or is refused as bad input.
void resolve_or_refuse(const std::string& damaged) {
  Resolved first;
  try {
    first = resolve(damaged, "damaged.toml", {});
  } catch (const InputError&) {
    return;
  }
  const Resolved second = resolve(first.toml, "/somewhere/else.toml", {});
  ASSERT_EQ(second.toml, first.toml);
  ASSERT_EQ(dump(second), dump(first));
}

TEST(ConfigResolve, DamagedFilesAreRefusedNotFatal) {
  for (const char* name : {"everything.toml", "section.toml", "transport.toml", "flow_map.toml"}) {
    const std::string text = read(name);
    for (const char* put : {"", "5", "\"x\"", "[]", "{}", "\"5 um\"", "nan", "[[tissue.cells]]", "\n"})
      for (std::size_t at = 0; at < text.size(); at += 23)
        resolve_or_refuse(std::string(text).replace(at, 1 + at % 13, put));
    // Every value in turn becomes something else.
    for (const char* put : {"5", "-1", "\"x\"", "\"0 um\"", "[]", "[1, 2]", "{}", "{ x = 1 }", "true", "1979-05-27"})
      for (std::size_t equals = text.find(" = "); equals != std::string::npos; equals = text.find(" = ", equals + 1)) {
        const std::size_t end = text.find_first_of("\n,}", equals);
        resolve_or_refuse(std::string(text).replace(equals + 3, end - equals - 3, put));
      }
    // Every line in turn is forgotten.
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
      resolve_or_refuse(std::string(text).erase(at, text.find('\n', at) + 1 - at));
  }
}

}  // namespace
}  // namespace vesicast::io::config_resolve_test
