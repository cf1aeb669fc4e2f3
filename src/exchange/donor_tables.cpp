#include "src/exchange/donor_tables.hpp"

#include <algorithm>

#include "src/donor/budding.hpp"
#include "src/donor/secretion.hpp"

namespace vesicast {

DonorKind::DonorKind(const Model& model, const EffectiveBehaviour& now, std::size_t type, std::size_t kind, double dt)
    : cargo(&now.cargo[kind]) {
  const auto releases_into = [&](std::size_t field) {
    if (std::ranges::find(at_surface, field) == at_surface.end()) at_surface.push_back(field);
  };
  for (std::size_t j = 0; j < now.of[kind].size(); ++j) {
    const Behaviour& b = now.of[kind][j];
    if (!b.secretion || b.secretion->mode == ReleaseMode::pathway) continue;
    at_rate.push_back({*b.own_field, j, &*b.secretion});
    releases_into(*b.own_field);
  }
  for (std::size_t q = 0; q < cargo->size(); ++q) {
    const auto& rates = (*cargo)[q];
    if (!rates) continue;
    own.push_back(q);
    loading.insert(loading.end(), rates->ilv.begin(), rates->ilv.end());
  }
  if (model.pathways[type]) {
    pathway = &*model.pathways[type];
    const Biogenesis& rates = *now.cell_types[kind].biogenesis;
    for (const Biogenesis& b : now.populations[kind]) {
      populations.emplace_back(b, dt);
      if (pathway->follows) half_fusions.emplace_back(b, dt);
    }
    tether.emplace(rates, dt);
    microvesicles = donor::microvesicle_rate(rates) * dt;
    ectosomes = donor::ectosome_rate(rates) * dt;
    for (const auto* targets : {&pathway->microvesicle, &pathway->ectosome})
      for (const ReleaseTarget& to : *targets) releases_into(to.field);
    for (std::size_t f = 0; f < model.fields.size(); ++f) {
      const FieldKey& key = model.fields[f];
      const bool released_now = std::ranges::any_of(pathway->fields, [&](std::size_t to) {
        return model.fields[to].vesicle == key.vesicle && model.fields[to].source == key.source;
      });
      if (!released_now) held_as_another.push_back(f);
    }
  }
  acts = pathway != nullptr || !at_rate.empty() || !own.empty();
}

DonorTables::DonorTables(State& u, const Model& m, double dt, Released& released)
    : state(u), model(m), out(released), now_(m.behaviour_at(u.time)), dt_(dt), kinds_(CellBlock::table_size(m)) {
  for (std::size_t t = 0; t < m.varied.types; ++t) {
    kinds_[t].emplace(m, now_, t, t, dt);
    auto& row = cargo.emplace_back();
    for (std::size_t q = 0; q < m.parameters.cargo.size(); ++q)
      row.emplace_back(u.cells, m.parameters.cargo[q].kind, q, m.places(t));
  }
  for (std::size_t place = 0; place < m.populations.size(); ++place) {
    mvbs.emplace_back(u.cells, place);
    books.push_back({array(CellArray::ilvs_formed, place), array(CellArray::ilvs_back_fused, place),
                     array(CellArray::ilvs_digested, place), array(CellArray::ilvs_released, place),
                     array(CellArray::expelled, place), array(CellArray::fusions, place)});
  }
  for (std::size_t q = 0; q < m.parameters.cargo.size(); ++q) {
    auto& row = given.emplace_back();
    for (std::size_t j = 0; j < m.parameters.vesicles.size(); ++j) row.push_back(given_copies(m.parameters, q, j));
  }
}

const DonorKind& DonorTables::kind(const CellPack& pack) {
  std::optional<DonorKind>& kind = kinds_[pack.place];
  if (pack.place >= model.varied.types) kind.emplace(model, now_, pack.type, pack.kind, dt_);
  return *kind;
}

double DonorTables::released(const DonorKind::AtRate& one, std::size_t cell) const {
  return donor::secreted(*one.secretion, dt_,
                         {.seed = model.parameters.run.seed,
                          .purpose = Purpose::secretion_events,
                          .id = static_cast<std::uint64_t>(state.cells.id[cell]),
                          .step = static_cast<std::uint64_t>(state.time),
                          .stream = model.release_stream[one.vesicle]});
}

}  // namespace vesicast
