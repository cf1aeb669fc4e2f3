#include "src/extracellular/matrix/matrix_binding.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vesicast {
namespace {

constexpr std::size_t block = 512;  // voxels whose losses are kept before they are summed

/// One weight for all voxels, or one for each.
struct Same {
  double value;
  double operator[](std::size_t /*voxel*/) const { return value; }
};

/// Moves the net number x from free to bound, then takes what decayed from the bound. Weights are at most 1, so x is
/// between -bound and free, and neither is left negative by rounding; at equilibrium x vanishes, and so does its
/// rounding.
template <class Weight>
void exchange(std::size_t n, const Weight& leaves_free, const Weight& comes_off, const Weight& free_decays,
              const Weight& bound_decays, double* __restrict free, double* __restrict bound, double* __restrict lost) {
  for (std::size_t i = 0; i < n; ++i) {
    const double x = leaves_free[i] * free[i] - comes_off[i] * bound[i];
    const double y = free_decays[i] * free[i] + bound_decays[i] * bound[i];
    const double held = bound[i] + x;
    lost[i] = y < held ? y : held;
    free[i] -= x;
    bound[i] = held - lost[i];
  }
}

}  // namespace

MatrixWeights matrix_weights(double a, double b, double d, double dt) {
  const double r = std::hypot(a - (b + d), 2.0 * std::sqrt(a) * std::sqrt(b));
  const double m = 0.5 * ((a + b + d) + r);
  const double n = m > 0.0 ? a * (d / m) : 0.0;
  const double survives = std::exp(-n * dt), dies = -std::expm1(-n * dt);
  const double phi = survives * (r > 0.0 ? -std::expm1(-r * dt) / r : dt);
  const auto probability = [](double p) { return std::clamp(p, 0.0, 1.0); };
  return {.leaves_free = probability(dies + (a - n) * phi),
          .comes_off = probability(b * phi),
          .free_decays = probability(dies - n * phi),
          .bound_decays = probability(dies + (d - n) * phi)};
}

MatrixExchange::MatrixExchange(const MatrixBinding& binding, double decay, std::span<const double> sites)
    : k_on_(binding.k_on), k_off_(binding.k_off), decay_(decay), sites_(sites.begin(), sites.end()) {
  if (sites_.empty()) sites_.push_back(binding.sites);
}

void MatrixExchange::use(const MatrixBinding& binding) {
  if (binding.k_on == k_on_ && binding.k_off == k_off_) return;
  k_on_ = binding.k_on;
  k_off_ = binding.k_off;
  prepared_for_ = -1.0;
}

void MatrixExchange::prepare(double dt) {
  if (dt == prepared_for_) return;
  for (auto* w : {&leaves_free_, &comes_off_, &free_decays_, &bound_decays_}) w->resize(sites_.size());
  for (std::size_t i = 0; i < sites_.size(); ++i) {
    const MatrixWeights w = matrix_weights(k_on_ * sites_[i], k_off_, decay_, dt);
    leaves_free_[i] = w.leaves_free;
    comes_off_[i] = w.comes_off;
    free_decays_[i] = w.free_decays;
    bound_decays_[i] = w.bound_decays;
  }
  prepared_for_ = dt;
}

void MatrixExchange::bind(double dt, std::span<double> free, std::span<double> bound, ExactSum& decayed) {
  prepare(dt);
  std::array<double, block> lost{};
  BinnedSum sum;
  for (std::size_t begin = 0; begin < free.size(); begin += block) {
    const std::size_t n = std::min(block, free.size() - begin);
    double* f = free.data() + begin;
    double* b = bound.data() + begin;
    if (sites_.size() == 1)
      exchange(n, Same{leaves_free_[0]}, Same{comes_off_[0]}, Same{free_decays_[0]}, Same{bound_decays_[0]}, f, b,
               lost.data());
    else
      exchange<const double*>(n, leaves_free_.data() + begin, comes_off_.data() + begin, free_decays_.data() + begin,
                              bound_decays_.data() + begin, f, b, lost.data());
    if (decay_ > 0.0) sum.add({lost.data(), n});
  }
  sum.flush(decayed);
}

}  // namespace vesicast
