#pragma once
/// \file
/// A stretch of this rank's cells, short enough that what a step computes on the way stays in a core's first cache, and
/// which of them stand beside cells of their kind.
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/seats/seats.hpp"

namespace vesicast {

class CellBlock {
 public:
  static constexpr std::size_t most = 512;

  /// Cells [begin, end) of the block, counted from its first: all of one kind, or of any.
  struct Run {
    std::size_t begin = 0, end = 0;
    bool alike = true;
  };

  /// Takes the next cells of the rank, up to `most`, from `first` on, by their kinds as `aspect` has them. Local.
  void take(const Seats& seats, const Cells& cells, std::size_t first, Aspect aspect);

  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// The kind of each cell, where its constants stand in tables of VariedCells::kinds().
  [[nodiscard]] const std::array<std::uint32_t, most>& kind() const { return kind_; }
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }

 private:
  std::size_t first_ = 0, size_ = 0;
  std::array<std::uint32_t, most> kind_{};
  std::vector<Run> runs_;
};

}  // namespace vesicast
