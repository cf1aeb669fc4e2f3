#include "src/extracellular/operator/operator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "decomposition/base/error.hpp"
#include "decomposition/petsc.hpp"
#include "src/extracellular/sweep/blocked.hpp"
#include "src/extracellular/sweep/rim_depth.hpp"

namespace vesicast {
namespace {

SweepShape make_shape(const Domain& domain) {
  const Halo halo(domain, sweep_depth(domain), Rim::where_joined);
  SweepShape s;
  s.owned = halo.owned();
  s.covered = halo.covered();
  s.depth = halo.depth();
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) s.joined[a][side] = halo.joined(a, side);
  return s;
}

std::array<std::array<std::int64_t, 2>, 3> walls(const Domain& domain) {
  std::array<std::array<std::int64_t, 2>, 3> wall{};
  for (std::size_t a = 0; a < 3; ++a)
    wall[a] = domain.periodic()[a] ? std::array<std::int64_t, 2>{INT64_MIN, INT64_MAX}
                                   : std::array<std::int64_t, 2>{0, domain.grid().voxels[a] - 1};
  return wall;
}

/// Does anything move along this axis?
bool moves_along(const Domain& domain, std::size_t axis) {
  return domain.grid().voxels[axis] > 1 || domain.periodic()[axis];
}

UniformStencil make_uniform(const Domain& domain, double alpha, double diffusivity, double decay) {
  const Grid& g = domain.grid();
  std::array<double, 3> hop{};
  for (std::size_t a = 0; a < 3; ++a)
    hop[a] = moves_along(domain, a) ? diffusivity / (g.spacing[a] * g.spacing[a]) : 0.0;
  return {hop, decay, alpha * g.voxel_volume()};
}

/// alpha D over the covered box: 0 in obstacles and outside the domain.
std::vector<double> covered_product(const Domain& domain, const SweepShape& shape, std::span<const double> alpha,
                                    std::span<const double> diffusivity, std::vector<double>& inverse_volume) {
  const double volume = domain.grid().voxel_volume();
  std::vector<double> product(static_cast<std::size_t>(shape.covered.volume()), 0.0);
  inverse_volume.assign(product.size(), 0.0);
  for (std::int64_t v = 0; v < shape.owned.volume(); ++v) {
    const auto at = static_cast<std::size_t>(shape.covered.offset(shape.owned.voxel(v)));
    const auto i = static_cast<std::size_t>(v);
    if (!(alpha[i] > 0.0)) continue;
    product[at] = alpha[i] * diffusivity[i];
    inverse_volume[at] = 1.0 / (alpha[i] * volume);
  }
  const std::array<double*, 2> arrays{product.data(), inverse_volume.data()};
  Halo(domain, shape.depth, Rim::where_joined).exchange(arrays);
  return product;
}

MappedStencil make_mapped(const Domain& domain, const SweepShape& shape, const std::vector<double>& product,
                          std::vector<double> inverse_volume, double decay) {
  const Grid& g = domain.grid();
  const Box& covered = shape.covered;
  std::array<std::vector<double>, 3> conductance;
  for (std::size_t a = 0; a < 3; ++a) {
    auto& of_axis = conductance[a];
    of_axis.assign(product.size(), 0.0);
    if (!moves_along(domain, a)) continue;
    const double scale = g.face_area(a) / g.spacing[a];
    for (std::int64_t i = 0; i < covered.volume(); ++i) {
      Index3 below = covered.voxel(i);
      if (--below[a] < covered.lower[a]) continue;  // beyond what this rank knows, and never asked for
      const double lower = product[static_cast<std::size_t>(covered.offset(below))];
      const double upper = product[static_cast<std::size_t>(i)];
      // At a wall the rim of a row holds 0, and so does an obstacle: nothing crosses.
      if (lower > 0.0 && upper > 0.0)
        of_axis[static_cast<std::size_t>(i)] = scale * 2.0 * lower * upper / (lower + upper);
    }
  }
  return {covered, std::move(conductance), std::move(inverse_volume), decay};
}

}  // namespace

