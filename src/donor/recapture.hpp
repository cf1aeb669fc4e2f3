#pragma once
/// \file
/// Contact recapture: a vesicle released at the surface of a cell that binds its kind is bound by that cell before it
/// gets away with probability P = k_a/(k_a + k_S); biology.md section 9.
namespace vesicast::donor {

/// `k_a` = k_on Rf [um^3/s]; `resistance` = 1/k_S [s/um^3], 0 where the grid resolves the diffusion away from the cell.
[[nodiscard]] inline double recaptured_share(double k_a, double resistance) {
  const double x = k_a * resistance;
  return x / (1.0 + x);
}

}  // namespace vesicast::donor
