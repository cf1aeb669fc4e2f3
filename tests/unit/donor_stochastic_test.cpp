// The donor pathway by chance: every law against its closed form, whole numbers that add up, and the mean over many
// cells against the deterministic pathway. Seeds are fixed, so that nothing here is random from run to run.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "decomposition/base/error.hpp"
#include "decomposition/base/fault.hpp"
#include "src/donor/ilv_formation.hpp"
#include "src/donor/stochastic/formation.hpp"
#include "src/donor/stochastic/pathway.hpp"
#include "src/donor/stochastic/release.hpp"
#include "src/donor/stochastic/start.hpp"

namespace vesicast::donor_stochastic_test {

using namespace vesicast::donor;
using namespace vesicast::donor::stochastic;

namespace {

constexpr double hour = 3600.0;

/// Moments of a sample, for the distance from a law in standard errors.
class Sample {
 public:
  void add(double x) { values_.push_back(x); }
  [[nodiscard]] double mean() const { return moment(0.0, 1); }
  [[nodiscard]] double variance() const { return moment(mean(), 2); }
  /// (mean - expected)/(its standard error); of a sample without spread 0 where it is `expected`.
  [[nodiscard]] double z_of_mean(double expected) const {
    return ratio(mean() - expected, std::sqrt(variance() / size()));
  }
  [[nodiscard]] double z_of_variance(double expected) const {
    const double v = variance();
    return ratio(v - expected, std::sqrt(std::max(0.0, moment(mean(), 4) - v * v) / size()));
  }

