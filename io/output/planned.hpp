#pragma once
/// \file
/// What a run will write, before it does: is it all there to choose from, and how much is it?
#include <cstdint>
#include <string>
#include <vector>

namespace vesicast {
struct Parameters;
}

namespace vesicast::io {

/// One kind of VTK output.
struct PlannedOutput {
  std::string kind;         ///< "fields", "cells"
  std::int64_t arrays = 0;  ///< of values; cells have their id and type beside them
  std::int64_t places = 0;  ///< voxels or cells
  std::int64_t times = 0;   ///< outputs in the whole run
  double bytes = 0.0;       ///< of one, before compression
  std::int64_t files = 0;   ///< of all, at most
};

/// Of a tissue of `cells` cells. Local.
[[nodiscard]] std::vector<PlannedOutput> planned_outputs(const Parameters& parameters, std::int64_t cells);

/// A line for each, and one of all, for `vesicast validate`.
[[nodiscard]] std::string planned_text(const std::vector<PlannedOutput>& outputs);

/// Throws InputError where output.fields or output.cells choose arrays that there are not, with the nearest name, or a
/// box without a voxel. Local.
void check_chosen_output(const Parameters& parameters);

}  // namespace vesicast::io
