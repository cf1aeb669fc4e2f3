#include "decomposition/memory.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>

namespace vesicast {
namespace {

/// What this process has in memory [MiB], from proc(5), statm; 0 where that is not known. Allocates next to nothing.
long resident_mib() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  long size = 0, resident = 0;
  const int read = std::fscanf(file, "%ld %ld", &size, &resident);
  static_cast<void>(std::fclose(file));
  return read == 2 ? resident * (::sysconf(_SC_PAGESIZE) / 1024) / 1024 : 0;
}

}  // namespace

std::string out_of_memory() {
  std::array<char, 200> text{};
  std::snprintf(text.data(), text.size(),
                "out of memory: this rank holds %ld MiB and gets no more; more ranks on more hosts need less each "
                "(vesicast validate --ranks N says how much)",
                resident_mib());
  return text.data();
}

}  // namespace vesicast
