#include "src/extracellular/flow/darcy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "decomposition/base/error.hpp"
#include "decomposition/petsc.hpp"
#include "src/extracellular/flow/pressure_solver.hpp"

namespace vesicast {
namespace {

constexpr double largest_residual = 1e-12;
constexpr int refinements = 3;

/// Midpoint of all held pressures and vessel pressures, 0 if there are none: where the solver starts, so that a tissue
/// that is in balance stays exactly at rest. Collective.
double middle_pressure(const DarcyStencil& stencil, const DarcyProblem& problem) {
  std::array<double, 2> range{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  const auto see = [&](double p) { range = {std::max(range[0], p), std::max(range[1], -p)}; };
  for (std::size_t a = 0; a < stencil.domain().grid().dimensions; ++a)
    for (const FlowBoundary& face : problem.boundary[a])
      if (face.pressure && !stencil.domain().periodic()[a]) see(*face.pressure);
  for (const VesselExchange* vessels : {&problem.blood, &problem.lymph})
    for (std::size_t i = 0; i < vessels->conductance.size(); ++i)
      if (vessels->conductance[i] > 0.0 && stencil.moves(i)) see(vessels->pressure[i]);
  MPI_Allreduce(MPI_IN_PLACE, range.data(), 2, MPI_DOUBLE, MPI_MAX, stencil.domain().comm());
  return std::isfinite(range[0]) ? 0.5 * (range[0] - range[1]) : 0.0;
}

/// b - A p: what vessels bring minus what leaves through the faces [um^3/s], by fluxes. Returns its 2-norm. Collective.
double residual(DarcyStencil& stencil, const DarcyProblem& problem, const Field& pressure, Vec out) {
  {
    const ReadScope p(pressure);
    const WriteScope r(out);
    const auto rimmed = stencil.rimmed(p.values());
    for (std::size_t i = 0; i < p.values().size(); ++i) {
      double balance =
          stencil.inflow(problem.blood, i, p.values()[i]) + stencil.inflow(problem.lymph, i, p.values()[i]);
      for (std::size_t a = 0; a < stencil.domain().grid().dimensions; ++a)
        for (std::size_t side = 0; side < 2; ++side) balance -= stencil.outflow(stencil.owned(i), a, side, rimmed);
      r.values()[i] = balance;
    }
  }
  double norm = 0.0;
  petsc::check(VecNorm(out, NORM_2, &norm));
  return norm;
}

/// 2-norm of what rounding every pressure to a double does to A p. Collective.
double rounding(const PressureSolver& solver, const Field& pressure) {
  const VecHandle d = solver.diagonal();
  petsc::check(VecPointwiseMult(d.get(), d.get(), pressure.vec()));
  double norm = 0.0;
  petsc::check(VecNorm(d.get(), NORM_2, &norm));
  return 2.0 * std::numeric_limits<double>::epsilon() * norm;
}

VesselFlow vessel_flow(const DarcyStencil& stencil, const VesselExchange& vessels, std::span<const double> pressure) {
  VesselFlow flow;
  if (vessels.conductance.empty()) return flow;
  flow.in.resize(pressure.size());
  flow.out.resize(pressure.size());
  for (std::size_t i = 0; i < pressure.size(); ++i) {
    const double inflow = stencil.inflow(vessels, i, pressure[i]);
    flow.in[i] = std::max(inflow, 0.0);
    flow.out[i] = std::max(-inflow, 0.0);
  }
  return flow;
}

}  // namespace

namespace {

/// The same pressure everywhere, p_0. Collective.
DarcyPressure uniform_pressure(const DarcyStencil& stencil, const DarcyProblem& problem) {
  const Domain& domain = stencil.domain();
  DarcyPressure result{.pressure = Field(domain), .stagnant = stencil.stagnant()};
  MPI_Allreduce(MPI_IN_PLACE, &result.stagnant, 1, MPI_INT64_T, MPI_SUM, domain.comm());
  const double middle = middle_pressure(stencil, problem);
  const WriteScope p(result.pressure);
  for (std::size_t i = 0; i < p.values().size(); ++i) p.values()[i] = stencil.moves(i) ? middle : 0.0;
  return result;
}

}  // namespace

DarcyPressure check_pressure(const Domain& domain, const DarcyProblem& problem, std::span<const double> pressure) {
  constexpr double largest_known_residual = 1e-9;
  DarcyStencil stencil(domain, problem);
  DarcyPressure result = uniform_pressure(stencil, problem);
  Field r(domain);
  const double start = residual(stencil, problem, result.pressure, r.vec());
  {
    const WriteScope p(result.pressure);
    std::copy(pressure.begin(), pressure.end(), p.values().begin());
  }
  const double left = residual(stencil, problem, result.pressure, r.vec());
  result.residual = start > 0.0 ? left / start : left;
  if (!(result.residual <= largest_known_residual))
    throw AgreedError(
        ExitCode::bad_input,
        fmt::format("the given pressure does not solve Darcy's law here: its residual is {:.2e}; was it computed with "
                    "another tissue, other vessels or other pressures at the faces?",
                    result.residual));
  return result;
}

DarcyPressure solve_pressure(const Domain& domain, const DarcyProblem& problem) {
  DarcyStencil stencil(domain, problem);
  DarcyPressure result = uniform_pressure(stencil, problem);
  Field r(domain), correction(domain);
  const double start = residual(stencil, problem, result.pressure, r.vec());
  if (start == 0.0) return result;
  PressureSolver solver(stencil, problem);
  result.levels = solver.levels();
  result.residual = 1.0;
  for (int i = 0; i < refinements && result.residual > largest_residual + result.rounding_floor; ++i) {
    result.iterations += solver.solve(r.vec(), correction.vec(), 0.01 * largest_residual * start);
    petsc::check(VecAXPY(result.pressure.vec(), 1.0, correction.vec()));
    result.residual = residual(stencil, problem, result.pressure, r.vec()) / start;
    result.rounding_floor = rounding(solver, result.pressure) / start;
  }
  if (!(result.residual <= largest_residual + result.rounding_floor))
    throw NumericsError(
        fmt::format("the interstitial pressure leaves a residual of {:.2e} after {} iterations; {:.2e} is allowed "
                    "(-flow_ksp_rtol?)",
                    result.residual, result.iterations, largest_residual + result.rounding_floor));
  return result;
}

FlowField darcy_flow(const Domain& domain, const DarcyProblem& problem, const Field& pressure) {
  DarcyStencil stencil(domain, problem);
  const ReadScope p(pressure);
  const auto rimmed = stencil.rimmed(p.values());
  FlowField flow = make_flow_field(domain, [&](const Index3& voxel, std::size_t axis, std::size_t side) {
    const double outflow = stencil.outflow(voxel, axis, side, rimmed);
    return side == 0 ? -outflow : outflow;
  });
  flow.blood = vessel_flow(stencil, problem.blood, p.values());
  flow.lymph = vessel_flow(stencil, problem.lymph, p.values());
  return flow;
}

}  // namespace vesicast
