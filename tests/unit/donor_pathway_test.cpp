// The donor pathway of one cell: every process against a closed form, all together against a reference integrator, and
// the steady state and knock-downs that the defaults were computed for.
#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "decomposition/base/error.hpp"
#include "src/donor/budding.hpp"
#include "src/donor/ilv_formation.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/tether.hpp"

namespace vesicast::donor_pathway_test {

using namespace vesicast::donor;

namespace {

constexpr double hour = 3600.0;

/// No process at all.
Biogenesis nothing() {
  Biogenesis b;
  for (double Biogenesis::*rate :
       {&Biogenesis::inflow, &Biogenesis::maturation, &Biogenesis::transport, &Biogenesis::lysosome,
        &Biogenesis::autophagy, &Biogenesis::amphisome, &Biogenesis::docking, &Biogenesis::comes_back,
        &Biogenesis::undocking, &Biogenesis::fusion, &Biogenesis::back_fusion, &Biogenesis::fate_coupling,
        &Biogenesis::detachment, &Biogenesis::reinternalisation, &Biogenesis::microvesicles, &Biogenesis::ectosomes})
    b.*rate = 0.0;
  b.formation = {};
  return b;
}

double held(const Mvbs& m) {
  double sum = 0.0;
  for (const Stages& x : m.vesicles)
    for (std::size_t s = 0; s < living_stages; ++s) sum += x[s];
  return sum;
}

/// The equations of biology.md section 2, written down once more: d/dt of counts and vesicles, fates included.
Mvbs derivative(const Mvbs& m, const Biogenesis& b) {
  Mvbs d;
  const double k_tr = coupled_transport(m, b), k_fus = b.fusion * b.calcium;
  const auto flows = [&](const Stages& x, Stages& dx, double in) {
    dx[endosome] = in - b.maturation * x[endosome];
    dx[maturing] =
        b.maturation * x[endosome] - (k_tr + b.lysosome + b.autophagy) * x[maturing] + b.comes_back * x[peripheral];
    dx[peripheral] = k_tr * x[maturing] - (b.docking + b.comes_back) * x[peripheral] + b.undocking * x[docked];
    dx[docked] = b.docking * x[peripheral] - (k_fus + b.undocking) * x[docked];
    dx[amphisome] = b.autophagy * x[maturing] - b.amphisome * x[amphisome];
    dx[digested] = b.lysosome * x[maturing] + (1.0 - b.amphisome_secreted) * b.amphisome * x[amphisome];
    dx[fused] = k_fus * x[docked];
    dx[expelled] = b.amphisome_secreted * b.amphisome * x[amphisome];
  };
  flows(m.count, d.count, b.inflow);
  for (std::size_t x = 0; x < ilv_routes; ++x) flows(m.vesicles[x], d.vesicles[x], 0.0);
  for (const Stage s : {maturing, peripheral, docked}) {
    double all = 0.0;
    for (const Stages& x : m.vesicles) all += x[s];
    const double room = m.count[s] > 0.0 ? 1.0 - all / (b.capacity * m.count[s]) : 0.0;
    for (std::size_t x = 0; x < ilv_routes; ++x)
      d.vesicles[x][s] += b.formation[x] * b.scission * (s == maturing ? 1.0 : b.late_formation) * m.count[s] * room -
                          b.back_fusion * m.vesicles[x][s];
  }
  return d;
}

Mvbs plus(const Mvbs& m, const Mvbs& d, double h) {
  Mvbs r = m;
  for (std::size_t s = 0; s < stage_count; ++s) {
    r.count[s] += h * d.count[s];
    for (std::size_t x = 0; x < ilv_routes; ++x) r.vesicles[x][s] += h * d.vesicles[x][s];
  }
  return r;
}

/// Classical Runge-Kutta of fourth order, fates left to grow.
Mvbs reference(Mvbs m, const Biogenesis& b, double end, int steps) {
  const double h = end / steps;
  for (int i = 0; i < steps; ++i) {
    const Mvbs k1 = derivative(m, b), k2 = derivative(plus(m, k1, 0.5 * h), b),
               k3 = derivative(plus(m, k2, 0.5 * h), b), k4 = derivative(plus(m, k3, h), b);
    m = plus(plus(plus(plus(m, k1, h / 6.0), k2, h / 3.0), k3, h / 3.0), k4, h / 6.0);
  }
  return m;
}

/// A cell far from its steady state.
Mvbs unsettled() {
  Mvbs m;
  m.count = {20.0, 40.0, 9.0, 3.0, 2.0};
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    m.vesicles[x][maturing] = 100.0 * static_cast<double>(x + 1);
    m.vesicles[x][peripheral] = 60.0 - 10.0 * static_cast<double>(x);
    m.vesicles[x][docked] = 20.0;
    m.vesicles[x][amphisome] = 7.0;
  }
  return m;
}

struct Settled {
  Mvbs m;
  Made per_hour;
};
Settled settled(const Biogenesis& b) {
  Settled s{steady_pathway(b, 30.0), {}};
  Mvbs m = s.m;
  for (int i = 0; i < 120; ++i) {
    const Made made = step_pathway(m, b, 30.0);
    s.per_hour.burst += made.burst;
    s.per_hour.expelled += made.expelled;
    s.per_hour.fusions += made.fusions;
  }
  return s;
}
double mvbs(const Mvbs& m) {
  return m.count[maturing] + m.count[peripheral] + m.count[docked];
}

}  // namespace

