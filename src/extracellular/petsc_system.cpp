#include "src/extracellular/petsc_system.hpp"

#include <algorithm>
#include <cstring>

namespace vesicast {
namespace {

PetscSystem* system_of(TS ts) {
  PetscContainer container = nullptr;
  petsc::check(PetscObjectQuery(reinterpret_cast<PetscObject>(ts), "vesicast_system",
                                reinterpret_cast<PetscObject*>(&container)));
  void* pointer = nullptr;
  petsc::check(PetscContainerGetPointer(container, &pointer));
  return static_cast<PetscSystem*>(pointer);
}

MatStencil stencil_of(const Index3& v) {
  return {static_cast<PetscInt>(v[2]), static_cast<PetscInt>(v[1]), static_cast<PetscInt>(v[0]), 0};
}

}  // namespace

PetscSystem::PetscSystem(TransportProblem& problem, TS ts)
    : problem_(problem), ts_(ts), halo_(problem.domain, sweep_depth(problem.domain), Rim::where_joined) {
  petsc::Handle<PetscContainer, PetscContainerDestroy> container;
  petsc::check(PetscContainerCreate(problem.domain.comm(), container.out()));
  petsc::check(PetscContainerSetPointer(container.get(), this));
  petsc::check(PetscObjectCompose(reinterpret_cast<PetscObject>(ts), "vesicast_system",
                                  reinterpret_cast<PetscObject>(container.get())));
  petsc::check(TSSetRHSFunction(ts, nullptr, &PetscSystem::rate, this));
}

void PetscSystem::evaluate(Vec n, Vec dndt) {
  const ReadScope in(n);
  const WriteScope out(dndt);
  const SweepShape& shape = field_->op->shape();
  const SparseTerms& terms = field_->terms;
  double* u = u_.data();
  for_each_row(shape.owned, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
    std::copy_n(in.values().data() + shape.owned.offset({x0, j, k}), x1 - x0, u + shape.covered.offset({x0, j, k}));
  });
  halo_.exchange(std::span<double* const>(&u, 1));
  std::vector<double> lost(static_cast<std::size_t>(shape.owned.extent(0)));
  double* rate = out.values().data();
  std::fill(out.values().begin(), out.values().end(), 0.0);
  std::visit(
      [&](const auto& stencil) {
        for_each_row(shape.grown(1), [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
          const Row r = shape.row(x0, x1, j, k);
          stencil.load(r.at, r.n, u + r.at);
          mirror_row_ends(r, u);
        });
        for_each_row(shape.owned, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
          stencil.finish(row_kernels(), shape.row(x0, x1, j, k), 1.0, u, rate + shape.owned.offset({x0, j, k}),
                         lost.data());
        });
      },
      field_->op->stencil());
  for (std::size_t t = 0; t < terms.places->owned.size(); ++t) {
    const std::int64_t v = terms.places->owned[t];
    if (v >= 0) rate[v] += terms.source[t] - terms.loss[t] * in.values()[static_cast<std::size_t>(v)];
  }
  ++sweeps_;
}

PetscErrorCode PetscSystem::rate(TS /*ts*/, PetscReal /*t*/, Vec n, Vec dndt, void* context) {
  auto& self = *static_cast<PetscSystem*>(context);
  return guarded(self.problem_, [&] { self.evaluate(n, dndt); });
}

PetscErrorCode PetscSystem::jacobian(TS /*ts*/, PetscReal /*t*/, Vec /*n*/, Mat a, Mat p, void* context) {
  auto& self = *static_cast<PetscSystem*>(context);
  return guarded(self.problem_, [&] {
    // TS scales and shifts the matrix in place, so it is copied from the assembled one each time it is asked for.
    petsc::check(MatCopy(self.matrix_.get(), p, SAME_NONZERO_PATTERN));
    if (a != p) petsc::check(MatCopy(self.matrix_.get(), a, SAME_NONZERO_PATTERN));
  });
}

