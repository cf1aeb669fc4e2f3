#pragma once
/// \file
/// Random integers from a stream of draws (src/base/random.hpp): Boost.Random's distributions, and what follows from
/// them. Counts are 64-bit integers; each function takes as many numbers from the stream as it needs. Pure.
#include <array>
#include <cstdint>

#include "src/base/random.hpp"
#include "src/parameters/donor.hpp"

namespace vesicast::donor::stochastic {

using Count = std::int64_t;
using ByRoute = std::array<Count, ilv_routes>;

[[nodiscard]] inline Count sum(const ByRoute& counts) {
  Count all = 0;
  for (const Count n : counts) all += n;
  return all;
}

/// Events of mean `mean`; 0 for a mean <= 0. Where doubles could not hold the count exactly it is 0, and a fault is
/// noted.
[[nodiscard]] Count poisson(double mean, Draws& draws);

/// Of `n`, those that something befalls with `probability`, which rounding may have put outside [0, 1].
[[nodiscard]] Count binomial(Count n, double probability, Draws& draws);

/// Vesicles in `leaving` of `mvbs` MVBs that hold `vesicles`: n ~ BetaBinomial(vesicles, r leaving, r (mvbs -
/// leaving)), all if all leave. These are MVBs with sizes of one negative binomial law with dispersion `r`, conditioned
/// on what they hold together (biology.md section 2): mean vesicles leaving/mvbs; variance of the binomial times
/// (r mvbs + vesicles)/(r mvbs + 1).
[[nodiscard]] Count in_leaving_mvbs(Count vesicles, Count leaving, Count mvbs, double r, Draws& draws);

/// Of `good` + `bad` items, `taken` are taken at random: how many of these are good; the hypergeometric law.
[[nodiscard]] Count hypergeometric(Count good, Count bad, Count taken, Draws& draws);

/// `taken` of the items of four kinds, at random: the multivariate hypergeometric law.
[[nodiscard]] ByRoute take(const ByRoute& items, Count taken, Draws& draws);

/// `n` items, each of kind x with probability weight[x]/(sum of weights); none where all weights are 0 (then n must
/// be 0). The multinomial law.
[[nodiscard]] ByRoute divide(Count n, const std::array<double, ilv_routes>& weight, Draws& draws);

/// Sum of the sizes of `mvbs` MVBs, negative binomial each with `mean` and dispersion `r`: Poisson of a gamma variate.
[[nodiscard]] Count sizes_of_mvbs(Count mvbs, double mean, double r, Draws& draws);

}  // namespace vesicast::donor::stochastic