TEST(DonorPathway, SettlesWhereTheDefaultsWereComputedToSettle) {
  const Settled s = settled({});
  EXPECT_NEAR(s.m.count[maturing], 100.0, 0.5);
  EXPECT_NEAR(s.m.count[peripheral], 4.0, 0.02);
  EXPECT_NEAR(s.m.count[docked], 1.0, 0.005);
  EXPECT_NEAR(s.per_hour.fusions, 2.0, 0.01);
  EXPECT_NEAR(s.per_hour.burst / s.per_hour.fusions, 30.0, 0.15);
  EXPECT_NEAR(s.per_hour.burst, 60.0, 0.3);
  EXPECT_NEAR(s.per_hour.expelled, 3.5, 0.05);
}

TEST(DonorPathway, KnockDownsDoWhatTheDesignComputed) {
  const Settled base = settled({});
  const auto with = [](auto&& change) {
    Biogenesis b;
    change(b);
    return settled(b);
  };
  // Numbers of two digits, from an independent computation of the same equations.
  const Settled half = with([](Biogenesis& b) { b.lysosome *= 0.5; });
  EXPECT_NEAR(half.per_hour.burst / base.per_hour.burst, 2.3, 0.05);
  EXPECT_NEAR(half.per_hour.fusions / base.per_hour.fusions, 1.9, 0.05);
  const Settled quarter = with([](Biogenesis& b) { b.lysosome *= 0.25; });
  EXPECT_NEAR(quarter.per_hour.burst / base.per_hour.burst, 4.7, 0.05);
  EXPECT_NEAR(quarter.per_hour.fusions / base.per_hour.fusions, 3.4, 0.05);
  const Settled rab27a = with([](Biogenesis& b) { b.docking *= 1.0 - 0.9 * 0.85; });
  EXPECT_NEAR(rab27a.per_hour.burst / base.per_hour.burst, 0.33, 0.005);
  EXPECT_NEAR(rab27a.per_hour.burst / rab27a.per_hour.fusions / 30.0, 1.04, 0.005);
  const Settled rab27b = with([](Biogenesis& b) {
    b.transport *= 1.0 - 0.5 * 0.85;
    b.docking *= 1.0 - 0.3 * 0.85;
  });
  EXPECT_NEAR(rab27b.per_hour.burst / base.per_hour.burst, 0.48, 0.005);
  EXPECT_NEAR(rab27b.m.count[peripheral] / base.m.count[peripheral], 0.64, 0.005);
  const Settled snap23 = with([](Biogenesis& b) { b.fusion *= 0.1; });
  EXPECT_NEAR(snap23.per_hour.burst / base.per_hour.burst, 0.29, 0.005);
  EXPECT_NEAR(mvbs(snap23.m) / mvbs(base.m), 1.05, 0.005);
}

TEST(DonorPathway, MovesAreExactForConstantRates) {
  Biogenesis b;
  b.formation = {};
  b.back_fusion = b.fate_coupling = 0.0;
  for (const double dt : {30.0, hour, 20.0 * hour}) {
    Mvbs m = unsettled();
    move(m, transitions(b, b.transport, dt));
    const Mvbs r = reference(unsettled(), b, dt, 20000);
    for (std::size_t s = 0; s < stage_count; ++s) {
      EXPECT_NEAR(m.count[s], r.count[s], 1e-10 * r.count[s] + 1e-12) << s;
      EXPECT_NEAR(m.vesicles[2][s], r.vesicles[2][s], 1e-10 * r.vesicles[2][s] + 1e-12) << s;
    }
  }
}

