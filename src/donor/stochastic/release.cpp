#include "src/donor/stochastic/release.hpp"

namespace vesicast::donor::stochastic {

Tethered draw_tether(double before, double burst, const TetherStep& step, Draws draws) {
  const auto held = static_cast<Count>(before), released = static_cast<Count>(burst);
  const Count caught = binomial(released, step.caught, draws);
  const Count stays = binomial(held, step.stays, draws) + binomial(caught, step.mean_stay, draws);
  const Count leaves = held + caught - stays;
  const Count off = step.comes_off < 1.0 ? binomial(leaves, step.comes_off, draws) : leaves;
  Tethered t;
  t.stays = static_cast<double>(stays);
  t.off = static_cast<double>(off);
  t.back_in = static_cast<double>(leaves - off);
  t.free = static_cast<double>(released - caught + off);
  return t;
}

double Division::next(double share) {
  // The last target's share is all that is left, up to rounding.
  const bool last = share >= share_left_ * (1.0 - 1e-9);
  const double part =
      last ? left_ : static_cast<double>(binomial(static_cast<Count>(left_), share / share_left_, draws_));
  left_ -= part;
  share_left_ -= share;
  return part;
}

}  // namespace vesicast::donor::stochastic
