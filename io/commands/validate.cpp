#include <mpi.h>

#include "decomposition/petsc.hpp"
#include "io/commands/commands.hpp"
#include "io/commands/input.hpp"
#include "io/commands/run_text.hpp"
#include "io/commands/tissue_summary.hpp"
#include "io/output/planned.hpp"

namespace vesicast::io {
void validate(const std::filesystem::path& config, const std::vector<std::string>& overrides, int ranks,
              std::ostream& out) {
  const Input input = prepare_input(MPI_COMM_SELF, config, overrides);
  const Parameters& p = input.parameters();
  const InterstitiumSummary summary = tissue_summary(p, input.cells);
  const RunNumbers numbers = derive_numbers(p, summary, input.cells, ranks);
  if (!petsc::integrates()) require_bearable(numbers);
  out << config.string() << " is valid\n"
      << run_text(numbers, p, ranks) << tissue_text(summary, p)
      << planned_text(planned_outputs(p, static_cast<std::int64_t>(input.cells.size())));
  for (const auto* list : {&input.warnings, &numbers.warnings})
    for (const std::string& w : *list) out << "warning: " << w << '\n';
}

}  // namespace vesicast::io
