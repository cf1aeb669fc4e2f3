#pragma once
/// \file
/// `preset = "carcinoma"`: what a configuration leaves out of a vesicle class or a cell type is put into its tree
/// before anything reads it, so that nothing else knows of presets.
#include <string>
#include <string_view>
#include <vector>

#include "io/config/problems.hpp"
#include "io/config/resolve.hpp"
#include "io/config/tree.hpp"

namespace vesicast::io {

/// Replaces every `preset` of [vesicle.*], [cell_type.*], their donors and recipients by the keys of that preset that
/// are not there yet. A vesicle class without one takes the shipped preset of its own name, if there is one. The donor
/// or recipient that names a preset itself takes nothing from the cell type's. Release that is given in another way
/// than the preset's (`secretion` instead of `pathway`) replaces it as a whole. A preset file may build on a shipped
/// one. What is wrong goes to `problems`, which is thrown then: half a cell type would only give false alarms.
/// \param path_of_config files of the user's are relative to its folder
/// \param texts the text of every file of preset_files()
/// \param taken gains those files, absolute paths
void expand_presets(Node& root, const std::string& path_of_config, const TableTexts& texts, Problems& problems,
                    std::vector<std::string>& taken);

/// The user's own presets that `root` names, as absolute paths. \param folder absolute folder of the configuration
[[nodiscard]] std::vector<std::string> preset_files(const Node& root, const std::string& folder);

/// The tree of the shipped preset `name` of `table` with what it builds on. Throws InputError for an unknown name.
[[nodiscard]] Node expanded_preset(std::string_view table, std::string_view name);

/// What messages call a shipped preset, "preset carcinoma", and back.
[[nodiscard]] std::string preset_label(std::string_view name);
[[nodiscard]] std::string name_in_label(std::string_view label);

}  // namespace vesicast::io
