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
#include <optional>

#include "src/base/lanes.hpp"
#include "src/parameters/donor.hpp"

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

template <class Real>
using StagesOf = std::array<Real, stage_count>;
using Stages = StagesOf<double>;

/// The MVBs of one cell and their vesicles by route; or of several cells (Lanes).
template <class Real>
struct MvbsOf {
  StagesOf<Real> count{};
  std::array<StagesOf<Real>, ilv_routes> vesicles{};
};
using Mvbs = MvbsOf<double>;

/// Where MVBs are after a step.
template <class Real>
struct TransitionsOf {
  std::array<StagesOf<Real>, living_stages> from{};  ///< of one MVB in each living stage; the parts add up to 1
  StagesOf<Real> inflow{};                           ///< of the early endosomes that form in the step
};
using Transitions = TransitionsOf<double>;

/// Can an MVB of the stage `from` be in another, `to`, after a step?
[[nodiscard]] constexpr bool leads(std::size_t from, std::size_t to) {
  if (from == to || to == endosome) return false;
  return from != amphisome || to == expelled || to == digested;
}

/// The moves of a step: what is the same in all cells with the same rates, but for the rate of transport. Exact for
/// constant rates by uniformisation (Jensen 1953) with weights that add up to one; nothing is negative.
class Moves {
 public:
  /// Over `dt` [s], where transport is at most `most` [1/s]. Throws NumericsError if an MVB moves more than 10^5 times
  /// in the step.
  Moves(const Biogenesis& b, double most, double dt);

  /// With `transport` [1/s] in the place of k_tr and early endosomes forming at k_in.
  template <class Real>
  [[nodiscard]] TransitionsOf<Real> at(const Real& transport) const;

 private:
  friend class TransitionSeries;
  /// x <- P x, P = I + Q/q, with `goes` of maturing MVBs transported and `inflow` early endosomes more.
  template <class Real>
  [[nodiscard]] StagesOf<Real> jump(const StagesOf<Real>& x, double inflow, const Real& goes,
                                    const Real& maturing_stays) const;

  static constexpr std::size_t most_terms = 24;
  double fastest_ = 0.0;  ///< of all that leaves a stage [1/s]
  int pieces_ = 0;        ///< that the step is cut into; 0: nothing moves
  std::size_t terms_ = 0;
  std::array<double, most_terms> weight_{};
  double dt_ = 0.0, inflow_ = 0.0, leaves_maturing_ = 0.0;  ///< the last without transport
  /// Probabilities of a jump; `*_stays_`: of none.
  double endosome_stays_ = 0.0, peripheral_stays_ = 0.0, docked_stays_ = 0.0, amphisome_stays_ = 0.0;
  double matures_ = 0.0, degraded_ = 0.0, into_amphisome_ = 0.0, docks_ = 0.0, returns_ = 0.0, undocks_ = 0.0,
         fuses_ = 0.0, expelled_ = 0.0, amphisome_digested_ = 0.0, enters_ = 0.0;
};

/// Moves::at() as a power series in z = (k - k_0) dt, k the rate of transport: its terms fall as z^n/n!, so that a few
/// are exact to round-off where transport does not change much in a step.
class TransitionSeries {
 public:
  /// From `least` to `most` transport [1/s] in a step of `dt` [s]; nothing where that would take too many terms.
  static std::optional<TransitionSeries> of(const Moves& moves, double least, double most, double dt);

  template <class Real>
  [[nodiscard]] TransitionsOf<Real> at(const Real& transport) const {
    const Real z = (transport - centre_) * dt_;
    const auto sum = [&](auto&& entry) {
      Real x = in_all<Real>(entry(coefficient_[terms_ - 1]));
      for (std::size_t n = terms_ - 1; n-- > 0;) x = x * z + entry(coefficient_[n]);
      return not_negative(x);
    };
    TransitionsOf<Real> t;
    for (std::size_t to = 0; to < stage_count; ++to)
      t.inflow[to] = sum([to](const Transitions& c) { return c.inflow[to]; });
    for (std::size_t s = 0; s < living_stages; ++s)
      for (std::size_t to = 0; to < stage_count; ++to)
        if (s == to || leads(s, to)) t.from[s][to] = sum([s, to](const Transitions& c) { return c.from[s][to]; });
    return t;
  }

 private:
  static constexpr std::size_t most_terms = 10;
  TransitionSeries(const Moves& moves, double centre, std::size_t terms, double dt);

  double centre_, dt_;
  std::size_t terms_;
  std::array<Transitions, most_terms> coefficient_{};
};

/// Over `dt` [s] with `transport` [1/s]: Moves for one cell. Throws NumericsError as they do.
[[nodiscard]] Transitions transitions(const Biogenesis& b, double transport, double dt);

