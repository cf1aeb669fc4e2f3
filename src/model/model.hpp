#pragma once
/// \file
/// A run's parameters resolved against the domain: which fields exist, what each cell type does with each vesicle
/// class, and the spatial operators. Constant during a run, but for the buffers of transport and matrix.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/donor/mvb.hpp"
#include "src/donor/steady_cargo.hpp"
#include "src/extracellular/flow/steady_flow.hpp"
#include "src/extracellular/matrix/matrix_binding.hpp"
#include "src/extracellular/transport.hpp"
#include "src/interstitium/interstitium.hpp"
#include "src/model/cargo_plan.hpp"
#include "src/model/polarised.hpp"
#include "src/model/varied_cells.hpp"
#include "src/parameters/parameters.hpp"
#include "src/state/state.hpp"

namespace vesicast {

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
  std::vector<double> per_cell;      ///< [kind], R_tot
};

/// What one cell type does with one vesicle class.
struct Behaviour {
  std::optional<Secretion> secretion;
  std::optional<std::size_t> own_field;  ///< the field its own vesicles go to
  std::optional<Uptake> uptake;
};

/// What cells and matrix do between two changes of the perturbations (src/parameters/perturbation.hpp): the constants of the
/// Parameters times what acts on them.
struct EffectiveBehaviour {
  Ticks from = 0;                                             ///< until the next one's
  std::vector<CellType> cell_types;                           ///< [kind]
  std::vector<std::vector<Biogenesis>> populations;           ///< [kind][population of MVBs], donor::population_rates()
  std::vector<std::vector<Behaviour>> of;                     ///< [kind][vesicle]
  std::vector<std::optional<MatrixBinding>> matrix;           ///< [vesicle]
  std::vector<std::vector<std::optional<CargoRates>>> cargo;  ///< [kind][cargo], of cells that have it
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
  Parameters parameters;
  Interstitium interstitium;
  std::optional<SteadyFlow> flow;
  std::vector<std::string> sources;  ///< donor cell types, and "external" for what the boundary or t = 0 brings
  std::vector<FieldKey> fields;      ///< of vesicles and factors, then those of their copies
  std::size_t carriers = 0;          ///< how many of them are of vesicles and factors
  std::vector<std::vector<std::size_t>> fields_of;  ///< [vesicle], without those of copies
  /// [cargo][field of vesicles], the field of the copies in them
  std::vector<std::vector<std::optional<std::size_t>>> copies_in;
  std::vector<double> inflow;                         ///< [field], FieldTransport::inflow
  std::vector<std::vector<Behaviour>> behaviour;      ///< [cell type][vesicle], unperturbed
  VariedCells varied;                                 ///< what kinds there are beside the cell types
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
  PolarisedRelease polarised;
  std::vector<double> unresolved;  ///< [cell type], sub-voxel 1/k_S where alpha D is 1 um^2/s; it goes with 1/(alpha D)
  std::vector<std::vector<double>> inverse_alpha_diffusivity;  ///< [vesicle][cell], 1/(alpha D) [s/um^2]
  std::vector<std::optional<std::size_t>> external_field;      ///< [vesicle]: the field of what enters from outside
  std::vector<Operator> operators;                             ///< [vesicle]
  std::vector<std::uint32_t> release_stream;  ///< [vesicle], of random numbers: one for all bins of a class
  std::vector<double> hop_rate;               ///< [vesicle], Operator::largest_hop_rate over the whole domain [1/s]
  /// [vesicle], faces, vessels and cells included, all receptors free, at any time [1/s]
  std::vector<double> largest_rate;
  std::unique_ptr<Transport> transport;
  std::vector<std::unique_ptr<MatrixExchange>> matrix;  ///< [vesicle]; null for a class that does not bind

  /// "exosome from tumour", or "exosome" where sources are not tracked; "miR-21 in exosome from tumour".
  [[nodiscard]] std::string field_name(std::size_t field) const;
  [[nodiscard]] const VesicleClass& vesicle_of(std::size_t field) const {
    return parameters.vesicles[fields[field].vesicle];
  }
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
  /// Receptors per cell that a class binds to, all free.
  [[nodiscard]] double receptors(std::size_t kind, std::size_t vesicle) const {
    return families[family_of[vesicle]].per_cell[kind];
  }
  /// Sub-voxel 1/k_S of a cell of this rank [s/um^3] (src/recipient/subvoxel.hpp).
  [[nodiscard]] double resistance(std::size_t vesicle, const Cells& cells, std::size_t cell) const {
    return unresolved[static_cast<std::size_t>(cells.type[cell])] * inverse_alpha_diffusivity[vesicle][cell];
  }
  /// Where the constants of a cell of this rank stand: its type, or a kind of its own (src/model/varied_cells.hpp).
  [[nodiscard]] std::size_t kind(const Cells& cells, std::size_t cell) const {
    return varied.kind(cell, static_cast<std::size_t>(cells.type[cell]));
  }
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

/// Builds the model on `domain`, for the cells of this rank, in what make_interstitium() and make_flow() made of the
/// same parameters; adds to `cells` the voxels that polarised release reaches. Collective.
[[nodiscard]] Model make_model(const Parameters& parameters, const Domain& domain, Cells& cells,
                               Interstitium interstitium, std::optional<SteadyFlow> flow);

/// The state at t = 0: fields at their initial concentration, nothing on the matrix, cells empty. Collective.
[[nodiscard]] State make_state(const Model& model, const Domain& domain, Cells cells);

}  // namespace vesicast
