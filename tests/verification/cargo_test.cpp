// Cargo in a tissue: made, loaded, carried, delivered, sent on; second order with everything that follows, and a ledger
// that closes for every cargo.
#include <gtest/gtest.h>

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/ledger/ledger.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/parameters/vesicle_geometry.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::cargo_test {
namespace {

constexpr double hour = 3600.0;

/// Donors with a miRNA and a receptor of their own, recipients that send on what they are delivered, a direct donor.
Parameters parameters(double speed, bool steady) {
  Parameters p = test::parameters_of({6, 6, 1}, 20.0, 1.0);
  p.transport.tolerance = 1e-13;
  p.vesicles[0].size = {1, 0.1, 0.03};
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  micro.diffusivity = 0.3;
  micro.size = {1, 0.25, 0.13};
  p.vesicles.push_back(micro);
  p.cargo = {{"miR-21", 0.3 / hour}, {"EGFR", 0.2 / hour, CargoKind::membrane}};
  CellType donor = test::recipient_type("donor"), relay = test::recipient_type("relay"),
           direct = test::recipient_type("direct");
  for (CellType* t : {&donor, &relay, &direct}) {
    Uptake& u = t->recipient["exosome"];
    u.fluid = 0.1;
    u.k_fusion = 1e-4;
    u.k_back_fusion = 1e-3;
    u.k_late = 1.2e-3;
    u.k_lysosome = 0.9e-3;
    u.k_degradation = 1.1e-3;
    u.k_resecretion = 0.8e-3;
    t->recipient["microvesicle"] = u;
    t->recipient["microvesicle"].k_on *= 0.8;
  }
  for (CellType* t : {&donor, &relay}) {
    test::give_pathway(*t, speed, "microvesicle");
    t->biogenesis->steady_start = steady;
    t->biogenesis->endocytosis = 2.0 / hour;  // faster than by default, so that the cycle matters
    for (double Biogenesis::*rate :
         {&Biogenesis::endocytosis, &Biogenesis::recycling, &Biogenesis::retrograde, &Biogenesis::golgi_export})
      (*t->biogenesis).*rate *= speed;
  }
  donor.cargo["miR-21"] = {.copies = 1e5, .synthesis = {}, .sorting = {1.0, 2.0, 8.0, 1.0}, .sorting_at_surface = 3.0};
  donor.cargo["EGFR"] = {.copies = 2e4, .synthesis = {}};
  relay.cargo["miR-21"] = {.copies = 0.0, .synthesis = {}, .sorting = {50.0, 45.0, 55.0, 60.0}};
  relay.cargo["EGFR"] = {.copies = 0.0, .synthesis = {}};
  direct.donor["exosome"] = {0.05, ReleaseMode::constant, 30.0};
  direct.cargo["miR-21"] = {.copies = {}, .synthesis = 1.0, .sorting = {}, .sorting_at_surface = 1000.0};
  p.cell_types = {donor, relay, direct};
  return p;
}
std::vector<PlacedCell> cells() {
  return {
      {0, {50.0, 50.0, 10.0}, 0}, {1, {70.0, 50.0, 10.0}, 1}, {2, {30.0, 90.0, 10.0}, 2}, {3, {55.0, 55.0, 10.0}, 1}};
}

std::vector<double> everything(const test::Scene& s) {
  std::vector<double> result;
  for (const Field& f : s.state.fields) {
    const auto values = test::gather(f, *s.domain);
    result.insert(result.end(), values.begin(), values.end());
  }
  std::vector<double> of_cells;
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (std::size_t which = 0; which < s.state.cells.count(static_cast<CellArray>(a)); ++which) {
      const auto array = s.state.cells.at(static_cast<CellArray>(a), which);
      std::vector<double> row(cells().size(), 0.0);
      for (std::size_t c = 0; c < array.size(); ++c) row[static_cast<std::size_t>(s.state.cells.id[c])] = array[c];
      of_cells.insert(of_cells.end(), row.begin(), row.end());
    }
  MPI_Allreduce(MPI_IN_PLACE, of_cells.data(), static_cast<int>(of_cells.size()), MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  result.insert(result.end(), of_cells.begin(), of_cells.end());
  return result;
}

std::vector<double> solve(int steps) {
  Parameters p = parameters(30.0, false);
  p.cell_types[1].responses["PTEN"] = {.cargo = "miR-21", .half = 3.0, .decay = 1e-3};
  test::Scene s = test::make_scene(p, cells());
  Timings t;
  simulate(s, to_ticks(1280.0), to_ticks(1280.0 / steps), {}, t);
  return everything(s);
}

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (b[i] > 0.0) worst = std::max(worst, std::abs(a[i] / b[i] - 1.0));
  return worst;
}

const Balance& of_cargo(const Ledger& ledger, std::string_view name) {
  for (const Balance& b : ledger.cargo)
    if (b.name == name) return b;
  throw std::runtime_error("no such cargo");
}

}  // namespace

TEST(CargoInATissue, IsOfSecondOrder) {
  const auto reference = solve(2560);
  const double coarse = distance(solve(80), reference), middle = distance(solve(160), reference),
               fine = distance(solve(320), reference);
  test::verify({.name = "soluble and membrane cargo made, loaded, delivered and sent on, response, 1280 s; any pool",
                .exact = "the same in 2560 steps",
                .norm = "largest relative",
                .levels = {{16.0, coarse}, {8.0, middle}, {4.0, fine}},
                .largest_error = 2e-2,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(CargoInATissue, LedgerClosesAfterTenThousandSteps) {
  Parameters p = parameters(3.0, false);
  p.transport.tolerance = 1e-4;
  for (VesicleClass& v : p.vesicles) v.decay = 1e-4;
  p.vesicles[0].matrix = MatrixBinding{1e-3, 1e-3, 1.0, {}};
  p.vesicles[0].initial_concentration = 1e-4;
  p.vesicles[0].cargo = {{"miR-21", 0.5}, {"EGFR", 2.0}};
  p.cell_types[0].receptors = 20.0;  // saturates
  p.cell_types[2].cargo.clear();     // releases vesicles that carry what the class is given
  test::Scene s = test::make_scene(with_size_bins(p), cells());
  Timings t;
  simulate(s, to_ticks(1e5), to_ticks(10.0), {}, t);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  ASSERT_EQ(ledger.cargo.size(), 2u);
  double worst = 0.0;
  for (const Balance& b : ledger.cargo) {
    worst = std::max(worst, b.residual());
    EXPECT_GT(b["given"], 0.0);
    EXPECT_GT(b["synthesised"], 0.0);
    EXPECT_GT(b["carried"], 0.0);
    EXPECT_GT(b["digested in the donor"], 0.0);
    EXPECT_GT(b["decayed in the cell"], 0.0);
    EXPECT_GT(b["degraded"], 0.0);
  }
  test::verify({.name = "two cargoes with every process on, 10^4 steps",
                .exact = "what was there, made and given",
                .norm = "ledger residual",
                .levels = {{0.0, worst}},
                .largest_error = 1e-12});
}

TEST(CargoInATissue, ASteadyDonorKeepsItsCopiesAndReleasesTheirShare) {
  Parameters p = parameters(1.0, true);
  p.cell_types[0].recipient.clear();
  p.run.step = to_ticks(30.0);  // where pathways settle depends on it
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 0}});
  Timings t;
  simulate(s, to_ticks(6.0 * hour), to_ticks(30.0), {}, t);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  const Balance &mir = of_cargo(ledger, "miR-21"), &egfr = of_cargo(ledger, "EGFR");
  EXPECT_NEAR(mir["cytosol"] / 1e5, 1.0, 1e-9);
  EXPECT_NEAR(egfr["plasma membrane"] / 2e4, 1.0, 1e-9);
  EXPECT_GT(egfr["digested in the donor"], 0.0);
  // Copies per vesicle: E V_lumen/V_cyt of the cytosol's, mean sorting of the routes 1 x .35 + 2 x .3 + 8 x .2 + 1 x
  // .15.
  double copies = 0.0, vesicles = 0.0;
  for (std::size_t f = 0; f < s.model.fields.size(); ++f) {
    const FieldKey& key = s.model.fields[f];
    if (key.vesicle != 0 || (key.cargo && *key.cargo != 0)) continue;
    for (const double x : s.state.cells.at(CellArray::secreted, f)) (key.cargo ? copies : vesicles) += x;
  }
  std::array<double, 2> sums{copies, vesicles};
  MPI_Allreduce(MPI_IN_PLACE, sums.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  // Those that form late count less, and vesicles fuse back: copies per vesicle are those at formation.
  const double loaded = 2.7 * 1e5 * lumen_volume(p.vesicles[0].size) / 1000.0;
  EXPECT_NEAR(sums[0] / sums[1] / loaded, 1.0, 0.01);
}

TEST(CargoInATissue, AStationaryStartHoldsForTheCopiesToo) {
  Parameters p = parameters(1.0, true);
  p.run.step = to_ticks(30.0);
  for (VesicleClass& v : p.vesicles) v.decay = 1e-3;
  p.cell_types[0].recipient.clear();
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 0}});
  start_stationary(s.state, s.model, s.site, s.seats);
  const auto shares = [&] {  // copies in the field over vesicles, of every voxel: one donor, one number
    std::vector<double> all;
    for (const std::size_t f : s.model.fields_of[0]) {
      if (s.model.sources[s.model.fields[f].source] != "donor") continue;
      const auto vesicles = test::gather(s.state.fields[f], *s.domain),
                 copies = test::gather(s.state.fields[*s.model.copies_in[0][f]], *s.domain);
      for (std::size_t i = 0; i < vesicles.size(); ++i) all.push_back(copies[i] / vesicles[i]);
    }
    return all;
  };
  const std::vector<double> before = shares();
  ASSERT_FALSE(before.empty());
  for (const double x : before) EXPECT_NEAR(x / before[0], 1.0, 1e-9);
  Timings t;
  simulate(s, to_ticks(hour), to_ticks(30.0), {}, t);
  for (const double x : shares()) EXPECT_NEAR(x / before[0], 1.0, 1e-5);
  EXPECT_LT(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(CargoInATissue, DeliveredCopiesAreSentOn) {
  Parameters p = parameters(1.0, true);
  // A relay that never made the cargo, and a recipient too far from the donor to see much of its vesicles.
  p.cell_types[0].cargo["miR-21"].sorting.fill(100.0);
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 0}, {1, {55.0, 55.0, 10.0}, 1}});
  Timings t;
  simulate(s, to_ticks(12.0 * hour), to_ticks(60.0), {}, t);
  double sent = 0.0, held = 0.0;
  for (std::size_t f = 0; f < s.model.fields.size(); ++f) {
    const FieldKey& key = s.model.fields[f];
    if (key.cargo != std::size_t{0} || s.model.sources[key.source] != "relay") continue;
    for (const double x : s.state.cells.at(CellArray::secreted, f)) sent += x;
  }
  for (std::size_t c = 0; c < s.state.cells.size(); ++c)
    if (s.state.cells.type[c] == 1) held += s.state.cells.at(CellArray::cytosol, 0)[c];
  std::array<double, 2> sums{sent, held};
  MPI_Allreduce(MPI_IN_PLACE, sums.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_GT(sums[0], 0.0);
  EXPECT_GT(sums[1], 0.0);
}

