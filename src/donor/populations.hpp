#pragma once
/// \file
/// Populations of multivesicular bodies (MVBs): which a cell type has, and where they stand in the state. A type with a
/// pathway and no named populations has one, without a name, whose rates are the pathway's. Pure.
#include <map>
#include <string>
#include <vector>

#include "src/parameters/cell_type.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {
struct Parameters;
}

namespace vesicast::donor {

/// The rates of every population; none without a pathway.
[[nodiscard]] std::vector<Biogenesis> population_rates(const CellType& type);

/// The populations' shares of the early endosomes, likewise.
[[nodiscard]] std::vector<double> population_shares(const CellType& type);

/// The names of all populations of a run, each once, in the order of the cell types: what the arrays of cells are by.
[[nodiscard]] std::vector<std::string> population_names(const Parameters& parameters);

/// Where the populations of a type stand in population_names().
[[nodiscard]] std::vector<std::size_t> population_places(const Parameters& parameters, const CellType& type);

/// Do MVBs of the type release the class, or the one that it is a size bin of?
[[nodiscard]] bool from_mvbs(const CellType& type, const VesicleClass& vesicle);

/// Does the type's pathway release the class, or the one that it is a size bin of, as ectosomes?
[[nodiscard]] inline bool is_ectosome(const CellType& type, const VesicleClass& vesicle) {
  return type.biogenesis && !type.biogenesis->ectosome.empty() &&
         (type.biogenesis->ectosome == vesicle.name || type.biogenesis->ectosome == vesicle.parent);
}

/// Mean release at the cell's surface where the pathway settles, by class [vesicle/s]; 0 where it does not.
struct SettledRelease {
  std::map<std::string, double> rate;
  bool settles = true;
};
[[nodiscard]] SettledRelease settled_release(const CellType& type);

}  // namespace vesicast::donor
