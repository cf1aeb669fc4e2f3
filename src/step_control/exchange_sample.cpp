#include "src/step_control/exchange_sample.hpp"

#include <algorithm>

#include "src/parameters/parameters.hpp"

namespace vesicast {

ExchangeSample::ExchangeSample(const Site& site)
    : rates_(*site.domain),
      content_(static_cast<std::size_t>(site.domain->owned_voxels())),
      change_(site.operators.size()),
      loss_(site.operators.size()) {}

void ExchangeSample::use(std::size_t c, const KindBehaviour& behaviour) {
  for (std::size_t j = 0; j < exchange_[c].size(); ++j) {
    CellExchange& x = exchange_[c][j];
    const Behaviour& b = behaviour.of[j];
    x.uptake = b.uptake ? &*b.uptake : nullptr;
    if (b.uptake) set_losses(x, behaviour.gate);
    x.secretion = b.secretion ? b.secretion->share * b.secretion->rate : 0.0;
  }
}

void ExchangeSample::use(const EffectiveBehaviour& now, const State& u, const Model& model, const Seats& seats) {
  const Cells& cells = u.cells;
  if (used_ == &now && ids_ == cells.id && types_ == cells.type) return;
  used_ = &now;
  ids_ = cells.id;
  types_ = cells.type;
  const std::size_t classes = model.parameters().vesicles.size();
  exchange_.assign(cells.size(), std::vector<CellExchange>(classes));
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (std::size_t j = 0; j < classes; ++j) {
      CellExchange& x = exchange_[c][j];
      x.family = model.family_of[j];
      x.receptors = seats.varied.receptors(model, cells, c, x.family);
      x.resistance = seats.resistance(j, cells, c);
    }
    use(c, now.types[static_cast<std::size_t>(cells.type[c])]);
  }
  own_.clear();
  seats.varied.for_each_own(model, now, Aspect::recipient, [&](std::size_t kind, const KindBehaviour& behaviour) {
    const std::size_t c = seats.varied.cell_of(kind);
    if (cells.type[c] != cells.first_type[c]) return;
    use(c, behaviour);
    std::vector<Uptake>& own = own_.emplace_back(classes);
    for (std::size_t j = 0; j < classes; ++j) {
      if (!behaviour.of[j].uptake) continue;
      own[j] = *behaviour.of[j].uptake;
      exchange_[c][j].uptake = &own[j];
    }
  });
  seats.varied.for_each_own(model, now, Aspect::donor, [&](std::size_t kind, const KindBehaviour& behaviour) {
    const std::size_t c = seats.varied.cell_of(kind);
    if (cells.type[c] != cells.first_type[c]) return;
    for (std::size_t j = 0; j < classes; ++j)
      if (const auto& s = behaviour.of[j].secretion) exchange_[c][j].secretion = s->share * s->rate;
  });
}

const std::vector<std::vector<CellExchange>>& ExchangeSample::measure(const State& u, const Model& model,
                                                                      const Site& site, const Seats& seats) {
  use(model.behaviour_at(u.time), u, model, seats);
  for (std::size_t j = 0; j < change_.size(); ++j) measure_class(u, model, site, seats, j);
  add_cells(site, seats);
  return exchange_;
}

void ExchangeSample::measure_class(const State& u, const Model& model, const Site& site, const Seats& seats,
                                   std::size_t j) {
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
  const Operator& op = site.operators[j];
  const double now = to_seconds(u.time);
  change_[j].resize(seats.occupied.size());
  loss_[j].resize(seats.occupied.size());
  rates_.evaluate(op, seats.occupied, content_, op.outside(now, now + seconds_per_tick), change_[j], loss_[j]);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::int64_t v = seats.voxel_of(c);
    exchange_[c][j].concentration = content_[static_cast<std::size_t>(v)] * op.inverse_volume(v);
  }
}

void ExchangeSample::add_cells(const Site& site, const Seats& seats) {
  const auto inverse_volume = [&](std::size_t j, std::size_t c) {
    return site.operators[j].inverse_volume(seats.voxel_of(c));
  };
  for (std::size_t c = 0; c < exchange_.size(); ++c)
    for (std::size_t j = 0; j < change_.size(); ++j) {
      const CellTurnover t = turnover(exchange_[c][j], free_receptors(exchange_[c], j));
      change_[j][seats.voxel[c]] += t.release - t.clearance * exchange_[c][j].concentration;
      loss_[j][seats.voxel[c]] += t.clearance * inverse_volume(j, c);
    }
  for (std::size_t c = 0; c < exchange_.size(); ++c)
    for (std::size_t j = 0; j < change_.size(); ++j) {
      exchange_[c][j].change = change_[j][seats.voxel[c]] * inverse_volume(j, c);
      exchange_[c][j].voxel_rate = loss_[j][seats.voxel[c]];
    }
}

}  // namespace vesicast
