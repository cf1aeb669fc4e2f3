#pragma once
/// \file
/// Multivesicular bodies (MVBs) of one donor cell: how they move, and their intraluminal vesicles (ILVs) with them;
/// biology.md section 2:
///   dEE/dt = k_in - k_mat EE;  dM/dt = k_mat EE - (k_tr + k_lys + k_auto) M + k_ret Ms
///   dMs/dt = k_tr M - (k_dock + k_ret) Ms + k_und Md;  dMd/dt = k_dock Ms - (k_fus Ca + k_und) Md
///   dA/dt  = k_auto M - k_al A, of which a share f_sa is secreted whole
/// ILVs go where their MVB goes, I_x/M of them with each. Pure.
#include <array>
#include <cstddef>

#include "src/parameters.hpp"

namespace vesicast::donor {

/// Where an MVB can be, and where it ends.
enum Stage : std::size_t {
  endosome,    ///< early endosome, which holds no ILVs yet
  maturing,    ///< M
  peripheral,  ///< Ms
  docked,      ///< Md
  amphisome,   ///< A
  digested,    ///< fate: by lysosomes
  fused,       ///< fate: with the plasma membrane
  expelled,    ///< fate: amphisomes secreted whole
  stage_count
};
inline constexpr std::size_t living_stages = 5;

using Stages = std::array<double, stage_count>;

/// The MVBs of one cell and their vesicles by route.
struct Mvbs {
  Stages count{};
  std::array<Stages, ilv_routes> vesicles{};
};

/// Where MVBs are after a step.
struct Transitions {
  std::array<Stages, living_stages> from{};  ///< of one MVB in each living stage; the parts add up to 1
  Stages inflow{};                           ///< of the early endosomes that form in the step
};

/// Over `dt` [s] with `transport` [1/s] in the place of k_tr and early endosomes forming at k_in: exact for constant
/// rates by uniformisation (Jensen 1953) with weights that add up to one; nothing is negative. Throws NumericsError if
/// an MVB moves more than 10^5 times in the step.
[[nodiscard]] Transitions transitions(const Biogenesis& b, double transport, double dt);

/// Moves what is in MVBs, or in their membranes: what leaves one stage arrives in another, to round-off.
void apply(const Transitions& t, Stages& x);

/// Moves `m` over `dt` [s], inflow included.
void move(Mvbs& m, const Transitions& t);

/// What the MVBs hold decides their fate: k_tr (1 + beta (s - s0)), s the share of ILVs in maturing MVBs that formed
/// without ESCRT, `ahead` [s] from now as far as returning MVBs change it; never negative; k_tr where there are no
/// ILVs.
[[nodiscard]] double coupled_transport(const Mvbs& m, const Biogenesis& b, double ahead = 0.0);

}  // namespace vesicast::donor
