#include <algorithm>

#include "src/base/loops.hpp"
#include "src/cells/cell_block.hpp"
#include "src/donor/recapture.hpp"
#include "src/exchange/deposit_sample.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/uptake_lanes.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/recycling.hpp"

namespace vesicast {
namespace {

using PerVoxel = std::vector<std::vector<double>>;

/// Concentration of every field in every occupied voxel [1/um^3].
PerVoxel concentrations(const State& u, const Model& model, const Site& site,
                        const std::vector<std::int64_t>& occupied) {
  PerVoxel c(model.fields.size(), std::vector<double>(occupied.size()));
  for (std::size_t f = 0; f < c.size(); ++f) {
    const ReadScope scope(u.fields[f]);
    const Operator& op = site.operators[model.fields[f].vesicle];
    for (std::size_t o = 0; o < occupied.size(); ++o)
      c[f][o] = scope.values()[static_cast<std::size_t>(occupied[o])] * op.inverse_volume(occupied[o]);
  }
  return c;
}

/// The prediction, block after block.
class Prediction {
 public:
  Prediction(const State& u, const Model& model, const Site& site, const Seats& seats, const UptakeTable& uptake,
             Exchange& x, double dt)
      : u_(u),
        model_(model),
        seats_(seats),
        x_(x),
        dt_(dt),
        in_voxels_(concentrations(u, model, site, seats.occupied)),
        uptake_(uptake),
        concentration_(model.fields.size()),
        resistance_(model.parameters().vesicles.size()),
        free_(model.families.size()) {}

  void predict(const CellBlock& block) {
    uptake_.take(block);
    voxel_ = std::span(seats_.voxel).subspan(block.first(), block.size());
    if (uptake_.any()) {
      find_resistances(block);
      for (std::size_t f = 0; f < model_.fields.size(); ++f)
        if (!of_field(f).active.empty()) sample(voxel_, in_voxels_[f], {concentration_[f].data(), block.size()});
      for (std::size_t r = 0; r < free_.size(); ++r) find_free_receptors(block, r);
      for (std::size_t f = 0; f < model_.fields.size(); ++f)
        for (const CellBlock::Run& run : of_field(f).active) predict_field(block, f, run);
    }
    release(block);
    clear(block);
  }

 private:
  [[nodiscard]] const UptakeLanes::OfClass& of_field(std::size_t f) const {
    return uptake_.of(model_.fields[f].vesicle);
  }
  [[nodiscard]] const double* array(CellArray a, std::size_t f, const CellBlock& block) const {
    return u_.cells.at(a, f).data() + block.first();
  }
  [[nodiscard]] const double* resistance(std::size_t f) const { return resistance_[model_.fields[f].vesicle].data(); }
  void find_resistances(const CellBlock& block) {
    for (std::size_t j = 0; j < resistance_.size(); ++j)
      if (!uptake_.of(j).active.empty())
        for (std::size_t i = 0; i < block.size(); ++i)
          resistance_[j][i] = seats_.resistance(j, u_.cells, block.first() + i);
  }

  /// Receptors of one family that will be free at the midpoint of the step.
  void find_free_receptors(const CellBlock& block, std::size_t r) {
    const ReceptorFamily& family = model_.families[r];
    const auto takes_up = [&](std::size_t f) { return !of_field(f).active.empty(); };
    if (std::ranges::none_of(family.fields, takes_up)) return;
    Lane &free = free_[r], total, filling, emptying;
    const std::size_t n = block.size();
    for (std::size_t i = 0; i < n; ++i) total[i] = seats_.varied.receptors(model_, u_.cells, block.first() + i, r);
    std::fill_n(free.begin(), n, 0.0);
    std::fill_n(filling.begin(), n, 0.0);
    std::fill_n(emptying.begin(), n, 0.0);
    for (const std::size_t f : family.fields) {
      const double* const bound = array(CellArray::bound, f, block);
      for (std::size_t i = 0; i < n; ++i) free[i] += bound[i];
    }
    for (std::size_t i = 0; i < n; ++i) free[i] = std::max(0.0, total[i] - free[i]);
    for (const std::size_t f : family.fields) {
      const UptakeLanes::OfClass& uptake = of_field(f);
      const double *const bound = array(CellArray::bound, f, block), *const diffusion = resistance(f),
                          *const secreted = x_.secreted[f].data() + block.first();
      const Lane& concentration = concentration_[f];
      for (const CellBlock::Run& run : uptake.active)
        for (std::size_t i = run.begin; i < run.end; ++i) {
          const double slow = recipient::diffusion_slowing(uptake.k_on[i], free[i], diffusion[i]);
          filling[i] += uptake.k_on[i] * slow * concentration[i];
          emptying[i] += uptake.k_off[i] * slow * bound[i];
          emptying[i] -= donor::recaptured_share(uptake.k_on[i] * free[i], diffusion[i]) * secreted[i] / dt_;
        }
    }
    const double half = 0.5 * dt_;
    for (std::size_t i = 0; i < n; ++i)
      free[i] = recipient::free_receptors_after(free[i], total[i], filling[i], emptying[i], half);
  }

