#pragma once
/// \file
/// How fast vesicles of a size diffuse: Stokes & Einstein in the interstitial fluid, or 1/diameter from a measured
/// value. Pure: no MPI, no PETSc.
#include "src/parameters/standard.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {

/// The interstitial fluid and the ways through it.
struct Medium {
  double temperature = standard(&Medium::temperature);  ///< [K]
  double viscosity = standard(&Medium::viscosity);      ///< of the fluid [Pa s]
  double tortuosity = standard(&Medium::tortuosity);    ///< lambda_t: paths are that much longer than straight ones
  double measured = 0.0;  ///< instead of these: effective D of 100 nm in the tissue [um^2/s]; 0: none is named
};

/// D0 = k T/(3 pi eta d) of a sphere in the free fluid [um^2/s] (Einstein 1905). \param diameter d [um]
[[nodiscard]] double stokes_einstein(const Medium& medium, double diameter);

/// 1/(mean of 1/diameter) over the lognormal distribution of `size`, mean/(1 + sd^2/mean^2) [um]: what has the mean D
/// of all vesicles where D ~ 1/diameter.
[[nodiscard]] double harmonic_mean_diameter(const SizeDistribution& size);

/// Mean D over the vesicles of `size`, D0/lambda_t^2 of each [um^2/s].
[[nodiscard]] double effective_diffusivity(const Medium& medium, const SizeDistribution& size);

/// Mean D over the vesicles of `size`, where those of `diameter` [um] have `diffusivity` and D ~ 1/diameter [um^2/s].
[[nodiscard]] double scaled_diffusivity(double diffusivity, double diameter, const SizeDistribution& size);

}  // namespace vesicast
