// Binding to the matrix with the whole step around it: exact exchange, an independent solution of the two equations,
// order of the splitting, spreading slowed by 1 + K.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::matrix_binding_test {
namespace {

/// A class that binds at `a` = k_on S and comes off at `b` [1/s].
void bind(Parameters& p, double a, double b) {
  p.vesicles[0].matrix = MatrixBinding{.k_on = a / 50.0, .k_off = b, .sites = 50.0, .sites_map = {}};
}

/// One field without cells: `vesicles` in the middle voxel, free.
test::Scene point_release(Parameters p, double vesicles) {
  p.run.track_sources = false;
  p.transport.tolerance = 1e-13;
  test::Scene s = test::make_scene(p);
  const Index3 n = s.domain->grid().voxels;
  test::fill(s.state.fields[0], *s.domain, [&](const Index3& v) {
    return v == Index3{n[0] / 2, n[1] / 2, n[2] / 2} ? vesicles : 0.0;
  });
  s.state.initial[0] = vesicles;
  return s;
}

void run(test::Scene& s, double seconds, int steps) {
  Timings t;
  simulate(s, to_ticks(seconds), to_ticks(seconds / steps), {}, t);
}

/// Free vesicles of the first field by voxel, then the bound ones.
std::vector<double> both(const test::Scene& s) {
  std::vector<double> all = test::gather(s.state.fields[0], *s.domain);
  const std::vector<double> bound = test::gather(*s.state.bound_fields[0], *s.domain);
  all.insert(all.end(), bound.begin(), bound.end());
  return all;
}

/// The two equations on the same voxels between walls, free and bound together in one vector, by the classical
/// Runge-Kutta method.
class TwoFields {
 public:
  TwoFields(const Index3& n, double hop, double a, double b, double d) : n_(n), hop_(hop), a_(a), b_(b), d_(d) {}

  [[nodiscard]] std::vector<double> from_the_middle(double vesicles, double seconds, int steps) const {
    const auto size = static_cast<std::size_t>(n_[0] * n_[1] * n_[2]);
    std::vector<double> u(2 * size, 0.0);
    u[static_cast<std::size_t>((n_[2] / 2 * n_[1] + n_[1] / 2) * n_[0] + n_[0] / 2)] = vesicles;
    const double dt = seconds / steps;
    std::vector<double> stage(u.size()), sum(u.size());
    for (int i = 0; i < steps; ++i) {
      sum = u;
      std::vector<double> k = slope(u);
      for (const auto& [ahead, weight] : {std::pair{0.5, 1.0 / 6.0}, {0.5, 1.0 / 3.0}, {1.0, 1.0 / 3.0}}) {
        for (std::size_t v = 0; v < u.size(); ++v) {
          sum[v] += weight * dt * k[v];
          stage[v] = u[v] + ahead * dt * k[v];
        }
        k = slope(stage);
      }
      for (std::size_t v = 0; v < u.size(); ++v) u[v] = sum[v] + dt / 6.0 * k[v];
    }
    return u;
  }

 private:
  [[nodiscard]] std::vector<double> slope(const std::vector<double>& u) const {
    std::vector<double> du(u.size());
    const std::size_t size = u.size() / 2;
    const std::array<std::int64_t, 3> stride{1, n_[0], n_[0] * n_[1]};
    for (std::int64_t z = 0, v = 0; z < n_[2]; ++z)
      for (std::int64_t y = 0; y < n_[1]; ++y)
        for (std::int64_t x = 0; x < n_[0]; ++x, ++v) {
          const auto i = static_cast<std::size_t>(v);
          const std::array<std::int64_t, 3> at{x, y, z};
          du[i] = b_ * u[size + i] - (a_ + d_) * u[i];
          du[size + i] = a_ * u[i] - (b_ + d_) * u[size + i];
          for (std::size_t axis = 0; axis < 3; ++axis) {
            if (at[axis] > 0) du[i] += hop_ * (u[static_cast<std::size_t>(v - stride[axis])] - u[i]);
            if (at[axis] + 1 < n_[axis]) du[i] += hop_ * (u[static_cast<std::size_t>(v + stride[axis])] - u[i]);
          }
        }
    return du;
  }
  Index3 n_;
  double hop_, a_, b_, d_;
};

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += (a[i] - b[i]) * (a[i] - b[i]);
    norm += b[i] * b[i];
  }
  return std::sqrt(sum / norm);
}

