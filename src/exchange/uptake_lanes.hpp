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

/// What one kind of cells does with one class over a step.
struct UptakeConstants {
  double k_on, k_off, fluid;
  recipient::Leaving recycling, resecretion;
};
/// [vesicle][kind]; nothing where the kind does not take up the class.
using UptakeTable = std::vector<std::vector<std::optional<UptakeConstants>>>;

/// The constants of `uptake` over steps of `dt` [s]. Pure.
[[nodiscard]] std::optional<UptakeConstants> uptake_constants(const std::optional<Uptake>& uptake, double dt);

class UptakeLanes {
 public:
  /// Of one class; 0 in a cell that does not take it up.
  struct OfClass {
    Lane k_on{}, k_off{}, fluid{};
    Lane recycling{}, recycling_of_inflow{};  ///< recipient::Leaving
    Lane resecretion{};
    std::vector<CellBlock::Run> active;  ///< stretches in which some cell takes it up; other lanes are not set
  };

  /// `table` must outlive it. Local.
  explicit UptakeLanes(const UptakeTable& table) : table_(table), classes_(table.size()) {}

  /// Sets the lanes for the cells of a block. Local.
  void take(const CellBlock& block);

  [[nodiscard]] const OfClass& of(std::size_t vesicle) const { return classes_[vesicle]; }
  /// Does any cell of the block take up anything?
  [[nodiscard]] bool any() const;

 private:
  const UptakeTable& table_;
  std::vector<OfClass> classes_;  ///< [vesicle]
};

}  // namespace vesicast
