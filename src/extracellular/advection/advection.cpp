#include "src/extracellular/advection/advection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "decomposition/collectively.hpp"

namespace vesicast {

static_assert(FlowField::depth >= Advection::depth);

Advection::Advection(const Domain& domain, const FlowField& flow, std::span<const double> inverse_volume)
    : domain_(&domain), halo_(domain, FlowField::depth), owned_(halo_.owned()), covered_(halo_.covered()) {
  for (std::size_t a = 0; a < 3; ++a) active_[a] = covered_.extent(a) > owned_.extent(a);
  collectively(domain.comm(), [&] { check(flow, inverse_volume); });
  const auto size = static_cast<std::size_t>(covered_.volume());
  inverse_volume_.assign(size, 0.0);
  const bool uniform = inverse_volume.size() == 1;
  for (std::int64_t i = 0; i < owned_.volume(); ++i)
    inverse_volume_[offset(owned_.voxel(i))] = inverse_volume[uniform ? 0 : static_cast<std::size_t>(i)];
  const std::array<double*, 1> exchanged{inverse_volume_.data()};
  halo_.exchange(exchanged);

  for (std::vector<double>* v : {&content_, &concentration_, &upwind_, &bends_}) v->assign(size, 0.0);
  share_.assign(size, 1.0);
  const Index3 extents = covered_.extents();
  const std::array<std::ptrdiff_t, 3> stride{1, extents[0], extents[0] * extents[1]};
  if (!active_[1] || !active_[2]) zeros_.assign(size, 0.0);
  for (std::size_t a = 0; a < 3; ++a) {
    if (active_[a]) {
      flux_[a] = flow.flux[a];
      antidiffusive_[a].assign(size, 0.0);
    }
    arrays_.stride[a] = active_[a] ? stride[a] : 0;
    arrays_.flux[a] = active_[a] ? flux_[a].data() : zeros_.data();
    arrays_.antidiffusive[a] = active_[a] ? antidiffusive_[a].data() : zeros_.data();
  }
  arrays_.inverse_volume = inverse_volume_.data();
  arrays_.content = content_.data();
  arrays_.concentration = concentration_.data();
  arrays_.upwind = upwind_.data();
  arrays_.bends = bends_.data();
  arrays_.share = share_.data();
  find_largest_rate();
}

void Advection::check(const FlowField& flow, std::span<const double> inverse_volume) const {
  const auto owned = static_cast<std::size_t>(owned_.volume()), covered = static_cast<std::size_t>(covered_.volume());
  if (inverse_volume.size() != 1 && inverse_volume.size() != owned)
    throw InternalError(fmt::format("{} inverse volumes for {} voxels", inverse_volume.size(), owned));
  if (!(flow.covered == covered_)) throw InternalError("the flow does not cover the voxels that advection needs");
  for (std::size_t a = 0; a < 3; ++a)
    if (flow.flux[a].size() != covered)
      throw InternalError(fmt::format("{} fluxes along {} for {} voxels", flow.flux[a].size(), "xyz"[a], covered));
  for (std::size_t i = 0; i < owned; ++i) {
    const Index3 v = owned_.voxel(static_cast<std::int64_t>(i));
    const double inverse = inverse_volume[inverse_volume.size() == 1 ? 0 : i];
    if (!(inverse >= 0.0 && std::isfinite(inverse)))
      throw InputError(fmt::format("1/(alpha V) is {} in voxel ({}, {}, {})", inverse, v[0], v[1], v[2]));
    for (std::size_t a = 0; a < 3; ++a) {
      const double below = flow.flux[a][offset(v)];
      Index3 next = v;
      ++next[a];
      const double above = active_[a] ? flow.flux[a][offset(next)] : 0.0;
      if (!std::isfinite(below) || !std::isfinite(above))
        throw NumericsError(fmt::format("the flow along {} at voxel ({}, {}, {}) is {} and {} um^3/s", "xyz"[a], v[0],
                                        v[1], v[2], below, above));
      if (!active_[a] && below != 0.0)
        throw InputError(fmt::format("fluid flows along {}, where the domain is one voxel between walls", "xyz"[a]));
      if (inverse == 0.0 && (below != 0.0 || above != 0.0))
        throw InputError(fmt::format("fluid crosses a face of the obstacle in voxel ({}, {}, {})", v[0], v[1], v[2]));
    }
  }
}

Box Advection::computed(std::int64_t rim) const {
  Box b = owned_.grown({active_[0] ? rim : 0, active_[1] ? rim : 0, active_[2] ? rim : 0});
  for (std::size_t a = 0; a < 3; ++a) {
    if (domain_->periodic()[a]) continue;
    b.lower[a] = std::max<std::int64_t>(b.lower[a], 0);
    b.upper[a] = std::min(b.upper[a], domain_->grid().voxels[a]);
  }
  return b;
}

/// Do this rank's voxels touch a face of the domain that something can cross?
bool Advection::at_face(std::size_t axis, std::size_t side) const {
  if (domain_->periodic()[axis] || !active_[axis]) return false;
  return side == 0 ? owned_.lower[axis] == 0 : owned_.upper[axis] == domain_->grid().voxels[axis];
}

void Advection::find_largest_rate() {
  for (std::int64_t i = 0; i < owned_.volume(); ++i) {
    const std::size_t at = offset(owned_.voxel(i));
    double out = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
      const double* u = arrays_.flux[a] + at;
      out += std::max(-u[0], 0.0) + std::max(u[arrays_.stride[a]], 0.0);
    }
    largest_rate_ = std::max(largest_rate_, out * inverse_volume_[at]);
  }
  MPI_Allreduce(MPI_IN_PLACE, &largest_rate_, 1, MPI_DOUBLE, MPI_MAX, domain_->comm());
}

