#include "io/commands/input.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "io/tables/cell_table.hpp"
#include "src/model.hpp"
#include "src/tissue/placement.hpp"

namespace vesicast::io {

std::string read_text(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) throw InputError(fmt::format("{}: is a folder, not a file", file.string()));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw InputError(fmt::format("{}: cannot be read to its end", file.string()));
  return text;
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
