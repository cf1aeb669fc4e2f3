#pragma once
/// \file
/// What the quantities of a configuration measure.

namespace vesicast {

/// What a quantity measures; each has one internal unit (io/text/dimension.cpp).
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

}  // namespace vesicast
