// Cell-to-cell variation of a cell type's rates.
#include <fmt/format.h>

#include "io/config/rate_names.hpp"
#include "io/config/resolve_tables.hpp"
#include "src/model/perturbed.hpp"

namespace vesicast::io {
namespace {

constexpr const char* receptors = "receptors";

}  // namespace

void resolve_variation(TableReader& top, Resolved& resolved) {
  if (!top.has("cell_type")) return;
  TableReader types = top.table("cell_type");
  for (CellType& type : resolved.parameters.cell_types) {
    TableReader table = types.table(type.name);
    if (!table.has("variation")) continue;
    TableReader variation = table.table("variation");
    for (const std::string& name : variation.names()) {
      const double cv = variation.number(name);
      const std::optional<Rate> rate = find_rate(name);
      if (!rate && name != receptors) {
        variation.name_problem(name, fmt::format("unknown rate \"{}\"{}", name, rate_suggestion(name, {receptors})));
        continue;
      }
      if (rate && info(*rate).where == RatePlace::extracellular) {
        variation.name_problem(name, fmt::format("{} belongs to the matrix of the whole tissue, not to a cell", name));
        continue;
      }
      const bool unused = rate ? !in_use(*rate, resolved.parameters, {type.name}) : type.recipient.empty();
      if (unused)
        resolved.warnings.push_back(fmt::format("{}: nothing in the cell type uses {}", variation.path(), name));
      if (cv > 0.0) type.variation.push_back({rate, cv});
    }
  }
}

}  // namespace vesicast::io
