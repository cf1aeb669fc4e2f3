#pragma once
/// \file
/// TOML in and out: text to tree, `--set` onto the tree, tree to text.
#include <memory>
#include <string>
#include <string_view>

#include "io/config/problems.hpp"
#include "io/config/tree.hpp"

namespace vesicast::io {

/// The tree of a TOML document. A syntax error is noted in `problems` and gives an empty table.
/// \param source what messages call the document; null: the configuration
[[nodiscard]] Node parse_document(std::string_view text, Problems& problems,
                                  const std::shared_ptr<const std::string>& source = nullptr);

/// Applies one `--set`: `cell_type."CD4+ T cells".radius=8 um`, `tissue.cells.0.count=5`. The value is read as TOML and
/// otherwise taken as a string. Tables on the way are made; array elements must exist. What is wrong goes to
/// `problems`.
void apply_override(Node& root, std::string_view assignment, Problems& problems);

/// The tree as a TOML document: values before the tables of each table, names in the order of the tree. What the user
/// put on one line stays on one line.
[[nodiscard]] std::string write_document(const Node& root);

/// A value as it stands behind its key: "8 um" in quotes, [1, 2], { mean = 1.0 }.
[[nodiscard]] std::string value_text(const Node& value);

}  // namespace vesicast::io
