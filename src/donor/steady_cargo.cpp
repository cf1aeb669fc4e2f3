#include "src/donor/steady_cargo.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "src/recipient/delivery.hpp"

namespace vesicast::donor {
namespace {

/// Golgi, pool, and per population and living stage what is in membranes and in ILVs.
using Unknowns = std::vector<double>;

CargoContent content_of(const Unknowns& x) {
  CargoContent c;
  c.golgi = x[0];
  c.in.pool = x[1];
  c.in.mvbs.resize((x.size() - 2) / (2 * living_stages));
  std::size_t i = 2;
  for (CargoInMvbs& in : c.in.mvbs)
    for (Stages* stages : {&in.limiting, &in.loaded})
      for (std::size_t s = 0; s < living_stages; ++s) (*stages)[s] = x[i++];
  return c;
}

Unknowns unknowns_of(const CargoContent& c) {
  Unknowns x{c.golgi, c.in.pool};
  for (const CargoInMvbs& in : c.in.mvbs)
    for (const Stages* stages : {&in.limiting, &in.loaded})
      x.insert(x.end(), stages->begin(), stages->begin() + living_stages);
  return x;
}

void half_step(CargoContent& c, const CargoCell& cell, double synthesised, double dt) {
  if (cell.loading.front().kind == CargoKind::soluble || cell.pathway == nullptr) {
    c.in.pool = recipient::deliver(c.in.pool, synthesised, cell.decay, dt).copies;
    return;
  }
  const TransitionMatrix step(cycle_pools, membrane_cycle(*cell.pathway, cell.decay), dt);
  const Cycle after =
      step_cycle({c.golgi, c.in.pool, c.in.mvbs[0].limiting[endosome], 0.0}, {synthesised, 0.0, 0.0, 0.0}, step);
  c.golgi = after[in_golgi];
  c.in.pool = after[at_plasma_membrane];
  c.in.mvbs[0].limiting[endosome] = after[in_endosomes];
}

Unknowns after_step(const Unknowns& x, const CargoCell& cell, double synthesis, double dt) {
  CargoContent c = content_of(x);
  half_step(c, cell, 0.5 * dt * synthesis, 0.5 * dt);
  c.in.leaving = cell.leaving * dt;
  if (cell.pathway != nullptr) {
    std::vector<Mvbs> m = cell.mvbs;
    divide_endosomes(c.in, cell.shares);
    step_pathway(m, cell.populations, dt, {&c.in, 1}, cell.loading);
    join_endosomes(c.in);
  } else {
    bud(c.in);
  }
  half_step(c, cell, 0.5 * dt * synthesis, 0.5 * dt);
  return unknowns_of(c);
}

/// Solves a x = b by Gaussian elimination with pivots; returns whether `a` is regular. A row of `a` ends in its b.
bool solve(std::vector<std::vector<double>>& a) {
  const std::size_t n = a.size();
  for (std::size_t k = 0; k < n; ++k) {
    const auto pivot = std::max_element(a.begin() + static_cast<std::ptrdiff_t>(k), a.end(),
                                        [k](const auto& x, const auto& y) { return std::abs(x[k]) < std::abs(y[k]); });
    std::swap(a[k], *pivot);
    if (a[k][k] == 0.0) return false;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j <= n; ++j) a[i][j] -= factor * a[k][j];
    }
  }
  for (std::size_t k = 0; k < n; ++k) a[k][n] /= a[k][k];
  return true;
}

}  // namespace

std::optional<CargoContent> steady_cargo(const CargoCell& cell, double dt) {
  // A step is linear in what is there: x <- A x + b.
  const std::size_t unknowns = 2 + 2 * living_stages * cell.loading.size();
  const Unknowns b = after_step(Unknowns(unknowns, 0.0), cell, 1.0, dt);
  std::vector<Unknowns> column(unknowns);
  for (std::size_t j = 0; j < unknowns; ++j) {
    Unknowns unit(unknowns, 0.0);
    unit[j] = 1.0;
    column[j] = after_step(unit, cell, 0.0, dt);
  }
  // Only what the synthesis can reach.
  std::vector<bool> reached(unknowns, false);
  for (std::size_t i = 0; i < unknowns; ++i) reached[i] = b[i] > 0.0;
  for (std::size_t round = 0; round < unknowns; ++round)
    for (std::size_t j = 0; j < unknowns; ++j)
      for (std::size_t i = 0; i < unknowns; ++i) reached[i] = reached[i] || (reached[j] && column[j][i] > 0.0);
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < unknowns; ++i)
    if (reached[i]) at.push_back(i);

  const std::size_t n = at.size();
  std::vector<std::vector<double>> system(n, std::vector<double>(n + 1));
  for (std::size_t i = 0; i < n; ++i) {
    system[i][n] = b[at[i]];
    for (std::size_t j = 0; j < n; ++j) system[i][j] = (i == j ? 1.0 : 0.0) - column[at[j]][at[i]];
  }
  if (n == 0 || !solve(system)) return std::nullopt;
  Unknowns steady(unknowns, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    // What does not leave piles up without bound: a pool that lasts longer than a thousand years.
    if (!(system[i][n] >= 0.0 && system[i][n] < 3e10)) return std::nullopt;
    steady[at[i]] = system[i][n];
  }
  return content_of(steady);
}

}  // namespace vesicast::donor
