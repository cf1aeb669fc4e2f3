#include "src/step_control/exchange_sample.hpp"

#include <algorithm>

namespace vesicast {

ExchangeSample::ExchangeSample(const Model& model, const Domain& domain, const State& state)
    : rates_(domain, state.cells.occupied),
      content_(static_cast<std::size_t>(domain.owned_voxels())),
      change_(model.parameters.vesicles.size(), std::vector<double>(state.cells.occupied.size())),
      loss_(change_),
      exchange_(state.cells.size(), std::vector<CellExchange>(model.parameters.vesicles.size())) {
  for (std::size_t c = 0; c < state.cells.size(); ++c)
    for (std::size_t j = 0; j < exchange_[c].size(); ++j) exchange_[c][j].family = model.family_of[j];
}

void ExchangeSample::use(const EffectiveBehaviour& behaviour, const State& u, const Model& model) {
  if (used_ == &behaviour && types_ == u.cells.type) return;
  used_ = &behaviour;
  types_ = u.cells.type;
  for (std::size_t c = 0; c < exchange_.size(); ++c) {
    const std::size_t kind = model.kind(u.cells, c);
    for (std::size_t j = 0; j < exchange_[c].size(); ++j) {
      exchange_[c][j].receptors = model.receptors(kind, j);
      exchange_[c][j].resistance = model.resistance(j, u.cells, c);
      const Behaviour& b = behaviour.of[kind][j];
      exchange_[c][j].uptake = b.uptake ? &*b.uptake : nullptr;
      if (b.uptake) set_losses(exchange_[c][j], behaviour.cell_types[kind].gate);
      exchange_[c][j].secretion = b.secretion ? b.secretion->share * b.secretion->rate : 0.0;
    }
  }
}

const std::vector<std::vector<CellExchange>>& ExchangeSample::measure(const State& u, const Model& model) {
  use(model.behaviour_at(u.time), u, model);
  for (std::size_t j = 0; j < change_.size(); ++j) measure_class(u, model, j);
  add_cells(u, model);
  return exchange_;
}

void ExchangeSample::measure_class(const State& u, const Model& model, std::size_t j) {
  const Cells& cells = u.cells;
  std::fill(content_.begin(), content_.end(), 0.0);
  for (auto& cell : exchange_) cell[j].bound = cell[j].early = cell[j].late = 0.0;
  for (const std::size_t f : model.fields_of[j]) {
    const ReadScope scope(u.fields[f]);
    for (std::size_t v = 0; v < content_.size(); ++v) content_[v] += scope.values()[v];
    for (std::size_t c = 0; c < cells.size(); ++c) {
      exchange_[c][j].bound += cells.at(CellArray::bound, f)[c];
      exchange_[c][j].early += cells.at(CellArray::early_endosome, f)[c];
      exchange_[c][j].late += cells.at(CellArray::late_endosome, f)[c];
    }
  }
  const Operator& op = model.operators[j];
  const double now = to_seconds(u.time);
  rates_.evaluate(op, content_, op.outside(now, now + seconds_per_tick), change_[j], loss_[j]);
  for (std::size_t o = 0; o < cells.occupied.size(); ++o)
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c)
      exchange_[c][j].concentration =
          content_[static_cast<std::size_t>(cells.occupied[o])] * op.inverse_volume(cells.occupied[o]);
}

void ExchangeSample::add_cells(const State& u, const Model& model) {
  const Cells& cells = u.cells;
  for (std::size_t o = 0; o < cells.occupied.size(); ++o) {
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) {
      for (std::size_t j = 0; j < change_.size(); ++j) {
        const CellTurnover t = turnover(exchange_[c][j], free_receptors(exchange_[c], j));
        change_[j][o] += t.release - t.clearance * exchange_[c][j].concentration;
        loss_[j][o] += t.clearance * model.operators[j].inverse_volume(cells.occupied[o]);
      }
    }
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c)
      for (std::size_t j = 0; j < change_.size(); ++j) {
        exchange_[c][j].change = change_[j][o] * model.operators[j].inverse_volume(cells.occupied[o]);
        exchange_[c][j].voxel_rate = loss_[j][o];
      }
  }
}

}  // namespace vesicast
