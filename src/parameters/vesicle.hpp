#pragma once
/// \file
/// A class of vesicles, or a soluble factor.
#include <map>
#include <optional>
#include <string>

#include "src/parameters/faces.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

/// Reversible binding of a vesicle class to sites in the extracellular matrix, biology.md sections 1 and 3:
/// d Cb/dt = k_on S C - k_off Cb.
struct MatrixBinding {
  double k_on = standard(&MatrixBinding::k_on);    ///< [um^3/s per site]
  double k_off = standard(&MatrixBinding::k_off);  ///< [1/s]
  double sites = standard(&MatrixBinding::sites);  ///< S, per volume of interstitial fluid [1/um^3]
  std::optional<MapFile> sites_map;
};

/// What a field's counts are: vesicles, or molecules of a soluble factor, which carry nothing and bind to receptors of
/// their own.
enum class Substance { vesicle, soluble };

/// Diameters of a vesicle class, lognormal, in `bins` of equal probability (src/parameters/size_bins.hpp).
struct SizeDistribution {
  int bins = standard(&SizeDistribution::bins);
  double mean = 0.0;  ///< [um]
  double sd = 0.0;    ///< standard deviation [um]
};

/// One kind of vesicle (exosome, microvesicle, ...), biology.md section 1, or a soluble factor.
struct VesicleClass {
  std::string name;
  Substance substance = Substance::vesicle;
  double diffusivity = 0.5;          ///< effective D in the interstitium, mean over the sizes [um^2/s]
  bool diffusivity_by_size = false;  ///< D ~ 1/diameter, from the diameters: each size bin has that of its own
  double decay = standard(&VesicleClass::decay);  ///< cell-free loss k_dec [1/s]
  double initial_concentration =
      standard(&VesicleClass::initial_concentration);  ///< uniform at t = 0, per volume of interstitial fluid [1/um^3]
  Boundaries boundary{};
  std::optional<MapFile> diffusivity_map;
  std::optional<MatrixBinding> matrix;
  /// Mean copies per vesicle, by cargo name, in vesicles that no cell loads from what it has (src/model/cargo_plan.hpp)
  std::map<std::string, double> cargo;
  SizeDistribution size;                              ///< vesicles only
  std::string parent;                                 ///< the class that this one is a size bin of; empty: of none
  double cd47 = standard(&VesicleClass::cd47);        ///< CD47 on its surface, relative; holds phagocytosis back
  double cluster = standard(&VesicleClass::cluster);  ///< share of the vesicles that hang together in clusters, 0 to 1
};

}  // namespace vesicast
