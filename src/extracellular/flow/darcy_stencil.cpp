#include "src/extracellular/flow/darcy_stencil.hpp"

#include <fmt/format.h>

#include <cmath>

#include "decomposition/collectively.hpp"

namespace vesicast {

DarcyStencil::DarcyStencil(const Domain& domain, const DarcyProblem& problem)
    : domain_(&domain), boundary_(problem.boundary), halo_(domain, 1) {
  collectively(domain.comm(), [&] { check(problem); });
  conductivity_ = rimmed(problem.conductivity);
  close_stagnant(problem);
}

void DarcyStencil::check(const DarcyProblem& problem) const {
  const auto require = [&](std::span<const double> values, bool may_be_negative, const char* name) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i]) && (may_be_negative || values[i] >= 0.0)) continue;
      const Index3 v = owned(i);
      throw InputError(fmt::format("{} is {} in voxel ({}, {}, {})", name, values[i], v[0], v[1], v[2]));
    }
  };
  require(problem.conductivity, false, "the hydraulic conductivity [um^2/(Pa s)]");
  require(problem.blood.conductance, false, "L_p S/V of blood vessels [1/(Pa s)]");
  require(problem.lymph.conductance, false, "L_p S/V of lymphatics [1/(Pa s)]");
  require(problem.blood.pressure, true, "the pressure of blood vessels [Pa]");
  require(problem.lymph.pressure, true, "the pressure of lymphatics [Pa]");
}

std::vector<double> DarcyStencil::rimmed(std::span<const double> values) {
  std::vector<double> array(static_cast<std::size_t>(covered().volume()), 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) array[offset(owned(i))] = values[i];
  halo_.exchange(std::array{array.data()});
  return array;
}

DarcyStencil::Face DarcyStencil::face(const Index3& voxel, std::size_t axis, std::size_t side) const {
  const Grid& grid = domain_->grid();
  const double here = conductivity(voxel), scale = grid.face_area(axis) / grid.spacing[axis];
  Face f;
  f.beyond = voxel;
  f.beyond[axis] += side == 0 ? -1 : 1;
  f.wall = !domain_->periodic()[axis] && (f.beyond[axis] < 0 || f.beyond[axis] >= grid.voxels[axis]);
  if (f.wall) {
    const auto& held = boundary_[axis][side].pressure;
    f.held = held.value_or(0.0);
    if (held) f.conductance = 2.0 * scale * here;
    return f;
  }
  const double there = conductivity(f.beyond);
  if (here > 0.0 && there > 0.0) {
    // Written so that both voxels of a face get the same bits.
    const double lower = side == 0 ? there : here, upper = side == 0 ? here : there;
    f.conductance = scale * 2.0 * lower * (upper / (lower + upper));
  }
  return f;
}

double DarcyStencil::outflow(const Index3& voxel, std::size_t axis, std::size_t side,
                             std::span<const double> pressure) const {
  const Face f = face(voxel, axis, side);
  if (f.conductance == 0.0) return 0.0;
  const double beyond = f.wall ? f.held : pressure[offset(f.beyond)];
  return f.conductance * (pressure[offset(voxel)] - beyond);
}

double DarcyStencil::inflow(const VesselExchange& vessels, std::size_t i, double pressure) const {
  if (vessels.conductance.empty() || !moves(i)) return 0.0;
  return vessels.conductance[i] * domain_->grid().voxel_volume() * (vessels.pressure[i] - pressure);
}

void DarcyStencil::close_stagnant(const DarcyProblem& problem) {
  const auto n = static_cast<std::size_t>(domain_->owned_voxels());
  const std::size_t dimensions = domain_->grid().dimensions;
  std::vector<double> reached(static_cast<std::size_t>(covered().volume()), 0.0);
  std::vector<std::size_t> waiting;
  const auto reach = [&](std::size_t i) {
    double& mark = reached[offset(owned(i))];
    if (mark != 0.0 || !moves(i)) return;
    mark = 1.0;
    waiting.push_back(i);
  };
  const auto anchored = [&](std::size_t i) {
    for (const VesselExchange* vessels : {&problem.blood, &problem.lymph})
      if (!vessels->conductance.empty() && vessels->conductance[i] > 0.0) return true;
    for (std::size_t a = 0; a < dimensions; ++a)
      for (std::size_t side = 0; side < 2; ++side)
        if (const Face f = face(owned(i), a, side); f.wall && f.conductance > 0.0) return true;
    return false;
  };
  const auto spread = [&] {
    while (!waiting.empty()) {
      const Index3 v = owned(waiting.back());
      waiting.pop_back();
      for (std::size_t a = 0; a < dimensions; ++a)
        for (std::size_t side = 0; side < 2; ++side)
          if (const Face f = face(v, a, side); f.conductance > 0.0 && domain_->owned().contains(f.beyond))
            reach(static_cast<std::size_t>(domain_->owned().offset(f.beyond)));
    }
  };
  const auto reached_from_rim = [&](std::size_t i) {
    for (std::size_t a = 0; a < dimensions; ++a)
      for (std::size_t side = 0; side < 2; ++side)
        if (const Face f = face(owned(i), a, side); !f.wall && f.conductance > 0.0 && reached[offset(f.beyond)] != 0.0)
          return true;
    return false;
  };
  for (std::size_t i = 0; i < n; ++i)
    if (moves(i) && anchored(i)) reach(i);
  for (int grown = 1; grown != 0;) {
    spread();
    halo_.exchange(std::array{reached.data()});
    for (std::size_t i = 0; i < n; ++i)
      if (moves(i) && reached[offset(owned(i))] == 0.0 && reached_from_rim(i)) reach(i);
    grown = waiting.empty() ? 0 : 1;
    MPI_Allreduce(MPI_IN_PLACE, &grown, 1, MPI_INT, MPI_MAX, domain_->comm());
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t at = offset(owned(i));
    if (reached[at] != 0.0 || conductivity_[at] == 0.0) continue;
    ++stagnant_;
    conductivity_[at] = 0.0;
  }
  halo_.exchange(std::array{conductivity_.data()});
}

}  // namespace vesicast
