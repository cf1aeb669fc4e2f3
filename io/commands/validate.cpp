#include <mpi.h>

#include "io/commands/commands.hpp"
#include "io/commands/input.hpp"
#include "io/commands/run_text.hpp"
#include "io/maps/read_map.hpp"
#include "io/output/planned.hpp"

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
  const Input input = prepare_input(MPI_COMM_SELF, config, overrides);
  const Parameters& p = input.parameters();
  const InterstitiumSummary summary = summary_of(p, input.cells);
  const RunNumbers numbers = derive_numbers(p, summary, input.cells, ranks);
  out << config.string() << " is valid\n" << run_text(numbers, p, ranks) << tissue_text(summary, p)
      << planned_text(planned_outputs(p, static_cast<std::int64_t>(input.cells.size())));
  for (const auto* list : {&input.warnings, &numbers.warnings})
    for (const std::string& w : *list) out << "warning: " << w << '\n';
}

}  // namespace vesicast::io
