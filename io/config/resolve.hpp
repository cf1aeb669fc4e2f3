#pragma once
/// \file
/// A configuration file becomes the parameters of a run.
#include <string>
#include <vector>

#include "src/parameters.hpp"

namespace vesicast::io {

/// A configuration with nothing left open.
struct Resolved {
  Parameters parameters;
  std::string
      toml;  ///< the user's document with every default filled in; resolves to the same parameters from anywhere
};

/// The run that the configuration `text` describes. A pure function of its arguments that opens no configuration or
/// table, so that one rank can read the file and all can resolve it.
/// \param path_of_config names the file in messages; files in the configuration are relative to its folder (and it, if
///        relative, to the working folder)
/// \param overrides the arguments of `--set`, "run.seed=2"
/// \throws InvalidConfig (an InputError) with all that is wrong, one line each: "file.toml:12:3: key: what".
[[nodiscard]] Resolved resolve(const std::string& text, const std::string& path_of_config,
                               const std::vector<std::string>& overrides);

}  // namespace vesicast::io
