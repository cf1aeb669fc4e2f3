#include "io/output/progress.hpp"

#include <fmt/format.h>

namespace vesicast::io {

std::string duration_text(double seconds) {
  if (seconds < 100.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 6000.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.1f} h", seconds / 3600.0);
}

Progress::Progress(Log& log, Ticks start, Ticks end)
    : log_(log), start_(start), end_(end), begin_(Clock::now()), shown_(begin_) {}

std::string Progress::line(const State& u) const {
  const double wall = std::chrono::duration<double>(Clock::now() - begin_).count();
  const double done = end_ > start_ ? static_cast<double>(u.time - start_) / static_cast<double>(end_ - start_) : 1.0;
  const double left = done > 0.0 ? wall * (1.0 - done) / done : 0.0;
  return fmt::format("t = {:.2f} h of {:.2f} h ({:3.0f} %), step {}, {:.1f} steps/s, {} left",
                     to_seconds(u.time) / 3600.0, to_seconds(end_) / 3600.0, 100.0 * std::min(1.0, done), u.steps,
                     wall > 0.0 ? static_cast<double>(u.steps) / wall : 0.0, duration_text(std::max(0.0, left)));
}

void Progress::observe(const Simulation& /*s*/, std::int64_t /*number*/) {}

void Progress::resume(const Simulation& s, std::int64_t /*number*/) {
  start_ = s.state.time;
}

void Progress::stepped(const Simulation& s) {
  const State& u = s.state;
  if (log_.terminal() && Clock::now() - shown_ > std::chrono::milliseconds(200)) {
    shown_ = Clock::now();
    log_.transient(line(u));
  }
  const auto twentieth = static_cast<int>(20 * (u.time - start_) / std::max<Ticks>(1, end_ - start_));
  if (twentieth <= twentieth_) return;
  twentieth_ = twentieth;
  if (!log_.terminal()) log_.info(line(u));
}

}  // namespace vesicast::io
