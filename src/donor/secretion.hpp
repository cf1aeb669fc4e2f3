#pragma once
/// \file
/// Secretion by a donor cell: a constant rate, or bursts as Poisson events (biology.md sections 2 and 6).
#include <boost/random/poisson_distribution.hpp>

#include "src/base/random.hpp"
#include "src/parameters/donor.hpp"

namespace vesicast::donor {

/// Vesicles that one cell releases in a step of `dt` [s]. Constant: rate dt. Poisson: n events of mean rate dt/burst,
/// each `vesicles_per_event`; a pure function of the key, so that the size bins of a class, which have one key, take
/// their shares of the same events.
[[nodiscard]] inline double secreted(const Secretion& s, double dt, const DrawKey& key) {
  if (s.mode == ReleaseMode::constant) return s.share * (s.rate * dt);
  const double mean = s.rate * dt / s.vesicles_per_event;
  if (mean <= 0.0) return 0.0;
  Draws draws(key);
  const auto events = static_cast<double>(boost::random::poisson_distribution<std::int64_t>(mean)(draws));
  return s.share * (events * s.vesicles_per_event);
}

}  // namespace vesicast::donor
