#pragma once
/// \file
/// What a quantity of a configuration can measure, and the unit the program holds it in (um, s, Pa, counts).
#include <array>
#include <string>
#include <string_view>

#include "src/parameters/dimension.hpp"

namespace vesicast::io {

/// A unit in which a dimension may be given, as udunits2 reads it, and what one of it is in the internal unit.
struct AcceptedUnit {
  const char* unit = nullptr;
  double factor = 0.0;
};

struct DimensionEntry {
  Dimension dimension;
  std::string_view name;                 ///< "time"
  std::string_view unit;                 ///< the internal one, "um^2/s"; empty for `none`
  std::string_view example;              ///< as a user would write it, "24 h"
  std::array<AcceptedUnit, 2> accepted;  ///< the second may be empty
};

/// All that is known of a dimension.
[[nodiscard]] const DimensionEntry& entry(Dimension dimension);

/// The dimension in words, e.g. "time".
[[nodiscard]] std::string_view name(Dimension dimension);

/// The same for several, e.g. "times", "velocities".
[[nodiscard]] std::string plural(Dimension dimension);

/// The internal unit, e.g. "um^2/s"; empty for `none`.
[[nodiscard]] std::string_view unit(Dimension dimension);

/// A quantity as a user would write it, e.g. "24 h".
[[nodiscard]] std::string_view example(Dimension dimension);

}  // namespace vesicast::io
