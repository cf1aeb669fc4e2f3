#include "io/log/standard_streams.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace vesicast::io {

void guard_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  // open() gives the lowest number that is free. For reading only: a write still fails, and is told where that matters.
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    if (fcntl(stream, F_GETFD) == -1 && errno == EBADF &&
        open("/dev/null", stream == STDERR_FILENO ? O_RDWR : O_RDONLY) < 0)
      return;
}

bool nobody_reads() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

}  // namespace vesicast::io
