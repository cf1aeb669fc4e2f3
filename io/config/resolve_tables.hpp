#pragma once
/// \file
/// The parts of `resolve`, one per top-level table. Each notes what is wrong and carries on. Plain keys are read by
/// their rows (read_rows.hpp); what stands here is what depends on several keys.
#include <string>
#include <vector>

#include "io/config/resolve.hpp"
#include "io/config/table_reader.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {

// --- one top-level table each; \param folder absolute folder of the configuration

/// Fills `run` and `transport`.
void resolve_run(TableReader& top, Parameters& parameters);
/// Fills `domain` and returns the kinds of its faces. `domain.dimensions` is 0 where `domain.size` is wrong; then
/// nothing that depends on it is checked.
[[nodiscard]] Boundaries resolve_domain(TableReader& top, const std::string& folder, DomainParameters& domain);
/// Fills `cargo`, `vesicles` and `series`, and notes warnings about diffusivities; then the soluble factors, which
/// follow the vesicle classes.
void resolve_vesicles(TableReader& top, const Boundaries& boundaries, const std::string& folder, Resolved& resolved);
/// Fills `flow`, after the domain.
void resolve_flow(TableReader& top, const std::string& folder, Parameters& parameters);
/// Fills `regions`, after the vesicles and the flow.
void resolve_regions(TableReader& top, const std::string& folder, Parameters& parameters);
/// Notes what does not go together between the flow, the faces of the vesicle classes, and the regions; after them all.
void check_flow(TableReader& top, const Parameters& parameters);
/// Fills `cell_types`, after the vesicles.
void resolve_cell_types(TableReader& top, Parameters& parameters);
/// Fills `variation` of the cell types and the warnings about it, after the cell types.
void resolve_variation(TableReader& top, Resolved& resolved);
/// Fills `tissue`, after the domain and the cell types.
void resolve_tissue(TableReader& top, const std::string& folder, Parameters& parameters);
/// Fills `perturbations` and the warnings about them, after the cell types.
/// \param tables the text of every file in named_tables()
void resolve_perturbations(TableReader& top, const std::string& folder, const TableTexts& tables, Resolved& resolved);
/// Fills `output`, after resolve_run.
void resolve_output(TableReader& top, Parameters& parameters);

// --- parts of them

/// The pathway in a donor's table `pathway`, and with it the classes it makes.
void resolve_pathway(TableReader& table, const std::vector<std::string>& classes, CellType& type);
/// Adds what the cell type of the table `cell_type` has of cargo, how it responds, and what it becomes; after its
/// donor.
void resolve_cell_cargo(TableReader& cell_type, const Parameters& parameters, CellType& type);
/// Notes cell types that cannot become what they should; after all of them.
void check_switches(TableReader& top, const Parameters& parameters);
/// Kinds, concentrations outside and permeabilities of the faces of one class or factor, the next of `vesicles`.
/// \param boundary the faces of the domain, turned into those of the class
void resolve_boundaries(TableReader& vesicle, const std::string& folder, Boundaries& boundary, Resolved& resolved);
/// The shape of `table` and its measures; nothing where its `shape` is wrong or absent.
void resolve_place(TableReader& table, const DomainParameters& domain, Place& place);
/// The values of the vector `key`: three, or two in 2-D with `third` for z. Zeros where they are wrong or absent.
[[nodiscard]] Vector3 read_vector(TableReader& table, const char* key, const DomainParameters& domain, double third);

// --- files, as absolute paths; none is opened

/// `file` relative to `folder`.
[[nodiscard]] std::string absolute_path(const std::string& folder, const std::string& file);
/// The file `key` of `table`, relative to `folder`. The table is changed to it, so that the resolved text is the same
/// run from any folder. Empty where it is wrong or absent.
[[nodiscard]] std::string read_path(TableReader& table, const char* key, const std::string& folder);
/// The map that `table` describes. \param file how the key of the file is called
[[nodiscard]] MapFile read_map(TableReader table, const char* file, const std::string& folder);

// --- faces: tables with one key per face or axis of the domain

/// The axis of a face or axis name: 0 for "x", "x_low", "x_high".
[[nodiscard]] int axis_of(const std::string& face);
/// "x", "y", "z".
[[nodiscard]] const char* axis_name(int axis);
/// "x_low" for axis 0, side 0.
[[nodiscard]] std::string face_name(int axis, int side);
/// The key of `table` that holds for a face: its own, else its axis'; empty where there is neither.
[[nodiscard]] std::string key_of_face(const TableReader& table, int axis, int side);
/// Notes the keys for faces in z where a section has none. Nothing where `dimensions` is not 2.
void check_faces(TableReader& table, int dimensions);
/// The word for `kind` in a configuration, "no-flux".
[[nodiscard]] const std::string& word(BoundaryKind kind);
/// The kind of a word; no_flux for what is none.
[[nodiscard]] BoundaryKind kind_of(const std::string& word);

// --- names

/// Is `name`, the value of `key`, one of `known`? Notes that it is an unknown `what`, and the nearest of `listing`.
bool check_name_of(TableReader& table, std::string_view key, const std::string& name,
                   const std::vector<std::string>& known, const char* what, const char* listing);
/// The same for a name that is a key of `table`.
bool check_own_name(TableReader& table, const std::string& name, const std::vector<std::string>& known,
                    const char* what, const char* listing);
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

// --- warnings, where nothing is wrong

/// Thresholds that a response cannot reach, and responses to what a cell never has.
void warn_of_responses(const Parameters& parameters, std::vector<std::string>& warnings);
/// Values out of proportion, as they are given or as perturbations make them.
void warn_of_values(const Parameters& parameters, std::vector<std::string>& warnings);

}  // namespace vesicast::io
