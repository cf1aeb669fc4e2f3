#include "src/step/step_tables.hpp"

#include "src/donor/membrane_cycle.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/pathway.hpp"

namespace vesicast {

StepTables::StepTables(const Model& model, const EffectiveBehaviour& now, const VariedCells& varied, double dt) {
  const Parameters& p = model.parameters();
  const std::size_t classes = p.vesicles.size();
  recipients.resize(classes);
  routes.resize(classes);
  uptake.resize(classes);
  cycles.resize(p.cargo.size());
  for (std::size_t j = 0; j < classes; ++j) {
    recipients[j].resize(varied.kinds());
    routes[j].resize(varied.kinds());
    uptake[j].resize(varied.kinds());
  }
  donors.resize(varied.kinds());
  for (auto& cycle : cycles) cycle.resize(varied.kinds());

  const auto set_recipient = [&](std::size_t kind, const KindBehaviour& behaviour) {
    for (std::size_t j = 0; j < classes; ++j) {
      const std::optional<Uptake>& u = behaviour.of[j].uptake;
      uptake[j][kind] = uptake_constants(u, dt);
      if (!u) continue;
      recipients[j][kind] = recipient::pathway_step(recipient::pathway_matrix(*u, behaviour.gate, 0.5 * dt));
      routes[j][kind] = recipient::route_shares(*u);
    }
  };
  const auto set_donor = [&](std::size_t kind, std::size_t type, const KindBehaviour& behaviour) {
    donors[kind].emplace(model, type, behaviour, dt);
    if (!behaviour.biogenesis) return;
    for (std::size_t q = 0; q < cycles.size(); ++q)
      if (p.cargo[q].kind == CargoKind::membrane)
        cycles[q][kind].emplace(donor::cycle_pools, donor::membrane_cycle(*behaviour.biogenesis, p.cargo[q].decay),
                                0.5 * dt);
  };
  for (std::size_t t = 0; t < varied.types(); ++t) {
    set_recipient(t, now.types[t]);
    set_donor(t, t, now.types[t]);
  }
  varied.for_each_own(model, now, Aspect::recipient, set_recipient);
  varied.for_each_own(model, now, Aspect::donor, [&](std::size_t kind, const KindBehaviour& behaviour) {
    set_donor(kind, varied.type_of(kind), behaviour);
  });
}

}  // namespace vesicast
