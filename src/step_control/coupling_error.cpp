#include "src/step_control/coupling_error.hpp"

#include <algorithm>
#include <cmath>

#include "src/donor/recapture.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/unpacking.hpp"

namespace vesicast {
namespace {

/// Binding of one class in one cell with `free` receptors.
struct Binding {
  Binding(const CellExchange& x, double free)
      : slow(recipient::diffusion_slowing(x.uptake->k_on, free, x.resistance)),
        filling(x.uptake->k_on * slow * x.concentration),
        filling_change(x.uptake->k_on * slow * x.change),
        taken_in(x.uptake->k_endocytosis + x.uptake->k_fusion),
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

double free_receptors(std::span<const CellExchange> classes, double total) {
  double free = total;
  for (const CellExchange& x : classes) free -= x.uptake != nullptr ? x.bound : 0.0;
  return std::max(0.0, free);
}

CellTurnover turnover(const CellExchange& x, double free) {
  if (x.uptake == nullptr) return {0.0, x.secretion};
  const double k_a = x.uptake->k_on * free;
  const double unbinding = x.uptake->k_off * recipient::diffusion_slowing(x.uptake->k_on, free, x.resistance);
  return {recipient::effective_binding(x.uptake->k_on, free, x.resistance),
          (1.0 - donor::recaptured_share(k_a, x.resistance)) * x.secretion +
              (unbinding * x.bound + x.uptake->k_recycling * x.early + x.uptake->k_resecretion * x.late)};
}

void coupling_error(std::span<const CellExchange> classes, double total, std::span<CouplingError> errors) {
  const double free = free_receptors(classes, total);
  double free_change = 0.0, filling_change = 0.0, leaving_change = 0.0;
  for (const CellExchange& x : classes) {
    if (x.uptake == nullptr) continue;
    const Binding b(x, free);
    free_change -= b.bound_change;
    filling_change += b.filling_change;
    leaving_change += (b.comes_off + b.taken_in) * std::abs(b.bound_change);
  }
  // b' by what the receptors do, beside what the concentration does.
  const auto inflow_change = [&](const CellExchange& x, const Binding& b) {
    const double recapture = x.uptake->k_on * x.resistance * b.slow * x.secretion;
    return b.filling_change * free + (b.filling + recapture) * free_change;
  };
  double free_curvature = 0.0;
  for (const CellExchange& x : classes) {
    if (x.uptake == nullptr) continue;
    const Binding b(x, free);
    free_curvature -= inflow_change(x, b) - (b.comes_off + b.taken_in) * b.bound_change;
  }
  const double missed = std::abs(filling_change) * free + leaving_change;

  for (std::size_t j = 0; j < classes.size(); ++j) {
    const CellExchange& x = classes[j];
    CouplingError& e = errors[j] = {};
    if (x.uptake == nullptr) continue;
    const Uptake& k = *x.uptake;
    const Binding b(x, free);
    const double r = b.taken_in, o = b.comes_off, change = std::abs(inflow_change(x, b));
    e.flow = std::max(b.inflow, (o + r) * x.bound);
    e.flow_change = change;
    e.receptors = b.filling * (missed / 8.0 + std::abs(free_curvature) / 24.0) +
                  std::abs(free_change) * std::abs(b.filling_change) / 12.0;
    e.uptake = change * (r / 12.0 + o / 4.0) + b.inflow * r * (r + 2.0 * o) / 24.0;

    const double from_early = x.from_early, from_late = x.from_late;
    const double early_change = k.k_endocytosis * x.bound - (from_early + k.k_recycling) * x.early;
    const double late_change = k.k_late * x.early - (from_late + k.k_resecretion) * x.late;
    e.given_back = k.k_recycling * (k.k_recycling + r + from_early) * k.k_endocytosis * x.bound / 12.0 +
                   k.k_resecretion * (k.k_resecretion + from_early + from_late) * k.k_late * x.early / 12.0;
    const double release = std::abs(o * b.bound_change + k.k_recycling * early_change + k.k_resecretion * late_change);
    e.release_slow = release * x.voxel_rate / 12.0;
    e.release_fast = release / 6.0;
  }
}

}  // namespace vesicast
