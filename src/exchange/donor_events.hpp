#pragma once
/// \file
/// The donors' processes as events in whole MVBs, vesicles and copies, cell by cell (src/donor/stochastic/): as
/// DonorMeans has them.
#include <cmath>

#include "src/donor/stochastic/cargo.hpp"
#include "src/donor/stochastic/pathway.hpp"
#include "src/donor/stochastic/release.hpp"
#include "src/donor/tether.hpp"
#include "src/exchange/draws.hpp"

namespace vesicast {

class DonorEvents {
 public:
  using Real = double;
  using Division = donor::stochastic::Division;

  DonorEvents(const State& u, const Model& model) : u_(u), model_(model) {}
  /// The cell that all below is about.
  void take(std::size_t cell) { cell_ = cell; }

  [[nodiscard]] double budded(double mean, std::size_t which) const {
    Draws chance = draws(Purpose::budding, which);
    return static_cast<double>(donor::stochastic::poisson(mean, chance));
  }
  [[nodiscard]] Division divide(double count, Purpose purpose, std::size_t stream, std::size_t substep = 0) const {
    return {count, draws(purpose, stream, substep)};
  }
  [[nodiscard]] donor::Tethered tether(double held, double burst, const donor::TetherStep& step,
                                       std::size_t field) const {
    // Mean copies that a class is given go with its vesicles and are no whole number: they follow the mean.
    if (held != std::floor(held) || burst != std::floor(burst)) return donor::tether(held, burst, step);
    return donor::stochastic::draw_tether(held, burst, step, draws(Purpose::tether, field));
  }
  void divide_endosomes(donor::DonorCargo& cargo, std::span<const double> shares, std::size_t q) const;
  void bud(std::span<donor::DonorCargo> cargo) const;
  void step_pathway(std::span<donor::Mvbs> mvbs, std::span<const donor::PopulationStep> steps,
                    std::span<donor::Made> made, std::span<donor::DonorCargo> cargo,
                    std::span<const donor::CargoLoading> loading);

 private:
  [[nodiscard]] Draws draws(Purpose purpose, std::size_t stream, std::size_t substep = 0) const {
    return *draws_of(u_, model_, cell_, purpose, stream, static_cast<std::uint32_t>(substep));
  }

  const State& u_;
  const Model& model_;
  std::size_t cell_ = 0;
  std::vector<donor::stochastic::MvbEvents> events_;
};

}  // namespace vesicast
