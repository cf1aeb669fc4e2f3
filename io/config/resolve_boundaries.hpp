#pragma once
/// \file
/// What happens to one vesicle class at the faces of the domain.
#include <optional>
#include <string>
#include <vector>

#include "io/config/resolve.hpp"
#include "io/config/table_reader.hpp"

namespace vesicast::io {

/// Kinds, concentrations outside and permeabilities of the faces of one class.
/// \param vesicle the table of the class
/// \param dimensions of the domain, 2 or 3
/// \param boundary the faces of the domain, turned into those of the class
/// \param series takes the concentrations that stand in files, without their class
void resolve_boundaries(TableReader& vesicle, int dimensions, const std::string& folder, Boundaries& boundary,
                        std::vector<SeriesFile>& series);

/// A concentration against time: known, or in a file that is still to be read, without its class and face.
struct OutsideSeries {
  TimeSeries value;
  std::optional<SeriesFile> file;
};

/// What `table` holds instead of one concentration.
[[nodiscard]] OutsideSeries resolve_series(TableReader table, const std::string& folder);

}  // namespace vesicast::io
