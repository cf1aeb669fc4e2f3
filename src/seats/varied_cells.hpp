#pragma once
/// \file
/// Cells whose rates are their own: arrays of what multiplies them. The constants of a run stand in tables by kind: the
/// cell types first, then one kind for each such cell of this rank. Where no type has [variation], kinds are types.
#include <cstdint>
#include <utility>
#include <vector>

#include "src/model/model.hpp"
#include "src/state/state.hpp"

namespace vesicast {

/// Which side of a cell asks for its constants: a cell whose recipient alone varies releases as its type does.
enum class Aspect { donor, recipient };

class VariedCells {
 public:
  VariedCells() = default;
  /// By the types that cells began as: a cell that has become of another type has that type's rates, for good. Local.
  VariedCells(const Model& model, const Cells& cells);

  /// How many kinds are types; how many kinds there are.
  [[nodiscard]] std::size_t types() const { return types_; }
  [[nodiscard]] std::size_t kinds() const { return types_ + cell_.size(); }
  /// Does any cell of this rank vary?
  [[nodiscard]] bool any() const { return !cell_.empty(); }

  /// The kind of a cell: its type, or a kind of its own.
  [[nodiscard]] std::size_t kind(const Cells& cells, std::size_t cell, Aspect aspect) const {
    const auto type = static_cast<std::size_t>(cells.type[cell]);
    if (own_.empty() || own_[cell] == 0 || cells.type[cell] != cells.first_type[cell]) return type;
    return varies(type, aspect) ? types_ + own_[cell] - 1 : type;
  }
  /// R_tot of a cell in a family of receptors; only those of vesicles vary.
  [[nodiscard]] double receptors(const Model& model, const Cells& cells, std::size_t cell, std::size_t family) const {
    return cells.type[cell] == cells.first_type[cell]
               ? first_receptors(model, cells, cell, family)
               : model.families[family].per_cell[static_cast<std::size_t>(cells.type[cell])];
  }
  /// The same of the cell as it began.
  [[nodiscard]] double first_receptors(const Model& model, const Cells& cells, std::size_t cell,
                                       std::size_t family) const {
    const double of_type = model.families[family].per_cell[static_cast<std::size_t>(cells.first_type[cell])];
    return family != 0 || own_.empty() || own_[cell] == 0 ? of_type : of_type * receptors_[own_[cell] - 1];
  }
  /// Has the cell, as it began, a kind of its own?
  [[nodiscard]] bool varies_at_first(std::size_t cell, Aspect aspect) const {
    return !own_.empty() && own_[cell] != 0 && varies(type_[own_[cell] - 1], aspect);
  }
  /// The cell whose own a kind is, and the type that it began as.
  [[nodiscard]] std::size_t cell_of(std::size_t kind) const { return cell_[kind - types_]; }
  [[nodiscard]] std::size_t type_of(std::size_t kind) const { return type_[kind - types_]; }

  /// Calls `visit(kind, behaviour)` for every kind that is a cell's own and whose rates of `aspect` vary, with what it
  /// does in a step of the window `now`.
  template <class Visit>
  void for_each_own(const Model& model, const EffectiveBehaviour& now, Aspect aspect, Visit&& visit) const {
    for (std::size_t v = 0; v < cell_.size(); ++v)
      if (varies(type_[v], aspect)) visit(types_ + v, behaviour(model, now, v));
  }

 private:
  [[nodiscard]] bool varies(std::size_t type, Aspect aspect) const {
    return aspect == Aspect::donor ? varies_[type].donor : varies_[type].recipient;
  }
  [[nodiscard]] KindBehaviour behaviour(const Model& model, const EffectiveBehaviour& now, std::size_t v) const;

  std::size_t types_ = 0;
  std::vector<Varies> varies_;      ///< [cell type]
  std::vector<std::uint32_t> own_;  ///< [cell], its place in what follows, counted from 1; empty where none varies
  std::vector<std::size_t> cell_;   ///< [varied cell]
  std::vector<std::size_t> type_;   ///< likewise, that it began as
  std::vector<double> receptors_;   ///< likewise, the multiplier
  /// The rates that vary in some type of this rank, and the multipliers, [varied cell].
  std::vector<std::pair<Rate, std::vector<double>>> rates_;
};

}  // namespace vesicast
