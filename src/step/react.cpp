#include "src/step/react.hpp"

#include <algorithm>
#include <array>

#include "src/cells/cell_block.hpp"
#include "src/recipient/pathway.hpp"
#include "src/recipient/pathway_step.hpp"
#include "src/step/cargo_turnover.hpp"

namespace vesicast {
namespace {

/// Recipients over half a step, block after block.
class Recipients {
 public:
  Recipients(State& u, const Model& model, double dt)
      : u_(u), model_(model), now_(model.behaviour_at(u.time)), dt_(dt) {
    steps_.resize(model.parameters.vesicles.size());
    for (std::size_t j = 0; j < steps_.size(); ++j) {
      steps_[j].resize(CellBlock::table_size(model));
      for (std::size_t t = 0; t < model.varied.types; ++t) steps_[j][t] = step_of(t, j);
    }
  }

  /// Advances the pools of the block's cells and sets what arrives of each cargo.
  void advance(const CellBlock& block, std::vector<Arrival>& arriving) {
    for (std::size_t j = 0; j < steps_.size(); ++j)
      block.for_each_own(model_, u_.cells,
                         [&](std::size_t place, std::size_t kind) { steps_[j][place] = step_of(kind, j); });
    for (Arrival& a : arriving) {
      std::fill_n(a.at_surface.begin(), block.size(), 0.0);
      std::fill_n(a.inside.begin(), block.size(), 0.0);
    }
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      advance_field(block, f);
      for (std::size_t q = 0; q < arriving.size(); ++q) deliver(block, f, q, arriving[q]);
    }
  }

 private:
  using Step = std::optional<recipient::PathwayStep>;

  [[nodiscard]] Step step_of(std::size_t kind, std::size_t vesicle) const {
    const auto& uptake = now_.of[kind][vesicle].uptake;
    if (!uptake) return std::nullopt;
    return recipient::pathway_step(recipient::pathway_matrix(*uptake, now_.cell_types[kind].gate, dt_));
  }

  void advance_field(const CellBlock& block, std::size_t f) {
    const std::vector<Step>& steps = steps_[model_.fields[f].vesicle];
    const auto array = [&](CellArray a) { return u_.cells.at(a, f).data() + block.first(); };
    recipient::PoolArrays cells;
    for (std::size_t p = 0; p < recipient::pool_count; ++p) cells.pool[p] = array(recipient::array_of[p]);
    cells.endocytosed = array(CellArray::endocytosed);
    cells.at_surface = unpacked_.at_surface.data();
    cells.inside = unpacked_.inside.data();
    for (const CellBlock::Run& run : block.runs()) {
      if (!run.alike) {
        recipient::advance_each(steps, block.place(), cells, run.begin, run.end);
      } else if (const Step& step = steps[block.place()[run.begin]]) {
        recipient::advance_alike(*step, cells, run.begin, run.end);
      } else {
        std::fill(cells.at_surface + run.begin, cells.at_surface + run.end, 0.0);
        std::fill(cells.inside + run.begin, cells.inside + run.end, 0.0);
      }
    }
  }

  /// Of one cargo, the copies in what was unpacked of a field: those that its class is given, or those in a field of
  /// copies.
  void deliver(const CellBlock& block, std::size_t f, std::size_t q, Arrival& arriving) const {
    const FieldKey& key = model_.fields[f];
    const double copies = key.cargo ? (*key.cargo == q ? 1.0 : 0.0) : model_.copies[q][key.vesicle];
    if (copies == 0.0) return;
    for (std::size_t i = 0; i < block.size(); ++i) {
      arriving.at_surface[i] += copies * unpacked_.at_surface[i];
      arriving.inside[i] += copies * unpacked_.inside[i];
    }
  }

  State& u_;
  const Model& model_;
  const EffectiveBehaviour& now_;
  double dt_;
  std::vector<std::vector<Step>> steps_;  ///< [vesicle][CellBlock::place]
  Arrival unpacked_;                      ///< vesicles, of the field at hand
};

}  // namespace

void react(State& u, const Model& model, double dt, Half half) {
  Recipients recipients(u, model, dt);
  std::vector<CargoTurnover> cargo;
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) cargo.emplace_back(u, model, q, dt, half);
  std::vector<Arrival> arriving(cargo.size());
  CellBlock block;
  for (std::size_t first = 0; first < u.cells.size(); first += CellBlock::most) {
    block.take(model, u.cells, first);
    recipients.advance(block, arriving);
    for (std::size_t q = 0; q < cargo.size(); ++q) cargo[q].advance(u, block, arriving[q]);
  }
}

}  // namespace vesicast
