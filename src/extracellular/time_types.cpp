#include "src/extracellular/time_types.hpp"

#include <petsc/private/tsimpl.h>

#include <algorithm>
#include <cmath>

#include "src/extracellular/sweep.hpp"

namespace vesicast {
namespace {

TimePolynomial make_ssprk2(double q, double dt, double /*tolerance*/) {
  return ssprk2(q, dt);
}

/// One TS step of a time polynomial: all of the step T asks for.
PetscErrorCode polynomial_ts_step(TS ts, TimePolynomial (*make)(double, double, double)) {
  void* context = nullptr;
  PetscCall(TSGetApplicationContext(ts, &context));
  auto& problem = *static_cast<TransportProblem*>(context);
  PetscCall(guarded(problem, [&] {
    const WriteScope scope(ts->vec_sol);
    problem.polynomial_step(scope.values(), ts->time_step, make);
  }));
  ts->ptime += ts->time_step;
  return 0;
}

PetscErrorCode step_uniformisation(TS ts) {
  return polynomial_ts_step(ts, &uniformisation);
}
PetscErrorCode step_ssprk2(TS ts) {
  return polynomial_ts_step(ts, &make_ssprk2);
}

PetscErrorCode create_uniformisation(TS ts) {
  ts->ops->step = step_uniformisation;
  ts->usessnes = PETSC_FALSE;
  return 0;
}
PetscErrorCode create_ssprk2(TS ts) {
  ts->ops->step = step_ssprk2;
  ts->usessnes = PETSC_FALSE;
  return 0;
}

}  // namespace

void register_time_types() {
  petsc::check(TSRegister(uniformisation_type, create_uniformisation));
  petsc::check(TSRegister(ssprk2_type, create_ssprk2));
}

TransportProblem::TransportProblem(const Domain& d, double t)
    : domain(d),
      halo(d, 1),
      tolerance(t),
      start(static_cast<std::size_t>(halo.covered().volume()), 0.0),
      work(start.size(), 0.0),
      average(start.size(), 0.0) {}

void TransportProblem::fill_rim(std::vector<double>& y) {
  double* const array = y.data();
  halo.exchange(std::span<double* const>(&array, 1));
  mirror_row_ends(op->shape(), y.data());
}

void TransportProblem::polynomial_step(std::span<double> n, double dt, TimePolynomial (*make)(double, double, double)) {
  const SweepShape& shape = op->shape();
  const double rate =
      std::max(bound * (1.0 + 1e-3), 1e-9 / dt);  // a margin against round-off in the diagonal of P; never 0
  const int pieces = std::max(1, static_cast<int>(std::ceil(rate * dt / largest_uniformised_step)));
  const double h = dt / pieces;
  const TimePolynomial p = make(rate, h, tolerance);

  std::visit(
      [&](const auto& stencil) {
        for (int piece = 0; piece < pieces; ++piece) {
          // Horner, from the highest power down. y and next swap roles; `average` holds the result.
          for_each_row(shape, [&](const Row& r) {
            const double w = p.field.back();
            for (std::size_t i = 0; i < r.n; ++i) {
              start[r.at + i] = n[r.owned_at + i];
              average[r.at + i] = w * start[r.at + i];
            }
            for (std::size_t t = terms.row_begin[r.index]; t < terms.row_begin[r.index + 1]; ++t)
              average[r.at + static_cast<std::size_t>(terms.voxel[t]) - r.owned_at] +=
                  p.source.back() * terms.source[t];
          });
          for (std::size_t k = p.field.size() - 1; k-- > 0;) {
            fill_rim(average);
            markov_sweep(stencil, shape, terms, p.q, average.data(), p.field[k], start.data(), p.source[k],
                         work.data());
            average.swap(work);
            ++sweeps;
          }
          fill_rim(average);
          finishing_sweep(stencil, shape, terms, h, average.data(), n, decayed);
          ++sweeps;
          for (std::size_t t = 0; t < terms.voxel.size(); ++t)
            integral[t] +=
                h * average[static_cast<std::size_t>(shape.covered.offset(shape.owned.voxel(terms.voxel[t])))];
        }
      },
      op->stencil());
}

}  // namespace vesicast
