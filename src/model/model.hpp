#pragma once
/// \file
/// What a configuration means: which fields exist, what each cell type does with each vesicle class and when, what
/// cells have at first. It knows no rank, no voxel and no cell, and nothing in it changes.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "decomposition/base/grid.hpp"
#include "src/base/time.hpp"
#include "src/donor/mvb.hpp"
#include "src/donor/steady_cargo.hpp"
#include "src/model/cargo_plan.hpp"
#include "src/parameters/donor.hpp"
#include "src/parameters/rates.hpp"
#include "src/parameters/recipient.hpp"
#include "src/parameters/vesicle.hpp"
#include "src/state/cell_plan.hpp"

namespace vesicast {

struct DomainParameters;
struct Parameters;

/// The source of vesicles that come from outside, or are there at t = 0.
inline constexpr const char* external_source = "external";

/// One field: the vesicles of one class, or the molecules of one soluble factor, from one source; or the copies of one
/// cargo in these vesicles.
struct FieldKey {
  std::size_t vesicle = 0;
  std::size_t source = 0;
  std::optional<std::size_t> cargo;
};

/// Classes that bind to the same receptors: all vesicles, or one soluble factor.
struct ReceptorFamily {
  std::vector<std::size_t> fields;
  std::vector<std::size_t> carried;  ///< fields of copies in these: they go along, and need no receptors
  std::vector<double> per_cell;      ///< [cell type], R_tot
};

/// What one cell type does with one vesicle class.
struct Behaviour {
  std::optional<Secretion> secretion;
  std::optional<std::size_t> own_field;  ///< the field its own vesicles go to
  std::optional<Uptake> uptake;
};

/// What cells of one kind do, with all that acts on their rates: those of one cell type, or one cell whose rates are
/// its own.
struct KindBehaviour {
  AcidGate gate;
  std::optional<Biogenesis> biogenesis;
  std::vector<Biogenesis> populations;           ///< of MVBs, donor::population_rates()
  std::vector<Behaviour> of;                     ///< [vesicle]
  std::vector<std::optional<CargoRates>> cargo;  ///< [cargo], of what it has
};

/// What cells and matrix do between two changes of the perturbations: the constants of the Parameters times what acts
/// on them (src/model/schedule.hpp).
struct EffectiveBehaviour {
  Ticks from = 0;                                    ///< until the next one's
  std::vector<RateFactors> factors;                  ///< [cell type], on the constants
  std::vector<KindBehaviour> types;                  ///< [cell type]
  std::vector<std::optional<MatrixBinding>> matrix;  ///< [vesicle]
};

/// Which rates of a cell type differ from cell to cell.
struct Varies {
  bool receptors = false;
  bool donor = false, recipient = false;  ///< some rate of what it releases, of what it takes up
  [[nodiscard]] bool any() const { return receptors || donor || recipient; }
};

/// Where what a donor pathway makes of one class goes: its field, or one for every size bin.
struct ReleaseTarget {
  std::size_t field = 0;
  double share = 1.0;
};

/// One population of MVBs of one cell type in a run.
struct MvbRelease {
  std::vector<ReleaseTarget> exosome;
  std::vector<std::vector<double>> copies;  ///< [cargo][as exosome], share of an exosome's copies
};

/// The membrane cargo that the ectosomes of one cell type follow.
struct EctosomeCargo {
  std::size_t cargo = 0;
  double at_rest = 0.0;   ///< P0, copies at the plasma membrane of the unperturbed cell at rest
  double at_start = 1.0;  ///< P/P0 at t = 0
};

/// The donor pathway of one cell type in a run.
struct DonorPathway {
  std::vector<MvbRelease> populations;
  std::vector<std::size_t> places;  ///< [population], in Model::populations
  std::vector<double> shares;       ///< [population], of the early endosomes
  std::vector<std::size_t> fields;  ///< that MVBs release into, each once
  std::vector<ReleaseTarget> microvesicle, ectosome;
  std::optional<EctosomeCargo> follows;
  std::vector<donor::Mvbs> start;  ///< [population], at t = 0
  std::vector<double> tethered;    ///< [fields], vesicles that tetherin holds then

