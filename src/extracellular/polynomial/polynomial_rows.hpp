#pragma once
/// \file
/// What the stages of a step do to one row of voxels of one field: load the sums, sweep, end the step with fluxes and
/// books. Local.
#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "decomposition/base/exact_sum.hpp"
#include "src/extracellular/operator/stencil.hpp"
#include "src/extracellular/operator/terms.hpp"
#include "src/extracellular/weights/polynomial.hpp"

namespace vesicast {

/// Calls visit(number, term, voxel of the row) for the terms of a piece of a row.
template <class Visit>
void for_each_term(const SparseTerms& terms, const Row& r, Visit&& visit) {
  const TermPlaces& p = *terms.places;
  const auto begin = static_cast<std::int64_t>(r.at), end = static_cast<std::int64_t>(r.at + r.n);
  for (std::size_t t = p.row_begin[r.index]; t < p.row_begin[r.index + 1]; ++t) {
    const SweepTerm& term = terms.sweep[t];
    if (term.at >= begin && term.at < end) visit(t, term, static_cast<std::size_t>(term.at - begin));
  }
}

/// The rows of one field in one piece of a step, for one kind of stencil and of sums.
template <class Stencil, class Real>
struct PolynomialRows {
  const Stencil& stencil;
  const SweepShape& shape;
  const RowKernels& kernels;
  const TimePolynomial& polynomial;
  SparseTerms& terms;
  double dt;   ///< of the piece
  double tau;  ///< 1/q
  double* content;
  Real* start;
  std::array<Real*, 2> sum;
  double* lost;
  double* kept;
  BinnedSum& decayed;

  [[nodiscard]] double* owned_row(const Box& owned, std::int64_t x, std::int64_t j, std::int64_t k) const {
    return content + owned.offset({x, j, k});
  }

  /// Is u(N) = N, of the sums' precision and wanted by nobody after its row's last sweep? Then it is read where it is,
  /// without a copy.
  [[nodiscard]] bool in_place() const {
    return std::is_same_v<Real, double> && std::is_same_v<Stencil, UniformStencil> && polynomial.basis == Basis::powers;
  }
  /// Calls visit(part of the row, u(N) there) for its parts in the owned box and in the rim.
  template <class Visit>
  void with_start(const Row& r, std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k, Visit&& visit) const {
    if constexpr (std::is_same_v<Real, double>) {
      const Box& owned = shape.owned;
      const bool inside = j >= owned.lower[1] && j < owned.upper[1] && k >= owned.lower[2] && k < owned.upper[2];
      const std::int64_t first = std::max(x0, owned.lower[0]), last = std::min(x1, owned.upper[0]);
      if (in_place() && inside && first < last) {
        if (x0 < first) visit(r.part(0, first - x0), start + r.at);
        visit(r.part(first - x0, last - x0), owned_row(owned, first, j, k));
        if (last < x1) visit(r.part(last - x0, x1 - x0), start + r.at + (last - x0));
        return;
      }
    }
    visit(r, start + r.at);
  }
  /// u(N) where term `t` is.
  [[nodiscard]] Real start_of(std::size_t t, std::size_t at) const {
    if constexpr (std::is_same_v<Real, double>) {
      const std::int64_t owned = terms.places->owned[t];
      if (in_place() && owned >= 0) return content[owned];
    }
    return start[at];
  }

  /// start = u(N), and the highest power's share of the sum.
  void load(const Row& r, std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k, std::size_t weight) {
    const Box& owned = shape.owned;
    if (!in_place()) {
      if (j >= owned.lower[1] && j < owned.upper[1] && k >= owned.lower[2] && k < owned.upper[2]) {
        const std::int64_t first = std::max(x0, owned.lower[0]), last = std::min(x1, owned.upper[0]);
        if (first < last)
          kernels.template sums<Real>().take(static_cast<std::size_t>(last - first), owned_row(owned, first, j, k),
                                             start + shape.covered.offset({first, j, k}));
      }
      stencil.load(kernels, r.at, r.n, start + r.at);
    }
    Real* out = sum[0];
    with_start(r, x0, x1, j, k, [&](const Row& part, const Real* u) {
      kernels.template sums<Real>().scale(part.n, static_cast<Real>(polynomial.field[weight]), u, out + part.at);
    });
    const double of_source = polynomial.source[weight];
    for_each_term(terms, r, [&](std::size_t, const SweepTerm& t, std::size_t i) {
      out[r.at + i] = static_cast<Real>(out[r.at + i] + of_source * t.source);
    });
    mirror_row_ends(r, out);
  }

