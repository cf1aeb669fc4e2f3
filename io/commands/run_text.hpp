#pragma once
/// \file
/// A run's derived numbers as `validate` prints them and a run's log begins.
#include <string>

#include "src/run_numbers.hpp"

namespace vesicast::io {

/// Several lines, without the warnings.
[[nodiscard]] std::string run_text(const RunNumbers& numbers, const Parameters& parameters, int ranks);

}  // namespace vesicast::io
