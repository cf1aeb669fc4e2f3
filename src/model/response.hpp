#pragma once
/// \file
/// How strongly a rate answers to a gene or a drug, biology.md section 7: k = k0 prod_g (1 - w_g + w_g x_g). Pure.
#include <algorithm>
#include <cmath>

namespace vesicast {

/// What a gene's product does to a rate.
enum class Direction {
  drives,      ///< `+` in the tables
  holds_back,  ///< `-`
};

/// What a rate is multiplied by where the product has the residual activity `x` >= 0 (0 knock-out, 1 untouched, 2
/// doubled) and the weight `w` in [0, 1]: 1 - w + w x if it drives the rate, max(0, 1 + w - w x) if it holds it back.
/// 1 at x = 1, exactly; never below 0.
[[nodiscard]] inline double rate_factor(double w, Direction direction, double x) {
  const double change = w * (x - 1.0);
  return std::max(0.0, direction == Direction::drives ? 1.0 + change : 1.0 - change);
}

/// Activity of a drug's target at `dose` >= 0, max + (1 - max)/(1 + (dose/half)^h): 1 without the drug, towards `max`
/// >= 0 at large doses, 0 for an inhibitor and above 1 for an agonist, midway at `half`, its IC50 or EC50. Dose and
/// half > 0 in one unit.
[[nodiscard]] inline double drug_activity(double dose, double half, double hill, double max = 0.0) {
  return max + (1.0 - max) / (1.0 + std::pow(dose / half, hill));
}

}  // namespace vesicast
