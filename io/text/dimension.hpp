#pragma once
/// \file
/// What a quantity of a configuration can measure, and the unit the program holds it in (um, s, Pa, counts).
#include <array>
#include <string>
#include <string_view>

namespace vesicast::io {

/// What a quantity measures; each has one internal unit (see `unit`).
enum class Dimension {
  none,                    ///< a plain number, no unit
  time,                    ///< [s]
  length,                  ///< [um]
  diffusivity,             ///< [um^2/s]
  rate,                    ///< [1/s]
  secretion,               ///< vesicles per time [1/s]; moles of them too, through Avogadro's number
  molecules,               ///< the same of soluble factors, whose counts are molecules [1/s]
  concentration,           ///< vesicles or sites per volume [1/um^3]; moles of them too, through Avogadro's number
  density,                 ///< cells per volume [1/um^3]
  binding,                 ///< binding constant [um^3/s]; per molar and time too, through Avogadro's number
  clearance,               ///< volume of fluid that a cell frees of vesicles per time [um^3/s]
  velocity,                ///< of the fluid [um/s]
  permeability,            ///< of a face or a vessel's wall for vesicles [um/s]
  pressure,                ///< [Pa]
  hydraulic_conductivity,  ///< of a tissue, K in Darcy's law [um^2/(Pa s)]
  wall_conductivity,       ///< hydraulic conductivity of a vessel's wall, L_p in Starling's law [um/(Pa s)]
  surface_density,         ///< surface per volume [1/um]
  area,                    ///< [um^2]
  volume,                  ///< [um^3]
  temperature,             ///< [K]; degrees of other scales too
  viscosity                ///< dynamic, of a fluid [Pa s]
};

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
