#include "io/commands/input.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "decomposition/collectively.hpp"
#include "io/commands/input_copies.hpp"
#include "io/config/series_table.hpp"
#include "io/maps/read_map.hpp"
#include "io/output/output_names.hpp"
#include "io/output/planned.hpp"
#include "io/tables/cell_table.hpp"
#include "io/text/distinct_lines.hpp"
#include "io/text/file_kind.hpp"
#include "io/text/read_text.hpp"
#include "src/interstitium/obstacle_test.hpp"
#include "src/model/cargo_supply.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/tissue/placement.hpp"

namespace vesicast::io {
namespace {

/// The configuration, read once and resolved alike on every rank.
Resolved read_config(MPI_Comm comm, int rank, const std::filesystem::path& config,
                     const std::vector<std::string>& overrides) {
  const auto text_of = [&](const std::filesystem::path& file) {
    std::string text;
    collectively(comm, [&] {
      if (rank == 0) text = text_in(file.string(), read_text(file));
    });
    return broadcast(comm, text);
  };
  const std::string text = text_of(config);
  TableTexts effects;
  for (const std::string& file : named_tables(text, config.string(), overrides)) effects.emplace(file, text_of(file));
  Resolved resolved;
  collectively(comm, [&] { resolved = resolve(text, config.string(), overrides, effects); });
  std::map<std::string, std::string> series;
  for (const SeriesFile& one : resolved.series) series.emplace(one.file, text_of(one.file));
  collectively(comm, [&] {
    read_series(resolved, [&](const std::string& file) { return series.at(file); });
    resolved.parameters = with_size_bins(std::move(resolved.parameters));
    check_starts(resolved.parameters);
    Domain::require_indexable(make_grid(resolved.parameters.domain));
    check_output_names(resolved.parameters);
    check_chosen_output(resolved.parameters);
  });
  return resolved;
}

/// Every file that the parameters have a map of.
void add_maps(const Parameters& p, std::set<std::string>& files) {
  const auto add = [&](const std::optional<MapFile>& map) {
    if (!map) return;
    files.insert(map->file);
    for (std::string& piece : pieces_of(map->file)) files.insert(std::move(piece));
  };
  add(p.domain.extracellular_fraction_map);
  for (const VesicleClass& v : p.vesicles) {
    add(v.diffusivity_map);
    if (v.matrix) add(v.matrix->sites_map);
  }
  for (const Region& region : p.regions) add(region.map);
  add(p.flow.map);
  add(p.flow.solved);
}

/// Reads the cell tables and places the cells. InputError with everything that is wrong. Serial.
void read_tissue(Input& input) {
  const Parameters& p = input.parameters();
  const Grid grid = make_grid(p.domain);
  const auto in_obstacle = obstacle_test(p, grid, read_map);
  std::vector<std::vector<PlacedCell>> tables(p.tissue.size());
  std::vector<std::vector<std::string>> ids(p.tissue.size());
  DistinctLines problems;  // one table may serve several groups
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const CellGroup& group = p.tissue[i];
    if (!group.from_table) continue;
    try {
      CellTable table = read_cell_table(group, read_text(group.file), p, grid, &input.warnings, in_obstacle);
      tables[i] = std::move(table.cells);
      ids[i] = std::move(table.ids);
      input.files.push_back(group.file);
    } catch (const InputError& e) {
      problems.add(e.what());
    }
  }
  if (!problems.text().empty()) throw InputError(problems.text());
  std::vector<std::size_t> first;
  input.cells = place_cells(p, grid, tables, in_obstacle, &first);
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (std::size_t n = 0; n < ids[i].size(); ++n)
      input.table_ids.push_back({static_cast<std::int64_t>(first[i] + n),
                                 p.tissue[i].name.empty() ? fmt::format("{}", i + 1) : p.tissue[i].name,
                                 std::move(ids[i][n])});
}

}  // namespace

Input prepare_input_without_cells(MPI_Comm comm, const std::filesystem::path& config,
                                  const std::vector<std::string>& overrides) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  Input input;
  input.resolved = read_config(comm, rank, config, overrides);
  input.warnings = input.resolved.warnings;
  return input;
}

Input prepare_input(MPI_Comm comm, const std::filesystem::path& config, const std::vector<std::string>& overrides) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  Input input = prepare_input_without_cells(comm, config, overrides);
  collectively(comm, [&] {
    if (rank != 0) return;
    read_tissue(input);
    std::set<std::string> files(input.resolved.tables.begin(), input.resolved.tables.end());
    for (const SeriesFile& series : input.resolved.series) files.insert(series.file);
    add_maps(input.parameters(), files);
    input.files.insert(input.files.end(), files.begin(), files.end());
  });
  return input;
}

}  // namespace vesicast::io
