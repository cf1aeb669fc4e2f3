#include "src/exchange/uptake_lanes.hpp"

#include <algorithm>

namespace vesicast {

std::optional<UptakeConstants> uptake_constants(const std::optional<Uptake>& u, double dt) {
  if (!u) return std::nullopt;
  return UptakeConstants{u->k_on, u->k_off, u->fluid, recipient::leaving(u->k_recycling, dt),
                         recipient::leaving(u->k_resecretion, dt)};
}

void UptakeLanes::take(const CellBlock& block) {
  for (std::size_t j = 0; j < classes_.size(); ++j) {
    const auto& table = table_[j];
    OfClass& lanes = classes_[j];
    lanes.active.clear();
    for (const CellBlock::Run& run : block.runs()) {
      bool takes_up = false;
      for (std::size_t i = run.begin; i < run.end; ++i) takes_up |= table[block.kind()[i]].has_value();
      if (!takes_up) continue;
      for (std::size_t i = run.begin; i < run.end; ++i) {
        const auto& c = table[block.kind()[i]];
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
