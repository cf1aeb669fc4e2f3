#include "src/cells/cell_pack.hpp"

namespace vesicast {

void CellPacks::take(const Seats& seats, const Cells& cells, const CellBlock& block, std::size_t width) {
  packs_.clear();
  open_.resize(seats.varied.kinds());
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::size_t c = block.first() + i, kind = block.kind()[i];
    if (open_[kind] == 0) {
      packs_.push_back({.type = static_cast<std::size_t>(cells.type[c]), .kind = kind});
      open_[kind] = packs_.size();
    }
    CellPack& pack = packs_[open_[kind] - 1];
    pack.cell[pack.size++] = c;
    if (pack.size == width) open_[kind] = 0;
  }
  for (std::size_t i = 0; i < block.size(); ++i) open_[block.kind()[i]] = 0;
  for (CellPack& pack : packs_) pack.in_a_row = pack.size == width && pack.cell[width - 1] - pack.cell[0] == width - 1;
}

}  // namespace vesicast
