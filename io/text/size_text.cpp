#include "io/text/size_text.hpp"

#include <fmt/format.h>

namespace vesicast::io {

std::string size_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.3g} kB", 1e-3 * bytes);
  return bytes < 1e9 ? fmt::format("{:.3g} MB", 1e-6 * bytes) : fmt::format("{:.3g} GB", 1e-9 * bytes);
}

}  // namespace vesicast::io
