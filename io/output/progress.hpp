#pragma once
/// \file
/// How far the run is: one moving line on a terminal, a plain line every twentieth of the run in a batch log.
#include <chrono>

#include "io/log/log.hpp"
#include "src/run/observer.hpp"

namespace vesicast::io {

/// A span of time for people: "45 s", "12 min", "3.2 h".
[[nodiscard]] std::string duration_text(double seconds);

class Progress : public Observer {
 public:
  Progress(Log& log, Ticks start, Ticks end);
  [[nodiscard]] Ticks interval() const override { return 0; }
  void observe(const Simulation& s, std::int64_t number) override;
  void resume(const Simulation& s, std::int64_t number) override;
  void stepped(const Simulation& s) override;

 private:
  [[nodiscard]] std::string line(const State& u) const;
  using Clock = std::chrono::steady_clock;
  Log& log_;
  Ticks start_, end_;
  Clock::time_point begin_, shown_;
  int twentieth_ = 0;
};

}  // namespace vesicast::io