 private:
  [[nodiscard]] double size() const { return static_cast<double>(values_.size()); }
  [[nodiscard]] double moment(double about, int power) const {
    double sum = 0.0;
    for (const double x : values_) sum += std::pow(x - about, power);
    return sum / size();
  }
  static double ratio(double difference, double error) {
    return error > 0.0 ? difference / error : std::abs(difference) < 1e-12 ? 0.0 : 1e9;
  }
  std::vector<double> values_;
};

Sample sample(int n, const std::function<double(Draws&)>& draw) {
  Sample s;
  Draws draws({.seed = 5, .purpose = Purpose::mvb_moves});
  for (int i = 0; i < n; ++i) s.add(draw(draws));
  return s;
}
void expect_law(const std::string& name, const Sample& s, double mean, double variance) {
  testing::Test::RecordProperty("z_mean_" + name, std::to_string(s.z_of_mean(mean)));
  testing::Test::RecordProperty("z_variance_" + name, std::to_string(s.z_of_variance(variance)));
  EXPECT_LT(std::abs(s.z_of_mean(mean)), 4.0) << name << ": " << s.mean() << " for " << mean;
  EXPECT_LT(std::abs(s.z_of_variance(variance)), 4.0) << name << ": " << s.variance() << " for " << variance;
}

/// Rates that leave the mean equation linear: MVBs never fill up, and their fate does not depend on what they hold.
Biogenesis linear(double speed = 1.0) {
  Biogenesis b;
  for (double Biogenesis::*rate :
       {&Biogenesis::inflow, &Biogenesis::maturation, &Biogenesis::transport, &Biogenesis::lysosome,
        &Biogenesis::autophagy, &Biogenesis::amphisome, &Biogenesis::docking, &Biogenesis::comes_back,
        &Biogenesis::undocking, &Biogenesis::fusion, &Biogenesis::back_fusion})
    b.*rate *= speed;
  for (double& v : b.formation) v *= speed;
  b.capacity = 1e9;
  b.fate_coupling = 0.0;
  return b;
}

DrawKey key(std::size_t cell, int step, std::uint64_t seed = 1) {
  return {.seed = seed, .id = cell, .step = static_cast<std::uint64_t>(step)};
}

double held(const Mvbs& m) {
  double all = 0.0;
  for (const Stages& x : m.vesicles)
    for (const double v : x) all += v;
  return all;
}

void add(Made& sum, const Made& m) {
  for (double Made::*part :
       {&Made::formed, &Made::back_fused, &Made::digested, &Made::burst, &Made::expelled, &Made::fusions})
    sum.*part += m.*part;
}

/// What `cells` cells hold and have made after `steps` steps of `dt`, from empty; and the same with means.
struct Ensemble {
  std::vector<Mvbs> held;
  std::vector<Made> made;
  Mvbs mean_held;
  Made mean_made;
};
Ensemble run(const Biogenesis& b, std::size_t cells, int steps, double dt) {
  Ensemble e;
  for (std::size_t c = 0; c < cells; ++c) {
    e.held.emplace_back();
    e.made.emplace_back();
    for (int i = 0; i < steps; ++i)
      add(e.made[c], totals(stochastic::step_pathway(e.held[c], PopulationStep(b, dt), key(c, i))));
  }
  for (int i = 0; i < steps; ++i) add(e.mean_made, donor::step_pathway(e.mean_held, b, dt));
  return e;
}

const Ensemble& linear_cells() {
  static const Ensemble e = run(linear(30.0), 4000, 25, 15.0);
  return e;
}

/// Calls visit(name, sample over the cells, mean) for every count, vesicle number and total.
template <class Visit>
void for_each_number(const Ensemble& e, Visit&& visit) {
  const auto of = [&](const std::string& name, auto&& value_of_cell, double mean) {
    Sample s;
    for (std::size_t c = 0; c < e.held.size(); ++c) s.add(value_of_cell(c));
    visit(name, s, mean);
  };
  for (std::size_t s = 0; s < living_stages; ++s) {
    of(
        "mvbs_" + std::to_string(s), [&](std::size_t c) { return e.held[c].count[s]; }, e.mean_held.count[s]);
    for (std::size_t x = 0; x < ilv_routes && s > 0; ++x)
      of(
          "ilvs_" + std::to_string(s) + "_" + std::to_string(x),
          [&](std::size_t c) { return e.held[c].vesicles[x][s]; }, e.mean_held.vesicles[x][s]);
  }
  const std::pair<const char*, double Made::*> parts[] = {
      {"formed", &Made::formed}, {"back_fused", &Made::back_fused}, {"digested", &Made::digested},
      {"burst", &Made::burst},   {"expelled", &Made::expelled},     {"fusions", &Made::fusions}};
  for (const auto& [name, part] : parts)
    of(
        name, [&](std::size_t c) { return e.made[c].*part; }, e.mean_made.*part);
}

}  // namespace

TEST(StochasticLaws, ABurstIsBetaBinomial) {
  const double r = 3.0;
  for (const auto& [vesicles, leaving, mvbs] :
       {std::array<Count, 3>{120, 1, 4}, {3000, 2, 100}, {7, 3, 5}, {60, 1, 2}}) {
    const auto I = static_cast<double>(vesicles), N = static_cast<double>(mvbs), p = static_cast<double>(leaving) / N;
    const Sample s = sample(100000, [&, v = vesicles, l = leaving, m = mvbs](Draws& d) {
      return static_cast<double>(in_leaving_mvbs(v, l, m, r, d));
    });
    expect_law("burst_of_" + std::to_string(vesicles), s, I * p, I * p * (1.0 - p) * (r * N + I) / (r * N + 1.0));
  }
  Draws d({});
  EXPECT_EQ(in_leaving_mvbs(50, 4, 4, r, d), 50);
  EXPECT_EQ(in_leaving_mvbs(50, 0, 4, r, d), 0);
  EXPECT_EQ(in_leaving_mvbs(0, 1, 4, r, d), 0);
}

TEST(StochasticLaws, SizesOfMvbsAreNegativeBinomial) {
  const double mean = 30.0;
  for (const double r : {0.5, 3.0}) {
    const Sample s = sample(100000, [&](Draws& d) { return static_cast<double>(sizes_of_mvbs(4, mean, r, d)); });
    expect_law("sizes_r_" + std::to_string(r), s, 4.0 * mean, 4.0 * mean * (1.0 + mean / r));
  }
}

TEST(StochasticLaws, WhatIsTakenIsHypergeometric) {
  for (const auto& [good, bad, taken] :
       {std::array<Count, 3>{20, 30, 12}, {1000, 2000, 700}, {3, 4000, 5}, {40, 2, 39}}) {
    const auto g = static_cast<double>(good), n = g + static_cast<double>(bad), t = static_cast<double>(taken);
    const Sample s = sample(100000, [&, a = good, b = bad, k = taken](Draws& d) {
      const Count x = hypergeometric(a, b, k, d);
      EXPECT_TRUE(x >= std::max<Count>(0, k - b) && x <= std::min(a, k));
      return static_cast<double>(x);
    });
    expect_law("taken_of_" + std::to_string(good), s, t * g / n, t * (g / n) * (1.0 - g / n) * (n - t) / (n - 1.0));
  }
  // Every probability of a small law.
  std::array<double, 4> seen{};
  Draws d({.seed = 3});
  constexpr int draws = 100000;
  for (int i = 0; i < draws; ++i) ++seen[static_cast<std::size_t>(hypergeometric(5, 4, 3, d))];
  const std::array<double, 4> expected{4.0 / 84.0, 30.0 / 84.0, 40.0 / 84.0, 10.0 / 84.0};
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_LT(std::abs(seen[k] - draws * expected[k]), 4.0 * std::sqrt(draws * expected[k])) << k;
  const ByRoute all = take({4, 0, 3, 2}, 9, d);
  EXPECT_EQ(all, (ByRoute{4, 0, 3, 2}));
}

TEST(StochasticLaws, FormationIsImmigrationAndDeath) {
  Biogenesis b = linear(4.0);
  const ByRoute present{40, 30, 20, 10};
  const double dt = 0.5 * hour;
  const FormationStep step(b, 1.0, dt);
  std::array<double, ilv_routes> mean{40.0, 30.0, 20.0, 10.0};
  static_cast<void>(form_vesicles(mean, 5.0, FormationStep(b, 1.0, dt)));
  const double stays = std::exp(-b.back_fusion * dt);
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    const Sample s = sample(50000, [&](Draws& d) {
      const FormationEvents e = draw_formation(present, 5, step, d);
      return static_cast<double>(e.present[x] - e.back_fused[x] + e.formed[x]);
    });
    const double old = static_cast<double>(present[x]) * stays;
    expect_law("route_" + std::to_string(x), s, mean[x], old * (1.0 - stays) + (mean[x] - old));
  }
}