/// Variance along x of free and bound vesicles together [voxel^2].
double variance(const std::vector<double>& u) {
  const std::size_t n = u.size() / 2, middle = n / 2;
  double mass = 0.0, mean = 0.0, square = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double m = u[i] + u[n + i], x = static_cast<double>(i) - static_cast<double>(middle);
    mass += m;
    mean += m * x;
    square += m * x * x;
  }
  return square / mass - mean / mass * (mean / mass);
}

/// Cells that release and take up, saturable, with binding: fields, what is bound, and bound vesicles by cell.
std::vector<double> with_cells(int steps) {
  Parameters p = test::parameters_of({6, 6, 1}, 20.0, 1.0);
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  p.vesicles[0].initial_concentration = 2e-4;
  p.vesicles[0].decay = 1e-4;
  bind(p, 4e-3, 2e-3);
  CellType donor = test::donor_type("donor", 0.5), r = test::recipient_type("recipient");
  r.receptors = 20.0;
  r.recipient["exosome"].k_on = 0.05;
  p.cell_types = {donor, r};
  test::Scene s =
      test::make_scene(p, {{0, {50.0, 50.0, 10.0}, 0}, {1, {70.0, 50.0, 10.0}, 1}, {2, {50.0, 90.0, 10.0}, 1}});
  run(s, 1280.0, steps);
  std::vector<double> all = both(s), cells(3, 0.0);
  for (std::size_t c = 0; c < s.state.cells.size(); ++c)
    cells[static_cast<std::size_t>(s.state.cells.id[c])] = s.state.cells.at(CellArray::bound, 0)[c];
  MPI_Allreduce(MPI_IN_PLACE, cells.data(), 3, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  all.insert(all.end(), cells.begin(), cells.end());
  return all;
}

void record(const std::string& name, double value) {
  testing::Test::RecordProperty(name, testing::PrintToString(value));
}

}  // namespace

TEST(Matrix, AUniformFieldRelaxesAsTheTwoStateSolutionSays) {
  const double a = 3e-3, b = 1e-3, c0 = 1e-3;
  for (const int steps : {1, 10, 100}) {
    Parameters p = test::parameters_of({4, 4, 4}, 20.0, 1.0);
    p.vesicles[0].initial_concentration = c0;
    p.transport.tolerance = 1e-13;
    bind(p, a, b);
    test::Scene s = test::make_scene(p);
    EXPECT_EQ(test::total(*s.state.bound_fields[0], *s.domain), 0.0) << "something is bound at the start";
    run(s, 600.0, steps);
    const double all = c0 * 0.2 * 8000.0, bound = all * a / (a + b) * -std::expm1(-(a + b) * 600.0);
    double error = 0.0;
    const auto values = both(s);
    for (std::size_t i = 0; i < values.size(); ++i)
      error = std::max(error, std::abs(values[i] / (i < values.size() / 2 ? all - bound : bound) - 1.0));
    test::verify({.name = "matrix: uniform field, 600 s in " + std::to_string(steps) + " steps",
                  .exact = "two states",
                  .norm = "relative, largest",
                  .levels = {{0.0, error}},
                  .largest_error = 1e-13});
  }
}

TEST(Matrix, TheTransientComesToTheBalance) {
  // From 0 to the balance C_b = K C, step by step; the exact curve over time is the two-state solution.
  const double a = 3e-3, b = 1e-3, c0 = 1e-3;
  Parameters p = test::parameters_of({4, 4, 4}, 20.0, 1.0);
  p.vesicles[0].initial_concentration = c0;
  bind(p, a, b);
  test::Scene s = test::make_scene(p);
  const double all = test::total(s.state.fields[0], *s.domain);
  double largest = 0.0;
  std::vector<std::vector<double>> rows;
  Timings t;
  for (int i = 0; i <= 40; ++i) {
    const double exact = a / (a + b) * -std::expm1(-(a + b) * to_seconds(s.state.time));
    const double bound = test::total(*s.state.bound_fields[0], *s.domain) / all;
    largest = std::max(largest, std::abs(bound - exact));
    rows.push_back({to_seconds(s.state.time), bound, exact});
    advance(s, to_ticks(60.0), t);
  }
  test::verify({.name = "matrix: share bound over 2400 s, up to the balance C_b = K C, K = 3",
                .exact = "K/(1 + K) (1 - exp(-(k_on S + k_off) t))",
                .norm = "largest",
                .levels = {{0.0, largest}},
                .largest_error = 1e-13});
  test::write_curves("matrix", {"t [s]", "computed", "exact"}, rows);
}