  void predict_field(const CellBlock& block, std::size_t f, const CellBlock::Run& run) {
    const std::size_t j = model_.fields[f].vesicle;
    const UptakeLanes::OfClass& uptake = uptake_.of(j);
    const Lane &free = free_[model_.family_of[j]], &concentration = concentration_[f];
    const double *const bound = array(CellArray::bound, f, block),
                        *const early = array(CellArray::early_endosome, f, block),
                        *const late = array(CellArray::late_endosome, f, block), *const diffusion = resistance(f);
    const auto out = [&](std::vector<double>& per_cell) { return per_cell.data() + block.first(); };
    double *const secreted = out(x_.secreted[f]), *const reinternalised = out(x_.reinternalised[f]),
                  *const clearance = out(x_.cell_clearance[j]), *const unbinding = out(x_.unbinding[j]),
                  *const recaptured = out(x_.recaptured[f]), *const unbound = out(x_.unbound[f]),
                  *const recycled = out(x_.recycled[f]), *const resecreted = out(x_.resecreted[f]);
    const double dt = dt_;
    VESICAST_INDEPENDENT
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const double k_on = uptake.k_on[i];
      const double slow = recipient::diffusion_slowing(k_on, free[i], diffusion[i]);
      clearance[i] = k_on * free[i] * slow;
      recaptured[i] = donor::recaptured_share(k_on * free[i], diffusion[i]) * secreted[i];
      // What will be bound by the end came from the voxel and from the cell itself.
      const double binding = clearance[i] * concentration[i] + recaptured[i] / dt;
      unbinding[i] = uptake.k_off[i] * slow;
      unbound[i] = std::min(bound[i], recipient::leaves_pool(bound[i], unbinding[i], binding, dt));
      // What the fluid phase and tetherin bring to the early endosome in the step recycles from there, too.
      const double arriving = uptake.fluid[i] * concentration[i] + reinternalised[i] / dt;
      const recipient::Leaving recycling{uptake.recycling[i], uptake.recycling_of_inflow[i]};
      recycled[i] = std::min(early[i], recipient::leaves_pool(early[i], recycling, arriving));
      resecreted[i] = late[i] * uptake.resecretion[i];
    }
  }

  /// S.
  void release(const CellBlock& block) {
    Lane out;
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      const auto at = [&](const std::vector<double>& per_cell) { return per_cell.data() + block.first(); };
      const double *const secreted = at(x_.secreted[f]), *const recaptured = at(x_.recaptured[f]),
                          *const unbound = at(x_.unbound[f]), *const recycled = at(x_.recycled[f]),
                          *const resecreted = at(x_.resecreted[f]);
      for (std::size_t i = 0; i < block.size(); ++i)
        out[i] = ((secreted[i] - recaptured[i]) + (unbound[i] + recycled[i] + resecreted[i])) / dt_;
      deposit(voxel_, {out.data(), block.size()}, x_.release[f]);
    }
  }

  /// K.
  void clear(const CellBlock& block) {
    for (std::size_t j = 0; j < x_.clearance.size(); ++j) {
      const UptakeLanes::OfClass& uptake = uptake_.of(j);
      const double* const binds = x_.cell_clearance[j].data() + block.first();
      for (const CellBlock::Run& run : uptake.active)
        for (std::size_t i = run.begin; i < run.end; ++i) x_.clearance[j][voxel_[i]] += binds[i] + uptake.fluid[i];
    }
  }

  const State& u_;
  const Model& model_;
  const Seats& seats_;
  Exchange& x_;
  double dt_;
  PerVoxel in_voxels_;
  UptakeLanes uptake_;
  std::span<const std::uint32_t> voxel_;
  std::vector<Lane> concentration_;  ///< [field]
  std::vector<Lane> resistance_;     ///< [vesicle], Seats::resistance()
  std::vector<Lane> free_;           ///< [family], receptors
};

/// Takes what polarised cells give beside them out of what they release into their own voxels.
void set_aside(const State& u, const PolarisedRelease& polarised, double dt, Exchange& x) {
  if (!polarised.any()) return;
  x.aside.assign(x.secreted.size(), std::vector<double>(u.cells.size(), 0.0));
  for (std::size_t f = 0; f < x.secreted.size(); ++f)
    for (std::size_t c = 0; c < u.cells.size(); ++c) {
      const double aside = polarised.share(c, static_cast<std::size_t>(u.cells.type[c])) * x.secreted[f][c];
      x.secreted[f][c] -= aside;
      x.aside[f][c] = aside / dt;
    }
}

}  // namespace

Exchange predict(const State& u, const Model& model, const Site& site, const Seats& seats, const UptakeTable& uptake,
                 Released released, double dt) {
  const std::size_t fields = model.fields.size(), vesicles = model.parameters().vesicles.size();
  const std::vector<double> none(u.cells.size(), 0.0), empty(seats.occupied.size(), 0.0);
  Exchange x;
  x.secreted = std::move(released.secreted);
  x.reinternalised = std::move(released.reinternalised);
  for (auto* p : {&x.recaptured, &x.unbound, &x.recycled, &x.resecreted}) p->assign(fields, none);
  set_aside(u, seats.polarised, dt, x);
  x.cell_clearance.assign(vesicles, none);
  x.unbinding.assign(vesicles, none);
  x.release.assign(fields, empty);
  x.integral.assign(fields, empty);
  x.clearance.assign(vesicles, empty);
  Prediction prediction(u, model, site, seats, uptake, x, dt);
  CellBlock block;
  for (std::size_t first = 0; first < u.cells.size(); first += CellBlock::most) {
    block.take(seats, u.cells, first, Aspect::recipient);
    prediction.predict(block);
  }
  return x;
}

}  // namespace vesicast