void PetscSystem::assemble() {
  const SweepShape& shape = field_->op->shape();
  const TermPlaces& places = *field_->terms.places;
  const Domain& domain = problem_.domain;
  Mat m = matrix_.get();
  petsc::check(MatZeroEntries(m));
  std::visit(
      [&](const auto& stencil) {
        std::size_t term = 0;
        for (std::int64_t v = 0; v < shape.owned.volume(); ++v) {
          const Index3 here = shape.owned.voxel(v);
          const auto at = static_cast<std::size_t>(shape.covered.offset(here));
          const MatStencil row = stencil_of(here);
          double diagonal = -stencil.loss();
          while (term < places.at.size() && places.at[term] < static_cast<std::int64_t>(at)) ++term;
          if (term < places.at.size() && places.at[term] == static_cast<std::int64_t>(at))
            diagonal -= field_->terms.loss[term];
          for (std::size_t a = 0; a < static_cast<std::size_t>(domain.grid().dimensions); ++a)
            for (int side = 0; side < 2; ++side) {
              Index3 there = here;
              there[a] += side == 0 ? -1 : 1;
              if (!domain.periodic()[a] && (there[a] < 0 || there[a] >= domain.grid().voxels[a])) continue;
              const auto other = static_cast<std::size_t>(shape.covered.offset(there));
              const std::size_t upper = side == 0 ? at : other;
              diagonal -= stencil.hop(a, upper, at);
              const double inflow = stencil.hop(a, upper, other);
              const MatStencil column = stencil_of(there);  // PETSc wraps a periodic index itself
              petsc::check(MatSetValuesStencil(m, 1, &row, 1, &column, &inflow, ADD_VALUES));
            }
          petsc::check(MatSetValuesStencil(m, 1, &row, 1, &row, &diagonal, ADD_VALUES));
        }
      },
      field_->op->stencil());
  petsc::check(MatAssemblyBegin(m, MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(m, MAT_FINAL_ASSEMBLY));
}

void PetscSystem::start(FieldStep& field, Vec n) {
  field_ = &field;
  if (!matrix_) {
    u_.resize(static_cast<std::size_t>(halo_.covered().volume()));
    petsc::check(DMCreateMatrix(problem_.domain.dm(), matrix_.out()));
    MatHandle shifted;
    petsc::check(DMCreateMatrix(problem_.domain.dm(), shifted.out()));
    petsc::check(MatAssemblyBegin(shifted.get(), MAT_FINAL_ASSEMBLY));
    petsc::check(MatAssemblyEnd(shifted.get(), MAT_FINAL_ASSEMBLY));
    petsc::check(TSSetRHSJacobian(ts_, shifted.get(), shifted.get(), &PetscSystem::jacobian, this));
    petsc::check(TSSetPostStep(ts_, &PetscSystem::after_step));
    for (VecHandle* v : {&previous_, &previous_rate_, &rate_, &integral_}) petsc::check(VecDuplicate(n, v->out()));
  }
  assemble();
  petsc::check(VecCopy(n, previous_.get()));
  petsc::check(VecSet(integral_.get(), 0.0));
  evaluate(n, previous_rate_.get());
  previous_time_ = 0.0;
}

PetscErrorCode PetscSystem::after_step(TS ts) {
  PetscSystem* self = nullptr;
  try {
    self = system_of(ts);
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return guarded(self->problem_, [&] {
    Vec n = nullptr;
    double time = 0.0;
    petsc::check(TSGetSolution(ts, &n));
    petsc::check(TSGetTime(ts, &time));
    const double h = time - self->previous_time_;
    TSType type = nullptr;
    petsc::check(TSGetType(ts, &type));
    const bool is_theta =
        std::strcmp(type, TSTHETA) == 0 || std::strcmp(type, TSCN) == 0 || std::strcmp(type, TSBEULER) == 0;
    if (is_theta) {
      // N_new - N = h A (theta N_new + (1 - theta) N) + h S: the integral that the method itself used.
      double theta = 0.5;
      petsc::check(TSThetaGetTheta(ts, &theta));
      petsc::check(VecAXPY(self->integral_.get(), h * (1.0 - theta), self->previous_.get()));
      petsc::check(VecAXPY(self->integral_.get(), h * theta, n));
    } else {
      // Hermite's rule, fourth order: h/2 (N0 + N1) + h^2/12 (N0' - N1').
      self->evaluate(n, self->rate_.get());
      petsc::check(VecAXPY(self->integral_.get(), 0.5 * h, self->previous_.get()));
      petsc::check(VecAXPY(self->integral_.get(), 0.5 * h, n));
      petsc::check(VecAXPY(self->integral_.get(), h * h / 12.0, self->previous_rate_.get()));
      petsc::check(VecAXPY(self->integral_.get(), -h * h / 12.0, self->rate_.get()));
      petsc::check(VecCopy(self->rate_.get(), self->previous_rate_.get()));
    }
    petsc::check(VecCopy(n, self->previous_.get()));
    self->previous_time_ = time;
  });
}

void PetscSystem::finish() {
  const ReadScope scope(integral_.get());
  const auto values = scope.values();
  SparseTerms& terms = field_->terms;
  for (std::size_t t = 0; t < terms.places->owned.size(); ++t)
    if (terms.places->owned[t] >= 0) terms.integral[t] = values[static_cast<std::size_t>(terms.places->owned[t])];
  const double decay = field_->op->decay();
  std::vector<double> row(static_cast<std::size_t>(halo_.owned().extent(0)));
  for (std::size_t at = 0; at < values.size(); at += row.size()) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = decay * values[at + i];
    field_->decayed.add(row);
  }
}

double PetscSystem::tolerance() const {
  double ts_relative = 0.0, krylov = 0.0;
  petsc::check(TSGetTolerances(ts_, nullptr, nullptr, &ts_relative, nullptr));
  KSP ksp = nullptr;
  petsc::check(TSGetKSP(ts_, &ksp));
  petsc::check(KSPGetTolerances(ksp, &krylov, nullptr, nullptr, nullptr));
  return std::max(ts_relative, krylov);
}

}  // namespace vesicast
