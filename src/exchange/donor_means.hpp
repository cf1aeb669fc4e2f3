#pragma once
/// \file
/// The donors' processes in means, several cells side by side.
#include "src/base/random.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/tether.hpp"
#include "src/model/model.hpp"

namespace vesicast {

template <class Lanes>
class DonorMeans {
 public:
  using Real = Lanes;

  DonorMeans(const State&, const Model&) {}
  void take(std::size_t) {}

  /// Vesicles that bud in a step in which that many do on average; the `which`th kind of budding.
  [[nodiscard]] Real budded(const Real& mean, std::size_t) const { return mean; }

  /// Deals a number out to targets that have shares of it.
  struct Division {
    Real count;
    [[nodiscard]] Real next(const auto& share) const { return share * count; }
  };
  [[nodiscard]] Division divide(const Real& count, Purpose, std::size_t, std::size_t = 0) const { return {count}; }

  [[nodiscard]] donor::TetheredOf<Real> tether(const Real& held, const Real& burst, const donor::TetherStep& step,
                                               std::size_t) const {
    return donor::tether(held, burst, step);
  }
  void divide_endosomes(donor::DonorCargoOf<Real>& cargo, std::span<const double> shares, std::size_t) const {
    donor::divide_endosomes(cargo, shares);
  }
  void bud(std::span<donor::DonorCargoOf<Real>> cargo) const {
    for (donor::DonorCargoOf<Real>& one : cargo) donor::bud(one);
  }
  void step_pathway(std::span<donor::MvbsOf<Real>> mvbs, std::span<const donor::PopulationStep> steps,
                    std::span<donor::MadeOf<Real>> made, std::span<donor::DonorCargoOf<Real>> cargo,
                    std::span<const donor::CargoLoading> loading) const {
    donor::step_pathway<Real>(mvbs, steps, made, cargo, loading);
  }
};

}  // namespace vesicast
