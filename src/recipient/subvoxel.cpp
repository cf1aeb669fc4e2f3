#include "src/recipient/subvoxel.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/special_functions/bessel.hpp>
#include <cmath>
#include <numbers>

namespace vesicast {
namespace {

constexpr double pi = std::numbers::pi;

/// exp(-x) I_0(x), without overflow.
double scaled_bessel_i0(double x) {
  if (x < 500.0) return std::exp(-x) * boost::math::cyl_bessel_i(0, x);
  // Asymptotic series, Abramowitz & Stegun 9.7.1; the next term is below 1e-9 of the first here.
  return (1.0 + 1.0 / (8.0 * x) + 9.0 / (128.0 * x * x) + 225.0 / (3072.0 * x * x * x)) / std::sqrt(2.0 * pi * x);
}

/// Radius of the cylinder that a voxel column acts like.
double voxel_radius_2d(const Grid& grid) {
  return std::exp(-std::numbers::egamma) / 4.0 * std::hypot(grid.spacing[0], grid.spacing[1]);
}

double sphere_resistance(double alpha_diffusivity, double radius) {
  return 1.0 / (4.0 * pi * alpha_diffusivity * radius);
}

/// What a cell's resistance exceeds the lattice's by; negative where the lattice resists more.
double excess_resistance(const Grid& grid, double alpha_diffusivity, double radius) {
  if (grid.dimensions == 3)
    return sphere_resistance(alpha_diffusivity, radius) - lattice_resistance_3d(grid, alpha_diffusivity);
  const double thickness = grid.spacing[2];
  const double slab = 1.0 / (2.0 * pi * alpha_diffusivity * thickness);
  if (thickness < 2.0 * radius) return slab * std::log(voxel_radius_2d(grid) / radius);
  return sphere_resistance(alpha_diffusivity, radius) +
         slab * (std::numbers::egamma + std::log(voxel_radius_2d(grid) / (2.0 * thickness)));
}

}  // namespace

double lattice_resistance_3d(const Grid& grid, double given) {
  const double alpha_diffusivity = std::max(given, least_alpha_diffusivity);
  std::array<double, 3> g{};
  double largest = 0.0;
  for (std::size_t a = 0; a < 3; ++a) {
    g[a] = alpha_diffusivity * grid.face_area(a) / grid.spacing[a];
    largest = std::max(largest, g[a]);
  }
  boost::math::quadrature::exp_sinh<double> integrator;
  const double scaled = integrator.integrate([&](double t) {
    double product = 1.0;
    for (const double ga : g) product *= scaled_bessel_i0(2.0 * ga / largest * t);
    return product;
  });
  return scaled / largest;
}

double subvoxel_resistance(const Grid& grid, double given, double radius) {
  return std::max(0.0, excess_resistance(grid, std::max(given, least_alpha_diffusivity), radius));
}

double resolved_share(const Grid& grid, double given, double radius, double k_a) {
  if (k_a <= 0.0) return 1.0;
  const double alpha_diffusivity = std::max(given, least_alpha_diffusivity);
  const double excess = std::max(0.0, -excess_resistance(grid, alpha_diffusivity, radius));
  const double exact = 1.0 / k_a + sphere_resistance(alpha_diffusivity, radius);
  return exact / (exact + excess);
}

}  // namespace vesicast
