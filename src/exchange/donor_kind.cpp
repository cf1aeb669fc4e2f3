#include "src/exchange/donor_kind.hpp"

#include <algorithm>

#include "src/donor/budding.hpp"

namespace vesicast {

DonorKind::DonorKind(const Model& model, std::size_t type, const KindBehaviour& behaviour, double dt)
    : cargo(behaviour.cargo) {
  const auto releases_into = [&](std::size_t field) {
    if (std::ranges::find(at_surface, field) == at_surface.end()) at_surface.push_back(field);
  };
  for (std::size_t j = 0; j < behaviour.of.size(); ++j) {
    const Behaviour& b = behaviour.of[j];
    if (!b.secretion || b.secretion->mode == ReleaseMode::pathway) continue;
    at_rate.push_back({*b.own_field, j, *b.secretion});
    releases_into(*b.own_field);
  }
  for (std::size_t q = 0; q < cargo.size(); ++q) {
    const auto& rates = cargo[q];
    if (!rates) continue;
    own.push_back(q);
    loading.insert(loading.end(), rates->ilv.begin(), rates->ilv.end());
  }
  if (model.pathways[type]) {
    pathway = &*model.pathways[type];
    const Biogenesis& rates = *behaviour.biogenesis;
    for (const Biogenesis& b : behaviour.populations) {
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

}  // namespace vesicast
