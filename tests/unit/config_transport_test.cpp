// Good configurations of the transport's physics: faces by class and in time, matrix, regions, vessels, flow.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/good_config.hpp"

namespace vesicast::io::config_transport_test {
namespace {

constexpr double mmHg = 133.322387415;  // [Pa]

TEST(ConfigTransport, FacesByClass) {
  const Resolved r = resolved_file("transport.toml");
  const Boundaries& exosome = r.parameters.vesicles[0].boundary;
  EXPECT_EQ(exosome[0][0].kind, BoundaryKind::fixed);
  EXPECT_EQ(exosome[0][1].kind, BoundaryKind::open);
  EXPECT_EQ(exosome[1][0].kind, BoundaryKind::periodic);
  EXPECT_EQ(exosome[2][0].kind, BoundaryKind::clearance);
  EXPECT_DOUBLE_EQ(exosome[2][0].permeability, 0.1);
  EXPECT_DOUBLE_EQ(exosome[2][1].permeability, 0.1);  // 6 um/min
  EXPECT_EQ(exosome[2][0].value.at(0.0), 0.0);
  EXPECT_DOUBLE_EQ(exosome[2][1].value.at(0.0), 2e-6);
  const Boundaries& microvesicle = r.parameters.vesicles[1].boundary;
  EXPECT_EQ(microvesicle[0][1].kind, BoundaryKind::fixed);
  EXPECT_EQ(microvesicle[2][0].kind, BoundaryKind::open);
  EXPECT_EQ(microvesicle[2][1].kind, BoundaryKind::no_flux);
}

TEST(ConfigTransport, ConcentrationsInTime) {
  const Resolved r = resolved_file("transport.toml");
  const TimeSeries& dose = r.parameters.vesicles[0].boundary[0][0].value;
  EXPECT_FALSE(dose.constant());
  EXPECT_DOUBLE_EQ(dose.at(1800.0), 0.5e-3);
  EXPECT_DOUBLE_EQ(dose.at(3600.0), 1e-3);
  EXPECT_NEAR(dose.at(5400.0), 0.602214076, 1e-12);
  EXPECT_EQ(dose.at(5400.0), dose.largest());

  ASSERT_EQ(r.series.size(), 2U);  // one key, both faces of x
  for (std::size_t side = 0; side < 2; ++side) {
    const SeriesFile& s = r.series[side];
    EXPECT_EQ(s.vesicle, 1U);
    EXPECT_EQ(s.axis, 0);
    EXPECT_EQ(s.side, side);
    EXPECT_EQ(s.file, (data / "dose.csv").string());
    EXPECT_EQ(s.time_column, "time [h]");
    EXPECT_EQ(s.time_unit, 3600.0);
    EXPECT_NEAR(s.concentration_unit, 0.602214076, 1e-12);
  }
}

TEST(ConfigTransport, InterstitiumAndMatrix) {
  const Parameters p = resolved_file("transport.toml").parameters;
  EXPECT_TRUE(p.domain.fraction_from_cells);
  EXPECT_FALSE(p.domain.extracellular_fraction_map);
  EXPECT_EQ(p.domain.fraction_floor, 0.1);
  ASSERT_TRUE(p.vesicles[0].diffusivity_map);
  EXPECT_EQ(p.vesicles[0].diffusivity_map->file, (data / "maps" / "d.vti").string());
  EXPECT_EQ(p.vesicles[0].diffusivity_map->array, "D");
  ASSERT_TRUE(p.vesicles[0].matrix && p.vesicles[0].matrix->sites_map);
  EXPECT_NEAR(p.vesicles[0].matrix->k_on, 2e21 / 6.02214076e23, 1e-15);
  EXPECT_EQ(p.vesicles[0].matrix->k_off, 2e-3);
  EXPECT_EQ(p.vesicles[0].matrix->sites_map->file, "/maps/sites.csv");
  // By default as much is bound as is free.
  ASSERT_TRUE(p.vesicles[1].matrix);
  const MatrixBinding& standard = *p.vesicles[1].matrix;
  EXPECT_NEAR(standard.k_on * standard.sites / standard.k_off, 1.0, 1e-14);
  EXPECT_FALSE(resolved_file("flow_map.toml").parameters.vesicles[0].matrix);

  const Parameters mapped = resolved_file("flow_map.toml").parameters;
  EXPECT_FALSE(mapped.domain.fraction_from_cells);
  ASSERT_TRUE(mapped.domain.extracellular_fraction_map);
  EXPECT_EQ(mapped.domain.extracellular_fraction_map->array, "alpha");
}

TEST(ConfigTransport, RegionsAndVessels) {
  const Parameters p = resolved_file("transport.toml").parameters;
  ASSERT_EQ(p.regions.size(), 3U);
  const Region& collagen = p.regions[0];
  EXPECT_EQ(collagen.name, "collagen");
  EXPECT_EQ(collagen.shape, Shape::box);
  EXPECT_EQ(collagen.upper, (Vector3{100.0, 200.0, 100.0}));
  EXPECT_EQ(collagen.extracellular_fraction, 0.3);
  EXPECT_EQ(collagen.diffusivity, (std::map<std::string, double>{{"exosome", 0.5}}));
  EXPECT_NEAR(collagen.binding_sites.at("exosome"), 1204.428152, 1e-9);
  EXPECT_DOUBLE_EQ(collagen.binding_sites.at("microvesicle"), 1000.0);
  EXPECT_EQ(collagen.conductivity, 0.01);
  EXPECT_FALSE(collagen.blood || collagen.lymph || collagen.obstacle);

  const Region& tumour = p.regions[1];
  ASSERT_TRUE(tumour.map && tumour.blood && tumour.lymph);
  EXPECT_EQ(tumour.map->file, (data / "maps" / "labels.vti").string());
  EXPECT_EQ(tumour.label, 3.0);
  EXPECT_DOUBLE_EQ(tumour.blood->surface_density, 0.02);
  EXPECT_NEAR(tumour.blood->hydraulic_conductivity, 2.8e-3 / mmHg, 1e-17);
  EXPECT_NEAR(tumour.blood->pressure, 15.6 * mmHg, 1e-9);
  EXPECT_NEAR(tumour.blood->oncotic, 4.1 * mmHg, 1e-9);
  // Every class has its entry, 0 where nothing is said.
  EXPECT_EQ(tumour.blood->permeability.at("exosome"), 1e-3);
  EXPECT_EQ(tumour.blood->permeability.at("microvesicle"), 0.0);
  EXPECT_EQ(tumour.blood->reflection.at("exosome"), 0.0);
  EXPECT_EQ(tumour.blood->reflection.at("microvesicle"), 0.9);
  EXPECT_DOUBLE_EQ(tumour.blood->plasma.at("exosome"), 1e-3);
  EXPECT_EQ(tumour.lymph->pressure, -2.0);
  EXPECT_EQ(tumour.lymph->oncotic, 0.0);
  EXPECT_TRUE(p.regions[2].obstacle);

  // Vessels without Darcy's flow exchange vesicles only.
  const Region capillaries = resolved_file("flow_map.toml").parameters.regions.at(0);
  EXPECT_EQ(capillaries.blood->permeability.at("exosome"), 1e-3);
  EXPECT_EQ(capillaries.blood->hydraulic_conductivity, 0.0);
}

TEST(ConfigTransport, Flow) {
  const FlowParameters darcy = resolved_file("transport.toml").parameters.flow;
  EXPECT_EQ(darcy.kind, FlowKind::darcy);
  EXPECT_NEAR(darcy.conductivity, 4.13 / mmHg, 1e-14);
  EXPECT_NEAR(darcy.boundary[0][0].pressure.value(), mmHg, 1e-9);
  EXPECT_EQ(darcy.boundary[0][1].pressure, 0.0);
  EXPECT_FALSE(darcy.boundary[1][0].pressure || darcy.boundary[2][1].pressure);
  EXPECT_EQ(darcy.boundary[2][0].pressure, -50.0);
  ASSERT_TRUE(darcy.solved);
  EXPECT_EQ(darcy.solved->file, (data / "maps" / "flow_000000.pvti").string());
  EXPECT_EQ(darcy.solved->array, "pressure [Pa]");

  const FlowParameters map = resolved_file("flow_map.toml").parameters.flow;
  EXPECT_EQ(map.kind, FlowKind::map);
  ASSERT_TRUE(map.map);
  EXPECT_EQ(map.map->file, (data / "maps" / "flow.vti").string());
  EXPECT_EQ(map.divergence_tolerance, 1e-4);

  const FlowParameters uniform = resolved_file("uniform_flow.toml").parameters.flow;
  EXPECT_EQ(uniform.kind, FlowKind::uniform);
  EXPECT_EQ(uniform.velocity, (Vector3{0.3, 0.0, 0.0}));
  const Parameters from_stationary = resolved_file("uniform_flow.toml", {"run.steady=true"}).parameters;
  EXPECT_TRUE(from_stationary.run.steady);
  EXPECT_EQ(from_stationary.flow.kind, FlowKind::uniform);

  const Resolved none = resolved_file("section.toml");
  EXPECT_EQ(none.parameters.flow.kind, FlowKind::none);
  EXPECT_NE(none.toml.find("[flow]\nkind = \"none\"\n"), std::string::npos);
}

TEST(ConfigTransport, OverridesReplaceValuesByTablesAndBack) {
  const Resolved value = resolved_file("transport.toml", {"vesicle.exosome.diffusivity=3 um^2/s"});
  EXPECT_EQ(value.parameters.vesicles[0].diffusivity, 3.0);
  EXPECT_FALSE(value.parameters.vesicles[0].diffusivity_map);
  const Resolved map =
      resolved_file("section.toml", {"domain.extracellular_fraction={ map = \"a.vti\", array = \"a\" }"});
  EXPECT_EQ(map.parameters.domain.extracellular_fraction_map.value().file, (data / "a.vti").string());
}

}  // namespace
}  // namespace vesicast::io::config_transport_test