TEST(DonorPathway, TheSeriesInTheRateOfTransportGivesTheTransitionsExactly) {
  const Biogenesis b;
  const double least = 0.02 / 3600.0, most = 0.2 / 3600.0;
  for (const double dt : {1.0, 30.0, 300.0}) {
    const Moves moves(b, most, dt);
    const auto series = TransitionSeries::of(moves, least, most, dt);
    ASSERT_TRUE(series.has_value());
    for (const double transport : {least, 0.06 / 3600.0, most}) {
      const Transitions a = series->at(transport), e = moves.at(transport);
      for (std::size_t to = 0; to < stage_count; ++to) {
        EXPECT_NEAR(a.inflow[to], e.inflow[to], 1e-14 * e.inflow[to]) << to;
        for (std::size_t from = 0; from < living_stages; ++from)
          EXPECT_NEAR(a.from[from][to], e.from[from][to], 1e-14 * e.from[from][to]) << from << " " << to;
      }
    }
  }
  // Where transport changes much in a step it would take too many terms.
  EXPECT_FALSE(TransitionSeries::of(Moves(b, most, 36000.0), least, most, 36000.0).has_value());
  // Without transport nothing is ever transported.
  const auto none = TransitionSeries::of(Moves(b, most, 30.0), 0.0, most, 30.0);
  ASSERT_TRUE(none.has_value());
  EXPECT_NEAR(none->at(0.0).from[maturing][peripheral], 0.0, 1e-19);
}

TEST(DonorPathway, FormationAndBackFusionAreExactForAConstantNumberOfMvbs) {
  Biogenesis b = nothing();
  const Biogenesis defaults;
  b.formation = defaults.formation;
  b.back_fusion = 0.3 / hour;
  for (const double dt : {30.0, hour, 20.0 * hour}) {
    Mvbs m = unsettled();
    const double before = held(m);
    const Made made = step_pathway(m, b, dt);
    const Mvbs r = reference(unsettled(), b, dt, 20000);
    for (std::size_t x = 0; x < ilv_routes; ++x)
      for (const Stage s : {maturing, peripheral, docked})
        EXPECT_NEAR(m.vesicles[x][s], r.vesicles[x][s], 1e-10 * r.vesicles[x][s]) << x << s;
    EXPECT_NEAR(before + made.formed, held(m) + made.back_fused, 1e-12 * held(m));
  }
  // Without back-fusion they fill up.
  b.back_fusion = 0.0;
  Mvbs m = unsettled();
  for (int i = 0; i < 100; ++i) step_pathway(m, b, 10.0 * hour);
  double maturing_ilvs = 0.0;
  for (const Stages& x : m.vesicles) maturing_ilvs += x[maturing];
  EXPECT_NEAR(maturing_ilvs, b.capacity * 40.0, 1e-9 * b.capacity * 40.0);
  // Without formation they decay.
  b = nothing();
  b.back_fusion = 0.3 / hour;
  m = unsettled();
  step_pathway(m, b, hour);
  EXPECT_NEAR(m.vesicles[1][maturing], 200.0 * std::exp(-0.3), 1e-12 * 200.0);
}

TEST(DonorPathway, AllTogetherAreOfSecondOrder) {
  const Biogenesis b;
  const double end = 4.0 * hour;
  const Mvbs r = reference(unsettled(), b, end, 40000);
  double released = 0.0;
  for (const Stages& x : r.vesicles) released += x[fused];
  double before = 0.0;
  for (const int steps : {8, 16, 32, 64}) {
    Mvbs m = unsettled();
    double burst = 0.0;
    for (int i = 0; i < steps; ++i) burst += step_pathway(m, b, end / steps).burst;
    double error = std::abs(burst / released - 1.0);
    for (std::size_t x = 0; x < ilv_routes; ++x)
      for (std::size_t s = maturing; s < living_stages; ++s)
        error = std::max(error, std::abs(m.vesicles[x][s] / r.vesicles[x][s] - 1.0));
    if (steps > 8) {
      EXPECT_GE(std::log2(before / error), 1.9) << steps;
    }
    before = error;
  }
  EXPECT_LT(before, 1e-3);
}

