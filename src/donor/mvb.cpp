#include "src/donor/mvb.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/error.hpp"

namespace vesicast::donor {
namespace {

/// Moves per step, each of which costs arithmetic.
constexpr double fastest = 1e5;

struct Move {
  Stage from, to;
  double rate;
};

std::array<Move, 10> moves(const Biogenesis& b, double transport) {
  return {{{endosome, maturing, b.maturation},
           {maturing, peripheral, transport},
           {maturing, digested, b.lysosome},
           {maturing, amphisome, b.autophagy},
           {peripheral, docked, b.docking},
           {peripheral, maturing, b.comes_back},
           {docked, peripheral, b.undocking},
           {docked, fused, b.fusion * b.calcium},
           {amphisome, expelled, b.amphisome_secreted * b.amphisome},
           {amphisome, digested, (1.0 - b.amphisome_secreted) * b.amphisome}}};
}

}  // namespace

Transitions transitions(const Biogenesis& b, double transport, double dt) {
  const auto all = moves(b, transport);
  Stages leaving{};
  for (const Move& step : all) leaving[step.from] += step.rate;
  const double q = *std::max_element(leaving.begin(), leaving.end());
  Transitions t;
  for (std::size_t s = 0; s < living_stages; ++s) t.from[s][s] = 1.0;
  if (!(q > 0.0)) {
    t.inflow[endosome] = b.inflow * dt;
    return t;
  }
  if (!(q * dt <= fastest))
    throw NumericsError(
        fmt::format("MVBs move {:g} times in a step of {:g} s: shorten the step or slow the rates of the donor pathway",
                    q * dt, dt));
  const int pieces = std::max(1, static_cast<int>(std::ceil(q * dt)));
  const double lambda = q * dt / pieces;
  // Poisson's weights, far into the tail, made to add up to one.
  std::array<double, 24> weight{std::exp(-lambda)};
  double sum = weight[0];
  std::size_t terms = 1;
  for (; terms < weight.size() && weight[terms - 1] > 1e-18; ++terms)
    sum += weight[terms] = weight[terms - 1] * lambda / static_cast<double>(terms);
  for (double& w : weight) w /= sum;

  const auto advance = [&](Stages& x, double inflow) {
    Stages result{};
    for (std::size_t s = 0; s < stage_count; ++s) result[s] = weight[0] * x[s];
    for (std::size_t k = 1; k < terms; ++k) {
      // x <- P x with P = I + Q/q, and what has flowed in by then
      Stages next = x;
      for (std::size_t s = 0; s < living_stages; ++s) next[s] = x[s] * (1.0 - leaving[s] / q);
      for (const Move& step : all) next[step.to] += x[step.from] * (step.rate / q);
      next[endosome] += inflow / q;
      x = next;
      for (std::size_t s = 0; s < stage_count; ++s) result[s] += weight[k] * x[s];
    }
    x = result;
  };
  for (int piece = 0; piece < pieces; ++piece) {
    advance(t.inflow, b.inflow);
    for (Stages& x : t.from) advance(x, 0.0);
  }
  return t;
}

void apply(const Transitions& t, Stages& x) {
  Stages next{};
  for (std::size_t s = living_stages; s < stage_count; ++s) next[s] = x[s];
  for (std::size_t s = 0; s < living_stages; ++s) {
    double gone = 0.0;
    for (std::size_t to = 0; to < stage_count; ++to) {
      if (to == s) continue;
      const double part = x[s] * t.from[s][to];
      next[to] += part;
      gone += part;
    }
    // What stays by difference, so that nothing is lost by rounding; of the little that is left of much, the product.
    const double stays = t.from[s][s];
    next[s] += stays > 0.5 ? std::max(0.0, x[s] - gone) : x[s] * stays;
  }
  x = next;
}

void move(Mvbs& m, const Transitions& t) {
  apply(t, m.count);
  for (std::size_t s = 0; s < stage_count; ++s) m.count[s] += t.inflow[s];
  for (Stages& x : m.vesicles) apply(t, x);
}

double coupled_transport(const Mvbs& m, const Biogenesis& b, double ahead) {
  const double stays = std::exp(-(b.transport + b.lysosome + b.autophagy) * ahead), back = b.comes_back * ahead;
  double all = 0.0, with_escrt = 0.0;
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    const double here = m.vesicles[x][maturing] * stays + m.vesicles[x][peripheral] * back;
    all += here;
    if (x == static_cast<std::size_t>(IlvRoute::escrt)) with_escrt = here;
  }
  if (!(all > 0.0)) return b.transport;
  return b.transport * std::max(0.0, 1.0 + b.fate_coupling * ((all - with_escrt) / all - b.neutral_share));
}

}  // namespace vesicast::donor
