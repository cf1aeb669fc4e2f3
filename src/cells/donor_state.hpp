#pragma once
/// \file
/// The MVBs of cells, and the cargo in them, in the state's arrays.
#include "src/cells/cell_pack.hpp"
#include "src/donor/mvb.hpp"
#include "src/donor/steady_cargo.hpp"
#include "src/state/state.hpp"

namespace vesicast::donor {

/// The arrays of the MVBs of one population.
class MvbArrays {
 public:
  /// `place`: of the population, in population_names().
  MvbArrays(Cells& cells, std::size_t place);
  /// Of a cell, or of several.
  template <class Real>
  [[nodiscard]] MvbsOf<Real> get(const CellPack& pack) const {
    MvbsOf<Real> m;
    for (std::size_t s = endosome; s < living_stages; ++s) m.count[s] = pack.get<Real>(count_[s]);
    for (std::size_t x = 0; x < ilv_routes; ++x)
      for (std::size_t s = maturing; s < living_stages; ++s) m.vesicles[x][s] = pack.get<Real>(vesicles_[x][s]);
    return m;
  }
  template <class Real>
  void put(const CellPack& pack, const MvbsOf<Real>& m) const {
    for (std::size_t s = endosome; s < living_stages; ++s) pack.put<Real>(count_[s], m.count[s]);
    for (std::size_t x = 0; x < ilv_routes; ++x)
      for (std::size_t s = maturing; s < living_stages; ++s) pack.put<Real>(vesicles_[x][s], m.vesicles[x][s]);
  }

 private:
  std::array<double*, living_stages> count_{};
  std::array<std::array<double*, living_stages>, ilv_routes> vesicles_{};
};

/// The arrays of one cargo in cells of one type, as far as the run has them.
class CargoArrays {
 public:
  /// `places` of the type's populations.
  CargoArrays(Cells& cells, CargoKind kind, std::size_t cargo, std::span<const std::size_t> places);
  /// Of a cell, or of several, without the Golgi. `content` has as many populations as the cells, or one.
  template <class Real>
  void get(const CellPack& pack, DonorCargoOf<Real>& content) const {
    content.pool = pack.get<Real>(pool_);
    if (endosomes_ != nullptr) content.mvbs[0].limiting[endosome] = pack.get<Real>(endosomes_);
    for (std::size_t p = 0; p < in_mvbs_.size(); ++p)
      for (std::size_t s = maturing; s < living_stages; ++s) {
        if (const double* a = in_mvbs_[p].limiting[s]) content.mvbs[p].limiting[s] = pack.get<Real>(a);
        if (const double* a = in_mvbs_[p].loaded[s]) content.mvbs[p].loaded[s] = pack.get<Real>(a);
      }
  }
  template <class Real>
  void put(const CellPack& pack, const DonorCargoOf<Real>& content) const {
    pack.put<Real>(pool_, content.pool);
    if (endosomes_ != nullptr) pack.put<Real>(endosomes_, content.mvbs[0].limiting[endosome]);
    for (std::size_t p = 0; p < in_mvbs_.size(); ++p)
      for (std::size_t s = maturing; s < living_stages; ++s) {
        if (double* a = in_mvbs_[p].limiting[s]) pack.put<Real>(a, content.mvbs[p].limiting[s]);
        if (double* a = in_mvbs_[p].loaded[s]) pack.put<Real>(a, content.mvbs[p].loaded[s]);
      }
  }
  [[nodiscard]] std::size_t populations() const { return in_mvbs_.size(); }

 private:
  struct InMvbs {
    std::array<double*, living_stages> limiting{}, loaded{};
  };
  double *pool_ = nullptr, *endosomes_ = nullptr;
  std::vector<InMvbs> in_mvbs_;  ///< [population]
};

/// Puts the copies of the cargo `q` into a cell, the Golgi's included.
void put_cargo(Cells& cells, CargoKind kind, std::size_t q, std::span<const std::size_t> places, std::size_t cell,
               const CargoContent& content);
/// The array of what vesicles at the surface are loaded from.
[[nodiscard]] constexpr CellArray pool_of(CargoKind kind) {
  return kind == CargoKind::soluble ? CellArray::cytosol : CellArray::plasma_membrane;
}

}  // namespace vesicast::donor
