#pragma once
/// \file
/// A configuration file becomes the parameters of a run.
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "src/parameters/parameters.hpp"

namespace vesicast::io {

/// A table in a file that gives the concentration outside a face against time.
struct SeriesFile {
  std::size_t vesicle = 0;  ///< index of the class
  int axis = 0, side = 0;
  std::string file;                                  ///< absolute, or relative to the working folder
  std::string time_column, value_column;             ///< headers
  double time_unit = 1.0, concentration_unit = 1.0;  ///< what 1 in the columns is [s], [1/um^3]
};

/// Texts of files, by the absolute path that named_tables() gives.
using TableTexts = std::map<std::string, std::string>;

/// A configuration with nothing left open.
struct Resolved {
  Parameters parameters;
  std::vector<SeriesFile> series;  ///< still to be read into `parameters.vesicles[].boundary[][].value`
  std::string
      toml;  ///< the user's document with every default filled in; resolves to the same parameters from anywhere
  std::vector<std::string> tables = {};  ///< the user's presets, tables of genes and drugs that it took, absolute paths
  std::vector<std::string> warnings = {};  ///< what is allowed and perhaps not meant
};

/// The run that the configuration `text` describes. A pure function of its arguments that opens no configuration or
/// table, so that one rank can read the file and all can resolve it.
/// \param path_of_config names the file in messages; files in the configuration are relative to its folder (and it, if
///        relative, to the working folder)
/// \param overrides the arguments of `--set`, "run.seed=2"
/// \param tables the text of every file in named_tables()
/// \throws InvalidConfig (an InputError) with all that is wrong, one line each: "file.toml:12:3: key: what".
[[nodiscard]] Resolved resolve(const std::string& text, const std::string& path_of_config,
                               const std::vector<std::string>& overrides, const TableTexts& tables = {});

/// The files that resolve() must have read for it, as absolute paths: the user's tables of genes and drugs, and
/// presets. None where the configuration is too wrong to tell; resolve() will say so.
[[nodiscard]] std::vector<std::string> named_tables(const std::string& text, const std::string& path_of_config,
                                                    const std::vector<std::string>& overrides);

}  // namespace vesicast::io