TEST(DonorPathway, LosesNothingAndHoldsNothingNegative) {
  for (const double speed : {1.0, 30.0})
    for (const double dt : {1.0, 60.0, 10.0 * hour}) {
      Biogenesis b;
      Mvbs m;
      double made = 0.0, gone = 0.0, scale = 1.0;
      for (double Biogenesis::*rate : {&Biogenesis::transport, &Biogenesis::lysosome, &Biogenesis::fusion})
        b.*rate *= speed;
      for (int i = 0; i < 2000; ++i) {
        const Made step = step_pathway(m, b, dt);
        made += step.formed;
        gone += step.back_fused + step.digested + step.burst + step.expelled;
        for (const double x : {step.formed, step.back_fused, step.digested, step.burst, step.expelled, step.fusions})
          ASSERT_GE(x, 0.0);
        for (const Stages& x : m.vesicles)
          for (const double v : x) ASSERT_GE(v, 0.0);
      }
      scale = std::max(scale, made);
      EXPECT_LE(std::abs(made - gone - held(m)), 1e-12 * scale) << dt;
    }
}

TEST(DonorPathway, RefusesRatesBeyondAnyStep) {
  Biogenesis b;
  b.fusion = 1e6;
  EXPECT_THROW(std::ignore = transitions(b, b.transport, hour), NumericsError);
}

TEST(DonorPathway, WhatMvbsHoldShiftsTheirFate) {
  const Biogenesis b;
  Mvbs m;
  EXPECT_EQ(coupled_transport(m, b), b.transport);
  for (std::size_t x = 0; x < ilv_routes; ++x) m.vesicles[x][maturing] = b.formation[x];
  EXPECT_NEAR(coupled_transport(m, b), b.transport, 1e-15);  // the default routes are neutral
  m.vesicles[0][maturing] = 0.0;                             // no ESCRT: to secretion
  EXPECT_NEAR(coupled_transport(m, b), 1.7 * b.transport, 1e-15);
  m.vesicles = {};
  m.vesicles[0][maturing] = 1.0;  // ESCRT alone: 1 - 2 x 0.65 is below zero
  EXPECT_EQ(coupled_transport(m, b), 0.0);
}

TEST(DonorPathway, TetherinHoldsAndLetsGo) {
  Biogenesis b;
  b.detachment = 0.7 / hour;
  b.reinternalisation = 0.3 / hour;
  const Tethered t = tether(100.0, 40.0, TetherStep(b, hour));
  const double stays = 100.0 * std::exp(-1.0) + 12.0 * (1.0 - std::exp(-1.0));
  EXPECT_NEAR(t.stays, stays, 1e-12);
  EXPECT_NEAR(t.back_in, 0.3 * (112.0 - stays), 1e-12);
  EXPECT_NEAR(t.off, 0.7 * (112.0 - stays), 1e-12);
  EXPECT_NEAR(t.stays + t.free + t.back_in, 140.0, 1e-12);
  b.detachment = b.reinternalisation = 0.0;
  const Tethered stuck = tether(100.0, 40.0, TetherStep(b, hour));
  EXPECT_NEAR(stuck.stays, 112.0, 1e-12);
  EXPECT_NEAR(stuck.free, 28.0, 1e-12);
}

TEST(DonorPathway, CalciumCallsForthMicrovesiclesAndScissionEctosomes) {
  Biogenesis b;
  EXPECT_NEAR(microvesicle_rate(b) * hour, 5.0 * (1.0 + 5.0 / 28.0), 1e-12);
  b.calcium = 3.0;
  EXPECT_NEAR(microvesicle_rate(b) * hour, 5.0 * 3.5, 1e-12);
  b.scission = 0.25;
  EXPECT_NEAR(ectosome_rate(b) * hour, 5.0, 1e-12);
  EXPECT_NEAR(ectosome_rate(b, 0.3) * hour, 1.5, 1e-12);
  EXPECT_EQ(ectosome_rate(b, 0.0), 0.0);
}

TEST(DonorPathway, WithoutAnExitThereIsNoSteadyState) {
  Biogenesis b = nothing();
  b.inflow = 1.0 / hour;
  EXPECT_THROW(static_cast<void>(steady_pathway(b, hour)), InputError);
  EXPECT_EQ(steady_release(b).exosome, 0.0);
}

}  // namespace vesicast::donor_pathway_test
