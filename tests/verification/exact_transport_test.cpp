// Single steps of transport and of the matrix against exponentials by hand: faces, vessels, cells, two voxels, a flow.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/one_voxel.hpp"

namespace vesicast::exact_transport_test {
TEST(ExactTransport, TheMatrixBindsInBothHalves) {
  // N' = -a N + b N_b, no diffusion and no decay: M(dt/2) T M(dt/2) is M(dt).
  Parameters p = test::one_voxel();
  p.vesicles[0].initial_concentration = 1e-2;
  p.vesicles[0].matrix = MatrixBinding{.k_on = 1.9e-3, .k_off = 1.4e-3, .sites = 0.6, .sites_map = {}};
  test::Scene s = test::alone(p, {});
  const double all = test::free_in(s, 0), a = 1.9e-3 * 0.6, b = 1.4e-3;
  EXPECT_NEAR(all, 1e-2 * 0.23 * 60.0 * 60.0 * 60.0, 1e-9 * all);
  test::step(s, 500.0);
  const double bound = all * a / (a + b) * (1.0 - std::exp(-(a + b) * 500.0));
  EXPECT_NEAR(test::on_matrix(s, 0), bound, 1e-11 * all);
  EXPECT_NEAR(test::free_in(s, 0), all - bound, 1e-11 * all);
}

TEST(ExactTransport, AVoxelAmongFacesVesselsAndACell) {
  // N' = sum over faces of g (C_out - C) + walls of vessels (C_plasma - C) P S V + s - K C - k N, C = N/(alpha V): one
  // exponential. Edges of 50, 60 and 70 um; held, open, resisting and closed faces.
  Parameters p = test::parameters_of({1, 1, 1}, 50.0, 0.9);
  p.domain.voxel = p.domain.size = {50.0, 60.0, 70.0};
  p.domain.extracellular_fraction = 0.23;
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  VesicleClass& v = p.vesicles[0];
  v.decay = 1.3e-4;
  v.initial_concentration = 2e-4;
  v.boundary[0] = {{{BoundaryKind::fixed, 7e-4}, {BoundaryKind::open, 0.0}}};
  v.boundary[1] = {{{BoundaryKind::no_flux, 0.0}, {BoundaryKind::clearance, 3e-4, 0.011}}};
  v.boundary[2] = {{{BoundaryKind::fixed, 4e-4}, {BoundaryKind::no_flux, 0.0}}};
  Region tissue;
  tissue.name = "tissue";
  Vessels blood, lymph;
  blood.surface_density = 0.02;
  blood.permeability["exosome"] = 8e-3;
  blood.plasma["exosome"] = 9e-4;
  lymph.surface_density = 0.03;
  lymph.permeability["exosome"] = 3e-3;
  lymph.plasma["exosome"] = 1e-4;
  tissue.blood = blood;
  tissue.lymph = lymph;
  p.regions = {tissue};
  CellType cell;
  cell.name = "cell";
  cell.donor["exosome"].rate = 0.07;
  cell.recipient["exosome"] = test::no_uptake();
  cell.recipient["exosome"].fluid = 3.5;
  p.cell_types = {cell};
  test::Scene s = test::alone(p, {0});
  const double volume = 50.0 * 60.0 * 70.0, alpha_d = 0.23 * 0.9, dt = 900.0;
  const double west = alpha_d * 4200.0 / 25.0, east = west, back = alpha_d * 3000.0 / 35.0,
               north = 1.0 / (1.0 / (alpha_d * 3500.0 / 30.0) + 1.0 / (0.011 * 3500.0)), artery = 8e-3 * 0.02 * volume,
               drain = 3e-3 * 0.03 * volume;
  const double in = west * 7e-4 + north * 3e-4 + back * 4e-4 + artery * 9e-4 + drain * 1e-4 + 0.07;
  const double out = west + east + north + back + artery + drain + 3.5;
  const double rate = out / (0.23 * volume) + 1.3e-4, settles = in / rate, start = 2e-4 * 0.23 * volume;
  ASSERT_LT(rate * dt, 4.0);
  test::step(s, dt);
  const double end = settles + (start - settles) * std::exp(-rate * dt),
               seen = (in * dt + start - end) / rate / (0.23 * volume);
  EXPECT_NEAR(test::free_in(s, 0), end, 1e-10 * end);
  EXPECT_NEAR(test::at(s, CellArray::fluid_phase), 3.5 * seen, 1e-9);
  const auto flows = test::flows_of(s, 0);
  EXPECT_NEAR(flows.at("decayed"), 1.3e-4 * seen * 0.23 * volume, 1e-9);
  EXPECT_NEAR(flows.at("from blood"), artery * 9e-4 * dt, 1e-9);
  EXPECT_NEAR(flows.at("to blood"), artery * seen, 1e-8);
  EXPECT_NEAR(flows.at("from lymph"), drain * 1e-4 * dt, 1e-9);
  EXPECT_NEAR(flows.at("to lymph"), drain * seen, 1e-8);
  double entered = 0.0, left = 0.0, both_ways = 0.0;
  for (const auto& [g, outside] :
       {std::pair(west, 7e-4), std::pair(east, 0.0), std::pair(north, 3e-4), std::pair(back, 4e-4)}) {
    const double net = g * (outside * dt - seen);
    (net > 0.0 ? entered : left) += std::abs(net);
    both_ways += g * std::min(outside * dt, seen);
  }
  EXPECT_NEAR(flows.at("entered"), entered, 1e-8);
  EXPECT_NEAR(flows.at("left"), left, 1e-8);
  EXPECT_NEAR(flows.at("turned over"), both_ways, 1e-8);
}

TEST(ExactTransport, FluidBringsOnlyWhatIsOutside) {
  // What flows in belongs to the source "external"; nobody else's vesicles come from there.
  Parameters p = test::parameters_of({8, 1, 1}, 10.0, 0.5);
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, 1e-3}, {BoundaryKind::open, 0.0}}};
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {0.4, 0.0, 0.0};
  p.cell_types = {test::donor_type("donor", 0.0)};
  test::Scene s = test::alone(p, {0});
  test::steps(s, 50.0, 2);
  EXPECT_EQ(test::free_in(s, test::field_of(s, "exosome from donor")), 0.0);
  EXPECT_EQ(test::flows_of(s, test::field_of(s, "exosome from donor")).at("entered"), 0.0);
  // With the fluid 0.4 um/s x 100 um^2 x 1e-3 for 50 s; diffusion brings no less.
  EXPECT_GE(test::flows_of(s, test::field_of(s, "exosome from external")).at("entered"), 2.0 * (1.0 - 1e-12));
}

