#include "src/extracellular/implicit/flow_equation.hpp"

#include <array>
#include <limits>

namespace vesicast {

FlowEquation::FlowEquation(const Domain& domain, const Operator& op, const SparseTerms& terms,
                           SteadyAdvection& advection, std::span<const double> further_loss)
    : domain_(domain), l_(domain, op), advection_(advection) {
  l_.set_terms(terms);
  if (!further_loss.empty()) l_.add_loss(further_loss);
  for (VecHandle* v : {&work_, &diagonal_, &source_}) petsc::check(VecDuplicate(l_.mass(), v->out()));
  petsc::check(VecCopy(l_.source(), source_.get()));
  {
    const WriteScope source(source_.get());
    for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
      source.values()[static_cast<std::size_t>(i)] += advection.inflow(domain.owned().voxel(i));
  }
  const auto n = static_cast<PetscInt>(domain.owned_voxels());
  petsc::check(MatCreateShell(domain.comm(), n, n, PETSC_DETERMINE, PETSC_DETERMINE, this, derivative_.out()));
  petsc::check(MatShellSetVecType(derivative_.get(), order_free_vectors()));
  petsc::check(MatShellSetOperation(derivative_.get(), MATOP_MULT, reinterpret_cast<void (*)()>(&multiply)));
  l_.coarse().add_flow(domain,
                       [&](const Index3& v, std::size_t a, std::size_t side) { return advection.outward(v, a, side); });
  petsc::check(MatSetOption(assembled(), MAT_SYMMETRIC, PETSC_FALSE));
}

double FlowEquation::residual(Vec c, Vec f) {
  l_.apply(c, work_.get());
  {
    const ReadScope in(c);
    const WriteScope out(f);
    advection_.outflow(in.values(), out.values());
  }
  petsc::check(VecAXPBYPCZ(f, 1.0, -1.0, -1.0, l_.source(), work_.get()));
  double norm = 0.0;
  petsc::check(VecNorm(f, NORM_2, &norm));
  return norm;
}

double FlowEquation::round_off(Vec c) {
  double norm = 0.0;
  petsc::check(VecPointwiseMult(work_.get(), diagonal_.get(), c));
  petsc::check(VecNorm(work_.get(), NORM_2, &norm));
  return 8.0 * std::numeric_limits<double>::epsilon() * norm;
}

void FlowEquation::linearise(bool limited) {
  l_.set_shift(0.0);
  Mat m = assembled();
  const auto next = [](Index3 v, std::size_t axis, std::size_t side) {
    v[axis] += side == 0 ? -1 : 1;
    return v;
  };
  const auto inside = [&](const Index3& v, std::size_t a) {
    return domain_.periodic()[a] || (v[a] >= 0 && v[a] < domain_.grid().voxels[a]);
  };
  const auto add = [&](const Index3& row, const Index3& column, double entry) {
    std::array<MatStencil, 2> at{};  // PETSc wraps a periodic index itself
    for (std::size_t s = 0; s < 2; ++s) {
      const Index3& v = s == 0 ? row : column;
      at[s] = {static_cast<PetscInt>(v[2]), static_cast<PetscInt>(v[1]), static_cast<PetscInt>(v[0]), 0};
    }
    petsc::check(MatSetValuesStencil(m, 1, &at[0], 1, &at[1], &entry, ADD_VALUES));
  };
  // What comes from other ranks is added after all that is a rank's own: entries are summed in one order on any cut.
  const auto assemble = [&] {
    petsc::check(MatAssemblyBegin(m, MAT_FINAL_ASSEMBLY));
    petsc::check(MatAssemblyEnd(m, MAT_FINAL_ASSEMBLY));
  };
  for (std::int64_t i = 0; i < domain_.owned_voxels(); ++i) {
    const Index3 v = domain_.owned().voxel(i);
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        const double flow = advection_.outward(v, a, side);
        const Index3 w = next(v, a, side);
        if (flow > 0.0) add(v, v, flow);
        if (flow < 0.0 && inside(w, a)) add(v, w, flow);
      }
  }
  assemble();
  if (limited) {
    for (std::int64_t i = 0; i < domain_.owned_voxels(); ++i) {
      const Index3 v = domain_.owned().voxel(i);
      advection_.visit_limited(v, [&](std::size_t a, std::size_t side, double rate) {
        const Index3 w = next(v, a, side);
        add(v, v, rate);
        if (inside(w, a)) add(w, v, -rate);
      });
    }
    assemble();
  }
  petsc::check(MatGetDiagonal(m, diagonal_.get()));
  if (upwind_)
    upwind_->fill(m, l_.coarse().finest());
  else
    upwind_.emplace(m, l_.coarse().finest());
}

PetscErrorCode FlowEquation::multiply(Mat a, Vec x, Vec y) {
  void* context = nullptr;
  PetscCall(MatShellGetContext(a, &context));
  auto& self = *static_cast<FlowEquation*>(context);
  try {
    self.l_.apply(x, self.work_.get());
    const ReadScope in(x), diffused(self.work_.get()), mass(self.l_.mass());
    const WriteScope out(y);
    self.advection_.derivative(in.values(), out.values());
    for (std::size_t i = 0; i < out.values().size(); ++i)
      out.values()[i] = mass.values()[i] > 0.0 ? out.values()[i] + diffused.values()[i] : in.values()[i];
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

}  // namespace vesicast
