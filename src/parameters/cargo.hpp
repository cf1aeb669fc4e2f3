#pragma once
/// \file
/// Cargo: what there is, what cells have of it, and what it does to them.
#include <array>
#include <optional>
#include <string>

#include "src/parameters/donor.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

/// Dissolved, as a miRNA in the cytosol and in the lumen of vesicles; or in membranes, as a receptor.
enum class CargoKind { soluble, membrane };

struct CargoSpecies {
  std::string name;
  double decay = standard(&CargoSpecies::decay);  ///< loss in the cytosol or at the plasma membrane, d_Q [1/s]
  CargoKind kind{};
};

/// What the cells of one type have of one cargo, and how they load it into the vesicles they release; biology.md
/// section
/// 5. Soluble cargo is loaded by volume from the cytosol, membrane cargo by area from the membrane a vesicle forms of.
struct CellCargo {
  /// At t = 0 in the cytosol, or at the plasma membrane; nothing: where the synthesis leads. One of the two is given.
  std::optional<double> copies;
  /// Into the cytosol, or of membrane cargo into the Golgi [copies/s]; nothing: as much as keeps `copies`
  std::optional<double> synthesis;
  /// E_c by IlvRoute, 1 passive; and of all that does not form in MVBs
  std::array<double, ilv_routes> sorting = standard(&CellCargo::sorting);
  double sorting_at_surface = sorting[0];

  bool operator==(const CellCargo&) const = default;
};

enum class ResponseKind { repression, activation };

/// What delivered cargo does to the level m of a target, 1 without it; biology.md section 4:
///   repression  dm/dt = d_m (1 - m (1 + (F - 1) H)),  activation  dm/dt = d_m (1 + (F - 1) H - m),
///   H = Q^h/(K^h + Q^h), Q the copies in the cytosol or at the plasma membrane.
struct Response {
  std::string cargo;
  ResponseKind kind{};
  double fold = standard(&Response::fold);    ///< F
  double half = standard(&Response::half);    ///< K [copies per cell]
  double hill = standard(&Response::hill);    ///< h
  double decay = standard(&Response::decay);  ///< d_m [1/s]

  bool operator==(const Response&) const = default;
};

/// Cells become another type, for good, when the level of a response has been beyond a threshold for some time.
struct PhenotypeSwitch {
  std::string to;  ///< cell type
  std::string response;
  bool above = true;  ///< else below
  double threshold = 0.0;
  double hold = standard(&PhenotypeSwitch::hold);  ///< [s]

  bool operator==(const PhenotypeSwitch&) const = default;
};

}  // namespace vesicast