TEST(ExactTransport, TwoVoxelsExchangeThroughTheHarmonicMean) {
  // alpha of 0.35 beside 0.2, and two classes: N_1' = g (C_2 - C_1), g = A/h x 2 ab/(a + b) of the two alpha D.
  Parameters p = test::parameters_of({2, 1, 1}, 20.0, 0.9);
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  VesicleClass slow = p.vesicles[0];
  slow.name = "microvesicle";
  slow.diffusivity = 0.4;
  p.vesicles.push_back(slow);
  Region loose;
  loose.name = "loose";
  loose.shape = Shape::box;
  loose.upper = {20.0, 20.0, 20.0};
  loose.extracellular_fraction = 0.35;
  p.regions = {loose};
  test::Scene s = test::alone(p, {});
  for (std::size_t f = 0; f < 2; ++f)
    test::fill(s.state.fields[f], *s.domain, [](const Index3& v) { return v[0] == 0 ? 70.0 : 10.0; });
  test::step(s, 400.0);
  for (std::size_t f = 0; f < 2; ++f) {
    const double d = f == 0 ? 0.9 : 0.4, a = 0.35 * d, b = 0.2 * d, g = 20.0 * 2.0 * a * b / (a + b);
    const double rate = g / 8000.0 * (1.0 / 0.35 + 1.0 / 0.2), settles = 80.0 * 0.35 / 0.55;
    const double first = settles + (70.0 - settles) * std::exp(-rate * 400.0);
    const std::vector<double> content = test::gather(s.state.fields[f], *s.domain);
    EXPECT_NEAR(content[0], first, 1e-9) << f;
    EXPECT_NEAR(content[1], 80.0 - first, 1e-9) << f;
  }
}

TEST(ExactTransport, EveryClassHasFacesOfItsOwn) {
  // One class leaves through a face in x, the other comes in through one in z: N' = g (C_out - N/(alpha V)).
  Parameters p = test::one_voxel();
  VesicleClass slow = p.vesicles[0];
  slow.name = "microvesicle";
  slow.diffusivity = 0.4;
  p.vesicles[0].initial_concentration = 3e-3;
  p.vesicles[0].boundary[0][1] = {BoundaryKind::open, 0.0};
  slow.boundary[2][0] = {BoundaryKind::fixed, 8e-4};
  p.vesicles.push_back(slow);
  test::Scene s = test::alone(p, {});
  test::step(s, 700.0);
  const double fluid = 0.23 * 216000.0;
  const auto rate = [&](double d) { return 0.23 * d * 3600.0 / 30.0 / fluid; };
  EXPECT_NEAR(test::free_in(s, 0), 3e-3 * fluid * std::exp(-rate(0.7) * 700.0), 1e-9);
  EXPECT_NEAR(test::free_in(s, 1), 8e-4 * fluid * (1.0 - std::exp(-rate(0.4) * 700.0)), 1e-9);
}

TEST(ExactTransport, TheFlowCarriesForHalfAStepBeforeDiffusionAndHalfAStepBehindIt) {
  // One voxel: what flows out continues the line from the value on the face where fluid comes in, so that half a step
  // of the flow leaves (1 - nu)^2 of what is above that value. Diffusion through both faces and decay between them.
  Parameters p = test::parameters_of({1, 1, 1}, 10.0, 0.6);
  p.domain.extracellular_fraction = 0.25;
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  p.vesicles[0].decay = 1.1e-3;
  p.vesicles[0].initial_concentration = 5e-3;
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, 2e-3}, {BoundaryKind::open, 0.0}}};
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {0.028, 0.0, 0.0};
  test::Scene s = test::alone(p, {});
  test::step(s, 40.0);
  const double fluid = 250.0, held = 2e-3 * fluid, stays = std::pow(1.0 - 2.8 * 20.0 / fluid, 2);
  const double g = 0.25 * 0.6 * 100.0 / 5.0, rate = 2.0 * g / fluid + 1.1e-3, settles = g * 2e-3 / rate;
  const double carried = held + (5e-3 * fluid - held) * stays,
               spread = settles + (carried - settles) * std::exp(-rate * 40.0), end = held + (spread - held) * stays;
  ASSERT_GT(spread, held);
  EXPECT_NEAR(test::free_in(s, 0), end, 1e-12);
  const auto flows = test::flows_of(s, 0);
  EXPECT_NEAR(flows.at("decayed"), 1.1e-3 * (carried - spread + settles * rate * 40.0) / rate, 1e-12);
  EXPECT_NEAR(flows.at("entered") - flows.at("left") - flows.at("decayed"), end - 5e-3 * fluid, 1e-12);
  EXPECT_GE(flows.at("entered"), 2.8 * 40.0 * 2e-3);
}

}  // namespace vesicast::exact_transport_test