int Advection::substeps(double dt) const {
  const double number = std::ceil(dt * largest_rate_ / largest_courant);
  if (!(number <= static_cast<double>(std::numeric_limits<int>::max())))
    throw NumericsError(
        fmt::format("a step of {:g} s would take {:g} sub-steps of advection: fluid leaves a voxel at "
                    "up to {:g} of its volume per second",
                    dt, number, largest_rate_));
  return std::max(1, static_cast<int>(number));
}

void Advection::fill_outside(const std::array<std::array<double, 2>, 3>& outside,
                             std::span<double> concentration) const {
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      if (!at_face(a, side)) continue;
      Box layer = computed(depth);
      layer.lower[a] = side == 0 ? -1 : owned_.upper[a];
      layer.upper[a] = layer.lower[a] + 1;
      for (std::int64_t i = 0; i < layer.volume(); ++i) concentration[offset(layer.voxel(i))] = outside[a][side];
    }
}

/// Plane by plane, each stage one plane behind the one it reads from, so that a plane is still in the cache.
void Advection::substep(double dt) {
  const std::array<double*, 1> exchanged{content_.data()};
  halo_.exchange(exchanged);
  const auto rows = [&](const Box& box, std::int64_t k, auto&& row) {
    if (k < box.lower[2] || k >= box.upper[2]) return;
    for (std::int64_t j = box.lower[1]; j < box.upper[1]; ++j)
      row(offset({box.lower[0], j, k}), static_cast<std::size_t>(box.extent(0)));
  };
  std::array<Box, 3> faces;
  faces.fill(computed(1));
  for (std::size_t a = 0; a < 3; ++a) ++faces[a].upper[a];
  for (std::int64_t k = covered_.lower[2]; k < covered_.upper[2] + 3; ++k) {
    rows(computed(3), k, [&](std::size_t at, std::size_t n) { concentration_row(arrays_, at, n); });
    rows(computed(2), k - 1, [&](std::size_t at, std::size_t n) { upwind_row(arrays_, dt, at, n); });
    for (std::size_t a = 0; a < 3; ++a)
      if (active_[a])
        rows(faces[a], k - 1, [&](std::size_t at, std::size_t n) { antidiffusive_row(arrays_, a, dt, at, n); });
    rows(computed(1), k - 2, [&](std::size_t at, std::size_t n) { share_row(arrays_, at, n); });
    rows(owned_, k - 3, [&](std::size_t at, std::size_t n) { update_row(arrays_, at, n); });
  }
}

void Advection::book(double dt, ExactSum& entered, ExactSum& left) const {
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      if (!at_face(a, side)) continue;
      Box layer = owned_;
      layer.lower[a] = side == 0 ? owned_.lower[a] : owned_.upper[a];
      layer.upper[a] = layer.lower[a] + 1;
      const auto stride = static_cast<std::size_t>(arrays_.stride[a]);
      for (std::int64_t i = 0; i < layer.volume(); ++i) {
        const std::size_t above = offset(layer.voxel(i)), below = above - stride;
        const double w = dt * flux_[a][above];
        const bool outward = side == 0 ? w < 0.0 : w > 0.0;
        const double carried = std::abs(w) * concentration_[w > 0.0 ? below : above];
        if (!outward) {
          entered.add(carried);
          continue;
        }
        const double more = limited(antidiffusive_[a][above], share_[below], share_[above]);
        left.add(carried);
        left.add(side == 0 ? -more : more);
      }
    }
}

void Advection::carry(std::span<double> n, double dt, const std::array<std::array<double, 2>, 3>& outside,
                      ExactSum& entered, ExactSum& left) {
  const auto nx = static_cast<std::size_t>(owned_.extent(0));
  const auto each_row = [&](auto&& copy) {
    for (std::size_t at = 0; at < n.size(); at += nx)
      copy(n.data() + at, content_.data() + offset(owned_.voxel(static_cast<std::int64_t>(at))));
  };
  each_row([&](const double* row, double* rimmed) { std::copy_n(row, nx, rimmed); });
  fill_outside(outside, concentration_);
  const int count = substeps(dt);
  for (int i = 0; i < count; ++i) {
    substep(dt / count);
    book(dt / count, entered, left);
  }
  each_row([&](double* row, const double* rimmed) { std::copy_n(rimmed, nx, row); });
}

}  // namespace vesicast