TEST(StochasticLaws, MvbsDoNotFormVesiclesBeyondTheirCapacity) {
  Biogenesis b;
  b.capacity = 10.0;
  const FormationStep step(b, 1.0, 0.3 * hour);
  Draws d({.seed = 2});
  for (int i = 0; i < 2000; ++i) {
    const FormationEvents e = draw_formation({8, 6, 5, 9}, 3, step, d);
    EXPECT_LE(28 - sum(e.back_fused) + sum(e.formed), 30);
    const FormationEvents over = draw_formation({80, 0, 0, 0}, 3, step, d);
    EXPECT_EQ(sum(over.formed), 0);
  }
}

TEST(StochasticLaws, TetherinHoldsWholeVesicles) {
  Biogenesis b;
  b.detachment = 0.7 / hour;
  b.reinternalisation = 0.3 / hour;
  const Tethered mean = tether(100.0, 40.0, TetherStep(b, hour));
  Sample stays, free, back_in;
  for (std::uint64_t i = 0; i < 50000; ++i) {
    const Tethered t = draw_tether(100.0, 40.0, TetherStep(b, hour), Draws({.seed = i, .purpose = Purpose::tether}));
    ASSERT_EQ(t.stays + t.free + t.back_in, 140.0);
    stays.add(t.stays);
    free.add(t.free);
    back_in.add(t.back_in);
  }
  EXPECT_LT(std::abs(stays.z_of_mean(mean.stays)), 4.0);
  EXPECT_LT(std::abs(free.z_of_mean(mean.free)), 4.0);
  EXPECT_LT(std::abs(back_in.z_of_mean(mean.back_in)), 4.0);
}

