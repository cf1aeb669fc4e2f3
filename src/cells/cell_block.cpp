#include "src/cells/cell_block.hpp"

#include <algorithm>

namespace vesicast {
namespace {

/// Cells that are looked at together: a run of one kind begins and ends at a multiple of it.
constexpr std::size_t group = 8;

}  // namespace

void CellBlock::take(const Seats& seats, const Cells& cells, std::size_t first, Aspect aspect) {
  first_ = first;
  size_ = std::min(most, cells.size() - first);
  for (std::size_t i = 0; i < size_; ++i)
    kind_[i] = static_cast<std::uint32_t>(seats.varied.kind(cells, first + i, aspect));
  runs_.clear();
  for (std::size_t begin = 0; begin < size_; begin += group) {
    const std::size_t end = std::min(size_, begin + group);
    bool alike = true;
    for (std::size_t i = begin; i < end; ++i) alike = alike & (kind_[i] == kind_[begin]);
    if (!runs_.empty() && runs_.back().alike == alike && (!alike || kind_[runs_.back().begin] == kind_[begin]))
      runs_.back().end = end;
    else
      runs_.push_back({begin, end, alike});
  }
}

}  // namespace vesicast