  /// Where a field stands in `fields`.
  [[nodiscard]] std::size_t place_of(std::size_t field) const {
    return static_cast<std::size_t>(std::ranges::find(fields, field) - fields.begin());
  }
};

/// What the cells of one type have of one cargo.
struct CargoSupply {
  double synthesis = 0.0;        ///< [copies/s]
  double at_rest = 0.0;          ///< of the unperturbed cell, in the cytosol or at the plasma membrane
  donor::CargoContent start;     ///< at t = 0
  std::vector<double> tethered;  ///< [population], copies that tetherin holds then
};

/// When cells become of another type (PhenotypeSwitch).
struct Becoming {
  std::size_t to = 0;        ///< cell type
  std::size_t response = 0;  ///< in Model::responses
};

struct Model {
  std::shared_ptr<const Parameters> given;  ///< what it was made of; copies of a model share it
  std::vector<std::string> sources;         ///< donor cell types, and "external" for what the boundary or t = 0 brings
  std::vector<FieldKey> fields;             ///< of vesicles and factors, then those of their copies
  std::size_t carriers = 0;                 ///< how many of them are of vesicles and factors
  std::vector<std::vector<std::size_t>> fields_of;  ///< [vesicle], without those of copies
  /// [cargo][field of vesicles], the field of the copies in them
  std::vector<std::vector<std::optional<std::size_t>>> copies_in;
  std::vector<double> inflow;                         ///< [field], FieldTransport::inflow
  std::vector<std::vector<Behaviour>> behaviour;      ///< [cell type][vesicle], unperturbed
  std::vector<Varies> varies;                         ///< [cell type]
  std::vector<EffectiveBehaviour> effective;          ///< in the order of time, the first from 0
  std::vector<std::optional<DonorPathway>> pathways;  ///< [cell type]
  std::vector<std::string> populations;               ///< of MVBs, donor::population_names()
  std::vector<ReceptorFamily> families;               ///< vesicles first, then each soluble factor
  std::vector<std::size_t> family_of;                 ///< [vesicle]
  /// [cargo][vesicle], mean copies per vesicle where no cell loads the class: it has no fields of copies then
  std::vector<std::vector<double>> copies;
  std::vector<std::vector<std::optional<CargoSupply>>> supply;  ///< [cell type][cargo]
  std::vector<std::string> responses;                           ///< of all cell types, sorted
  std::vector<std::optional<Becoming>> becomes;                 ///< [cell type]
  CellPlan cell_arrays;
  std::vector<std::optional<std::size_t>> external_field;  ///< [vesicle]: the field of what enters from outside
  std::vector<std::uint32_t> release_stream;  ///< [vesicle], of random numbers: one for all bins of a class

  [[nodiscard]] const Parameters& parameters() const { return *given; }
  /// "exosome from tumour", or "exosome" where sources are not tracked; "miR-21 in exosome from tumour".
  [[nodiscard]] std::string field_name(std::size_t field) const;
  [[nodiscard]] const VesicleClass& vesicle_of(std::size_t field) const;
  /// The places of the populations of a cell's MVBs; none without a pathway.
  [[nodiscard]] std::span<const std::size_t> places(std::size_t type) const {
    return pathways[type] ? std::span<const std::size_t>(pathways[type]->places) : std::span<const std::size_t>();
  }
  /// What a class is counted in, "vesicle" or "molecule".
  [[nodiscard]] std::string_view unit_of(std::size_t vesicle) const;
  /// Likewise a field, or "copies".
  [[nodiscard]] std::string_view unit_of_field(std::size_t field) const {
    return fields[field].cargo ? info(CellArray::cytosol).unit : unit_of(fields[field].vesicle);
  }
  /// Does a class have this array? A soluble factor has no endosomes, and only what MVBs release is tethered.
  [[nodiscard]] bool has(std::size_t vesicle, CellArray array) const;
  /// Does the class bind to the extracellular matrix?
  [[nodiscard]] bool binds_to_matrix(std::size_t vesicle) const;
  /// The cell types that a cell which began as `type` is or may become, itself first.
  [[nodiscard]] std::vector<std::size_t> types_ahead(std::size_t type) const;
  /// What cells and matrix do in a step that starts at `time`. The reference holds as long as the model.
  [[nodiscard]] const EffectiveBehaviour& behaviour_at(Ticks time) const;
  /// When that next changes, or nothing: a time that automatic steps do not pass.
  [[nodiscard]] std::optional<Ticks> next_change(Ticks time) const;
};

/// The arrays that the cells of a run have.
[[nodiscard]] CellPlan plan_cells(const Parameters& parameters);

struct FieldPlan {
  std::vector<std::string> sources;
  std::vector<FieldKey> fields;
};
/// The fields a set of parameters needs; local and cheap, so that `validate` can print them. Throws InputError if a
/// donor type takes the name that vesicles from outside go by.
[[nodiscard]] FieldPlan plan_fields(const Parameters& parameters);

/// The grid of a set of parameters. Throws InputError if the size is not a whole number of voxels.
[[nodiscard]] Grid make_grid(const DomainParameters& domain);
/// Which axes are periodic (the same for all vesicle classes).
[[nodiscard]] std::array<bool, 3> periodic_axes(const Parameters& parameters);

/// What the parameters mean. Throws InputError where a pathway or a cargo does not settle. Local.
[[nodiscard]] Model make_model(const Parameters& parameters);

/// The behaviour of a kind of cells of type `type` with the factors `factors` on the type's rates. Local.
[[nodiscard]] KindBehaviour kind_behaviour(const Model& model, std::size_t type, const RateFactors& factors);

}  // namespace vesicast
