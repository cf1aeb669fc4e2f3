#pragma once
/// \file
/// One pass over the voxels: the Markov sweep of the time polynomials, and the flux sweep that ends a step.
/// Pure: spans and pointers only.
#include <span>
#include <vector>

#include "decomposition/exact_sum.hpp"
#include "src/extracellular/stencil.hpp"
#include "src/extracellular/terms.hpp"

namespace vesicast {

/// Copies the end voxels of each row into the rim at walls in x, so that nothing flows there.
inline void mirror_row_ends(const SweepShape& s, double* y) {
  if (!s.wall[0][0] && !s.wall[0][1]) return;
  for_each_row(s, [&](const Row& r) {
    if (s.wall[0][0]) y[r.at - 1] = y[r.at];
    if (s.wall[0][1]) y[r.at + r.n] = y[r.at + r.n - 1];
  });
}

/// out = (I + A/q) y + w c + s S on the owned voxels; y must have its rim. All >= 0 if y, c, S are and q bounds A.
template <class Stencil>
void markov_sweep(const Stencil& stencil, const SweepShape& shape, const SparseTerms& terms, double q, const double* y,
                  double w, const double* c, double s, double* out) {
  const double tau = 1.0 / q;
  for_each_row(shape, [&](const Row& r) {
    stencil.markov_row(r, tau, y, w, c, out);
    for (std::size_t t = terms.row_begin[r.index]; t < terms.row_begin[r.index + 1]; ++t) {
      const auto i = static_cast<std::size_t>(terms.voxel[t]) - r.owned_at;
      out[r.at + i] += s * terms.source[t] - tau * terms.loss[t] * y[r.at + i];
    }
  });
}

/// out (over the owned box) = A y + S, the losses of the stencil and of the terms included. y must have its rim.
template <class Stencil>
void rate_sweep(const Stencil& stencil, const SweepShape& shape, const SparseTerms& terms, const double* y,
                double* out) {
  for_each_row(shape, [&](const Row& r) {
    stencil.flux_row(r, y, out + r.owned_at);
    for (std::size_t i = 0; i < r.n; ++i) out[r.owned_at + i] -= stencil.loss(r.at + i) * y[r.at + i];
    for (std::size_t t = terms.row_begin[r.index]; t < terms.row_begin[r.index + 1]; ++t) {
      const auto v = static_cast<std::size_t>(terms.voxel[t]);
      out[v] += terms.source[t] - terms.loss[t] * y[r.at + v - r.owned_at];
    }
  });
}

/// Ends a step: n (owned box) = c + dt (A avg + S) as face fluxes and booked losses. `decayed` gathers the decay.
template <class Stencil>
void finishing_sweep(const Stencil& stencil, const SweepShape& shape, const SparseTerms& terms, double dt,
                     const double* average, std::span<double> n, BinnedSum& decayed) {
  std::vector<double> flux(static_cast<std::size_t>(shape.owned.extent(0))), decay(flux.size());
  for_each_row(shape, [&](const Row& r) {
    stencil.flux_row(r, average, flux.data());
    const double* a = average + r.at;
    double* out = n.data() + r.owned_at;
    for (std::size_t i = 0; i < r.n; ++i) {
      decay[i] = dt * stencil.loss(r.at + i) * a[i];
      out[i] = (out[i] + dt * flux[i]) - decay[i];
    }
    decayed.add(decay);
    for (std::size_t t = terms.row_begin[r.index]; t < terms.row_begin[r.index + 1]; ++t) {
      const auto v = static_cast<std::size_t>(terms.voxel[t]);
      out[v - r.owned_at] += dt * (terms.source[t] - terms.loss[t] * a[v - r.owned_at]);
    }
  });
}

}  // namespace vesicast
