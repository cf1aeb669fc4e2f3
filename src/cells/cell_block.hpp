#pragma once
/// \file
/// A stretch of this rank's cells, short enough that what a step computes on the way stays in a core's first cache, and
/// which of them stand beside cells of their kind.
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/model/model.hpp"

namespace vesicast {

class CellBlock {
 public:
  static constexpr std::size_t most = 512;

  /// Cells [begin, end) of the block, counted from its first: all of one kind, or of any.
  struct Run {
    std::size_t begin = 0, end = 0;
    bool alike = true;
  };

  /// Takes the next cells of the rank, up to `most`, from `first` on. Local.
  void take(const Model& model, const Cells& cells, std::size_t first);

  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Where the constants of a cell stand in tables of table_size(): its cell type, or a place of its own for a cell
  /// whose constants are its own (src/parameters/variation.hpp).
  [[nodiscard]] const std::array<std::uint32_t, most>& place() const { return place_; }
  [[nodiscard]] static std::size_t table_size(const Model& model) {
    return model.varied.types + (model.varied.cells.empty() ? 0 : most);
  }
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }
  /// Calls `fill(place, kind)` for every cell of the block whose constants are its own.
  template <class Fill>
  void for_each_own(const Model& model, const Cells& cells, Fill&& fill) const {
    if (model.varied.cells.empty()) return;
    for (std::size_t i = 0; i < size_; ++i)
      if (place_[i] >= model.varied.types) fill(place_[i], model.kind(cells, first_ + i));
  }

 private:
  std::size_t first_ = 0, size_ = 0;
  std::array<std::uint32_t, most> place_{};
  std::vector<Run> runs_;
};

}  // namespace vesicast
