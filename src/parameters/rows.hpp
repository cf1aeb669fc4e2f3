#pragma once
/// \file
/// The rows of all tables of a configuration: those whose keys set members of a struct, by the struct, and those of
/// keys that code of their own reads.
#include "src/parameters/cargo.hpp"
#include "src/parameters/cell_type.hpp"
#include "src/parameters/domain.hpp"
#include "src/parameters/donor.hpp"
#include "src/parameters/flow.hpp"
#include "src/parameters/output.hpp"
#include "src/parameters/recipient.hpp"
#include "src/parameters/region.hpp"
#include "src/parameters/row.hpp"
#include "src/parameters/run.hpp"
#include "src/parameters/stokes_einstein.hpp"
#include "src/parameters/tissue.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {

[[nodiscard]] std::span<const KeyRow<RunParameters>> rows_of(const RunParameters*);
[[nodiscard]] std::span<const KeyRow<AutomaticStep>> rows_of(const AutomaticStep*);
[[nodiscard]] std::span<const KeyRow<TransportParameters>> rows_of(const TransportParameters*);
[[nodiscard]] std::span<const KeyRow<DomainParameters>> rows_of(const DomainParameters*);
[[nodiscard]] std::span<const KeyRow<OutputParameters>> rows_of(const OutputParameters*);
[[nodiscard]] std::span<const KeyRow<CheckpointParameters>> rows_of(const CheckpointParameters*);
[[nodiscard]] std::span<const KeyRow<Medium>> rows_of(const Medium*);
[[nodiscard]] std::span<const KeyRow<VesicleClass>> rows_of(const VesicleClass*);
[[nodiscard]] std::span<const KeyRow<SizeDistribution>> rows_of(const SizeDistribution*);
[[nodiscard]] std::span<const KeyRow<MatrixBinding>> rows_of(const MatrixBinding*);
[[nodiscard]] std::span<const KeyRow<CargoSpecies>> rows_of(const CargoSpecies*);
[[nodiscard]] std::span<const KeyRow<FlowParameters>> rows_of(const FlowParameters*);
[[nodiscard]] std::span<const KeyRow<Place>> rows_of(const Place*);
[[nodiscard]] std::span<const KeyRow<Region>> rows_of(const Region*);
[[nodiscard]] std::span<const KeyRow<Vessels>> rows_of(const Vessels*);
[[nodiscard]] std::span<const KeyRow<CellType>> rows_of(const CellType*);
[[nodiscard]] std::span<const KeyRow<Secretion>> rows_of(const Secretion*);
[[nodiscard]] std::span<const KeyRow<Biogenesis>> rows_of(const Biogenesis*);
[[nodiscard]] std::span<const KeyRow<MvbPopulation>> rows_of(const MvbPopulation*);
[[nodiscard]] std::span<const KeyRow<Polarised>> rows_of(const Polarised*);
[[nodiscard]] std::span<const KeyRow<AcidGate>> rows_of(const AcidGate*);
[[nodiscard]] std::span<const KeyRow<Uptake>> rows_of(const Uptake*);
[[nodiscard]] std::span<const KeyRow<CellCargo>> rows_of(const CellCargo*);
[[nodiscard]] std::span<const KeyRow<Response>> rows_of(const Response*);
[[nodiscard]] std::span<const KeyRow<PhenotypeSwitch>> rows_of(const PhenotypeSwitch*);
[[nodiscard]] std::span<const KeyRow<CellGroup>> rows_of(const CellGroup*);

/// The rows of a cell type: of its table, of its recipient, of its table again.
using CellTypeRows = std::span<const KeyRow<CellType>>;
[[nodiscard]] inline CellTypeRows body_rows() {
  return rows<CellType>().first(1);
}
[[nodiscard]] inline CellTypeRows recipient_rows() {
  return rows<CellType>().subspan(1, 2);
}
[[nodiscard]] inline CellTypeRows cytosol_row() {
  return rows<CellType>().last(1);
}
/// The rows of a pathway that a population of MVBs may have of its own.
[[nodiscard]] std::span<const KeyRow<Biogenesis>> population_rows();
/// Of a soluble factor, where it has not the keys of a vesicle class.
[[nodiscard]] std::span<const KeyRow<VesicleClass>> factor_rows();
/// Of both: the faces of the domain, a map of the diffusivity.
[[nodiscard]] std::span<const KeyRow<VesicleClass>> field_rows();
/// The cargo in a vesicle of a class.
[[nodiscard]] std::span<const KeyRow<VesicleClass>> carried_rows();
/// What a cell type does with a soluble factor.
[[nodiscard]] std::span<const KeyRow<Uptake>> cell_factor_rows();

/// The keys of no struct.
struct NoMember {};
using OtherRows = std::span<const KeyRow<NoMember>>;
[[nodiscard]] OtherRows series_rows();  ///< a concentration against time
[[nodiscard]] OtherRows preset_rows();
[[nodiscard]] OtherRows variation_rows();
[[nodiscard]] OtherRows effect_table_rows();
[[nodiscard]] OtherRows perturbation_rows();

}  // namespace vesicast
