#include "src/donor/mvb.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"

namespace vesicast::donor {
namespace {

/// Moves per step, each of which costs arithmetic.
constexpr double most_moves = 1e5;

}  // namespace

Moves::Moves(const Biogenesis& b, double most, double dt)
    : dt_(dt), inflow_(b.inflow), leaves_maturing_(b.lysosome + b.autophagy) {
  const double fusion = b.fusion * b.calcium, leaves_peripheral = b.docking + b.comes_back,
               leaves_docked = b.undocking + fusion, expelled = b.amphisome_secreted * b.amphisome,
               amphisome_digested = (1.0 - b.amphisome_secreted) * b.amphisome,
               leaves_amphisome = expelled + amphisome_digested;
  const double q =
      std::max({b.maturation, most + leaves_maturing_, leaves_peripheral, leaves_docked, leaves_amphisome});
  if (!(q > 0.0)) return;
  if (!(q * dt <= most_moves))
    throw NumericsError(
        fmt::format("MVBs move {:g} times in a step of {:g} s: shorten the step or slow the rates of the donor pathway",
                    q * dt, dt));
  fastest_ = q;
  pieces_ = std::max(1, static_cast<int>(std::ceil(q * dt)));
  const double lambda = q * dt / pieces_;
  // Poisson's weights, far into the tail, made to add up to one.
  weight_[0] = std::exp(-lambda);
  double sum = weight_[0];
  for (terms_ = 1; terms_ < most_terms && weight_[terms_ - 1] > 1e-18; ++terms_)
    sum += weight_[terms_] = weight_[terms_ - 1] * lambda / static_cast<double>(terms_);
  for (double& w : weight_) w /= sum;

  endosome_stays_ = 1.0 - b.maturation / q;
  peripheral_stays_ = 1.0 - leaves_peripheral / q;
  docked_stays_ = 1.0 - leaves_docked / q;
  amphisome_stays_ = 1.0 - leaves_amphisome / q;
  matures_ = b.maturation / q;
  degraded_ = b.lysosome / q;
  into_amphisome_ = b.autophagy / q;
  docks_ = b.docking / q;
  returns_ = b.comes_back / q;
  undocks_ = b.undocking / q;
  fuses_ = fusion / q;
  expelled_ = expelled / q;
  amphisome_digested_ = amphisome_digested / q;
  enters_ = inflow_ / q;
}

std::optional<TransitionSeries> TransitionSeries::of(const Moves& moves, double least, double most, double dt) {
  if (moves.pieces_ == 0) return std::nullopt;
  const double z = 0.5 * (most - least) * dt;
  double term = 1.0;
  for (std::size_t terms = 1; terms < most_terms; ++terms) {
    term *= z / static_cast<double>(terms);
    // The last one more, for what goes with transport and so begins with the first power.
    if (term < 1e-17) return TransitionSeries(moves, 0.5 * (least + most), terms + 1, dt);
  }
  return std::nullopt;
}

TransitionSeries::TransitionSeries(const Moves& moves, double centre, std::size_t terms, double dt)
    : centre_(centre), dt_(dt), terms_(terms) {
  const double goes = centre / moves.fastest_,
               maturing_stays = 1.0 - (centre + moves.leaves_maturing_) / moves.fastest_;
  // P = P_0 + z D: what of maturing MVBs is transported more, stays less.
  const double more = 1.0 / (moves.fastest_ * dt);
  using Powers = std::array<Stages, most_terms>;
  const auto move = [&](Powers& x, double inflow) {
    Powers result{};
    for (std::size_t k = 0; k < moves.terms_; ++k) {
      if (k > 0)
        for (std::size_t n = terms; n-- > 0;) {
          x[n] = moves.jump<double>(x[n], n == 0 ? inflow : 0.0, goes, maturing_stays);
          if (n == 0) continue;
          x[n][peripheral] += more * x[n - 1][maturing];
          x[n][maturing] -= more * x[n - 1][maturing];
        }
      for (std::size_t n = 0; n < terms; ++n)
        for (std::size_t s = 0; s < stage_count; ++s) result[n][s] += moves.weight_[k] * x[n][s];
    }
    x = result;
  };
  const auto column = [&](Powers x, double inflow, auto&& put) {
    for (int piece = 0; piece < moves.pieces_; ++piece) move(x, inflow);
    for (std::size_t n = 0; n < terms; ++n) put(coefficient_[n], x[n]);
  };
  column({}, moves.enters_, [](Transitions& t, const Stages& x) { t.inflow = x; });
  for (std::size_t from = 0; from < living_stages; ++from) {
    Powers one{};
    one[0][from] = 1.0;
    column(one, 0.0, [from](Transitions& t, const Stages& x) { t.from[from] = x; });
  }
}

Transitions transitions(const Biogenesis& b, double transport, double dt) {
  return Moves(b, transport, dt).at(transport);
}

FateCoupling::FateCoupling(const Biogenesis& b, double ahead)
    : transport_(b.transport),
      beta_(b.fate_coupling),
      neutral_(b.neutral_share),
      stays_(std::exp(-(b.transport + b.lysosome + b.autophagy) * ahead)),
      returns_(b.comes_back * ahead) {}

double FateCoupling::least() const {
  return transport_ * std::max(0.0, std::min({1.0, 1.0 + beta_ * (1.0 - neutral_), 1.0 - beta_ * neutral_}));
}

double FateCoupling::most() const {
  return transport_ * std::max({1.0, 1.0 + beta_ * (1.0 - neutral_), 1.0 - beta_ * neutral_});
}

}  // namespace vesicast::donor