/// Moves what is in MVBs of the stages from `first` on, or in their membranes: what leaves one stage arrives in
/// another, to round-off.
template <Stage first = endosome, class Share, class Real>
void apply(const TransitionsOf<Share>& t, StagesOf<Real>& x) {
  StagesOf<Real> next{};
  for (std::size_t s = living_stages; s < stage_count; ++s) next[s] = x[s];
#pragma GCC unroll 8
  for (std::size_t s = first; s < living_stages; ++s) {
    Real gone{};
#pragma GCC unroll 8
    for (std::size_t to = 0; to < stage_count; ++to) {
      if (!leads(s, to)) continue;
      const Real part = x[s] * t.from[s][to];
      next[to] += part;
      gone += part;
    }
    // What stays by difference, so that nothing is lost by rounding; of the little that is left of much, the product.
    const Share stays = t.from[s][s];
    next[s] += select(stays > 0.5, not_negative<Real>(x[s] - gone), x[s] * stays);
  }
  x = next;
}

/// Moves `m` over the step, inflow included. Early endosomes hold no vesicles.
template <class Share, class Real>
void move(MvbsOf<Real>& m, const TransitionsOf<Share>& t) {
  apply(t, m.count);
  for (std::size_t s = 0; s < stage_count; ++s) m.count[s] += t.inflow[s];
  for (StagesOf<Real>& x : m.vesicles) apply<maturing>(t, x);
}

/// What the MVBs hold decides their fate: k_tr (1 + beta (s - s0)), s the share of ILVs in maturing MVBs that formed
/// without ESCRT, `ahead` [s] from now as far as returning MVBs change it; never negative; k_tr where there are no
/// ILVs.
class FateCoupling {
 public:
  explicit FateCoupling(const Biogenesis& b, double ahead = 0.0);
  /// Does what the MVBs hold matter?
  [[nodiscard]] bool acts() const { return beta_ != 0.0 && transport_ > 0.0; }
  /// k_tr at the least and at the most, whatever they hold [1/s].
  [[nodiscard]] double least() const;
  [[nodiscard]] double most() const;
  template <class Real>
  [[nodiscard]] Real transport(const MvbsOf<Real>& m) const {
    Real all{}, with_escrt{};
    for (std::size_t x = 0; x < ilv_routes; ++x) {
      const Real here = m.vesicles[x][maturing] * stays_ + m.vesicles[x][peripheral] * returns_;
      all += here;
      if (x == static_cast<std::size_t>(IlvRoute::escrt)) with_escrt = here;
    }
    const Real without = (all - with_escrt) / all;
    return select(all > 0.0, transport_ * not_negative<Real>(1.0 + beta_ * (without - neutral_)),
                  in_all<Real>(transport_));
  }

 private:
  double transport_, beta_, neutral_, stays_, returns_;
};

[[nodiscard]] inline double coupled_transport(const Mvbs& m, const Biogenesis& b, double ahead = 0.0) {
  return FateCoupling(b, ahead).transport(m);
}

template <class Real>
StagesOf<Real> Moves::jump(const StagesOf<Real>& x, double inflow, const Real& goes, const Real& maturing_stays) const {
  StagesOf<Real> next;
  next[endosome] = x[endosome] * endosome_stays_ + inflow;
  next[maturing] = x[maturing] * maturing_stays + x[endosome] * matures_ + x[peripheral] * returns_;
  next[peripheral] = x[peripheral] * peripheral_stays_ + x[maturing] * goes + x[docked] * undocks_;
  next[docked] = x[docked] * docked_stays_ + x[peripheral] * docks_;
  next[amphisome] = x[amphisome] * amphisome_stays_ + x[maturing] * into_amphisome_;
  next[digested] = x[digested] + x[maturing] * degraded_ + x[amphisome] * amphisome_digested_;
  next[fused] = x[fused] + x[docked] * fuses_;
  next[expelled] = x[expelled] + x[amphisome] * expelled_;
  return next;
}

template <class Real>
TransitionsOf<Real> Moves::at(const Real& transport) const {
  TransitionsOf<Real> t;
  for (std::size_t s = 0; s < living_stages; ++s) t.from[s][s] += 1.0;
  if (pieces_ == 0) {
    t.inflow[endosome] += inflow_ * dt_;
    return t;
  }
  const Real goes = transport / fastest_,
             maturing_stays = not_negative<Real>(1.0 - (transport + leaves_maturing_) / fastest_);
  const auto move = [&](StagesOf<Real>& x, double inflow) {
    StagesOf<Real> result;
    for (std::size_t s = 0; s < stage_count; ++s) result[s] = weight_[0] * x[s];
    for (std::size_t k = 1; k < terms_; ++k) {
      x = jump<Real>(x, inflow, goes, maturing_stays);
      for (std::size_t s = 0; s < stage_count; ++s) result[s] += weight_[k] * x[s];
    }
    x = result;
  };
  for (int piece = 0; piece < pieces_; ++piece) {
    move(t.inflow, enters_);
    for (StagesOf<Real>& x : t.from) move(x, 0.0);
  }
  return t;
}

}  // namespace vesicast::donor
