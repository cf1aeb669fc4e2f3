#pragma once
/// \file
/// One field carried by a given flow, on any communicator.
#include <functional>
#include <memory>
#include <vector>

#include "decomposition/field.hpp"
#include "src/extracellular/advection/advection.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::test {

/// Of a voxel: the flux through its lower face along an axis [um^3/s]. Also asked for the voxel above an upper face.
using FaceFlux = std::function<double(const Index3& voxel, std::size_t axis)>;
using VoxelValue = std::function<double(const Index3& voxel)>;

/// The flow of `flux` with its rims; indices along periodic axes are wrapped before they are asked for.
inline FlowField flow_of(const Domain& domain, const FaceFlux& flux) {
  const Halo halo(domain, FlowField::depth);
  FlowField f;
  f.covered = halo.covered();
  const Index3 n = domain.grid().voxels;
  for (std::size_t a = 0; a < 3; ++a) {
    f.flux[a].assign(static_cast<std::size_t>(f.covered.volume()), 0.0);
    if (f.covered.extent(a) == domain.owned().extent(a)) continue;
    for (std::int64_t i = 0; i < f.covered.volume(); ++i) {
      Index3 v = f.covered.voxel(i);
      bool exists = true;
      for (std::size_t b = 0; b < 3; ++b) {
        if (domain.periodic()[b])
          v[b] = (v[b] + n[b]) % n[b];
        else if (v[b] < 0 || v[b] > n[b] || (v[b] == n[b] && b != a))
          exists = false;
      }
      if (exists) f.flux[a][static_cast<std::size_t>(i)] = flux(v, a);
    }
  }
  return f;
}

/// A field, what carries it, and what crossed the faces of the domain. alpha = 1 unless given.
struct Carried {
  Carried(
      const Grid& grid, const std::array<bool, 3>& periodic, const FaceFlux& flux, const VoxelValue& start,
      const VoxelValue& alpha = [](const Index3&) { return 1.0; }, MPI_Comm comm = MPI_COMM_WORLD)
      : domain(domain_of(grid, periodic, comm)) {
    std::vector<double> inverse;
    for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
      const Index3 v = domain.owned().voxel(i);
      n.push_back(start(v));
      const double a = alpha(v);
      inverse.push_back(a > 0.0 ? 1.0 / (a * grid.voxel_volume()) : 0.0);
    }
    advection = std::make_unique<Advection>(domain, flow_of(domain, flux), inverse);
  }
  void carry(double dt) { advection->carry(n, dt, outside, entered, left); }
  /// Over all ranks; collective.
  [[nodiscard]] double sum(ExactSum part) const {
    sum_over_ranks(domain.comm(), {&part, 1});
    return part.value();
  }
  [[nodiscard]] double total() const {
    ExactSum part;
    part.add(n);
    return sum(part);
  }
  [[nodiscard]] double extreme(MPI_Op op) const {
    double x = op == MPI_MIN ? *std::min_element(n.begin(), n.end()) : *std::max_element(n.begin(), n.end());
    MPI_Allreduce(MPI_IN_PLACE, &x, 1, MPI_DOUBLE, op, domain.comm());
    return x;
  }
  /// Sum of `term`(voxel, content) over the domain. Collective.
  [[nodiscard]] double integrate(const std::function<double(const Index3&, double)>& term) const {
    ExactSum part;
    for (std::size_t i = 0; i < n.size(); ++i) part.add(term(domain.owned().voxel(static_cast<std::int64_t>(i)), n[i]));
    return sum(part);
  }
  /// Relative distance to `exact` in L1 and L2. Collective.
  [[nodiscard]] std::array<double, 2> error(const VoxelValue& exact) const {
    const double d1 = integrate([&](const Index3& v, double x) { return std::abs(x - exact(v)); });
    const double d2 = integrate([&](const Index3& v, double x) { return (x - exact(v)) * (x - exact(v)); });
    const double n1 = integrate([&](const Index3& v, double) { return std::abs(exact(v)); });
    const double n2 = integrate([&](const Index3& v, double) { return exact(v) * exact(v); });
    return {d1 / n1, std::sqrt(d2 / n2)};
  }

  Domain domain;
  std::unique_ptr<Advection> advection;
  std::vector<double> n;
  std::array<std::array<double, 2>, 3> outside{};
  ExactSum entered, left;
};

/// The same velocity [um/s] through every face.
inline FaceFlux uniform(const Grid& grid, const Vector3& velocity) {
  return [grid, velocity](const Index3&, std::size_t axis) { return velocity[axis] * grid.face_area(axis); };
}

/// Content of a voxel of a Gaussian of mass 1 with the given sd [um], also from its images in a periodic domain.
inline VoxelValue gaussian(const Grid& grid, const Vector3& centre, double sd, bool images = true) {
  return [=](const Index3& v) {
    double product = 1.0;
    for (std::size_t a = 0; a < grid.dimensions; ++a) {
      if (grid.voxels[a] == 1) continue;
      const double lower = static_cast<double>(v[a]) * grid.spacing[a];
      double sum = 0.0;
      for (int image = images ? -1 : 0; image <= (images ? 1 : 0); ++image) {
        const double at = centre[a] + image * grid.length(a);
        sum += gaussian_mass(lower, lower + grid.spacing[a], at, sd * sd);
      }
      product *= sum;
    }
    return product;
  };
}

}  // namespace vesicast::test