TEST(Matrix, APointReleaseAgreesWithAnIndependentSolution) {
  const double a = 0.02, b = 0.01, d = 1e-4;
  struct Case {
    Index3 n;
    double limit;
  };
  for (const Case& c : {Case{{41, 1, 1}, 3e-4}, Case{{9, 8, 7}, 1e-3}}) {
    Parameters p = test::parameters_of(c.n, 5.0, 1.0);
    p.vesicles[0].decay = d;
    bind(p, a, b);
    const auto reference = TwoFields(c.n, 1.0 / 25.0, a, b, d).from_the_middle(1000.0, 640.0, 2560);
    const auto solve = [&](int steps) {
      test::Scene s = point_release(p, 1000.0);
      run(s, 640.0, steps);
      return both(s);
    };
    std::vector<double> last = solve(160);
    const std::vector<double> before = solve(80);
    const double coarse = distance(solve(40), reference), middle = distance(before, reference),
                 fine = distance(last, reference);
    const std::string name = c.n[2] == 1 ? "1d" : "3d";
    test::verify({.name = c.n[2] == 1 ? "matrix: point release, free and bound, 640 s" : "matrix: the same in 3-D",
                  .exact = "both equations by Runge-Kutta",
                  .levels = {{16.0, coarse}, {8.0, middle}, {4.0, fine}},
                  .largest_error = c.limit,
                  .least_order = 1.9,
                  .refined = "dt"});
    // What remains when the second-order term is taken out: the limit is the reference, not merely near it.
    for (std::size_t i = 0; i < last.size(); ++i) last[i] += (last[i] - before[i]) / 3.0;
    EXPECT_LE(distance(last, reference), 0.1 * fine);
    record("error_extrapolated_" + name, distance(last, reference));
  }
}

TEST(Matrix, TheSplittingIsSecondOrderWithCells) {
  const auto reference = with_cells(1280);
  const double coarse = distance(with_cells(40), reference), middle = distance(with_cells(80), reference),
               fine = distance(with_cells(160), reference);
  test::verify({.name = "Strang: donors and saturating recipients with binding to the matrix, 1280 s",
                .exact = "the same in 1280 steps",
                .levels = {{32.0, coarse}, {16.0, middle}, {8.0, fine}},
                .largest_error = 2e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(Matrix, SpreadingIsSlowedByOnePlusK) {
  // The variance of all vesicles grows by 2 D for as long as they are free: var(t) = 2 D int p_free, exactly, on the
  // grid too; 2 D t/(1 + K) once binding is fast.
  const double diffusivity = 1.0, h = 5.0, t = 1000.0, K = 3.0;
  for (const double b : {0.01, 100.0}) {
    const double a = K * b;
    Parameters p = test::parameters_of({121, 1, 1}, h, diffusivity);
    bind(p, a, b);
    test::Scene s = point_release(p, 1000.0);
    run(s, t, 250);
    const double time_free = t / (1.0 + K) + K / (1.0 + K) * -std::expm1(-(a + b) * t) / (a + b);
    const double exact = 2.0 * diffusivity * time_free / (h * h);
    const double measured = variance(both(s));
    // Started free, a vesicle spends half the first step so: with fast binding what the step's length adds is below.
    EXPECT_NEAR(measured / exact, 1.0, 1e-4) << b;
    record("variance_over_exact_k_off_" + std::to_string(b), measured / exact);
    if (b > 1.0) {
      EXPECT_NEAR(measured * h * h / (2.0 * diffusivity * t), 1.0 / (1.0 + K), 1e-4);
    }
  }
}

TEST(Matrix, WithFastBindingTheProfileIsThatOfSlowDiffusion) {
  // Exchange far faster than the step: first order in the step, towards diffusion with D/(1 + K).
  const double K = 3.0, h = 5.0, t = 1000.0;
  const auto spread = [&](double diffusivity, bool binds, int steps) {
    Parameters p = test::parameters_of({61, 1, 1}, h, diffusivity);
    if (binds) bind(p, K * 1e3, 1e3);
    test::Scene s = point_release(p, 1000.0);
    run(s, t, steps);
    std::vector<double> sum = test::gather(s.state.fields[0], *s.domain);
    if (!binds) return sum;
    const auto bound = test::gather(*s.state.bound_fields[0], *s.domain);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += bound[i];
    return sum;
  };
  const auto slow = spread(1.0 / (1.0 + K), false, 10);
  const double coarse = distance(spread(1.0, true, 50), slow), fine = distance(spread(1.0, true, 100), slow);
  EXPECT_LE(fine, 1.2e-2);
  EXPECT_GE(test::order(coarse, fine), 0.95) << coarse << " -> " << fine;
  record("error_D_dt_over_h2_0.8", coarse);
  record("error_D_dt_over_h2_0.4", fine);
}

}  // namespace vesicast::matrix_binding_test
