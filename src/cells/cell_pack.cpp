#include "src/cells/cell_pack.hpp"

namespace vesicast {

void CellPacks::take(const Model& model, const Cells& cells, const CellBlock& block, std::size_t width) {
  packs_.clear();
  open_.assign(CellBlock::table_size(model), 0);
  for (std::size_t i = 0; i < block.size(); ++i) {
    const std::size_t c = block.first() + i, place = block.place()[i];
    if (open_[place] == 0) {
      packs_.push_back({.type = static_cast<std::size_t>(cells.type[c]), .kind = model.kind(cells, c), .place = place});
      open_[place] = packs_.size();
    }
    CellPack& pack = packs_[open_[place] - 1];
    pack.cell[pack.size++] = c;
    if (pack.size == width) open_[place] = 0;
  }
  for (CellPack& pack : packs_) pack.in_a_row = pack.size == width && pack.cell[width - 1] - pack.cell[0] == width - 1;
}

}  // namespace vesicast
