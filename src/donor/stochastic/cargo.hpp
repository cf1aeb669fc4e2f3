#pragma once
/// \file
/// Cargo of one donor cell in whole copies, biology.md sections 5 and 6, with the events of its MVBs: binomial draws
/// whose means are those of src/donor/cargo.hpp and membrane_cycle.hpp. Copies follow what they are in: of Q copies in
/// N vesicles those in n that leave are binomial(Q, n/N); of those in N membranes of MVBs likewise, while those in the
/// membrane of early endosomes, which are counted in MVB equivalents only, move each with the probability of one.
#include "src/donor/cargo.hpp"
#include "src/donor/membrane_cycle.hpp"
#include "src/donor/stochastic/events.hpp"

namespace vesicast::donor::stochastic {

/// A step of what is in MVBs, budding included. What is in ILVs and in membranes of MVBs is in whole copies and stays
/// so; of `cargo.pool`, which delivery may have brought a part of a copy to, only whole copies leave. `loading` and
/// `events` are by population.
void draw_cargo(DonorCargo& cargo, std::span<const CargoLoading> loading, std::span<const MvbEvents> events,
                Draws& draws);
inline void draw_cargo(DonorCargo& cargo, std::span<const CargoLoading> loading, std::span<const MvbEvents> events,
                       Draws&& draws) {
  draw_cargo(cargo, loading, events, draws);
}

/// Budding alone: binomial(pool, 1 - exp(-leaving)).
void draw_bud(DonorCargo& cargo, Draws& draws);

/// What decays of a pool in which `arriving` copies come in the step; half of them before, half after.
struct Turnover {
  double copies = 0.0, lost = 0.0;
};
/// Whole copies decay: binomial, with the probability `lost_share` of one.
[[nodiscard]] Turnover draw_turnover(double before, double arriving, double lost_share, Draws& draws);

/// step_cycle() in whole copies: multinomial from every pool; the parts of copies that were delivered stay where
/// they are until they make a whole one.
[[nodiscard]] Cycle draw_cycle(const Cycle& before, const Cycle& arriving, const TransitionMatrix& step, Draws& draws);

}  // namespace vesicast::donor::stochastic
