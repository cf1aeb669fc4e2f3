#include "src/parameters/stokes_einstein.hpp"

#include <numbers>

namespace vesicast {
namespace {

constexpr double boltzmann = 1.380649e-23;  // [J/K], exact since the SI of 2019
constexpr double um2_per_m2 = 1e12;
constexpr double m_per_um = 1e-6;

}  // namespace

double stokes_einstein(const Medium& medium, double diameter) {
  const double drag = 3.0 * std::numbers::pi * medium.viscosity * diameter * m_per_um;  // [kg/s]
  return boltzmann * medium.temperature / drag * um2_per_m2;
}

double harmonic_mean_diameter(const SizeDistribution& size) {
  const double spread = size.sd / size.mean;
  return size.mean / (1.0 + spread * spread);
}

double effective_diffusivity(const Medium& medium, const SizeDistribution& size) {
  return stokes_einstein(medium, harmonic_mean_diameter(size)) / (medium.tortuosity * medium.tortuosity);
}

double scaled_diffusivity(double diffusivity, double diameter, const SizeDistribution& size) {
  return diffusivity * diameter / harmonic_mean_diameter(size);
}

}  // namespace vesicast
