#pragma once
/// \file
/// Cargo in one donor cell, biology.md sections 2 and 5: it goes into intraluminal vesicles (ILVs) as they form, moves
/// with their MVBs, and comes back as they fuse back. Soluble cargo is taken from the cytosol by volume, membrane cargo
/// from the limiting membrane of the MVB by area. Pure.
#include <array>
#include <span>
#include <vector>

#include "src/base/exponential_share.hpp"
#include "src/donor/mvb.hpp"
#include "src/parameters/cargo.hpp"

namespace vesicast::donor {

/// How one cargo is loaded by the cells of one type.
struct CargoLoading {
  CargoKind kind = CargoKind::soluble;
  /// Share of the pool that one forming ILV takes, by IlvRoute: soluble E_c V_lumen/V_cyt of the cytosol's copies;
  /// membrane E_c A_ILV/A_MVB of what the limiting membrane of its own MVB holds.
  std::array<double, ilv_routes> per_ilv{};
};

/// The copies of one cargo in the MVBs of one population, of one cell or of several (Lanes).
template <class Real>
struct CargoInMvbsOf {
  StagesOf<Real> limiting{};             ///< membrane cargo, in the membrane of endosomes and MVBs
  StagesOf<Real> loaded{};               ///< in ILVs
  Real digested{}, burst{}, expelled{};  ///< out: in ILVs and membranes that ended so
};
using CargoInMvbs = CargoInMvbsOf<double>;

/// The copies of one cargo in one cell, or in several.
template <class Real>
struct DonorCargoOf {
  Real pool{};     ///< in the cytosol, or at the plasma membrane; all populations take from it
  Real leaving{};  ///< in: vesicles bud in the step that take the share 1 - exp(-leaving) of the pool
  Real budded{};   ///< out: copies in these
  Real joining{};  ///< copies in membranes that fuse with the plasma membrane in the step; 0 between steps
  /// [population]; between steps the first has what is in the membrane of early endosomes, of all
  std::vector<CargoInMvbsOf<Real>> mvbs = std::vector<CargoInMvbsOf<Real>>(1);
};
using DonorCargo = DonorCargoOf<double>;

/// Divides what is in the membrane of early endosomes among the populations, for a step of the MVBs, and puts it back.
template <class Real>
void divide_endosomes(DonorCargoOf<Real>& cargo, std::span<const double> shares) {
  if (cargo.mvbs.size() < 2) return;
  const Real all = cargo.mvbs[0].limiting[endosome];
  for (std::size_t p = 0; p < cargo.mvbs.size(); ++p) cargo.mvbs[p].limiting[endosome] = shares[p] * all;
}
template <class Real>
void join_endosomes(DonorCargoOf<Real>& cargo) {
  for (std::size_t p = 1; p < cargo.mvbs.size(); ++p) {
    cargo.mvbs[0].limiting[endosome] += cargo.mvbs[p].limiting[endosome];
    cargo.mvbs[p].limiting[endosome] = Real{};
  }
}

/// Takes from `pool` what vesicles at the surface bud with: 1 - exp(-leaving) of it.
template <class Real>
void bud(DonorCargoOf<Real>& cargo) {
  cargo.budded = at_most<Real>(cargo.pool * exponential_share(cargo.leaving).gone, cargo.pool);
  cargo.pool -= cargo.budded;
}

/// What ILVs take from `cell`, or of membrane cargo from the membrane, and give back in `dt` [s] in the MVBs of one
/// stage, of which there are `mvbs`: `formed` ILVs by route in that time, each holding on to its copies until it fuses
/// back at `back_fusion` [1/s]. Exact for the exchange of two pools at rates that are constant in the step: x = l + k
/// dt, moved (1 - exp(-x))/x (l from - k dt loaded).
template <class Real>
void load(Real& cell, CargoInMvbsOf<Real>& cargo, const CargoLoading& loading, Stage stage, const Real& mvbs,
          const std::array<Real, ilv_routes>& formed, double back_fusion, double dt) {
  Real taken{};  // l, share of the pool per step
  for (std::size_t x = 0; x < ilv_routes; ++x) taken += loading.per_ilv[x] * formed[x];
  const bool membrane = loading.kind == CargoKind::membrane;
  if (membrane) taken = select(mvbs > 0.0, taken / mvbs, Real{});
  Real &pool = membrane ? cargo.limiting[stage] : cell, &loaded = cargo.loaded[stage];
  const double back = back_fusion * dt;
  const Real x = taken + back, mean = mean_left(x, exponential_share(x).gone);
  const Real moved = at_most<Real>(at_least<Real>(mean * (taken * pool - back * loaded), -loaded), pool);
  pool -= moved;
  loaded += moved;
}

/// Moves membranes and ILVs with the MVBs of one population; sets digested, burst and expelled. What lysosomes get is
/// digested. Returns what joins the plasma membrane: the membranes that fuse with it.
template <class Share, class Real>
Real move(CargoInMvbsOf<Real>& in, const TransitionsOf<Share>& t) {
  apply(t, in.limiting);
  apply<maturing>(t, in.loaded);
  const Real joins = in.limiting[fused] + in.limiting[expelled];
  in.digested = in.limiting[digested] + in.loaded[digested];
  in.burst = in.loaded[fused];
  in.expelled = in.loaded[expelled];
  for (const Stage fate : {digested, fused, expelled}) in.limiting[fate] = in.loaded[fate] = Real{};
  return joins;
}

/// Vesicles bud from the pool, and what is `joining` comes to it: half before, half after, which is second order.
template <class Real>
void bud_and_join(DonorCargoOf<Real>& cargo) {
  cargo.pool += 0.5 * cargo.joining;
  bud(cargo);
  cargo.pool += 0.5 * cargo.joining;
  cargo.joining = Real{};
}

}  // namespace vesicast::donor
