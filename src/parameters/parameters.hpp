#pragma once
/// \file
/// Everything a run is defined by, as plain data in internal units: um, s, vesicles, molecules, copies.
/// `io/config` fills it from a TOML file; tests fill it by hand. Nothing here is computed. What is known of a key of
/// the configuration, its default too, stands in its row (src/parameters/row.hpp).
#include <vector>

#include "src/parameters/cargo.hpp"
#include "src/parameters/cell_type.hpp"
#include "src/parameters/domain.hpp"
#include "src/parameters/flow.hpp"
#include "src/parameters/output.hpp"
#include "src/parameters/perturbation.hpp"
#include "src/parameters/region.hpp"
#include "src/parameters/run.hpp"
#include "src/parameters/tissue.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {

struct Parameters {
  RunParameters run;
  DomainParameters domain;
  TransportParameters transport;
  OutputParameters output;
  CheckpointParameters checkpoint;
  FlowParameters flow;
  std::vector<Region> regions;
  std::vector<VesicleClass> vesicles;  ///< and soluble factors
  std::vector<CargoSpecies> cargo;
  std::vector<CellType> cell_types;
  std::vector<CellGroup> tissue;
  std::vector<Perturbation> perturbations;  ///< the cell types and classes above are without them
};

}  // namespace vesicast
