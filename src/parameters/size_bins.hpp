#pragma once
/// \file
/// Vesicles of one class are not all of one size: bins of equal probability of a lognormal distribution of diameters,
/// each a class of its own. Pure: no MPI, no PETSc.
#include <vector>

#include "src/parameters/parameters.hpp"

namespace vesicast {

/// One size bin of a class.
struct SizeBin {
  double share = 1.0;        ///< of all vesicles of the class
  double diameter = 0.0;     ///< mean in the bin [um]
  double diffusivity = 1.0;  ///< D of the bin over D of the class
};

/// The bins of `size`, smallest first; `size.mean` > 0, `size.sd` >= 0. Edges are the quantiles i/n of the lognormal
/// with that mean and standard deviation, sigma^2 = ln(1 + sd^2/mean^2). The mean diameter in a bin is exact,
/// n mean (Phi(z_i - sigma) - Phi(z_(i-1) - sigma)) with Phi(z_i) = i/n. Diffusivities follow Stokes & Einstein, D ~
/// 1/d, scaled so that their mean over all vesicles is that of the class: D_bin/D = d_h/d_bin, d_h the harmonic mean of
/// the bins' diameters. Throws InputError unless there is at least one bin and the diameters are positive.
[[nodiscard]] std::vector<SizeBin> size_bins(const SizeDistribution& size);

/// `parameters` with every class of several size bins replaced by its bins: classes named "exosome 78 nm" whose
/// `parent` is "exosome". They share its uptake, cargo, decay, faces and binding to the matrix; secretion, initial
/// concentration and concentrations outside faces and in vessels are divided by the shares, and diffusivities (a map's
/// and the regions' too) scaled; where `diffusivity_by_size`, each bin has the D of its own diameter instead. All else
/// is as it was, so that doing it twice is doing it once. Throws InputError where a bin takes the name of another
/// class.
[[nodiscard]] Parameters with_size_bins(Parameters parameters);

}  // namespace vesicast
