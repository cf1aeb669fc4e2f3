#pragma once
/// \file
/// Copies of what a run was made from, so that its folder needs nothing else.
#include <filesystem>
#include <string>
#include <vector>

namespace vesicast::io {

struct InputCopy {
  std::string from;  ///< absolute path
  std::string copy;  ///< "inputs/cells.csv", in the run folder
};

/// What copies of `files` in inputs/ of a run folder are called: of two of one name the second is 2_NAME. Pure.
[[nodiscard]] std::vector<InputCopy> copies_of(const std::vector<std::string>& files);

/// Makes them. Throws InputError if one cannot be read, OutputError if it cannot be written. Local.
void copy_inputs(const std::filesystem::path& run_folder, const std::vector<InputCopy>& copies);

/// The files of a map that is in pieces, a .pvti; none of another. Throws InputError if it cannot be read. Local.
[[nodiscard]] std::vector<std::string> pieces_of(const std::string& map);

/// A resolved configuration that names the copies in the place of the files.
[[nodiscard]] std::string with_copies(std::string toml, const std::vector<InputCopy>& copies);

/// A configuration that was read from a run folder, with the names of the copies as they stand there.
[[nodiscard]] std::string with_names_of_copies(std::string toml, const std::filesystem::path& run_folder);

}  // namespace vesicast::io
