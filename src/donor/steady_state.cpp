#include "src/donor/steady_state.hpp"

#include <algorithm>

namespace vesicast::donor {
namespace {

using Three = std::array<double, 3>;  ///< maturing, peripheral, docked

/// x of A x = rhs by elimination, A the matrix of a network: off-diagonal entries <= 0, columns that add up to >= 0.
std::optional<Three> solve(std::array<Three, 3> a, Three rhs) {
  Three diagonal{};
  for (std::size_t i = 0; i < 3; ++i) diagonal[i] = a[i][i];
  // A pivot that rounding alone keeps from 0 belongs to stages without an exit.
  const auto no_exit = [&](std::size_t i) { return !(a[i][i] > 1e-12 * diagonal[i]); };
  for (std::size_t i = 0; i < 3; ++i) {
    if (no_exit(i)) continue;
    for (std::size_t j = i + 1; j < 3; ++j) {
      const double factor = a[j][i] / a[i][i];
      for (std::size_t k = i; k < 3; ++k) a[j][k] -= factor * a[i][k];
      rhs[j] -= factor * rhs[i];
    }
  }
  Three x{};
  for (std::size_t i = 3; i-- > 0;) {
    double sum = rhs[i];
    for (std::size_t k = i + 1; k < 3; ++k) sum -= a[i][k] * x[k];
    if (!no_exit(i))
      x[i] = sum / a[i][i];
    else if (sum > 0.0)
      return std::nullopt;
  }
  return x;
}

}  // namespace

std::optional<Mvbs> steady_state(const Biogenesis& b) {
  double rate = 0.0;
  for (const double v : b.formation) rate += v;
  const double share = rate > 0.0 ? (rate - b.formation[static_cast<std::size_t>(IlvRoute::escrt)]) / rate : 0.0;
  const bool couples = rate * b.scission > 0.0;
  const double k_tr =
      couples ? b.transport * std::max(0.0, 1.0 + b.fate_coupling * (share - b.neutral_share)) : b.transport;
  const std::array<Three, 3> leaving{{{k_tr + b.lysosome + b.autophagy, -b.comes_back, 0.0},
                                      {-k_tr, b.docking + b.comes_back, -b.undocking},
                                      {0.0, -b.docking, b.fusion * b.calcium + b.undocking}}};
  if (b.inflow > 0.0 && !(b.maturation > 0.0)) return std::nullopt;
  const auto mvbs = solve(leaving, {b.inflow, 0.0, 0.0});
  if (!mvbs) return std::nullopt;
  std::array<Three, 3> with_loss = leaving;
  Three supply{};
  for (std::size_t s = 0; s < 3; ++s) {
    const double v = rate * b.scission * (s == 0 ? 1.0 : b.late_formation);
    supply[s] = v * (*mvbs)[s];
    with_loss[s][s] += b.back_fusion + v / b.capacity;
  }
  const auto vesicles = solve(with_loss, supply);
  if (!vesicles || (b.autophagy * (*mvbs)[0] > 0.0 && !(b.amphisome > 0.0))) return std::nullopt;
  const double per_maturing = b.amphisome > 0.0 ? b.autophagy / b.amphisome : 0.0;

  Mvbs m;
  m.count[endosome] = b.maturation > 0.0 ? b.inflow / b.maturation : 0.0;
  for (std::size_t s = 0; s < 3; ++s) m.count[maturing + s] = (*mvbs)[s];
  m.count[amphisome] = per_maturing * (*mvbs)[0];
  for (std::size_t x = 0; x < ilv_routes && rate > 0.0; ++x) {
    const double own = b.formation[x] / rate;
    for (std::size_t s = 0; s < 3; ++s) m.vesicles[x][maturing + s] = own * (*vesicles)[s];
    m.vesicles[x][amphisome] = own * per_maturing * (*vesicles)[0];
  }
  return m;
}

}  // namespace vesicast::donor
