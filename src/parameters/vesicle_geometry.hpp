#pragma once
/// \file
/// Lumen and surface of a vesicle class, means over its lognormal diameters. Pure.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "src/parameters/vesicle.hpp"

namespace vesicast {

/// Thickness of a vesicle's membrane [um].
inline constexpr double membrane_thickness = 0.005;

/// Mean of d^k [um^k] of a lognormal distribution: mean^k (1 + cv^2)^(k (k - 1)/2).
[[nodiscard]] inline double mean_power(const SizeDistribution& size, int k) {
  const double cv = size.mean > 0.0 ? size.sd / size.mean : 0.0;
  return std::pow(size.mean, k) * std::pow(1.0 + cv * cv, 0.5 * k * (k - 1));
}

/// Mean of pi/6 (d - 2 t)^3 [um^3], t the membrane's thickness: 3.8e-4 um^3 where all measure 100 nm.
[[nodiscard]] inline double lumen_volume(const SizeDistribution& size) {
  const double c = 2.0 * membrane_thickness;
  const double cube =
      mean_power(size, 3) - 3.0 * c * mean_power(size, 2) + 3.0 * c * c * mean_power(size, 1) - c * c * c;
  return std::numbers::pi / 6.0 * std::max(0.0, cube);
}

/// Mean of pi d^2 [um^2].
[[nodiscard]] inline double surface_area(const SizeDistribution& size) {
  return std::numbers::pi * mean_power(size, 2);
}

}  // namespace vesicast