TEST(CargoInATissue, AResponseTurnsACellIntoAnotherType) {
  Parameters p = parameters(1.0, true);
  p.cell_types[0].cargo["miR-21"].sorting.fill(1000.0);
  CellType activated = p.cell_types[1];
  activated.name = "activated";
  activated.receptors = 5.0;
  p.cell_types[1].responses["SMAD7"] = {.cargo = "miR-21", .fold = 10.0, .half = 1.0, .decay = 1.0 / hour};
  p.cell_types[1].becomes = PhenotypeSwitch{"activated", "SMAD7", false, 0.5, 600.0};
  p.cell_types.push_back(activated);
  p.vesicles[0].initial_concentration = 1e-2;
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 0}, {1, {55.0, 55.0, 10.0}, 1}});
  Timings t;
  const auto type_of_relay = [&] {
    int type = -1;
    for (std::size_t c = 0; c < s.state.cells.size(); ++c)
      if (s.state.cells.id[c] == 1) type = s.state.cells.type[c];
    MPI_Allreduce(MPI_IN_PLACE, &type, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return type;
  };
  simulate(s, to_ticks(600.0), to_ticks(30.0), {}, t);
  EXPECT_EQ(type_of_relay(), 1);  // the level takes its time, and must hold
  simulate(s, to_ticks(20.0 * hour), to_ticks(30.0), {}, t);
  EXPECT_EQ(type_of_relay(), 3);
  audit(s);  // no more bound than the new type has receptors
  // What tetherin held of its release as a relay came off: it is of that source, and half of it is gone in an hour.
  std::array<double, 2> held{};  // of the vesicles of relays, of activated cells
  for (std::size_t f = 0; f < s.model.fields.size(); ++f)
    for (const double x : s.state.cells.at(CellArray::tethered, f))
      if (s.model.sources[s.model.fields[f].source] == "relay")
        held[0] += x;
      else if (s.model.sources[s.model.fields[f].source] == "activated")
        held[1] += x;
  MPI_Allreduce(MPI_IN_PLACE, held.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_LT(held[0], 1e-3 * held[1]);
  EXPECT_LT(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(CargoInATissue, OwnCopiesAtRestMoveNoLevel) {
  Parameters p = parameters(1.0, true);
  CellType lone = test::recipient_type("lone"), other = test::recipient_type("other");
  lone.cargo["miR-21"] = {.copies = 1000.0, .synthesis = {}};
  lone.responses["SMAD7"] = {.cargo = "miR-21", .fold = 4.0, .half = 300.0, .decay = 1.0 / hour};
  lone.becomes = PhenotypeSwitch{"other", "SMAD7", false, 0.99, 60.0};
  p.cell_types = {lone, other};
  p.vesicles[0].initial_concentration = 0.0;
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 0}});
  Timings t;
  simulate(s, to_ticks(12.0 * hour), to_ticks(60.0), {}, t);
  for (std::size_t c = 0; c < s.state.cells.size(); ++c) {
    EXPECT_EQ(s.state.cells.type[c], 0);
    EXPECT_NEAR(s.state.cells.at(CellArray::response, 0)[c], 1.0, 1e-9);
  }
}

TEST(CargoInATissue, CopiesAndSynthesisTogetherNeedNoSteadyState) {
  Parameters p = parameters(1.0, true);
  p.cargo[0].decay = 0.0;
  CellType keeps = test::recipient_type("keeps");
  keeps.cargo["miR-21"] = {.copies = 10.0, .synthesis = 1.0 / hour};
  p.cell_types = {p.cell_types[0], keeps};
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 1}});
  Timings t;
  simulate(s, to_ticks(2.0 * hour), to_ticks(60.0), {}, t);
  EXPECT_NEAR(of_cargo(measure_ledger(s.state, s.model, MPI_COMM_WORLD), "miR-21")["cytosol"], 12.0, 1e-9);
  // Without the copies it is asked where it settles, and it does not.
  p.cell_types[1].cargo["miR-21"].copies.reset();
  EXPECT_THROW((void)test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 1}}), InputError);
}

}  // namespace vesicast::cargo_test