TEST(StochasticLaws, DivisionDealsOutEverything) {
  const Sample s = sample(50000, [](Draws& d) {
    Division whole(30.0, Draws({.seed = d(), .purpose = Purpose::release_division}));
    double all = 0.0, first = 0.0;
    for (int i = 0; i < 3; ++i) {
      const double part = whole.next(1.0 / 3.0);
      EXPECT_EQ(part, std::floor(part));
      all += part;
      if (i == 0) first = part;
    }
    EXPECT_EQ(all, 30.0);
    return first;
  });
  expect_law("first_of_three", s, 10.0, 30.0 * 2.0 / 9.0);
}

TEST(StochasticLaws, TooManyEventsToCountAreRefused) {
  Draws d({});
  EXPECT_EQ(poisson(1e16, d), 0);
  EXPECT_NE(take_fault().find("too many to count"), std::string::npos);
  EXPECT_EQ(poisson(std::numeric_limits<double>::quiet_NaN(), d), 0);
  EXPECT_TRUE(take_fault().empty());
}

TEST(StochasticPathway, WholeNumbersAddUpInAnyStep) {
  for (const double dt : {1.0, 60.0, 10.0 * hour}) {
    const Biogenesis b;
    Mvbs m;
    Made sum;
    for (int i = 0; i < 1000; ++i) {
      const Mvbs before = m;
      const MvbEvents events = stochastic::step_pathway(m, PopulationStep(b, dt), key(7, i));
      const Made made = totals(events);
      add(sum, made);
      for (const double x : {made.formed, made.back_fused, made.digested, made.burst, made.expelled, made.fusions})
        ASSERT_TRUE(x >= 0.0 && x == std::floor(x));
      for (std::size_t s = 0; s < stage_count; ++s) {
        ASSERT_TRUE(m.count[s] >= 0.0 && m.count[s] == std::floor(m.count[s]));
        for (const Stages& x : m.vesicles) {
          ASSERT_TRUE(x[s] >= 0.0 && x[s] == std::floor(x[s]));
          ASSERT_TRUE(m.count[s] > 0.0 || x[s] == 0.0) << "vesicles without an MVB";
        }
      }
      // What the events say is what happened, stage by stage and route by route: cargo follows them.
      for (std::size_t s = 0; s < living_stages; ++s)
        for (std::size_t x = 0; x < ilv_routes; ++x) {
          auto n = static_cast<Count>(before.vesicles[x][s]);
          ASSERT_EQ(events.formation[0][s].present[x], s == endosome || s == amphisome ? 0 : n);
          n += events.formation[0][s].formed[x] - events.formation[0][s].back_fused[x];
          ASSERT_EQ(events.moves.present[s][x], n);
          for (std::size_t t = 0; t < stage_count; ++t) {
            n -= events.moves.vesicles[s][t][x];
            if (t < living_stages) n += events.moves.vesicles[t][s][x];
          }
          n += events.formation[1][s].formed[x] - events.formation[1][s].back_fused[x];
          ASSERT_EQ(static_cast<Count>(m.vesicles[x][s]), n);
        }
    }
    EXPECT_EQ(sum.formed, held(m) + sum.back_fused + sum.digested + sum.burst + sum.expelled) << dt;
    EXPECT_GT(sum.formed, 0.0);
  }
}

