#include "io/commands/input.hpp"

#include <fmt/format.h>

#include "io/tables/cell_table.hpp"
#include "io/text/read_text.hpp"
#include "src/model/model.hpp"
#include "src/tissue/placement.hpp"

namespace vesicast::io {

std::set<std::string> map_files(const Parameters& p) {
  std::set<std::string> files;
  const auto add = [&](const std::optional<MapFile>& map) {
    if (map) files.insert(map->file);
  };
  add(p.domain.extracellular_fraction_map);
  for (const VesicleClass& v : p.vesicles) {
    add(v.diffusivity_map);
    if (v.matrix) add(v.matrix->sites_map);
  }
  for (const Region& region : p.regions) add(region.map);
  add(p.flow.map);
  add(p.flow.solved);
  return files;
}

Tissue read_tissue(const Parameters& parameters) {
  Tissue tissue;
  const Grid grid = make_grid(parameters.domain);
  std::vector<std::vector<PlacedCell>> tables(parameters.tissue.size());
  std::string problems;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const CellGroup& group = parameters.tissue[i];
    if (!group.from_table) continue;
    try {
      tables[i] = read_cell_table(group, read_text(group.file), parameters, grid, &tissue.warnings);
      tissue.tables.push_back(record_input(group.file));
    } catch (const InputError& e) {
      problems += problems.empty() ? e.what() : fmt::format("\n{}", e.what());
    }
  }
  if (!problems.empty()) throw InputError(problems);
  tissue.cells = place_cells(parameters, grid, tables);
  return tissue;
}

}  // namespace vesicast::io
