#pragma once
/// \file
/// Quantities with units: the text "0.5 um^2/s" becomes a number in the program's units (um, s, counts), through
/// udunits2.
#include <string>
#include <string_view>

namespace vesicast::io {

/// What a quantity measures; each has one internal unit (see `unit`).
enum class Dimension {
  none,           ///< a plain number, no unit
  time,           ///< [s]
  length,         ///< [um]
  diffusivity,    ///< [um^2/s]
  rate,           ///< [1/s]
  secretion,      ///< vesicles per time [vesicle/s]
  concentration,  ///< vesicles per volume [1/um^3]; moles of vesicles too, through Avogadro's number
  density,        ///< cells per volume [1/um^3]
  binding         ///< binding constant [um^3/s]; per molar and time too, through Avogadro's number
};

/// The dimension in words, e.g. "time".
[[nodiscard]] std::string_view name(Dimension dimension);

/// The internal unit, e.g. "um^2/s"; empty for `none`.
[[nodiscard]] std::string_view unit(Dimension dimension);

/// A quantity as a user would write it, e.g. "24 h".
[[nodiscard]] std::string_view example(Dimension dimension);

/// The internal value of `text`, a number and its unit ("24 h", "1e9 /ml", "1e6 /M/s").
/// \throws InputError saying what is wrong: no number, no unit, an unknown unit, another dimension, a value not finite.
/// \throws InternalError where the unit database of udunits2 cannot be read, or for Dimension::none.
[[nodiscard]] double convert(std::string_view text, Dimension dimension);

/// `value`, in internal units, as text that `convert` turns back into the same bits, e.g. "864 s".
[[nodiscard]] std::string quantity_text(double value, Dimension dimension);

}  // namespace vesicast::io
