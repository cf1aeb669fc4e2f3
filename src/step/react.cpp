#include "src/step/react.hpp"

#include <algorithm>
#include <array>

#include "src/cells/cell_block.hpp"
#include "src/parameters/parameters.hpp"
#include "src/step/cargo_turnover.hpp"

namespace vesicast {
namespace {

/// Recipients over half a step, block after block.
class Recipients {
 public:
  Recipients(State& u, const Model& model, const StepTables& tables) : u_(u), model_(model), tables_(tables) {}

  /// Moves the pools of the block's cells on and sets what arrives of each cargo.
  void move(const CellBlock& block, std::vector<Arrival>& arriving) {
    for (Arrival& a : arriving) {
      std::fill_n(a.at_surface.begin(), block.size(), 0.0);
      std::fill_n(a.inside.begin(), block.size(), 0.0);
    }
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      move_field(block, f);
      for (std::size_t q = 0; q < arriving.size(); ++q) deliver(block, f, q, arriving[q]);
    }
  }

 private:
  void move_field(const CellBlock& block, std::size_t f) {
    const auto& steps = tables_.recipients[model_.fields[f].vesicle];
    const auto array = [&](CellArray a) { return u_.cells.at(a, f).data() + block.first(); };
    recipient::PoolArrays cells;
    for (std::size_t p = 0; p < recipient::pool_count; ++p) cells.pool[p] = array(recipient::array_of[p]);
    cells.endocytosed = array(CellArray::endocytosed);
    cells.at_surface = unpacked_.at_surface.data();
    cells.inside = unpacked_.inside.data();
    for (const CellBlock::Run& run : block.runs()) {
      if (!run.alike) {
        recipient::move_each(steps, block.kind(), cells, run.begin, run.end);
      } else if (const auto& step = steps[block.kind()[run.begin]]) {
        recipient::move_alike(*step, cells, run.begin, run.end);
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
  const StepTables& tables_;
  Arrival unpacked_;  ///< vesicles, of the field at hand
};

}  // namespace

void react(State& u, const Model& model, const Seats& seats, const StepTables& tables, double dt, Half half) {
  Recipients recipients(u, model, tables);
  std::vector<CargoTurnover> cargo;
  for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q)
    cargo.emplace_back(u, model, tables.cycles[q], q, dt, half);
  std::vector<Arrival> arriving(cargo.size());
  CellBlock received, donated;
  for (std::size_t first = 0; first < u.cells.size(); first += CellBlock::most) {
    received.take(seats, u.cells, first, Aspect::recipient);
    recipients.move(received, arriving);
    if (cargo.empty()) continue;
    donated.take(seats, u.cells, first, Aspect::donor);
    for (std::size_t q = 0; q < cargo.size(); ++q) cargo[q].turn_over(u, donated, arriving[q]);
  }
}

}  // namespace vesicast