  /// One step of Horner's or Clenshaw's recurrence.
  void sweep(const Row& r, std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k, std::size_t weight,
             std::size_t into) {
    const double w = polynomial.field[weight];
    const std::size_t highest = polynomial.field.size() - 1;
    const bool clenshaw = polynomial.basis == Basis::chebyshev;
    const double p = clenshaw && weight > 0 ? 2.0 : 1.0;
    const bool again = clenshaw && weight + 1 < highest;
    const Real* u = sum[1 - into];
    Real* out = sum[into];
    with_start(r, x0, x1, j, k,
               [&](const Row& part, const Real* c) { stencil.sweep(kernels, part, tau, p, u, w, c, again, out); });
    const double of_source = polynomial.source[weight];
    for_each_term(terms, r, [&](std::size_t number, const SweepTerm& t, std::size_t i) {
      const std::size_t at = r.at + i;
      const double pace = t.pace, loss = tau * t.loss, here = u[at];
      const double s = of_source * t.source;
      if (pace == 1.0) {
        out[at] = static_cast<Real>(out[at] + (s - p * loss * here));
        return;
      }
      // u + pace (P u - u - loss u): every coefficient is >= 0.
      const double swept = stencil.point(r, i, tau, u);
      const double slowed = pace * swept + ((1.0 - pace) - pace * loss) * here;
      if (clenshaw)
        out[at] = static_cast<Real>(out[at] + (p * (slowed - swept) + s));
      else
        out[at] = static_cast<Real>((slowed + w * start_of(number, at)) + s);
    });
    if constexpr (std::is_same_v<Real, double>)
      if (clenshaw && weight == 0) kernels.clip(r.n, -std::numeric_limits<double>::infinity(), out + r.at);
    mirror_row_ends(r, out);
  }

  /// N += dt (A avg + S), with what was lost booked.
  void finish(const Row& r, std::int64_t x0, std::int64_t j, std::int64_t k, std::size_t from) {
    const Real* average = sum[from];
    double* row = owned_row(shape.owned, x0, j, k);
    for_each_term(terms, r, [&](std::size_t, const SweepTerm&, std::size_t i) { kept[i] = row[i]; });
    stencil.finish(kernels, r, dt, average, row, lost);
    if (stencil.loss() > 0.0) decayed.add({lost, r.n});
    for_each_term(terms, r, [&](std::size_t t, const SweepTerm&, std::size_t i) {
      const std::size_t at = r.at + i;
      const double held = average[at] / (stencil.content_to_u(at) > 0.0 ? stencil.content_to_u(at) : 1.0);
      const double before_loss = row[i] + dt * terms.source[t];
      if (terms.pace[t] == 1.0) {
        row[i] = before_loss - dt * terms.loss[t] * held;
        terms.integral[t] += dt * held;
        return;
      }
      // On its slower clock the voxel changes less; what then is missing from the balance was taken up.
      const double now = kept[i] + terms.pace[t] * (before_loss - dt * terms.loss[t] * held - kept[i]);
      const double after = std::clamp(now, 0.0, std::max(0.0, before_loss));
      row[i] = after;
      terms.integral[t] += (before_loss - after) / terms.loss[t];
    });
    // Where float ends, at 1e-38 vesicles, its rounding is no longer small beside what a voxel holds. More than that
    // would be an error for the audit to find.
    if constexpr (std::is_same_v<Real, float>) kernels.clip(r.n, -1e-30, row);
  }
};

}  // namespace vesicast
