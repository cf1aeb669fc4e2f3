#pragma once
/// \file
/// Parts of the domain, and the two kinds of [[tissue.cells]]: shapes and tables of cells.
#include <string>
#include <vector>

#include "io/config/table_reader.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {

/// The shape of `table` and its measures; nothing where its `shape` is wrong or absent.
void resolve_place(TableReader& table, const DomainParameters& domain, Place& place);

/// Cell types, shape, number of cells of a group with a shape; all but `outside`, which needs the other groups.
void resolve_shape(TableReader& table, const DomainParameters& domain, const std::vector<std::string>& cell_types,
                   CellGroup& group);

/// File, columns, labels of a group read from a table.
/// \param folder absolute folder of the configuration
void resolve_cell_table(TableReader& table, const std::string& folder, const DomainParameters& domain,
                        const std::vector<std::string>& cell_types, CellGroup& group);

/// Is `word` one of the words of `list`, as in `Key::applies`?
[[nodiscard]] bool lists(const std::string& list, const std::string& word);

/// Notes a `name`, the value of `key`, that is no cell type; returns whether it is one.
bool check_cell_type(TableReader& table, const std::string& key, const std::string& name,
                     const std::vector<std::string>& cell_types);

/// The values of the vector `key`: three, or two in 2-D with `third` for z. Zeros where they are wrong or absent.
[[nodiscard]] Vector3 read_vector(TableReader& table, const char* key, const DomainParameters& domain, double third);

}  // namespace vesicast::io
