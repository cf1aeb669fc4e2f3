// Polynomials with weights >= 0 that are nearest to the exponential: non-negative least squares.
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "src/extracellular/weights/polynomial.hpp"

namespace vesicast {
namespace {

/// min |a w - b| over w >= 0, by active sets: Lawson & Hanson 1974, "Solving Least Squares Problems", chapter 23.
Eigen::VectorXd non_negative_least_squares(const Eigen::MatrixXd& a, const Eigen::VectorXd& b) {
  const Eigen::Index n = a.cols();
  Eigen::VectorXd w = Eigen::VectorXd::Zero(n);
  std::vector<bool> passive(static_cast<std::size_t>(n), false);
  const double accuracy = 1e-15 * b.norm();
  std::vector<bool> blocked(static_cast<std::size_t>(n), false);  // cannot grow now, by round-off
  const auto solve_passive = [&] {
    std::vector<Eigen::Index> columns;
    for (Eigen::Index k = 0; k < n; ++k)
      if (passive[static_cast<std::size_t>(k)]) columns.push_back(k);
    const Eigen::VectorXd some = a(Eigen::all, columns).householderQr().solve(b);
    Eigen::VectorXd all = Eigen::VectorXd::Zero(n);
    for (std::size_t i = 0; i < columns.size(); ++i) all[columns[i]] = some[static_cast<Eigen::Index>(i)];
    return all;
  };
  for (Eigen::Index iteration = 0; iteration < 4 * n; ++iteration) {
    const Eigen::VectorXd gradient = a.transpose() * (b - a * w);
    Eigen::Index next = -1;
    double steepest = accuracy;
    for (Eigen::Index k = 0; k < n; ++k)
      if (!passive[static_cast<std::size_t>(k)] && !blocked[static_cast<std::size_t>(k)] && gradient[k] > steepest) {
        steepest = gradient[k];
        next = k;
      }
    if (next < 0) break;
    passive[static_cast<std::size_t>(next)] = true;
    Eigen::VectorXd s = solve_passive();
    if (s[next] <= 0.0) {
      passive[static_cast<std::size_t>(next)] = false;
      blocked[static_cast<std::size_t>(next)] = true;
      continue;
    }
    blocked.assign(blocked.size(), false);
    while (true) {
      double share = 1.0;
      for (Eigen::Index k = 0; k < n; ++k)
        if (passive[static_cast<std::size_t>(k)] && s[k] <= 0.0) share = std::min(share, w[k] / (w[k] - s[k]));
      w += share * (s - w);
      if (share >= 1.0) break;
      for (Eigen::Index k = 0; k < n; ++k)
        if (passive[static_cast<std::size_t>(k)] && w[k] <= 1e-300) {
          passive[static_cast<std::size_t>(k)] = false;
          w[k] = 0.0;
        }
      s = solve_passive();
    }
  }
  return w.cwiseMax(0.0);
}

/// Weights of at least `least` with sum 1 for which sum_k w_k x^k is near to f on [-1, 1], f(1) = 1, and has its slope
/// at 1, which is how fast a cloud spreads; and the largest deviation.
struct Fit {
  std::vector<double> weight;
  double deviation = 0.0;
};
template <class F>
Fit fit(std::size_t degree, double slope, const std::vector<double>& least, F&& f) {
  const auto nodes = static_cast<Eigen::Index>(6 * degree + 30);
  const auto columns = static_cast<Eigen::Index>(degree + 1);
  Eigen::MatrixXd a(nodes + 2, columns);
  Eigen::VectorXd b(nodes + 2);
  constexpr double heavy = 100.0;  // of the rows that fix value and slope at 1
  for (Eigen::Index i = 0; i <= nodes; ++i) {
    const bool last = i == nodes;
    const double x =
        last ? 1.0 : std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(nodes));
    const double scale = last ? heavy : 1.0;
    double power = scale;
    for (Eigen::Index k = 0; k < columns; ++k, power *= x) a(i, k) = power;
    b[i] = scale * f(x);
  }
  for (Eigen::Index k = 0; k < columns; ++k) a(nodes + 1, k) = heavy * static_cast<double>(k) / std::max(1.0, slope);
  b[nodes + 1] = heavy * slope / std::max(1.0, slope);
  const Eigen::VectorXd floor = Eigen::Map<const Eigen::VectorXd>(least.data(), columns);
  Eigen::VectorXd w = floor + non_negative_least_squares(a, b - a * floor);
  Fit result;
  if (!(w.sum() > 0.0)) {
    result.deviation = 1.0;
    return result;
  }
  w /= w.sum();
  result.deviation = (a * w - b).head(nodes).cwiseAbs().maxCoeff();
  result.weight.assign(w.begin(), w.end());
  return result;
}

/// A share of the weights w_k whose tails sum_{j>k} w_j are `to_tail` x `tail`.
std::vector<double> share_of_weights(const std::vector<double>& tail, double to_tail, double share) {
  std::vector<double> weight(tail.size() + 1, 0.0);
  for (std::size_t k = 0; k < weight.size(); ++k) {
    const double before = k > 0 ? to_tail * tail[k - 1] : 1.0, after = k < tail.size() ? to_tail * tail[k] : 0.0;
    weight[k] = share * std::max(0.0, before - after);
  }
  return weight;
}

/// Sums over j > k, from the small end.
std::vector<double> tails(const std::vector<double>& weight) {
  std::vector<double> tail(weight.size() - 1, 0.0);
  double sum = 0.0;
  for (std::size_t k = tail.size(); k-- > 0;) tail[k] = sum += weight[k + 1];
  return tail;
}

}  // namespace

TimePolynomial economised(double q, double dt, double tolerance) {
  const double lambda = q * dt;
  const double allowed = tolerance * std::min(1.0, lambda);
  const auto exponential = [&](double x) { return std::exp(lambda * (x - 1.0)); };
  const auto averaged = [&](double x) {
    const double z = lambda * (x - 1.0);
    return std::abs(z) < 1e-8 ? 1.0 + 0.5 * z : std::expm1(z) / z;
  };
  const TimePolynomial reference = uniformisation(q, dt, tolerance);  // never needs fewer sweeps
  const std::size_t most = reference.sweeps();
  constexpr double share = 0.1;
  const std::vector<double> least_field = share_of_weights(reference.field, lambda, share);
  const std::vector<double> least_source = share_of_weights(reference.source, q, share);
  const auto try_degree = [&](std::size_t degree) -> std::optional<TimePolynomial> {
    const Fit field = fit(degree, lambda, least_field, exponential);
    if (field.deviation > allowed) return std::nullopt;
    const Fit source = fit(degree, 0.5 * lambda, least_source, averaged);
    if (source.deviation > allowed) return std::nullopt;
    TimePolynomial p;
    p.q = q;
    p.field = tails(field.weight);
    p.source = tails(source.weight);
    for (double& w : p.field) w /= lambda;
    for (double& w : p.source) w *= dt / lambda;
    return p;
  };
  // The error falls with the degree: bisection between a degree that is too low and one that is enough.
  std::size_t low = static_cast<std::size_t>(lambda), high = most;
  std::optional<TimePolynomial> best;
  low = std::min(low, high - 1);
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    if (auto p = try_degree(middle)) {
      best = std::move(p);
      high = middle;
    } else {
      low = middle;
    }
  }
  return best ? *best : reference;
}

}  // namespace vesicast
