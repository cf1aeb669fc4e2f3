// Blood and lymph spread through a tissue: relaxation against the exact exponential, and what the ledger says of it.
#include "src/extracellular/flow/vessels.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::vessels_test {
namespace {

constexpr double alpha = 0.2, start = 2e-3, plasma = 5e-4, wall = 0.02;

/// A closed tissue, the same everywhere, full of vessels that vesicles cross by diffusion.
Parameters vascular(double permeability) {
  Parameters p = test::parameters_of({12, 6, 4}, 15.0, 1.0);
  p.domain.extracellular_fraction = alpha;
  p.run.track_sources = false;
  p.transport.tolerance = 1e-10;
  p.vesicles[0].initial_concentration = start;
  Region all;
  all.name = "all";
  all.blood.emplace();
  all.blood->surface_density = wall;
  all.blood->permeability["exosome"] = permeability;
  all.blood->plasma["exosome"] = plasma;
  p.regions = {all};
  return p;
}

/// Largest relative difference of a voxel's concentration from `exact`.
double error(const test::Scene& s, double exact) {
  double largest = 0.0;
  for (const double n : test::gather(s.state.fields[0], *s.domain))
    largest = std::max(largest, std::abs(n / (alpha * s.domain->grid().voxel_volume()) / exact - 1.0));
  return largest;
}

/// After `seconds` in steps of `step`: C, and all that went in and out, against dC/dt = rate_in plasma - rate_out C.
void check(const Parameters& p, double rate_in, double rate_out, double seconds, double step, const char* into,
           const char* out_of) {
  test::Scene s = test::make_scene(p);
  Timings t;
  simulate(s, to_ticks(seconds), to_ticks(step), {}, t);
  const double steady = rate_in * plasma / rate_out;
  const double exact = steady + (start - steady) * std::exp(-rate_out * seconds);
  const double wrong = error(s, exact);
  test::verify({.name = fmt::format("vessels: {} and {}, {:g} s in steps of {:g} s", into, out_of, seconds, step),
                .exact = "exponential to the balance",
                .norm = "relative, largest",
                .levels = {{0.0, wrong}},
                .largest_error = 1e-8});
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  const double fluid = alpha * s.domain->grid().voxel_volume() * static_cast<double>(s.domain->grid().size());
  const double brought = rate_in * plasma * seconds * fluid;
  EXPECT_NEAR(ledger.fields[0][into], brought, 1e-11 * brought);
  EXPECT_NEAR(ledger.fields[0][out_of], start * fluid + brought - exact * fluid, 1e-7 * start * fluid);
  EXPECT_LE(ledger.worst_residual(), 1e-12);
}

}  // namespace

TEST(Vessels, WallsByHand) {
  // Two regions with vessels and a voxel without, per voxel of 1000 um^3.
  std::vector<Region> regions(2);
  regions[0].blood.emplace();
  regions[1].blood.emplace();
  Vessels &one = *regions[0].blood, &other = *regions[1].blood;
  one.surface_density = 0.02;
  one.hydraulic_conductivity = 3e-4;
  one.pressure = 2000.0;
  one.oncotic = 700.0;
  one.permeability["exosome"] = 5e-3;
  one.reflection["exosome"] = 0.75;
  one.plasma["exosome"] = 6e-4;
  other.surface_density = 0.01;
  other.hydraulic_conductivity = 7e-4;
  other.pressure = 900.0;
  const std::vector<std::int16_t> region{1, -1, 0, 0};
  const VesselFlow fluid{{11.0, 0.0, 4.0, 0.0}, {0.0, 0.0, 0.0, 2.0}};
  const VesselTransport t = vessel_transport(regions, &Region::blood, region, fluid, "exosome", 1000.0);
  const std::vector<double> clearance{0.0, 0.0, 0.1, 0.1 + 0.25 * 2.0}, inflow{0.0, 0.0, 1.1 * 6e-4, 0.1 * 6e-4};
  const VesselWalls walls = vessel_walls(regions, &Region::blood, region);
  const std::vector<double> conductance{7e-6, 0.0, 6e-6, 6e-6}, pressure{900.0, 0.0, 1300.0, 1300.0};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(t.clearance[i], clearance[i], 1e-15) << i;
    EXPECT_NEAR(t.inflow[i], inflow[i], 1e-18) << i;
    EXPECT_NEAR(walls.conductance[i], conductance[i], 1e-20) << i;
    EXPECT_EQ(walls.pressure[i], pressure[i]) << i;
  }
  EXPECT_EQ(fluid.net(3), -2.0);
}

TEST(Vessels, BloodExchangeRelaxesExponentially) {
  const double permeability = 5e-3, rate = permeability * wall / alpha;
  check(vascular(permeability), rate, rate, 3000.0, 60.0, "from blood", "to blood");
}

TEST(Vessels, FasterThanAStepTheyAreStillExact) {
  const double permeability = 1.0, rate = permeability * wall / alpha;  // 0.1 /s: six in a step
  check(vascular(permeability), rate, rate, 60.0, 60.0, "from blood", "to blood");
}

TEST(Vessels, FluidCarriesWhatTheWallLetsPass) {
  // Blood brings fluid, lymph drains it on the spot, so that none flows: e_b (P_b - p) = e_l (p - P_l).
  Parameters p = vascular(0.0);
  Vessels& blood = *p.regions[0].blood;
  blood.hydraulic_conductivity = 1e-3;
  blood.pressure = 2000.0;
  blood.oncotic = 500.0;
  blood.reflection["exosome"] = 0.6;
  p.regions[0].lymph = Vessels{};
  Vessels& lymph = *p.regions[0].lymph;
  lymph.surface_density = 1.5 * wall;
  lymph.hydraulic_conductivity = 2e-3;
  lymph.pressure = -100.0;
  lymph.reflection["exosome"] = 0.1;
  p.flow.kind = FlowKind::darcy;
  const double e_b = 1e-3 * wall, e_l = 2e-3 * 1.5 * wall, pressure = (e_b * 1500.0 - e_l * 100.0) / (e_b + e_l);
  const double brought = e_b * (1500.0 - pressure);  // per volume of tissue, and as much is drained
  check(p, 0.4 * brought / alpha, 0.9 * brought / alpha, 100.0, 5.0, "from blood", "to lymph");
}

}  // namespace vesicast::vessels_test
