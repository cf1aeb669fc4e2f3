#pragma once
/// \file
/// Cargo in one donor cell, biology.md sections 2 and 5: it goes into intraluminal vesicles (ILVs) as they form, moves
/// with their MVBs, and comes back as they fuse back. Soluble cargo is taken from the cytosol by volume, membrane cargo
/// from the limiting membrane of the MVB by area. Pure.
#include <array>
#include <span>
#include <vector>

#include "src/donor/mvb.hpp"

namespace vesicast::donor {

/// How one cargo is loaded by the cells of one type.
struct CargoLoading {
  CargoKind kind = CargoKind::soluble;
  /// Share of the pool that one forming ILV takes, by IlvRoute: soluble E_c V_lumen/V_cyt of the cytosol's copies;
  /// membrane E_c A_ILV/A_MVB of what the limiting membrane of its own MVB holds.
  std::array<double, ilv_routes> per_ilv{};
};

/// The copies of one cargo in the MVBs of one population.
struct CargoInMvbs {
  Stages limiting{};                                   ///< membrane cargo, in the membrane of endosomes and MVBs
  Stages loaded{};                                     ///< in ILVs
  double digested = 0.0, burst = 0.0, expelled = 0.0;  ///< out: in ILVs and membranes that ended so
};

/// The copies of one cargo in one cell.
struct DonorCargo {
  double pool = 0.0;     ///< in the cytosol, or at the plasma membrane; all populations take from it
  double leaving = 0.0;  ///< in: vesicles bud in the step that take the share 1 - exp(-leaving) of the pool
  double budded = 0.0;   ///< out: copies in these
  /// [population]; between steps the first has what is in the membrane of early endosomes, of all
  std::vector<CargoInMvbs> mvbs = std::vector<CargoInMvbs>(1);
};

/// Divides what is in the membrane of early endosomes among the populations, for a step of the MVBs, and puts it back.
void divide_endosomes(DonorCargo& cargo, std::span<const double> shares);
void join_endosomes(DonorCargo& cargo);

/// Takes from `pool` what vesicles at the surface bud with: 1 - exp(-leaving) of it.
void bud(DonorCargo& cargo);

/// What ILVs take from `pool`, or of membrane cargo from the membrane, and give back in `dt` [s] in the MVBs of one
/// stage, of which there are `mvbs`: `formed` ILVs by route in that time, each holding on to its copies until it fuses
/// back at `back_fusion` [1/s]. Exact for the exchange of two
/// pools at rates that are constant in the step: x = l + k dt, moved (1 - exp(-x))/x (l from - k dt loaded).
void load(double& pool, CargoInMvbs& cargo, const CargoLoading& loading, Stage stage, double mvbs,
          const std::array<double, ilv_routes>& formed, double back_fusion, double dt);

/// Moves membranes and ILVs with the MVBs of every population, by its transitions, and lets vesicles bud; a membrane
/// that fuses with the plasma membrane joins it, what lysosomes get is digested. Sets digested, burst and expelled.
void move(DonorCargo& cargo, std::span<const Transitions> t);

}  // namespace vesicast::donor
