#pragma once
/// \file
/// The MVBs of a cell in the state's arrays.
#include "src/donor/mvb.hpp"
#include "src/state.hpp"

namespace vesicast::donor {

[[nodiscard]] Mvbs get_mvbs(const Cells& cells, std::size_t cell);
void put_mvbs(Cells& cells, std::size_t cell, const Mvbs& m);

}  // namespace vesicast::donor
