#include "src/extracellular/operator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "decomposition/collectively.hpp"

namespace vesicast {
namespace {

SweepShape make_shape(const Domain& domain) {
  const Halo halo(domain, 1);
  SweepShape s;
  s.owned = halo.owned();
  s.covered = halo.covered();
  for (int a = 0; a < 3; ++a) {
    if (domain.periodic()[a]) continue;
    s.wall[a][0] = s.owned.lower[a] == 0;
    s.wall[a][1] = s.owned.upper[a] == domain.grid().voxels[a];
  }
  return s;
}

/// Does anything move along this axis?
bool moves_along(const Domain& domain, int axis) {
  return domain.grid().voxels[axis] > 1 || domain.periodic()[axis];
}

UniformStencil make_uniform(const Domain& domain, double alpha, double diffusivity, double decay) {
  const Grid& g = domain.grid();
  std::array<double, 3> hop{};
  for (int a = 0; a < 3; ++a) hop[a] = moves_along(domain, a) ? diffusivity / (g.spacing[a] * g.spacing[a]) : 0.0;
  return {hop, decay, alpha * g.voxel_volume()};
}

MappedStencil make_mapped(const Domain& domain, const SweepShape& shape, std::span<const double> alpha,
                          std::span<const double> diffusivity, double decay) {
  const Grid& g = domain.grid();
  const auto n = static_cast<std::size_t>(shape.covered.volume());
  std::vector<double> product(n, 0.0), inverse(n, 0.0);
  for_each_row(shape, [&](const Row& r) {
    for (std::size_t i = 0; i < r.n; ++i) {
      product[r.at + i] = alpha[r.owned_at + i] * diffusivity[r.owned_at + i];
      inverse[r.at + i] = 1.0 / (alpha[r.owned_at + i] * g.voxel_volume());
    }
  });
  Halo halo(domain, 1);
  const std::array<double*, 2> arrays{product.data(), inverse.data()};
  halo.exchange(arrays);
  // A face between voxels outside the rim, or at a wall, keeps conductance 0 because one side's product is 0.
  std::array<std::vector<double>, 3> conductance;
  const std::array<std::size_t, 3> stride{1, static_cast<std::size_t>(shape.covered.extent(0)),
                                          static_cast<std::size_t>(shape.covered.extent(0) * shape.covered.extent(1))};
  for (std::size_t a = 0; a < 3; ++a) {
    conductance[a].assign(n, 0.0);
    if (!moves_along(domain, static_cast<int>(a))) continue;
    const double scale = g.face_area(static_cast<int>(a)) / g.spacing[a];
    for (std::size_t at = stride[a]; at < n; ++at) {
      const double lower = product[at - stride[a]], upper = product[at];
      if (lower > 0.0 && upper > 0.0) conductance[a][at] = scale * 2.0 * lower * upper / (lower + upper);
    }
  }
  return {shape.covered, std::move(conductance), std::move(inverse), decay};
}

}  // namespace

Operator::Operator(const Domain& domain, const VesicleClass& vesicle, double alpha, double diffusivity)
    : shape_(make_shape(domain)),
      decay_(vesicle.decay),
      stencil_(make_uniform(domain, alpha, diffusivity, vesicle.decay)) {
  add_boundary(domain, vesicle, std::array{alpha * diffusivity});
}

Operator::Operator(const Domain& domain, const VesicleClass& vesicle, std::span<const double> alpha,
                   std::span<const double> diffusivity)
    : shape_(make_shape(domain)),
      decay_(vesicle.decay),
      stencil_(make_mapped(domain, shape_, alpha, diffusivity, vesicle.decay)) {
  std::vector<double> product(alpha.size());
  for (std::size_t i = 0; i < product.size(); ++i) product[i] = alpha[i] * diffusivity[i];
  add_boundary(domain, vesicle, product);
}

void Operator::add_boundary(const Domain& domain, const VesicleClass& vesicle,
                            std::span<const double> alpha_diffusivity) {
  const Grid& g = domain.grid();
  std::map<std::int64_t, BoundaryTerm> terms;
  for (int a = 0; a < g.dimensions; ++a)
    for (int side = 0; side < 2; ++side) {
      const FaceBoundary& face = vesicle.boundary[static_cast<std::size_t>(a)][static_cast<std::size_t>(side)];
      if (!shape_.wall[a][side] || (face.kind != BoundaryKind::open && face.kind != BoundaryKind::fixed)) continue;
      const double outside = face.kind == BoundaryKind::fixed ? face.value.at(0.0) : 0.0;
      Box layer = shape_.owned;
      if (side == 0)
        layer.upper[a] = layer.lower[a] + 1;
      else
        layer.lower[a] = layer.upper[a] - 1;
      for (std::int64_t i = 0; i < layer.volume(); ++i) {
        const std::int64_t voxel = shape_.owned.offset(layer.voxel(i));
        const double product =
            alpha_diffusivity.size() == 1 ? alpha_diffusivity[0] : alpha_diffusivity[static_cast<std::size_t>(voxel)];
        // Half a voxel lies between the centre and the face.
        const double conductance = product * g.face_area(a) / (0.5 * g.spacing[a]);
        BoundaryTerm& t = terms[voxel];
        t.voxel = voxel;
        t.loss += conductance * inverse_volume(voxel);
        t.inflow += conductance * outside;
      }
    }
  boundary_.reserve(terms.size());
  for (const auto& [voxel, term] : terms) boundary_.push_back(term);
}

std::size_t Operator::covered_offset(std::int64_t voxel) const {
  return static_cast<std::size_t>(shape_.covered.offset(shape_.owned.voxel(voxel)));
}

double Operator::inverse_volume(std::int64_t voxel) const {
  return std::visit([&](const auto& s) { return s.inverse_volume(covered_offset(voxel)); }, stencil_);
}

double Operator::hops_through_walls(const UniformStencil& stencil, const Index3& voxel) const {
  double sum = 0.0;
  for (std::size_t a = 0; a < 3; ++a) {
    if (shape_.wall[a][0] && voxel[a] == shape_.owned.lower[a]) sum += stencil.hop(a, 0, 0);
    if (shape_.wall[a][1] && voxel[a] == shape_.owned.upper[a] - 1) sum += stencil.hop(a, 0, 0);
  }
  return sum;
}

double Operator::largest_rate(std::span<const std::int64_t> voxels, std::span<const double> extra) const {
  const std::array<bool, 3> active{true, shape_.covered.extent(1) > shape_.owned.extent(1),
                                   shape_.covered.extent(2) > shape_.owned.extent(2)};
  std::size_t next_boundary = 0, next_extra = 0;
  double largest = 0.0;
  for (std::int64_t v = 0; v < shape_.owned.volume(); ++v) {
    double rate = std::holds_alternative<UniformStencil>(stencil_)
                      ? std::get<UniformStencil>(stencil_).largest_rate()
                      : std::get<MappedStencil>(stencil_).rate(covered_offset(v), active);
    if (next_boundary < boundary_.size() && boundary_[next_boundary].voxel == v) {
      rate += boundary_[next_boundary++].loss;
      // At a wall of the uniform stencil the hop through it comes back: the face's own loss takes its place.
      if (const auto* uniform = std::get_if<UniformStencil>(&stencil_))
        rate -= hops_through_walls(*uniform, shape_.owned.voxel(v));
    }
    if (next_extra < voxels.size() && voxels[next_extra] == v) rate += extra[next_extra++];
    largest = std::max(largest, rate);
  }
  if (const auto* uniform = std::get_if<UniformStencil>(&stencil_))
    largest = std::max(largest, uniform->largest_rate());
  return largest;
}

}  // namespace vesicast
