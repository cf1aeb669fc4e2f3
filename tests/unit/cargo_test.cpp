// Cargo in one cell: every process against a closed form, all together against a reference integrator, the steady
// state, and what delivered copies do.
#include <gtest/gtest.h>

#include <cmath>

#include "src/donor/steady_cargo.hpp"
#include "src/donor/surface_pool.hpp"
#include "src/model/cargo_plan.hpp"
#include "src/parameters/parameters.hpp"
#include "src/parameters/vesicle_geometry.hpp"
#include "src/recipient/delivery.hpp"
#include "src/recipient/response.hpp"

namespace vesicast::cargo_test {

using namespace vesicast::donor;

namespace {

constexpr double hour = 3600.0;

/// The MVBs and one cargo of one cell, and what ended.
struct Cell {
  Mvbs mvbs;
  CargoContent cargo;
  double decayed = 0.0, digested = 0.0, released = 0.0, budded = 0.0;
};
struct Rates {
  Biogenesis b;
  CargoLoading loading;
  double decay = 0.0, synthesis = 0.0, leaving = 0.0;
};

/// biology.md sections 2 and 5, written down once more: d/dt of everything in `Cell`.
Cell derivative(const Cell& x, const Rates& r) {
  Cell d;
  const Biogenesis& b = r.b;
  const double k_fus = b.fusion * b.calcium, k_tr = b.transport;
  const auto moves = [&](const Stages& s, Stages& ds) {
    ds[endosome] -= b.maturation * s[endosome];
    ds[maturing] +=
        b.maturation * s[endosome] - (k_tr + b.lysosome + b.autophagy) * s[maturing] + b.comes_back * s[peripheral];
    ds[peripheral] += k_tr * s[maturing] - (b.docking + b.comes_back) * s[peripheral] + b.undocking * s[docked];
    ds[docked] += b.docking * s[peripheral] - (k_fus + b.undocking) * s[docked];
    ds[amphisome] += b.autophagy * s[maturing] - b.amphisome * s[amphisome];
  };
  const auto lost = [&](const Stages& s) {
    return b.lysosome * s[maturing] + (1.0 - b.amphisome_secreted) * b.amphisome * s[amphisome];
  };
  const auto out = [&](const Stages& s) {
    return k_fus * s[docked] + b.amphisome_secreted * b.amphisome * s[amphisome];
  };
  d.mvbs.count[endosome] = b.inflow;
  moves(x.mvbs.count, d.mvbs.count);
  for (std::size_t route = 0; route < ilv_routes; ++route) moves(x.mvbs.vesicles[route], d.mvbs.vesicles[route]);
  const DonorCargo& c = x.cargo.in;
  moves(c.mvbs[0].limiting, d.cargo.in.mvbs[0].limiting);
  moves(c.mvbs[0].loaded, d.cargo.in.mvbs[0].loaded);
  for (const Stage s : {maturing, peripheral, docked}) {
    double all = 0.0, load = 0.0;
    for (const Stages& v : x.mvbs.vesicles) all += v[s];
    const double room = 1.0 - all / (b.capacity * x.mvbs.count[s]);
    for (std::size_t route = 0; route < ilv_routes; ++route) {
      const double formed =
          b.formation[route] * b.scission * (s == maturing ? 1.0 : b.late_formation) * x.mvbs.count[s] * room;
      d.mvbs.vesicles[route][s] += formed - b.back_fusion * x.mvbs.vesicles[route][s];
      load += r.loading.per_ilv[route] * formed;
    }
    const bool membrane = r.loading.kind == CargoKind::membrane;
    const double net = (membrane ? load / x.mvbs.count[s] * c.mvbs[0].limiting[s] : load * c.pool) -
                       b.back_fusion * c.mvbs[0].loaded[s];
    (membrane ? d.cargo.in.mvbs[0].limiting[s] : d.cargo.in.pool) -= net;
    d.cargo.in.mvbs[0].loaded[s] += net;
  }
  d.decayed = r.decay * c.pool;
  d.budded = r.leaving * c.pool;
  d.digested = lost(c.mvbs[0].limiting) + lost(c.mvbs[0].loaded);
  d.released = out(c.mvbs[0].loaded);
  d.cargo.in.pool += out(c.mvbs[0].limiting) - d.decayed - d.budded;
  if (r.loading.kind == CargoKind::soluble) {
    d.cargo.in.pool += r.synthesis;
    return d;
  }
  const double exported = b.golgi_export * x.cargo.golgi, ee = c.mvbs[0].limiting[endosome];
  d.cargo.golgi = r.synthesis - exported + b.retrograde * ee;
  d.cargo.in.pool += (1.0 - b.golgi_to_endosomes) * exported - b.endocytosis * c.pool + b.recycling * ee;
  d.cargo.in.mvbs[0].limiting[endosome] +=
      b.golgi_to_endosomes * exported + b.endocytosis * c.pool - (b.recycling + b.retrograde) * ee;
  return d;
}

/// All numbers of a cell, for arithmetic.
std::vector<double*> numbers(Cell& x) {
  std::vector<double*> all{&x.cargo.golgi, &x.cargo.in.pool, &x.decayed, &x.digested, &x.released, &x.budded};
  for (std::size_t s = 0; s < living_stages; ++s) {
    all.push_back(&x.mvbs.count[s]);
    for (Stages& v : x.mvbs.vesicles) all.push_back(&v[s]);
    all.push_back(&x.cargo.in.mvbs[0].limiting[s]);
    all.push_back(&x.cargo.in.mvbs[0].loaded[s]);
  }
  return all;
}
Cell plus(Cell x, Cell d, double h) {
  const auto to = numbers(x), by = numbers(d);
  for (std::size_t i = 0; i < to.size(); ++i) *to[i] += h * *by[i];
  return x;
}
/// Classical Runge-Kutta of fourth order.
Cell reference(Cell x, const Rates& r, double end, int steps) {
  const double h = end / steps;
  for (int i = 0; i < steps; ++i) {
    const Cell k1 = derivative(x, r), k2 = derivative(plus(x, k1, 0.5 * h), r),
               k3 = derivative(plus(x, k2, 0.5 * h), r), k4 = derivative(plus(x, k3, h), r);
    x = plus(plus(plus(plus(x, k1, h / 6.0), k2, h / 3.0), k3, h / 3.0), k4, h / 6.0);
  }
  return x;
}

/// One step as a run takes it.
void step(Cell& x, const Rates& r, double dt) {
  const auto half = [&] {
    if (r.loading.kind == CargoKind::soluble) {
      const auto next = recipient::deliver(x.cargo.in.pool, 0.5 * dt * r.synthesis, r.decay, 0.5 * dt);
      x.cargo.in.pool = next.copies;
      x.decayed += next.lost;
      return;
    }
    const TransitionMatrix cycle(cycle_pools, membrane_cycle(r.b, r.decay), 0.5 * dt);
    const Cycle next = step_cycle({x.cargo.golgi, x.cargo.in.pool, x.cargo.in.mvbs[0].limiting[endosome], 0.0},
                                  {0.5 * dt * r.synthesis, 0.0, 0.0, 0.0}, cycle);
    x.cargo.golgi = next[in_golgi];
    x.cargo.in.pool = next[at_plasma_membrane];
    x.cargo.in.mvbs[0].limiting[endosome] = next[in_endosomes];
    x.decayed += next[cycle_decayed];
  };
  half();
  x.cargo.in.leaving = r.leaving * dt;
  step_pathway(x.mvbs, r.b, dt, {&x.cargo.in, 1}, {&r.loading, 1});
  x.budded += x.cargo.in.budded;
  x.digested += x.cargo.in.mvbs[0].digested;
  x.released += x.cargo.in.mvbs[0].burst + x.cargo.in.mvbs[0].expelled;
  half();
}

double everywhere(const Cell& x) {
  double sum = x.cargo.golgi + x.cargo.in.pool + x.decayed + x.digested + x.released + x.budded;
  for (std::size_t s = 0; s < living_stages; ++s) sum += x.cargo.in.mvbs[0].limiting[s] + x.cargo.in.mvbs[0].loaded[s];
  return sum;
}

/// A cell far from its steady state whose routes sort differently, much faster than the defaults.
Cell unsettled() {
  Cell x;
  x.mvbs.count = {20.0, 40.0, 9.0, 3.0, 2.0};
  for (std::size_t route = 0; route < ilv_routes; ++route) {
    x.mvbs.vesicles[route][maturing] = 100.0 * static_cast<double>(route + 1);
    x.mvbs.vesicles[route][peripheral] = 60.0;
    x.mvbs.vesicles[route][docked] = 20.0;
  }
  x.cargo.golgi = 300.0;
  x.cargo.in.pool = 1e4;
  x.cargo.in.mvbs[0].limiting = {500.0, 800.0, 90.0, 10.0, 5.0};
  x.cargo.in.mvbs[0].loaded = {0.0, 200.0, 30.0, 20.0, 5.0};
  return x;
}
Rates rates(CargoKind kind) {
  Rates r;
  r.b.fate_coupling = 0.0;
  r.b.endocytosis = 2.0 / hour;  // faster than by default, so that the cycle matters
  r.b.back_fusion = 1.0 / hour;
  r.loading.kind = kind;
  r.loading.per_ilv = {1e-4, 2e-4, 4e-4, 0.0};
  if (kind == CargoKind::membrane) r.loading.per_ilv = {0.04, 0.08, 0.02, 0.04};
  r.decay = 0.05 / hour;
  r.synthesis = 300.0 / hour;
  r.leaving = 0.1 / hour;
  return r;
}

class Cargo : public testing::TestWithParam<CargoKind> {};

}  // namespace

TEST_P(Cargo, AllTogetherIsOfSecondOrder) {
  const Rates r = rates(GetParam());
  const double end = 4.0 * hour;
  Cell exact = reference(unsettled(), r, end, 20000);
  std::vector<double> errors;
  for (const int steps : {80, 160, 320}) {
    Cell x = unsettled();
    for (int i = 0; i < steps; ++i) step(x, r, end / steps);
    double& error = errors.emplace_back(0.0);
    const auto a = numbers(x), e = numbers(exact);
    for (std::size_t i = 0; i < a.size(); ++i)
      if (*e[i] > 0.0) error = std::max(error, std::abs(*a[i] / *e[i] - 1.0));
    EXPECT_NEAR(everywhere(x) / everywhere(exact), 1.0, 1e-12);
  }
  EXPECT_LT(errors[2], 2e-3) << errors[0] << " " << errors[1];
  EXPECT_GT(std::log2(errors[0] / errors[1]), 1.9) << errors[0] << " " << errors[1];
  EXPECT_GT(std::log2(errors[1] / errors[2]), 1.9) << errors[1] << " " << errors[2];
}

TEST_P(Cargo, SettlesWhereAStepChangesNothing) {
  const Rates r = rates(GetParam());
  const double dt = 60.0;
  Cell x;
  x.mvbs = steady_pathway(r.b, dt);
  const auto unit = steady_cargo({{r.loading}, r.decay, r.leaving, &r.b, {r.b}, {1.0}, {x.mvbs}}, dt);
  ASSERT_TRUE(unit.has_value());
  x.cargo = *unit;
  Rates one = r;
  one.synthesis = 1.0;
  const double before = x.cargo.in.pool, loaded = x.cargo.in.mvbs[0].loaded[maturing];
  for (int i = 0; i < 1000; ++i) step(x, one, dt);
  EXPECT_GT(before, 0.0);
  EXPECT_NEAR(x.cargo.in.pool / before, 1.0, 1e-9);
  EXPECT_NEAR(x.cargo.in.mvbs[0].loaded[maturing] / loaded, 1.0, 1e-9);
  EXPECT_NEAR((x.decayed + x.digested + x.released + x.budded) / (1000.0 * dt), 1.0, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Cargo, testing::Values(CargoKind::soluble, CargoKind::membrane),
                         [](const auto& kind) { return kind.param == CargoKind::soluble ? "soluble" : "membrane"; });

TEST(CargoLoading, IsTheExchangeOfTwoPools) {
  DonorCargo cargo;
  cargo.pool = 100.0;
  cargo.mvbs[0].loaded[maturing] = 40.0;
  const CargoLoading loading{CargoKind::soluble, {0.01, 0.0, 0.0, 0.0}};
  load(cargo.pool, cargo.mvbs[0], loading, maturing, 10.0, {50.0, 7.0, 0.0, 0.0}, 0.02, 30.0);
  const double taken = 0.5, back = 0.6, settles = 140.0 * back / (taken + back);
  const double exact = settles + (100.0 - settles) * std::exp(-(taken + back));
  EXPECT_NEAR(cargo.pool, exact, 1e-12);
  EXPECT_NEAR(cargo.pool + cargo.mvbs[0].loaded[maturing], 140.0, 1e-12);
}

TEST(CargoLoading, NothingIsTakenThatIsNotThere) {
  DonorCargo cargo;
  cargo.pool = 10.0;
  const CargoLoading loading{CargoKind::soluble, {1e6, 0.0, 0.0, 0.0}};
  load(cargo.pool, cargo.mvbs[0], loading, maturing, 10.0, {1e6, 0.0, 0.0, 0.0}, 0.0, 30.0);
  EXPECT_GE(cargo.pool, 0.0);
  EXPECT_NEAR(cargo.pool, 0.0, 1e-10);
  EXPECT_NEAR(cargo.mvbs[0].loaded[maturing], 10.0, 1e-10);
  cargo.leaving = 2.0;
  cargo.pool = 8.0;
  bud(cargo);
  EXPECT_NEAR(cargo.budded, 8.0 * (1.0 - std::exp(-2.0)), 1e-12);
  EXPECT_NEAR(cargo.pool, 8.0 * std::exp(-2.0), 1e-12);
}

TEST(CargoLoading, PassiveIsTheShareOfTheVolume) {
  // biology.md section 0: 1e4 copies x 3.8e-4/1000 um^3 = 0.0038 per vesicle of 100 nm.
  Parameters p;
  VesicleClass exosome;
  exosome.name = "exosome";
  exosome.size = {1, 0.1, 0.0};
  p.vesicles = {exosome};
  p.cargo = {{"miR-21"}, {"receptor", 0.0, CargoKind::membrane}};
  CellType type;
  type.biogenesis.emplace();
  type.biogenesis->exosome = "exosome";
  type.donor["exosome"] = {0.0, ReleaseMode::pathway};
  type.cargo["miR-21"] = {.copies = 1e4, .synthesis = {}, .sorting = {1.0, 1.0, 5.0, 1.0}};
  type.cargo["receptor"] = {.copies = 1e4, .synthesis = {}};
  const auto soluble = cargo_rates(p, type, 0), membrane = cargo_rates(p, type, 1);
  EXPECT_NEAR(1e4 * soluble->ilv[0].per_ilv[0], 0.0038, 5e-5);
  EXPECT_NEAR(1e4 * soluble->ilv[0].per_ilv[2], 5.0 * 0.0038, 3e-4);
  EXPECT_NEAR(membrane->ilv[0].per_ilv[0], 0.04, 1e-4);  // (100/500)^2
  EXPECT_EQ(soluble->at_surface[0], 0.0);
  // Lognormal diameters, mean 100 nm, SD 30 nm: moments 1.09 and 1.09^3 of those of one size.
  EXPECT_NEAR(surface_area({1, 0.1, 0.03}) / surface_area({1, 0.1, 0.0}), 1.09, 1e-12);
  EXPECT_NEAR(mean_power({1, 0.1, 0.03}, 3) / 1e-3, 1.09 * 1.09 * 1.09, 1e-12);
}

TEST(SurfacePool, InMidStepIsSecondOrderAndWithinWhatThereIs) {
  Biogenesis b;
  b.calcium = 2.0;
  b.amphisome_secreted = 0.25;
  const auto start = [&](double dt) {
    DonorCargo cargo;
    cargo.pool = 100.0;
    cargo.leaving = 1e-4 * dt;
    cargo.mvbs[0].limiting[docked] = 10.0;
    cargo.mvbs[0].limiting[amphisome] = 4.0;
    return cargo;
  };
  // dP/dt = k_fus Ca Lm_docked + f_sa k_al Lm_amphisome - leaving P
  const double slope = 4.0 / hour * 10.0 + 0.25 / hour * 4.0 - 1e-4 * 100.0;
  const auto error = [&](double dt) {
    return std::abs(pool_in_mid_step(start(dt), std::array{HalfStepFusions(b, dt)}) - (100.0 + 0.5 * dt * slope));
  };
  EXPECT_LT(error(100.0), 0.05);
  EXPECT_NEAR(error(100.0) / error(50.0), 4.0, 0.1);
  EXPECT_NEAR(pool_in_mid_step(start(1e9), std::array{HalfStepFusions(b, 1e9)}), 10.0 + 0.25 * 4.0, 1e-12);
}

TEST(Response, IsRelativeToACellAtRest) {
  Response r;
  r.fold = 4.0;
  r.half = 100.0;
  r.decay = 0.1 / hour;
  for (const ResponseKind kind : {ResponseKind::repression, ResponseKind::activation}) {
    r.kind = kind;
    EXPECT_DOUBLE_EQ(recipient::settled_level(80.0, 80.0, r), 1.0);
    EXPECT_DOUBLE_EQ(recipient::level_after(1.0, 80.0, 80.0, r, 10.0 * hour), 1.0);
    // In the other unit, 1 without the cargo, it is the same level.
    const double unit = recipient::settled_level(80.0, 0.0, r);
    EXPECT_NEAR(recipient::level_after(0.7, 300.0, 80.0, r, 5.0 * hour) * unit,
                recipient::level_after(0.7 * unit, 300.0, 0.0, r, 5.0 * hour), 1e-14);
  }
}

TEST(Response, FollowsItsEquationExactly) {
  Response r;
  r.fold = 4.0;
  r.half = 100.0;
  r.hill = 2.0;
  r.decay = 0.1 / hour;
  EXPECT_NEAR(recipient::hill(100.0, r), 0.5, 1e-15);
  EXPECT_EQ(recipient::hill(0.0, r), 0.0);
  EXPECT_NEAR(recipient::settled_level(1e9, 0.0, r), 0.25, 1e-6);
  double level = 1.0;
  const double dt = 0.1, fold = 1.0 + 3.0 * recipient::hill(150.0, r);
  for (int i = 0; i < 360000; ++i) level += dt * r.decay * (1.0 - fold * level);
  EXPECT_NEAR(recipient::level_after(1.0, 150.0, 0.0, r, 36000.0), level, 1e-5);
  r.kind = ResponseKind::activation;
  EXPECT_NEAR(recipient::settled_level(100.0, 0.0, r), 2.5, 1e-12);
  EXPECT_NEAR(recipient::level_after(1.0, 100.0, 0.0, r, 36000.0), 2.5 - 1.5 * std::exp(-1.0), 1e-12);
}

}  // namespace vesicast::cargo_test