TEST(StochasticPathway, MeanOverCellsIsTheDeterministicPathwayWhereRatesAreLinear) {
  double worst = 0.0;
  const Ensemble& e = linear_cells();
  for_each_number(e, [&](const std::string& name, const Sample& s, double mean) {
    const double z = s.z_of_mean(mean);
    RecordProperty("z_" + name, std::to_string(z));
    EXPECT_LT(std::abs(z), 4.0) << name << ": " << s.mean() << " for " << mean;
    worst = std::max(worst, std::abs(z));
  });
  RecordProperty("worst_z", std::to_string(worst));
  EXPECT_GT(e.mean_made.burst, 10.0);
}

TEST(StochasticPathway, MvbsArePoissonInALinearNetwork) {
  const Ensemble& e = linear_cells();
  for (std::size_t s = 0; s < living_stages; ++s) {
    Sample n;
    for (const Mvbs& m : e.held) n.add(m.count[s]);
    expect_law("stage_" + std::to_string(s), n, e.mean_held.count[s], e.mean_held.count[s]);
  }
}

TEST(StochasticPathway, ASteadyStartHasTheSteadyMeans) {
  const Biogenesis b;
  const Mvbs steady = steady_pathway(b, 30.0);
  for (const Stage s : {endosome, maturing, docked, amphisome}) {
    double size = 0.0;
    for (const Stages& x : steady.vesicles) size += x[s] / steady.count[s];
    Sample mvbs, ilvs;
    for (std::size_t c = 0; c < 20000; ++c) {
      Draws d({.seed = 1, .purpose = Purpose::donor_start, .id = c});
      const Mvbs m = draw_start(steady, b.burst_dispersion, d);
      double all = 0.0;
      for (const Stages& x : m.vesicles) all += x[s];
      mvbs.add(m.count[s]);
      ilvs.add(all);
    }
    const std::string name = std::to_string(s);
    const double n = steady.count[s];
    expect_law("start_mvbs_" + name, mvbs, n, n);
    expect_law("start_ilvs_" + name, ilvs, n * size, n * (size + size * size * (1.0 + 1.0 / b.burst_dispersion)));
  }
}

TEST(StochasticPathway, ReportsWhatSaturationAndFateCouplingDoToTheMean) {
  Biogenesis b = linear(30.0);
  const Biogenesis defaults;
  b.capacity = defaults.capacity;
  b.fate_coupling = defaults.fate_coupling;
  const auto report = [&](const std::string& which) {
    const Ensemble e = run(b, 4000, 25, 15.0);
    Sample burst;
    for (const Made& m : e.made) burst.add(m.burst);
    RecordProperty(which + "_burst_ratio", std::to_string(burst.mean() / e.mean_made.burst));
    RecordProperty(which + "_z", std::to_string(burst.z_of_mean(e.mean_made.burst)));
    EXPECT_GT(burst.mean(), 0.0);
  };
  report("default_rates");
  b.inflow *= 0.02;  // two MVBs per cell: what they hold varies strongly
  report("two_mvbs");
}

TEST(StochasticPathway, ACellsDrawsAreItsOwn) {
  const Biogenesis b;
  Mvbs one, again, other, seeded;
  for (int i = 0; i < 50; ++i) {
    static_cast<void>(stochastic::step_pathway(one, PopulationStep(b, 60.0), key(3, i)));
    static_cast<void>(stochastic::step_pathway(other, PopulationStep(b, 60.0), key(4, i)));
    static_cast<void>(stochastic::step_pathway(seeded, PopulationStep(b, 60.0), key(3, i, 2)));
  }
  for (int i = 0; i < 50; ++i) static_cast<void>(stochastic::step_pathway(again, PopulationStep(b, 60.0), key(3, i)));
  EXPECT_EQ(one.count, again.count);
  EXPECT_EQ(one.vesicles, again.vesicles);
  EXPECT_NE(one.vesicles, other.vesicles);
  EXPECT_NE(one.vesicles, seeded.vesicles);
}

}  // namespace vesicast::donor_stochastic_test