int sweep_depth(const Domain& domain) {
  PetscInt wanted = deepest_rim;
  petsc::check(PetscOptionsGetInt(nullptr, nullptr, "-ts_vesicast_halo_depth", &wanted, nullptr));
  if (wanted < 1) throw InputError(fmt::format("-ts_vesicast_halo_depth {}: a rim has one voxel at least", wanted));
  if (wanted != deepest_rim) return Halo::possible_depth(domain, static_cast<int>(wanted));
  return rim_depth(Halo::possible_depth(domain, 8 * deepest_rim));
}

Operator::Operator(const Domain& domain, const VesicleClass& vesicle, double alpha, double diffusivity)
    : shape_(make_shape(domain)),
      wall_(walls(domain)),
      decay_(vesicle.decay),
      boundary_(vesicle.boundary),
      stencil_(make_uniform(domain, alpha, diffusivity, vesicle.decay)) {
  add_faces(domain, vesicle, {alpha * diffusivity});
}

Operator::Operator(const Domain& domain, const VesicleClass& vesicle, std::span<const double> alpha,
                   std::span<const double> diffusivity)
    : shape_(make_shape(domain)),
      wall_(walls(domain)),
      decay_(vesicle.decay),
      boundary_(vesicle.boundary),
      stencil_(UniformStencil({}, 0.0, 1.0)) {
  std::vector<double> inverse;
  const std::vector<double> product = covered_product(domain, shape_, alpha, diffusivity, inverse);
  stencil_ = make_mapped(domain, shape_, product, std::move(inverse), vesicle.decay);
  keep_outermost_rates(domain);
  add_faces(domain, vesicle, product);
}

void Operator::keep_outermost_rates(const Domain& domain) {
  const auto& stencil = std::get<MappedStencil>(stencil_);
  const Box& covered = shape_.covered;
  std::vector<double> rate(static_cast<std::size_t>(covered.volume()), 0.0);
  for (std::int64_t v = 0; v < shape_.owned.volume(); ++v) {
    const auto at = static_cast<std::size_t>(covered.offset(shape_.owned.voxel(v)));
    rate[at] = stencil.rate(at);
  }
  const std::array<double*, 1> arrays{rate.data()};
  Halo(domain, shape_.depth, Rim::where_joined).exchange(arrays);
  const Box known = shape_.grown(shape_.depth);
  for (const Box& part : frame(known, shape_.grown(shape_.depth - 1)))
    for (std::int64_t i = 0; i < part.volume(); ++i) {
      const std::int64_t at = covered.offset(part.voxel(i));
      outermost_rate_.emplace_back(at, rate[static_cast<std::size_t>(at)]);
    }
  std::sort(outermost_rate_.begin(), outermost_rate_.end());
}

double Operator::rate_within_walls(std::int64_t at) const {
  double rate = std::visit([&](const auto& s) { return s.rate(static_cast<std::size_t>(at)); }, stencil_);
  if (const auto* uniform = std::get_if<UniformStencil>(&stencil_)) {
    // With a uniform stencil what hops through a wall comes back.
    const Index3 v = shape_.covered.voxel(at);
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t side = 0; side < 2; ++side)
        if (v[a] == wall_[a][side]) rate -= uniform->hop(a, 0, 0);
    return rate;
  }
  const auto known = std::lower_bound(outermost_rate_.begin(), outermost_rate_.end(), std::pair(at, 0.0));
  return known != outermost_rate_.end() && known->first == at ? known->second : rate;
}

double Operator::inverse_volume(std::int64_t voxel) const {
  const auto at = static_cast<std::size_t>(shape_.covered.offset(shape_.owned.voxel(voxel)));
  return std::visit([&](const auto& s) { return s.inverse_volume(at); }, stencil_);
}

Outside Operator::outside(double from, double to, double amount) const {
  Outside mean;
  mean.vessels = amount;
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      const FaceBoundary& face = boundary_[a][side];
      if (face.kind == BoundaryKind::fixed || face.kind == BoundaryKind::clearance)
        mean.face[a][side] = amount * face.value.mean(from, to);
    }
  return mean;
}

}  // namespace vesicast
