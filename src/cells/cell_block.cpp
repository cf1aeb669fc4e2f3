#include "src/cells/cell_block.hpp"

#include <algorithm>

namespace vesicast {
namespace {

/// Cells that are looked at together: a run of one kind begins and ends at a multiple of it.
constexpr std::size_t group = 8;

}  // namespace

void CellBlock::take(const Model& model, const Cells& cells, std::size_t first) {
  first_ = first;
  size_ = std::min(most, cells.size() - first);
  for (std::size_t i = 0; i < size_; ++i) {
    const std::size_t kind = model.kind(cells, first + i);
    place_[i] = static_cast<std::uint32_t>(kind < model.varied.types ? kind : model.varied.types + i);
  }
  runs_.clear();
  for (std::size_t begin = 0; begin < size_; begin += group) {
    const std::size_t end = std::min(size_, begin + group);
    bool alike = true;
    for (std::size_t i = begin; i < end; ++i) alike = alike & (place_[i] == place_[begin]);
    if (!runs_.empty() && runs_.back().alike == alike && (!alike || place_[runs_.back().begin] == place_[begin]))
      runs_.back().end = end;
    else
      runs_.push_back({begin, end, alike});
  }
}

}  // namespace vesicast
