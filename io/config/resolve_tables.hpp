#pragma once
/// \file
/// The parts of `resolve`, one per top-level table. Each notes what is wrong and carries on.
#include <string>
#include <vector>

#include "io/config/table_reader.hpp"
#include "src/parameters.hpp"

namespace vesicast::io {

/// Fills `run`, `transport` and `output`.
void resolve_run(TableReader& top, Parameters& parameters);
/// After resolve_run.
void resolve_output(TableReader& top, Parameters& parameters);

/// Fills `domain` and returns the kinds of its faces. `domain.dimensions` is 0 where `domain.size` is wrong; then
/// nothing that depends on it is checked.
[[nodiscard]] Boundaries resolve_domain(TableReader& top, DomainParameters& domain);

/// Fills `cargo` and `vesicles`.
void resolve_vesicles(TableReader& top, const Boundaries& boundaries, Parameters& parameters);

/// Fills `cell_types`, after the vesicles.
void resolve_cell_types(TableReader& top, Parameters& parameters);

/// Fills `tissue`, after the domain and the cell types.
/// \param folder absolute folder of the configuration
void resolve_tissue(TableReader& top, const std::string& folder, Parameters& parameters);

/// The axis of a face or axis name: 0 for "x", "x_low", "x_high".
[[nodiscard]] int axis_of(const std::string& face);
/// "x", "y", "z".
[[nodiscard]] const char* axis_name(int axis);

/// The names of `items`, for messages about unknown ones.
template <class Item>
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

}  // namespace vesicast::io
