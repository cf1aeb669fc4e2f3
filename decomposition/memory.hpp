#pragma once
/// \file
/// What to say when memory runs out.
#include <string>

namespace vesicast {

/// "out of memory: this rank holds 812 MiB ...". Local.
[[nodiscard]] std::string out_of_memory();

}  // namespace vesicast
