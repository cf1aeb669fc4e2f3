#pragma once
/// \file
/// A cell type: a donor, a recipient, both or neither.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/parameters/cargo.hpp"
#include "src/parameters/donor.hpp"
#include "src/parameters/recipient.hpp"
#include "src/parameters/standard.hpp"
#include "src/parameters/variation.hpp"

namespace vesicast {

struct CellType {
  std::string name;
  double radius = standard(&CellType::radius);        ///< [um]
  double cytosol = standard(&CellType::cytosol);      ///< V_cyt, volume that soluble cargo is dissolved in [um^3]
  std::map<std::string, Secretion> donor;             ///< at a given rate, by vesicle class or soluble factor
  std::optional<Biogenesis> biogenesis;               ///< what makes the classes whose mode is `pathway`
  std::vector<MvbPopulation> populations;             ///< of its MVBs, where there are several
  std::optional<Polarised> polarised;                 ///< where its release goes; nothing: into the cell's own voxel
  std::map<std::string, Uptake> recipient;            ///< by vesicle class or soluble factor; empty: not a recipient
  double receptors = standard(&CellType::receptors);  ///< R_tot, docking sites per cell, shared by all vesicle classes
  std::map<std::string, double> factor_receptors;     ///< receptors per cell, by soluble factor
  double half_signal = standard(&CellType::half_signal);  ///< K_sig, bound vesicles at half signal
  std::map<std::string, CellCargo> cargo;                 ///< by cargo name; none: it neither makes nor loads it
  std::map<std::string, Response> responses;              ///< by name
  std::optional<PhenotypeSwitch> becomes;
  AcidGate gate;
  std::vector<Variation> variation;  ///< from cell to cell

  bool operator==(const CellType&) const = default;
};

}  // namespace vesicast
