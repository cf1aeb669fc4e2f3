#pragma once
/// \file
/// What a cell type releases, and the pathway that makes it.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "src/parameters/standard.hpp"

namespace vesicast {

/// At a given rate, steadily or in bursts at random times; or as the donor pathway makes it (Biogenesis).
enum class ReleaseMode { constant, poisson, pathway };

/// Secretion of one vesicle class by one cell type, biology.md section 2.
struct Secretion {
  double rate = 0.0;  ///< vesicles per cell and second; `pathway`: where it settles
  ReleaseMode mode{};
  double vesicles_per_event = standard(&Secretion::vesicles_per_event);  ///< burst size; `poisson` only
  double share = 1.0;  ///< of all this that the class takes, less than 1 for a size bin

  bool operator==(const Secretion&) const = default;
};

/// How intraluminal vesicles form in a multivesicular body (MVB), biology.md section 2.
enum class IlvRoute : std::uint8_t { escrt, syntenin, ceramide, tetraspanin };
inline constexpr std::size_t ilv_routes = 4;

/// The donor pathway of one cell type: endosomes, MVBs and what becomes of them, budding from the plasma membrane;
/// biology.md section 2. Rates in 1/s; counts per cell.
struct Biogenesis {
  std::string exosome = standard(&Biogenesis::exosome);  ///< the class of what MVBs release
  std::string microvesicle;                              ///< of what buds from the plasma membrane; empty: nothing does
  std::string ectosome;                                  ///< of small plasma-membrane ectosomes; empty: none
  /// Membrane cargo whose copies at the plasma membrane the rate of ectosomes follows; empty: none
  std::string ectosome_cargo;
  bool steady_start = standard(&Biogenesis::steady_start);  ///< begins in its steady state, else empty

  double inflow = standard(&Biogenesis::inflow);          ///< k_in, early endosomes that form, in MVB equivalents
  double maturation = standard(&Biogenesis::maturation);  ///< k_mat, early endosome to MVB
  double transport =
      standard(&Biogenesis::transport);  ///< k_tr, to the cell's periphery, where the fate coupling is neutral
  double lysosome = standard(&Biogenesis::lysosome);    ///< k_lys
  double autophagy = standard(&Biogenesis::autophagy);  ///< k_auto
  double amphisome = standard(&Biogenesis::amphisome);  ///< k_al, end of an amphisome
  double amphisome_secreted =
      standard(&Biogenesis::amphisome_secreted);          ///< f_sa, the share of these that is secreted whole
  double docking = standard(&Biogenesis::docking);        ///< k_dock
  double comes_back = standard(&Biogenesis::comes_back);  ///< k_ret, from the periphery
  double undocking = standard(&Biogenesis::undocking);    ///< k_und
  double fusion = standard(&Biogenesis::fusion);          ///< k_fus, SNAREs, at resting calcium

  std::array<double, ilv_routes> formation = standard(&Biogenesis::formation);  ///< v_x, per MVB
  double scission = standard(&Biogenesis::scission);                            ///< VPS4, relative
  double late_formation = standard(&Biogenesis::late_formation);                ///< f_late, beside a maturing MVB
  double capacity = standard(&Biogenesis::capacity);                            ///< n_max, vesicles an MVB can hold
  double back_fusion = standard(&Biogenesis::back_fusion);                      ///< k_bfD, with the limiting membrane
  double fate_coupling = standard(&Biogenesis::fate_coupling);                  ///< b
  /// r of the negative binomial sizes of MVBs, burst_dispersion: their variance is mean (1 + mean/r); runs by chance
  /// only
  double burst_dispersion = standard(&Biogenesis::burst_dispersion);
  double neutral_share =
      standard(&Biogenesis::neutral_share);  ///< s0, share of ESCRT-independent vesicles at which k_tr is `transport`
  double tethered = standard(&Biogenesis::tethered);      ///< f_t, of a burst
  double detachment = standard(&Biogenesis::detachment);  ///< k_det
  double reinternalisation =
      standard(&Biogenesis::reinternalisation);  ///< k_reint, into early endosomes of the same cell

  double calcium = standard(&Biogenesis::calcium);              ///< cytosolic, relative to rest
  double calcium_gain = standard(&Biogenesis::calcium_gain);    ///< A
  double calcium_half = standard(&Biogenesis::calcium_half);    ///< K
  double microvesicles = standard(&Biogenesis::microvesicles);  ///< q_MV
  double ectosomes = standard(&Biogenesis::ectosomes);          ///< q_sPM, at full scission

  /// Membrane cargo between plasma membrane, early endosomes and Golgi.
  double endocytosis = standard(&Biogenesis::endocytosis);    ///< k_endo, fitted to a half-life of 18 h
  double recycling = standard(&Biogenesis::recycling);        ///< k_rec
  double retrograde = standard(&Biogenesis::retrograde);      ///< k_retro, early endosome to Golgi
  double golgi_export = standard(&Biogenesis::golgi_export);  ///< of the Golgi's content
  double golgi_to_endosomes = standard(
      &Biogenesis::golgi_to_endosomes);  ///< share of that which goes to early endosomes, not to the plasma membrane
  double limiting_area = standard(&Biogenesis::limiting_area);  ///< of an MVB's limiting membrane [um^2]

  bool operator==(const Biogenesis&) const = default;
};

/// One of several populations of MVBs in a cell, sorted at the early endosome: with its own routes of formation, fate
/// and class of exosomes; biology.md section 2.
struct MvbPopulation {
  std::string name;
  double share = 1.0;  ///< of the early endosomes that form; all add up to 1
  /// Its MVBs; `inflow` is its share of the pathway's. Maturation, tetherin, calcium, budding and the cycle of membrane
  /// cargo are those of the pathway.
  Biogenesis rates;

  bool operator==(const MvbPopulation&) const = default;
};

/// A share of what leaves the cell's surface goes to the voxel beside it on one side.
struct Polarised {
  int axis = 0;
  int side = 1;  ///< 0 towards the lower face of the domain, 1 towards the upper
  double share = 0.0;

  bool operator==(const Polarised&) const = default;
};

}  // namespace vesicast
