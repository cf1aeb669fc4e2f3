// What an operator's voxels exchange with the outside, and the rates that come of it.
#include <algorithm>
#include <array>
#include <tuple>

#include "src/extracellular/operator/operator.hpp"

namespace vesicast {
namespace {

double inverse_volume_at(const std::variant<UniformStencil, MappedStencil>& stencil, std::int64_t at) {
  return std::visit([&](const auto& s) { return s.inverse_volume(static_cast<std::size_t>(at)); }, stencil);
}

}  // namespace

void Operator::add_faces(const Domain& domain, const VesicleClass& vesicle,
                         const std::vector<double>& alpha_diffusivity) {
  const Grid& g = domain.grid();
  const Box known = shape_.grown(shape_.depth);
  for (std::size_t a = 0; a < g.dimensions; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      const FaceBoundary& face = vesicle.boundary[a][side];
      const bool passes =
          face.kind == BoundaryKind::open || face.kind == BoundaryKind::fixed || face.kind == BoundaryKind::clearance;
      Box layer = known;
      if (side == 0)
        layer.upper[a] = std::min(known.upper[a], std::max(known.lower[a], std::int64_t{1}));
      else
        layer.lower[a] = std::max(known.lower[a], std::min(known.upper[a], g.voxels[a] - 1));
      if (!passes || domain.periodic()[a] || layer.empty()) continue;
      for (std::int64_t i = 0; i < layer.volume(); ++i) {
        const std::int64_t at = shape_.covered.offset(layer.voxel(i));
        const double product =
            alpha_diffusivity.size() == 1 ? alpha_diffusivity[0] : alpha_diffusivity[static_cast<std::size_t>(at)];
        if (!(product > 0.0)) continue;
        // Half a voxel lies between the centre and the face; a face that resists is in series with it.
        double per_area = product / (0.5 * g.spacing[a]);
        if (face.kind == BoundaryKind::clearance) {
          if (!(face.permeability > 0.0)) continue;
          per_area = per_area * face.permeability / (per_area + face.permeability);
        }
        const double conductance = per_area * g.face_area(a);
        terms_.push_back({at, Channel::face, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(side),
                          conductance * inverse_volume_at(stencil_, at), conductance});
      }
    }
  sort_terms();
}

void Operator::add_vessels(const Domain& domain, Channel channel, std::span<const double> clearance,
                           std::span<const double> inflow) {
  const auto size = static_cast<std::size_t>(shape_.covered.volume());
  std::vector<double> taken(size, 0.0), brought(size, 0.0);
  for (std::int64_t v = 0; v < shape_.owned.volume(); ++v) {
    const auto at = static_cast<std::size_t>(shape_.covered.offset(shape_.owned.voxel(v)));
    taken[at] = clearance[static_cast<std::size_t>(v)];
    brought[at] = inflow[static_cast<std::size_t>(v)];
  }
  Halo(domain, shape_.depth, Rim::where_joined).exchange(std::array{taken.data(), brought.data()});
  for (std::size_t i = 0; i < size; ++i) {
    const auto at = static_cast<std::int64_t>(i);
    if (taken[i] > 0.0 || brought[i] > 0.0)
      terms_.push_back({at, channel, 0, 0, taken[i] * inverse_volume_at(stencil_, at), brought[i]});
  }
  sort_terms();
}

void Operator::sort_terms() {
  std::sort(terms_.begin(), terms_.end(), [](const LocalTerm& l, const LocalTerm& r) {
    return std::tie(l.at, l.channel, l.axis, l.side) < std::tie(r.at, r.channel, r.axis, r.side);
  });
}

double Operator::largest_hop_rate() const {
  double largest = 0.0;
  if (const auto* uniform = std::get_if<UniformStencil>(&stencil_))
    largest = uniform->rate(0);
  else
    for (std::int64_t v = 0; v < shape_.owned.volume(); ++v)
      largest = std::max(largest, std::get<MappedStencil>(stencil_).rate(
                                      static_cast<std::size_t>(shape_.covered.offset(shape_.owned.voxel(v)))));
  for (std::size_t term = 0; term < terms_.size();) {
    const std::int64_t at = terms_[term].at;
    double vessels = 0.0;
    for (; term < terms_.size() && terms_[term].at == at; ++term)
      if (terms_[term].channel != Channel::face) vessels += terms_[term].loss;
    if (vessels > 0.0 && shape_.owned.contains(shape_.covered.voxel(at)))
      largest = std::max(
          largest, vessels + std::visit([&](const auto& s) { return s.rate(static_cast<std::size_t>(at)); }, stencil_));
  }
  return largest;
}

double Operator::largest_rate(std::span<const std::int64_t> voxels, std::span<const double> extra) const {
  double largest = largest_hop_rate();
  std::size_t term = 0, listed = 0;
  // Only voxels with a term or on the list can exceed the stencil's own rate.
  while (term < terms_.size() || listed < voxels.size()) {
    std::int64_t at = INT64_MAX;
    if (term < terms_.size()) at = terms_[term].at;
    if (listed < voxels.size()) at = std::min(at, shape_.covered.offset(shape_.owned.voxel(voxels[listed])));
    double rate = std::visit([&](const auto& s) { return s.rate(static_cast<std::size_t>(at)); }, stencil_);
    const Index3 v = shape_.covered.voxel(at);
    for (; term < terms_.size() && terms_[term].at == at; ++term) {
      rate += terms_[term].loss;
      if (terms_[term].channel != Channel::face) continue;
      // At a wall of the uniform stencil the hop through it comes back: the face's own loss takes its place.
      if (const auto* uniform = std::get_if<UniformStencil>(&stencil_)) rate -= uniform->hop(terms_[term].axis, 0, 0);
    }
    if (listed < voxels.size() && shape_.covered.offset(shape_.owned.voxel(voxels[listed])) == at)
      rate += extra[listed++];
    if (shape_.owned.contains(v)) largest = std::max(largest, rate);
  }
  return largest;
}

}  // namespace vesicast
