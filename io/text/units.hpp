#pragma once
/// \file
/// Quantities with units: the text "0.5 um^2/s" becomes a number in the program's units (um, s, Pa, counts), through
/// udunits2.
#include <string>
#include <string_view>

#include "io/text/dimension.hpp"

namespace vesicast::io {

/// The internal value of `text`, a number and its unit ("24 h", "1e9 /ml", "1e6 /M/s").
/// \throws InputError saying what is wrong: no number, no unit, an unknown unit, another dimension, a value not finite.
/// \throws InternalError where the unit database of udunits2 cannot be read, or for Dimension::none.
[[nodiscard]] double convert(std::string_view text, Dimension dimension);

/// `value`, in internal units, as text that `convert` turns back into the same bits, e.g. "864 s".
[[nodiscard]] std::string quantity_text(double value, Dimension dimension);

}  // namespace vesicast::io
