#pragma once
/// \file
/// What wants a run to stop before its end: a signal, a file, the time on the wall.
#include <csignal>
#include <string>

namespace vesicast::io {

/// While one lives, SIGUSR1, SIGUSR2, SIGTERM and SIGINT are noted, and no longer end the process, but for a
/// second SIGINT. One per process.
class SignalsNoted {
 public:
  SignalsNoted();
  SignalsNoted(const SignalsNoted&) = delete;
  SignalsNoted& operator=(const SignalsNoted&) = delete;
  ~SignalsNoted();
  /// The one that came last; 0: none.
  [[nodiscard]] static int noted();
};

/// "SIGTERM".
[[nodiscard]] std::string signal_name(int signal);

}  // namespace vesicast::io
