#include <algorithm>

#include "src/base/loops.hpp"
#include "src/cells/cell_block.hpp"
#include "src/exchange/deposit_sample.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/uptake_lanes.hpp"
#include "src/recipient/recycling.hpp"

namespace vesicast {
namespace {

/// Takes at most what the pool holds, and says how much.
double take_from(double& pool, double amount) {
  const double taken = std::min(std::max(amount, 0.0), pool);
  pool -= taken;
  return taken;
}

/// The booking, block after block. What a cell gives back is added up over its pools, and to its voxel cell by cell:
/// where blocks begin changes no bit.
class Settlement {
 public:
  Settlement(State& u, const Model& model, const Seats& seats, const UptakeTable& uptake, const Exchange& x, double dt)
      : u_(u),
        model_(model),
        seats_(seats),
        x_(x),
        dt_(dt),
        uptake_(uptake),
        arrived_(model.fields.size()),
        given_back_(model.fields.size()) {}

  void settle(const CellBlock& block) {
    uptake_.take(block);
    if (!uptake_.any()) return;
    voxel_ = std::span(seats_.voxel).subspan(block.first(), block.size());
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      std::fill_n(arrived_[f].begin(), block.size(), 0.0);
      std::fill_n(given_back_[f].begin(), block.size(), 0.0);
      for (const CellBlock::Run& run : uptake_.of(model_.fields[f].vesicle).active) settle_field(block, f, run);
    }
    for (std::size_t r = 0; r < model_.families.size(); ++r) return_surplus(block, r);
    for (std::size_t f = 0; f < model_.fields.size(); ++f) give_back(block, f);
  }

 private:
  [[nodiscard]] double* array(CellArray a, std::size_t f, const CellBlock& block) {
    return u_.cells.at(a, f).data() + block.first();
  }

  /// Books one field in a stretch of recipients.
  void settle_field(const CellBlock& block, std::size_t f, const CellBlock::Run& run) {
    const std::size_t j = model_.fields[f].vesicle;
    const UptakeLanes::OfClass& uptake = uptake_.of(j);
    const auto of_step = [&](const std::vector<double>& per_cell) { return per_cell.data() + block.first(); };
    const double *const clearance = of_step(x_.cell_clearance[j]), *const unbinding = of_step(x_.unbinding[j]),
                        *const recaptured = of_step(x_.recaptured[f]), *const unbound = of_step(x_.unbound[f]),
                        *const recycled = of_step(x_.recycled[f]), *const resecreted = of_step(x_.resecreted[f]),
                        *const reinternalised = of_step(x_.reinternalised[f]);
    double *const bound = array(CellArray::bound, f, block), *const early = array(CellArray::early_endosome, f, block),
                  *const late = array(CellArray::late_endosome, f, block),
                  *const fluid_phase = array(CellArray::fluid_phase, f, block),
                  *const all_recaptured = array(CellArray::recaptured, f, block),
                  *const all_recycled = array(CellArray::recycled, f, block);
    double *const arrived = arrived_[f].data(), *const given_back = given_back_[f].data(),
                  *const integral = integral_.data();
    for (std::size_t i = run.begin; i < run.end; ++i) integral[i] = x_.integral[f][voxel_[i]];
    const double dt = dt_;
    VESICAST_INDEPENDENT
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const double binds = clearance[i] * integral[i] + recaptured[i];
      const double comes_off = recipient::leaves_pool(bound[i], unbinding[i], binds / dt, dt);
      double on_receptors = (bound[i] - unbound[i]) + binds;
      // What the cell swallowed with the fluid or took back goes to the early endosome, and recycles from there.
      const double before = early[i], swallowed = uptake.fluid[i] * integral[i],
                   arriving = swallowed + reinternalised[i];
      const recipient::Leaving recycling{uptake.recycling[i], uptake.recycling_of_inflow[i]};
      const double recycles = recipient::leaves_pool(before, recycling, arriving / dt);
      double in_endosome = (before - recycled[i]) + arriving;
      const bool was_too_empty = (recycled[i] >= before) & (arriving > 0.0);
      const double of_endosome = take_from(in_endosome, was_too_empty ? recycles - recycled[i] : 0.0),
                   of_bound = take_from(on_receptors, comes_off - unbound[i]);
      arrived[i] = binds;
      bound[i] = on_receptors;
      early[i] = in_endosome;
      late[i] -= resecreted[i];
      fluid_phase[i] += swallowed;
      all_recaptured[i] += recaptured[i];
      all_recycled[i] += recycled[i] + of_endosome;
      given_back[i] = of_endosome + of_bound;
    }
    double *const returned = array(CellArray::returned, f, block), *const all_resecreted =
                                                                       array(CellArray::resecreted, f, block);
    for (std::size_t i = run.begin; i < run.end; ++i) {
      returned[i] += unbound[i] + recycled[i] + resecreted[i];
      all_resecreted[i] += resecreted[i];
    }
  }

  /// Takes off again what cells bound in the step beyond their receptors.
  void return_surplus(const CellBlock& block, std::size_t r) {
    const ReceptorFamily& family = model_.families[r];
    Lane bound, arrived;
    const std::size_t n = block.size();
    std::fill_n(bound.begin(), n, 0.0);
    std::fill_n(arrived.begin(), n, 0.0);
    for (const std::size_t f : family.fields) {
      const double* const on_receptors = array(CellArray::bound, f, block);
      for (std::size_t i = 0; i < n; ++i) {
        bound[i] += on_receptors[i];
        arrived[i] += arrived_[f][i];
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      const double surplus = bound[i] - seats_.varied.receptors(model_, u_.cells, block.first() + i, r);
      if (surplus <= 0.0 || arrived[i] <= 0.0) continue;
      const double share = std::min(1.0, surplus / arrived[i]);
      for (const auto* group : {&family.fields, &family.carried})
        for (const std::size_t f : *group) {
          given_back_[f][i] += take_from(array(CellArray::bound, f, block)[i], share * arrived_[f][i]);
          array(CellArray::recaptured, f, block)[i] -= share * x_.recaptured[f][block.first() + i];
        }
    }
  }

  /// Into the voxels, beyond what was predicted.
  void give_back(const CellBlock& block, std::size_t f) {
    const Lane& amount = given_back_[f];
    double* const returned = array(CellArray::returned, f, block);
    const WriteScope scope(u_.fields[f]);
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (!(amount[i] > 0.0)) continue;
      returned[i] += amount[i];
      scope.values()[static_cast<std::size_t>(seats_.occupied[voxel_[i]])] += amount[i];
    }
  }

  State& u_;
  const Model& model_;
  const Seats& seats_;
  const Exchange& x_;
  double dt_;
  UptakeLanes uptake_;
  std::span<const std::uint32_t> voxel_;
  Lane integral_{};
  std::vector<Lane> arrived_;     ///< [field], bound in the step
  std::vector<Lane> given_back_;  ///< [field], beyond what was predicted
};

}  // namespace

void settle(State& u, const Model& model, const Seats& seats, const UptakeTable& uptake, const Exchange& x, double dt) {
  Settlement settlement(u, model, seats, uptake, x, dt);
  CellBlock block;
  for (std::size_t first = 0; first < u.cells.size(); first += CellBlock::most) {
    block.take(seats, u.cells, first, Aspect::recipient);
    settlement.settle(block);
  }
}

}  // namespace vesicast
