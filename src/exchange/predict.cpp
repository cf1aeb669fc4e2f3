#include <algorithm>

#include "src/donor/recapture.hpp"
#include "src/exchange/deposit_sample.hpp"
#include "src/exchange/exchange.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/recycling.hpp"

namespace vesicast {
namespace {

using PerCell = std::vector<std::vector<double>>;

/// Concentration of every field at every cell [1/um^3].
PerCell concentration_at_cells(const State& u, const Model& model) {
  const Cells& cells = u.cells;
  PerCell c(model.fields.size(), std::vector<double>(cells.size()));
  std::vector<double> occupied(cells.occupied.size());
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const ReadScope scope(u.fields[f]);
    const Operator& op = model.operators[model.fields[f].vesicle];
    for (std::size_t o = 0; o < occupied.size(); ++o)
      occupied[o] = scope.values()[static_cast<std::size_t>(cells.occupied[o])] * op.inverse_volume(cells.occupied[o]);
    sample(cells, occupied, c[f]);
  }
  return c;
}

/// Receptors of one family that will be free on cell `c` at the midpoint of the step. `row`: what the cell does.
double free_at_midpoint(const State& u, const Model& model, const std::vector<Behaviour>& row,
                        const ReceptorFamily& family, std::size_t c, const PerCell& concentration,
                        const PerCell& secreted, double dt) {
  const double at_cell = 1.0 - model.polarised.share(c, static_cast<std::size_t>(u.cells.type[c]));
  const double total = family.per_cell[model.kind(u.cells, c)];
  double bound = 0.0;
  for (const std::size_t f : family.fields) bound += u.cells.at(CellArray::bound, f)[c];
  const double free = std::max(0.0, total - bound);
  double filling = 0.0, emptying = 0.0;
  for (const std::size_t f : family.fields) {
    const Behaviour& b = row[model.fields[f].vesicle];
    if (!b.uptake) continue;
    const double resistance = model.resistance[model.fields[f].vesicle][c];
    const double slow = recipient::diffusion_slowing(b.uptake->k_on, free, resistance);
    filling += b.uptake->k_on * slow * concentration[f][c];
    emptying += b.uptake->k_off * slow * u.cells.at(CellArray::bound, f)[c];
    emptying -= donor::recaptured_share(b.uptake->k_on * free, resistance) * (at_cell * secreted[f][c]) / dt;
  }
  return recipient::free_receptors_after(free, total, filling, emptying, 0.5 * dt);
}

}  // namespace

Exchange predict(const State& u, const Model& model, Released released, double dt) {
  const Cells& cells = u.cells;
  const std::size_t fields = model.fields.size(), vesicles = model.parameters.vesicles.size();
  const std::vector<double> none(cells.size(), 0.0);
  Exchange x;
  x.secreted = std::move(released.secreted);
  x.reinternalised = std::move(released.reinternalised);
  for (PerCell* p : {&x.recaptured, &x.unbound, &x.recycled, &x.resecreted}) p->assign(fields, none);
  x.cell_clearance.assign(vesicles, none);
  x.unbinding.assign(vesicles, none);

  const PerCell concentration = concentration_at_cells(u, model);
  std::vector<double> free(model.families.size());
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto& row = now.of[model.kind(cells, c)];
    if (std::none_of(row.begin(), row.end(), [](const Behaviour& b) { return b.uptake.has_value(); })) continue;
    const double at_cell = 1.0 - model.polarised.share(c, static_cast<std::size_t>(cells.type[c]));
    for (std::size_t r = 0; r < free.size(); ++r)
      free[r] = free_at_midpoint(u, model, row, model.families[r], c, concentration, x.secreted, dt);
    for (std::size_t f = 0; f < fields; ++f) {
      const std::size_t j = model.fields[f].vesicle;
      const Behaviour& b = row[j];
      if (!b.uptake) continue;
      const double receptors = free[model.family_of[j]], resistance = model.resistance[j][c];
      const double slow = recipient::diffusion_slowing(b.uptake->k_on, receptors, resistance);
      x.cell_clearance[j][c] = recipient::effective_binding(b.uptake->k_on, receptors, resistance);
      x.recaptured[f][c] =
          donor::recaptured_share(b.uptake->k_on * receptors, resistance) * (at_cell * x.secreted[f][c]);
      // What will be bound by the end came from the voxel and from the cell itself.
      const double binding = x.cell_clearance[j][c] * concentration[f][c] + x.recaptured[f][c] / dt;
      const double content = cells.at(CellArray::bound, f)[c];
      x.unbinding[j][c] = b.uptake->k_off * slow;
      x.unbound[f][c] = std::min(content, recipient::leaves_pool(content, x.unbinding[j][c], binding, dt));
      // What the fluid phase and tetherin bring to the early endosome in the step recycles from there, too.
      const double early = cells.at(CellArray::early_endosome, f)[c],
                   arriving = b.uptake->fluid * concentration[f][c] + x.reinternalised[f][c] / dt;
      x.recycled[f][c] = std::min(early, recipient::leaves_pool(early, b.uptake->k_recycling, arriving, dt));
      x.resecreted[f][c] =
          recipient::leaves_pool(cells.at(CellArray::late_endosome, f)[c], b.uptake->k_resecretion, 0.0, dt);
    }
  }

  const std::vector<double> empty(cells.occupied.size(), 0.0);
  x.release.assign(fields, empty);
  x.aside.assign(fields, none);
  x.integral.assign(fields, empty);
  x.clearance.assign(vesicles, empty);
  std::vector<double> out(cells.size());
  for (std::size_t f = 0; f < fields; ++f) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const double aside = model.polarised.share(c, static_cast<std::size_t>(cells.type[c])) * x.secreted[f][c];
      x.aside[f][c] = aside / dt;
      out[c] = (((x.secreted[f][c] - aside) - x.recaptured[f][c]) +
                (x.unbound[f][c] + x.recycled[f][c] + x.resecreted[f][c])) /
               dt;
    }
    deposit(cells, out, x.release[f]);
  }
  for (std::size_t j = 0; j < vesicles; ++j) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto& uptake = now.of[model.kind(cells, c)][j].uptake;
      out[c] = x.cell_clearance[j][c] + (uptake ? uptake->fluid : 0.0);
    }
    deposit(cells, out, x.clearance[j]);
  }
  return x;
}

}  // namespace vesicast
