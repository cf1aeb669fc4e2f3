#pragma once
/// \file
/// The presets that the program was built with, configs/presets/: what is known of a vesicle class or a cell type, as
/// the keys of [vesicle.*] and [cell_type.*], each with its source.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/tree.hpp"

namespace vesicast::io {

/// The text of a shipped preset, or nothing. \param table "vesicle" or "cell_type"
/// \param name capitals aside, and with a blank or a hyphen for an underscore: "T cell" is t_cell
[[nodiscard]] std::optional<std::string_view> shipped_preset(std::string_view table, std::string_view name);

/// The names of all shipped presets of `table`.
[[nodiscard]] std::vector<std::string> preset_names(std::string_view table);

/// `name` as presets are called: lower case, underscores for blanks and hyphens.
[[nodiscard]] std::string preset_name(std::string_view name);

/// A value of a preset, with its comment "# source; confidence" taken apart.
struct PresetValue {
  std::string key;         ///< within the class or type, "recipient.k_on"
  Node value;              ///< no table
  std::string preset;      ///< that gives it: another one where the preset builds on it
  std::string source;      ///< where it comes from, in words; empty where the comment is missing or not of that form
  std::string confidence;  ///< H, M or L; empty where the comment does not end in one of them
};

/// All values of the shipped preset `name`, those of the preset that it builds on included. Throws InputError for an
/// unknown name, InternalError for a shipped file that is not a preset.
[[nodiscard]] std::vector<PresetValue> preset_values(std::string_view table, std::string_view name);

}  // namespace vesicast::io
