#pragma once
/// \file
/// Wall time by part of the step, for the log. Never part of a result.
#include <chrono>

namespace vesicast {

/// Seconds this rank spent since the start.
struct Timings {
  double cells = 0.0, transport = 0.0, output = 0.0, ledger = 0.0, step_control = 0.0, checkpoint = 0.0;
  double steps = 0.0;  ///< all of the steps, their choice too
  double busy = 0.0;   ///< processor time of steps without waiting for neighbours
};

/// Adds the time it lives to a counter.
class Stopwatch {
 public:
  explicit Stopwatch(double& seconds) : seconds_(seconds), begin_(std::chrono::steady_clock::now()) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

 private:
  double& seconds_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace vesicast
