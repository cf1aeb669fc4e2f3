#pragma once
/// \file
/// When observers see the state, and how often they have: plain data, so that a run that is taken up again goes on with
/// the same times and numbers.
#include <cstdint>
#include <limits>
#include <vector>

#include "src/base/time.hpp"

namespace vesicast {

struct Schedule {
  struct Due {
    Ticks at = 0;           ///< the first step boundary at or after it is seen
    std::int64_t seen = 0;  ///< how often, so far
    Ticks last = -1;        ///< when; negative: not yet
  };
  std::vector<Due> observers;  ///< in the loop's order; empty before the run begins

  /// Notes that the observer was shown the state at `now`; it wants it `every` so often, or, where that is 0, no more
  /// before the end.
  static void shown(Due& due, Ticks now, Ticks every) {
    ++due.seen;
    due.last = now;
    due.at = next(now, every);
  }
  /// When one that was shown the state at `last` wants to see it again.
  [[nodiscard]] static Ticks next(Ticks last, Ticks every) {
    return every > 0 ? (last / every + 1) * every : std::numeric_limits<Ticks>::max();
  }
};

}  // namespace vesicast
