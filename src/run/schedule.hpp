#pragma once
/// \file
/// When observers see the state, and how often they have: plain data, so that a run that is taken up again goes on with
/// the same times and numbers.
#include <cstdint>
#include <vector>

#include "src/base/time.hpp"

namespace vesicast {

struct Schedule {
  struct Due {
    Ticks at = 0;           ///< the first step boundary at or after it is seen
    std::int64_t seen = 0;  ///< how often, so far
  };
  std::vector<Due> observers;  ///< in the loop's order; empty before the run begins

  /// Notes that the observer was shown the state at `now`; it wants it `every` so often, or, where that is 0, at `end`.
  static void shown(Due& due, Ticks now, Ticks every, Ticks end) {
    ++due.seen;
    due.at = every > 0 ? (now / every + 1) * every : end;
  }
  /// The next time at which someone wants to see the state, `end` at the latest.
  [[nodiscard]] Ticks next(Ticks end) const {
    Ticks stop = end;
    for (const Due& due : observers) stop = due.at < stop ? due.at : stop;
    return stop;
  }
};

}  // namespace vesicast
