#include <fmt/format.h>

#include "io/commands/commands.hpp"
#include "io/commands/input.hpp"
#include "io/commands/run_text.hpp"
#include "io/tables/read_text.hpp"
#include "io/tables/series_table.hpp"
#include "src/size_bins.hpp"

namespace vesicast::io {

void validate(const std::filesystem::path& config, const std::vector<std::string>& overrides, int ranks,
              std::ostream& out) {
  Resolved resolved = resolve(read_text(config), config.string(), overrides);
  read_series(resolved, read_text);
  resolved.parameters = with_size_bins(std::move(resolved.parameters));
  const Tissue tissue = read_tissue(resolved.parameters);
  const RunNumbers numbers = derive_numbers(resolved.parameters, tissue.cells, ranks);
  out << config.string() << " is valid\n" << run_text(numbers, resolved.parameters, ranks);
  for (const auto* list : {&tissue.warnings, &numbers.warnings})
    for (const std::string& w : *list) out << "warning: " << w << '\n';
}

}  // namespace vesicast::io
