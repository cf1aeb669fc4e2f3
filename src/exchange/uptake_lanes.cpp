#include "src/exchange/uptake_lanes.hpp"

#include <algorithm>

namespace vesicast {

UptakeLanes::UptakeLanes(const State& u, const Model& model, double dt)
    : model_(model), now_(model.behaviour_at(u.time)), dt_(dt) {
  const std::size_t classes = model.parameters.vesicles.size();
  classes_.resize(classes);
  table_.resize(classes);
  for (std::size_t j = 0; j < classes; ++j) {
    table_[j].resize(CellBlock::table_size(model));
    for (std::size_t t = 0; t < model.varied.types; ++t) table_[j][t] = constants(t, j);
  }
}

std::optional<UptakeLanes::Constants> UptakeLanes::constants(std::size_t kind, std::size_t vesicle) const {
  const auto& u = now_.of[kind][vesicle].uptake;
  if (!u) return std::nullopt;
  return Constants{u->k_on, u->k_off, u->fluid, recipient::leaving(u->k_recycling, dt_),
                   recipient::leaving(u->k_resecretion, dt_)};
}

void UptakeLanes::take(const Cells& cells, const CellBlock& block) {
  for (std::size_t j = 0; j < classes_.size(); ++j) {
    auto& table = table_[j];
    OfClass& lanes = classes_[j];
    block.for_each_own(model_, cells, [&](std::size_t place, std::size_t kind) { table[place] = constants(kind, j); });
    lanes.active.clear();
    for (const CellBlock::Run& run : block.runs()) {
      bool takes_up = false;
      for (std::size_t i = run.begin; i < run.end; ++i) takes_up |= table[block.place()[i]].has_value();
      if (!takes_up) continue;
      for (std::size_t i = run.begin; i < run.end; ++i) {
        const auto& c = table[block.place()[i]];
        lanes.k_on[i] = c ? c->k_on : 0.0;
        lanes.k_off[i] = c ? c->k_off : 0.0;
        lanes.fluid[i] = c ? c->fluid : 0.0;
        lanes.recycling[i] = c ? c->recycling.share : 0.0;
        lanes.recycling_of_inflow[i] = c ? c->recycling.of_inflow : 0.0;
        lanes.resecretion[i] = c ? c->resecretion.share : 0.0;
      }
      if (!lanes.active.empty() && lanes.active.back().end == run.begin)
        lanes.active.back().end = run.end;
      else
        lanes.active.push_back({run.begin, run.end, false});
    }
  }
}

bool UptakeLanes::any() const {
  return std::ranges::any_of(classes_, [](const OfClass& lanes) { return !lanes.active.empty(); });
}

}  // namespace vesicast
