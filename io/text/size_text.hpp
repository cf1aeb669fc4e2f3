#pragma once
/// \file
/// Sizes as people read them.
#include <string>

namespace vesicast::io {

/// "12.3 kB", "4.56 MB", "789 GB": three digits, powers of 1000.
[[nodiscard]] std::string size_text(double bytes);

}  // namespace vesicast::io
