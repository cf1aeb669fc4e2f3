#include "src/step_control/coupling_error.hpp"

#include <algorithm>
#include <cmath>

#include "src/donor/recapture.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/endocytosis.hpp"
#include "src/recipient/fluid_phase.hpp"
#include "src/recipient/unpacking.hpp"

namespace vesicast {
namespace {

/// Binding of one class in one cell with `free` receptors.
struct Binding {
  Binding(const CellExchange& x, double free)
      : slow(recipient::diffusion_slowing(x.uptake->k_on, free, x.resistance)),
        filling(x.uptake->k_on * slow * x.concentration),
        filling_change(x.uptake->k_on * slow * x.change),
        taken_in(recipient::taken_in(*x.uptake)),
        comes_off(x.uptake->k_off * slow),
        inflow(filling * free + donor::recaptured_share(x.uptake->k_on * free, x.resistance) * x.secretion),
        bound_change(inflow - (comes_off + taken_in) * x.bound) {}
  double slow, filling, filling_change, taken_in, comes_off, inflow, bound_change;
};

}  // namespace

void set_losses(CellExchange& x, const AcidGate& gate) {
  x.from_early = x.uptake->k_late + recipient::unpack_early(*x.uptake, gate).rate;
  x.from_late = x.uptake->k_lysosome + recipient::unpack_late(*x.uptake, gate).rate;
}

double free_receptors(std::span<const CellExchange> classes, std::size_t j) {
  double free = classes[j].receptors;
  for (const CellExchange& x : classes)
    if (x.uptake != nullptr && x.family == classes[j].family) free -= x.bound;
  return std::max(0.0, free);
}

CellTurnover turnover(const CellExchange& x, double free) {
  if (x.uptake == nullptr) return {0.0, x.secretion};
  const double k_a = x.uptake->k_on * free;
  const double unbinding = x.uptake->k_off * recipient::diffusion_slowing(x.uptake->k_on, free, x.resistance);
  return {recipient::whole_clearance(*x.uptake, free, x.resistance),
          (1.0 - donor::recaptured_share(k_a, x.resistance)) * x.secretion +
              (unbinding * x.bound + x.uptake->k_recycling * x.early + x.uptake->k_resecretion * x.late)};
}

namespace {

/// What the receptors of one family of a cell do.
struct Receptors {
  Receptors(std::span<const CellExchange> classes, std::size_t j) : free(free_receptors(classes, j)) {
    const auto of_family = [&](auto&& visit) {
      for (const CellExchange& x : classes)
        if (x.uptake != nullptr && x.family == classes[j].family) visit(x, Binding(x, free));
    };
    double filling_change = 0.0, leaving_change = 0.0;
    of_family([&](const CellExchange&, const Binding& b) {
      change -= b.bound_change;
      filling_change += b.filling_change;
      leaving_change += (b.comes_off + b.taken_in) * std::abs(b.bound_change);
    });
    of_family([&](const CellExchange& x, const Binding& b) {
      curvature -= inflow_change(x, b) - (b.comes_off + b.taken_in) * b.bound_change;
    });
    missed = std::abs(filling_change) * free + leaving_change;
  }
  /// b' by what the receptors do, beside what the concentration does.
  [[nodiscard]] double inflow_change(const CellExchange& x, const Binding& b) const {
    const double recapture = x.uptake->k_on * x.resistance * b.slow * x.secretion;
    return b.filling_change * free + (b.filling + recapture) * change;
  }
  double free, change = 0.0, curvature = 0.0, missed = 0.0;
};

}  // namespace

void coupling_error(std::span<const CellExchange> classes, std::span<CouplingError> errors) {
  for (std::size_t j = 0; j < classes.size(); ++j) {
    const CellExchange& x = classes[j];
    CouplingError& e = errors[j] = {};
    if (x.uptake == nullptr) continue;
    const Uptake& k = *x.uptake;
    const Receptors receptors(classes, j);
    const Binding b(x, receptors.free);
    const double r = b.taken_in, o = b.comes_off, change = std::abs(receptors.inflow_change(x, b));
    e.flow = std::max(b.inflow, (o + r) * x.bound) + k.fluid * x.concentration;
    e.flow_change = change + k.fluid * std::abs(x.change);
    e.receptors = b.filling * (receptors.missed / 8.0 + std::abs(receptors.curvature) / 24.0) +
                  std::abs(receptors.change) * std::abs(b.filling_change) / 12.0;
    e.uptake = change * (r / 12.0 + o / 4.0) + b.inflow * r * (r + 2.0 * o) / 24.0;

    const double from_early = x.from_early, from_late = x.from_late;
    const double enters = recipient::endocytosis_rate(k) * x.bound + k.fluid * x.concentration;
    const double early_change = enters - (from_early + k.k_recycling) * x.early;
    const double late_change = k.k_late * x.early - (from_late + k.k_resecretion) * x.late;
    e.given_back = k.k_recycling * (k.k_recycling + r + from_early) * enters / 12.0 +
                   k.k_recycling * k.fluid * std::abs(x.change) / 6.0 +
                   k.k_resecretion * (k.k_resecretion + from_early + from_late) * k.k_late * x.early / 12.0;
    const double release = std::abs(o * b.bound_change + k.k_recycling * early_change + k.k_resecretion * late_change);
    e.release_slow = release * x.voxel_rate / 12.0;
    e.release_fast = release / 6.0;
  }
}

}  // namespace vesicast
