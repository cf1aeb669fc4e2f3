#include <fmt/format.h>
#include <mpi.h>

#include <utility>

#include "io/commands/commands.hpp"
#include "io/commands/input.hpp"
#include "io/commands/run_text.hpp"
#include "io/config/series_table.hpp"
#include "io/maps/read_map.hpp"
#include "io/text/read_text.hpp"
#include "src/model/cargo_supply.hpp"
#include "src/parameters/size_bins.hpp"

namespace vesicast::io {
namespace {

/// What the maps, regions and cells make of the tissue; they are read on this process alone.
InterstitiumSummary summary_of(const Parameters& p, const std::vector<PlacedCell>& cells) {
  if (!has_maps(p)) return constant_summary(p);
  const Grid grid = make_grid(p.domain);
  const Domain domain(MPI_COMM_SELF, grid, periodic_axes(p), uniform_layout(grid, 1));
  return make_interstitium(p, domain, Cells(domain, cells), read_map).summary;
}

}  // namespace

void validate(const std::filesystem::path& config, const std::vector<std::string>& overrides, int ranks,
              std::ostream& out) {
  const std::string text = read_text(config);
  TableTexts tables;
  for (const std::string& file : named_tables(text, config.string(), overrides)) tables.emplace(file, read_text(file));
  Resolved resolved = resolve(text, config.string(), overrides, tables);
  read_series(resolved, read_text);
  resolved.parameters = with_size_bins(std::move(resolved.parameters));
  check_starts(resolved.parameters);
  const Tissue tissue = read_tissue(resolved.parameters);
  const Parameters& p = resolved.parameters;
  const InterstitiumSummary summary = summary_of(p, tissue.cells);
  const RunNumbers numbers = derive_numbers(p, summary, tissue.cells, ranks);
  out << config.string() << " is valid\n" << run_text(numbers, p, ranks) << tissue_text(summary, p);
  for (const auto* list : {&std::as_const(resolved).warnings, &tissue.warnings, &numbers.warnings})
    for (const std::string& w : *list) out << "warning: " << w << '\n';
}

}  // namespace vesicast::io
