#pragma once
/// \file
/// A few cells of one kind, which a kernel takes side by side (src/base/lanes.hpp), from and into the state's arrays.
#include <array>
#include <cstring>
#include <vector>

#include "src/base/lanes.hpp"
#include "src/cells/cell_block.hpp"

namespace vesicast {

struct CellPack {
  std::array<std::size_t, most_lanes> cell{};
  std::size_t size = 0;
  std::size_t type = 0, kind = 0;
  bool in_a_row = false;  ///< as many cells as lanes, one after the other

  /// What the cells have in an array, by lane; 0 in a lane without a cell.
  template <class Real>
  [[nodiscard]] Real get(const double* array) const {
    if constexpr (std::is_same_v<Real, double>) {
      return array[cell[0]];
    } else {
      Real x{};
      if (in_a_row)
        std::memcpy(&x, array + cell[0], sizeof(x));
      else
        for (std::size_t i = 0; i < size; ++i) x[i] = array[cell[i]];
      return x;
    }
  }
  template <class Real>
  void put(double* array, const Real& x) const {
    if constexpr (std::is_same_v<Real, double>) {
      array[cell[0]] = x;
    } else {
      if (in_a_row)
        std::memcpy(array + cell[0], &x, sizeof(x));
      else
        for (std::size_t i = 0; i < size; ++i) array[cell[i]] = x[i];
    }
  }
  template <class Real>
  void add(double* array, const Real& x) const {
    put<Real>(array, get<Real>(array) + x);
  }
  /// `of(cell)` in every lane that has one.
  template <class Real, class Of>
  [[nodiscard]] Real each(Of&& of) const {
    if constexpr (std::is_same_v<Real, double>) {
      return of(cell[0]);
    } else {
      Real x{};
      for (std::size_t i = 0; i < size; ++i) x[i] = of(cell[i]);
      return x;
    }
  }
};

/// One cell, of which only where it is matters.
[[nodiscard]] inline CellPack one_cell(std::size_t cell) {
  return {.cell = {cell}, .size = 1};
}

/// The cells of a block in packs of one kind.
class CellPacks {
 public:
  /// Packs of `width` cells where there are as many. Local.
  void take(const Seats& seats, const Cells& cells, const CellBlock& block, std::size_t width);
  [[nodiscard]] auto begin() const { return packs_.begin(); }
  [[nodiscard]] auto end() const { return packs_.end(); }

 private:
  std::vector<CellPack> packs_;
  std::vector<std::size_t> open_;  ///< [kind], the pack that the next cell joins, counted from 1; 0: none
};

}  // namespace vesicast
