#pragma once
/// \file
/// The parts of `resolve`, one per top-level table. Each notes what is wrong and carries on. Keys are read by their
/// rows (read_rows.hpp); what stands here is what depends on several keys.
#include <string>
#include <vector>

#include "io/config/resolve.hpp"
#include "io/config/table_reader.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {

// --- one top-level table each

/// Fills `run` and `transport`.
void resolve_run(TableReader& top, Parameters& parameters);
/// Fills `domain` and returns the kinds of its faces. `domain.dimensions` is 0 where `domain.size` is wrong; then
/// nothing that depends on it is checked.
[[nodiscard]] Boundaries resolve_domain(TableReader& top, DomainParameters& domain);
/// Fills `cargo`, `vesicles` and `series`, and notes warnings about diffusivities; then the soluble factors, which
/// follow the vesicle classes.
void resolve_vesicles(TableReader& top, const Boundaries& boundaries, Resolved& resolved);
/// Fills `flow`, after the domain.
void resolve_flow(TableReader& top, FlowParameters& flow);
/// Fills `regions`, after the vesicles and the flow.
void resolve_regions(TableReader& top, Parameters& parameters);
/// Notes what does not go together between the flow, the faces of the vesicle classes, and the regions; after them all.
void check_flow(TableReader& top, const Parameters& parameters);
/// Fills `cell_types`, after the vesicles.
void resolve_cell_types(TableReader& top, Parameters& parameters);
/// Fills `variation` of the cell types and the warnings about it, after the cell types.
void resolve_variation(TableReader& top, Resolved& resolved);
/// Fills `tissue`, after the domain and the cell types.
void resolve_tissue(TableReader& top, Parameters& parameters);
/// Fills `perturbations` and the warnings about them, after the cell types.
/// \param tables the text of every file in named_tables()
void resolve_perturbations(TableReader& top, const TableTexts& tables, Resolved& resolved);
/// Fills `output` and `checkpoint`, after resolve_run.
void resolve_output(TableReader& top, Parameters& parameters);

// --- parts of them

/// The pathway in a donor's table `pathway`, and with it the classes it makes.
void resolve_pathway(TableReader& table, CellType& type);
/// Adds what the cell type of the table `cell_type` has of cargo, how it responds, and what it becomes; after its
/// donor.
void resolve_cell_cargo(TableReader& cell_type, const Parameters& parameters, CellType& type);
/// Notes cell types that cannot become what they should; after all of them.
void check_switches(TableReader& top, const Parameters& parameters);
/// Kinds, concentrations outside and permeabilities of the faces of one class or factor, the next of `vesicles`.
/// \param boundary the faces of the domain, turned into those of the class
void resolve_boundaries(TableReader& vesicle, Boundaries& boundary, Resolved& resolved);
/// What `table`, in the place of a concentration, says of it against time: known, or in a file that is still to be
/// read, without its class and face.
struct OutsideSeries {
  TimeSeries value;
  std::optional<SeriesFile> file;
};
[[nodiscard]] OutsideSeries resolve_series(TableReader table);
/// What is said of a key that belongs to other shapes.
[[nodiscard]] std::string not_of_shape(const std::string& shape, const std::string& others);
/// The shape of `table` and its measures; nothing where its `shape` is wrong or absent.
void resolve_place(TableReader& table, const DomainParameters& domain, Place& place);

// --- faces: tables with one key per face or axis of the domain

/// "x", "y", "z".
[[nodiscard]] const char* axis_name(int axis);
/// "x_low" for axis 0, side 0.
[[nodiscard]] std::string face_name(int axis, int side);
/// The key of `table` that holds for a face: its own, else its axis'; empty where there is neither.
[[nodiscard]] std::string key_of_face(const TableReader& table, int axis, int side);
/// Notes the keys for faces in z where the domain is a section, which has none.
void check_faces(TableReader& table);
/// The word for `kind` in a configuration, "no-flux".
[[nodiscard]] const std::string& word(BoundaryKind kind);
/// The kind of a word; no_flux for what is none.
[[nodiscard]] BoundaryKind kind_of(const std::string& word);

/// What is known of one face.
template <class Face>
[[nodiscard]] Face& face_of(std::array<std::array<Face, 2>, 3>& faces, int axis, int side) {
  return faces[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)];
}
/// Calls `act(axis, side)` for every face.
template <class Act>
void for_faces(Act&& act) {
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side) act(axis, side);
}

// --- names

/// Calls `act(table, name)` for each of the tables in the table `of` of `parent`, where there is one.
/// \param known what their names are known as; notes those that are not. Empty: they are new
template <class Act>
void for_tables(TableReader& parent, std::string_view of, std::string_view known, Act&& act) {
  if (!parent.has(of)) return;
  TableReader all = parent.table(of);
  for (const std::string& name : all.names()) {
    if (!known.empty() && !all.is_known(name, known)) continue;
    TableReader table = all.table(name);
    act(table, name);
  }
}

/// The names of `items`.
template <class Item>
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

// --- warnings, where nothing is wrong

/// Values that the configuration gives beyond what is usual of their keys. \param root checked, without defaults
void warn_of_unusual(const Node& root, std::vector<std::string>& warnings);
/// Thresholds that a response cannot reach, and responses to what a cell never has.
void warn_of_responses(const Parameters& parameters, std::vector<std::string>& warnings);
/// Values out of proportion, as they are given or as perturbations make them.
void warn_of_values(const Parameters& parameters, std::vector<std::string>& warnings);

}  // namespace vesicast::io
