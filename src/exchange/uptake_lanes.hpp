#pragma once
/// \file
/// What the cells of a block do with each class of vesicles, side by side, so that loops over cells run in vectors
/// whatever kinds stand beside each other.
#include <array>
#include <optional>
#include <vector>

#include "src/cells/cell_block.hpp"
#include "src/recipient/recycling.hpp"

namespace vesicast {

/// One number per cell of a block.
using Lane = std::array<double, CellBlock::most>;

class UptakeLanes {
 public:
  /// Of one class; 0 in a cell that does not take it up.
  struct OfClass {
    Lane k_on{}, k_off{}, fluid{};
    Lane recycling{}, recycling_of_inflow{};  ///< recipient::Leaving
    Lane resecretion{};
    std::vector<CellBlock::Run> active;  ///< stretches in which some cell takes it up; other lanes are not set
  };

  /// Over steps of `dt` [s] from the state's time on. Local.
  UptakeLanes(const State& u, const Model& model, double dt);

  /// Sets the lanes for the cells of a block. Local.
  void take(const Cells& cells, const CellBlock& block);

  [[nodiscard]] const OfClass& of(std::size_t vesicle) const { return classes_[vesicle]; }
  /// Does any cell of the block take up anything?
  [[nodiscard]] bool any() const;

 private:
  struct Constants {
    double k_on, k_off, fluid;
    recipient::Leaving recycling, resecretion;
  };
  [[nodiscard]] std::optional<Constants> constants(std::size_t kind, std::size_t vesicle) const;

  const Model& model_;
  const EffectiveBehaviour& now_;
  double dt_;
  std::vector<std::vector<std::optional<Constants>>> table_;  ///< [vesicle][CellBlock::place]
  std::vector<OfClass> classes_;                              ///< [vesicle]
};

}  // namespace vesicast
