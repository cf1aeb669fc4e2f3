#pragma once
/// \file
/// The parts of `resolve`, one per top-level table. Each notes what is wrong and carries on.
#include <string>
#include <vector>

#include "io/config/resolve.hpp"
#include "io/config/table_reader.hpp"
#include "src/parameters/parameters.hpp"
#include "src/parameters/stokes_einstein.hpp"

namespace vesicast::io {

/// Fills `run`, `transport` and `output`.
void resolve_run(TableReader& top, Parameters& parameters);
/// After resolve_run.
void resolve_output(TableReader& top, Parameters& parameters);

/// Fills `domain` and returns the kinds of its faces. `domain.dimensions` is 0 where `domain.size` is wrong; then
/// nothing that depends on it is checked.
/// \param folder absolute folder of the configuration, here and below
[[nodiscard]] Boundaries resolve_domain(TableReader& top, const std::string& folder, DomainParameters& domain);

/// How the diffusivity of vesicles follows from their diameters, from [medium].
class Diffusion {
 public:
  /// \param top the whole configuration; notes what of [medium] does not go together
  explicit Diffusion(TableReader& top);
  /// Mean D over the vesicles of `size` [um^2/s].
  [[nodiscard]] double operator()(const SizeDistribution& size) const;
  /// "Stokes-Einstein", or the tissue, "1/diameter from 100 nm in a dense tumour".
  [[nodiscard]] const std::string& law() const { return law_; }

 private:
  Medium medium_;
  double measured_ = 0.0;  ///< D of 100 nm in the tissue [um^2/s]; 0: none is named
  std::string law_ = "Stokes-Einstein";
};

/// Fills `cargo`, `vesicles` and `series`, and notes warnings about diffusivities.
void resolve_vesicles(TableReader& top, const Boundaries& boundaries, const std::string& folder, Resolved& resolved);

/// Appends the soluble factors to `vesicles`, after the vesicle classes.
void resolve_factors(TableReader& top, const Boundaries& boundaries, const std::string& folder, Resolved& resolved);

/// The diffusivity that `table` gives, a value or a map.
void resolve_given_diffusivity(TableReader& table, const std::string& folder, VesicleClass& field);

/// What a vesicle class and a soluble factor have in common, from the class's own `table`: decay, initial
/// concentration and faces. It will be the last of `resolved.parameters.vesicles`.
void resolve_field(TableReader& table, const Boundaries& boundaries, const std::string& folder, VesicleClass& field,
                   Resolved& resolved);

/// Fills `flow`, after the domain.
void resolve_flow(TableReader& top, const std::string& folder, Parameters& parameters);

/// Fills `regions`, after the vesicles and the flow.
void resolve_regions(TableReader& top, const std::string& folder, Parameters& parameters);

/// Notes what does not go together between the flow, the faces of the vesicle classes, and the regions; after them all.
void check_flow(TableReader& top, const Parameters& parameters);

/// Fills `cell_types`, after the vesicles.
void resolve_cell_types(TableReader& top, Parameters& parameters);

/// Adds what the cell type of the table `cell_type` does with soluble factors.
void resolve_cell_factors(TableReader& cell_type, const Parameters& parameters, CellType& type);

/// Adds what the cell type of the table `cell_type` has of cargo, how it responds, and what it becomes; after its
/// donor.
void resolve_cell_cargo(TableReader& cell_type, const Parameters& parameters, CellType& type);

/// Notes cell types that cannot become what they should; after all of them.
void check_switches(TableReader& top, const Parameters& parameters);

/// The pathway in a donor's table `pathway`, and with it the classes it makes.
void resolve_pathway(TableReader& table, const std::vector<std::string>& classes, CellType& type);

/// Fills `tissue`, after the domain and the cell types.
void resolve_tissue(TableReader& top, const std::string& folder, Parameters& parameters);

/// Fills `perturbations` and the warnings about them, after the cell types.
/// \param tables the text of every file in named_tables()
void resolve_perturbations(TableReader& top, const std::string& folder, const TableTexts& tables, Resolved& resolved);

/// Fills `variation` of the cell types and the warnings about it, after the cell types.
void resolve_variation(TableReader& top, Resolved& resolved);

/// Adds warnings about what is allowed and hardly meant, where nothing is wrong: thresholds that a response cannot
/// reach, and responses to what a cell never has.
void warn_of_responses(const Parameters& parameters, std::vector<std::string>& warnings);
/// Likewise: values out of proportion, as they are given or as perturbations make them.
void warn_of_values(const Parameters& parameters, std::vector<std::string>& warnings);

/// Is `name` one of the vesicle classes? Notes in `table`, where it is a key, that it is none.
bool check_class(TableReader& table, const std::string& name, const std::vector<std::string>& classes);

/// The same for a class that is the value of `key`.
bool check_named_class(TableReader& table, const std::string& key, const std::string& name,
                       const std::vector<std::string>& classes);

/// The names of `items`, for messages about unknown ones.
template <class Item>
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

/// The names of the classes that are of one substance.
[[nodiscard]] inline std::vector<std::string> names_of(const std::vector<VesicleClass>& classes, Substance substance) {
  std::vector<std::string> names;
  for (const VesicleClass& v : classes)
    if (v.substance == substance) names.push_back(v.name);
  return names;
}

}  // namespace vesicast::io
