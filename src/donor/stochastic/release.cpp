#include "src/donor/stochastic/release.hpp"

namespace vesicast::donor::stochastic {

Tethered draw_tether(double before, double burst, const Biogenesis& b, double dt, Draws draws) {
  const double rate = b.detachment + b.reinternalisation, x = rate * dt;
  const double mean_stay = x > 1e-8 ? -std::expm1(-x) / x : 1.0 - 0.5 * x;
  const auto held = static_cast<Count>(before), released = static_cast<Count>(burst);
  const Count caught = binomial(released, b.tethered, draws);
  const Count stays = binomial(held, std::exp(-x), draws) + binomial(caught, mean_stay, draws);
  const Count leaves = held + caught - stays;
  const Count off = rate > 0.0 ? binomial(leaves, b.detachment / rate, draws) : leaves;
  Tethered t;
  t.stays = static_cast<double>(stays);
  t.back_in = static_cast<double>(leaves - off);
  t.free = static_cast<double>(released - caught + off);
  return t;
}

double budded(double rate, double dt, std::optional<Draws> draws) {
  return draws ? static_cast<double>(poisson(rate * dt, *draws)) : rate * dt;
}

double Division::next(double share) {
  if (!draws_) return share * count_;
  // The last target's share is all that is left, up to rounding.
  const bool last = share >= share_left_ * (1.0 - 1e-9);
  const double part =
      last ? left_ : static_cast<double>(binomial(static_cast<Count>(left_), share / share_left_, *draws_));
  left_ -= part;
  share_left_ -= share;
  return part;
}

}  // namespace vesicast::donor::stochastic
