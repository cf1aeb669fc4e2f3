#pragma once
/// \file
/// How long this process has been computing.
#include <ctime>

namespace vesicast {

/// Processor time of this process [s]: it stands still while others have the core.
[[nodiscard]] inline double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

}  // namespace vesicast
