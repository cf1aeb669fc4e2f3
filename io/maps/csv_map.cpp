#include "io/maps/csv_map.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "decomposition/base/error.hpp"
#include "decomposition/voxel_search.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

constexpr std::size_t most_row_errors = 20;
constexpr double centre_tolerance = 0.01;  ///< of a voxel's edge

/// One reading of one map.
class CsvMapReader {
 public:
  CsvMapReader(const MapFile& map, const Grid& grid, const Box& part, int components)
      : map_(map), grid_(grid), part_(part), values_(static_cast<std::size_t>(part.volume() * components), 0.0) {
    const bool flat = grid.dimensions == 2;
    for (std::size_t a = 0; a < grid.dimensions; ++a) needed_.push_back({std::string(1, "xyz"[a]), a, false});
    if (components == 1) needed_.push_back({map.array, 0, true});
    for (std::size_t c = 0; components == 3 && c < (flat ? 2 : 3); ++c)
      needed_.push_back({fmt::format("{}_{}", map.array, "xyz"[c]), c, true});
  }

  std::vector<double> read(std::string_view text) {
    const std::vector<CsvRow> rows = read_table(map_.file, text);
    if (rows.empty()) error(1, "the map is empty");
    if (errors_.empty()) find_columns(rows.front());
    if (errors_.empty()) {
      line_of_.assign(static_cast<std::size_t>(grid_.size()), 0);
      for (std::size_t n = 1; n < rows.size(); ++n) read_row(rows[n]);
      if (row_errors_ > most_row_errors)
        errors_.push_back(fmt::format("{}: ... and {} more", map_.file, row_errors_ - most_row_errors));
      report_gaps();
    }
    if (!errors_.empty()) throw InputError(fmt::format("{}", fmt::join(errors_, "\n")));
    return std::move(values_);
  }

 private:
  struct Column {
    std::string name;
    std::size_t axis = 0;   ///< or component
    bool is_value = false;  ///< of the map; else a coordinate
    std::size_t at = 0;     ///< place in a row
  };

  void error(std::size_t line, const std::string& what) {
    errors_.push_back(fmt::format("{}:{}: {}", map_.file, line, what));
  }
  void row_error(std::size_t line, const std::string& what) {
    if (++row_errors_ <= most_row_errors) error(line, what);
  }

  void find_columns(const CsvRow& header) {
    for (Column& column : needed_) {
      const auto it = std::ranges::find(header.fields, column.name);
      const auto count = std::ranges::count(header.fields, column.name);
      column.at = static_cast<std::size_t>(it - header.fields.begin());
      if (count == 0)
        error(header.line, fmt::format("no column is named {}{}", shown(column.name),
                                       suggestion(column.name, header.fields, "columns")));
      if (count > 1) error(header.line, fmt::format("{} columns are named {}", count, shown(column.name)));
    }
  }

  void read_row(const CsvRow& row) {
    std::string wrong;
    Vector3 p{0.0, 0.0, 0.5 * grid_.length(2)}, value{};
    for (const Column& column : needed_) {
      if (column.at >= row.fields.size())
        return row_error(row.line, fmt::format("has no field for {}", shown(column.name)));
      std::string why;
      const auto number = csv_number(row.fields[column.at], why);
      if (!number) wrong += fmt::format("{}{}: {}", wrong.empty() ? "" : "; ", column.name, why);
      (column.is_value ? value : p)[column.axis] = number.value_or(0.0);
    }
    if (!wrong.empty()) return row_error(row.line, wrong);
    const std::optional<Index3> voxel = voxel_at(p);
    if (!voxel) return row_error(row.line, no_centre(p));
    std::size_t& line = line_of_[static_cast<std::size_t>(grid_.global_index(*voxel))];
    if (line != 0)
      return row_error(row.line, fmt::format("{} has a row already, line {}", voxel_text(grid_, *voxel), line));
    line = row.line;
    if (!part_.contains(*voxel)) return;
    const auto n = static_cast<std::size_t>(part_.volume());
    for (std::size_t c = 0; c * n < values_.size(); ++c)
      values_[c * n + static_cast<std::size_t>(part_.offset(*voxel))] = value[c];
  }

  /// The voxel whose centre `p` is, if any.
  [[nodiscard]] std::optional<Index3> voxel_at(const Vector3& p) const {
    if (!grid_.contains(p)) return std::nullopt;
    const Index3 v = grid_.voxel_of(p);
    const Vector3 centre = grid_.centre(v);
    for (std::size_t a = 0; a < 3; ++a)
      if (std::abs(p[a] - centre[a]) > centre_tolerance * grid_.spacing[a]) return std::nullopt;
    return v;
  }

  [[nodiscard]] std::string no_centre(const Vector3& p) const {
    if (!grid_.contains(p)) return fmt::format("{} lies outside the domain", position_text(p));
    return fmt::format("{} is no centre of a voxel; the nearest is that of {}", position_text(p),
                       voxel_text(grid_, grid_.voxel_of(p)));
  }

  void report_gaps() {
    const auto gaps = std::ranges::count(line_of_, std::size_t{0});
    if (gaps == 0) return;
    const auto first = std::ranges::find(line_of_, std::size_t{0}) - line_of_.begin();
    errors_.push_back(fmt::format("{}: {} of {} voxels {} no row; the first is {}", map_.file, gaps, grid_.size(),
                                  gaps == 1 ? "has" : "have", voxel_text(grid_, grid_.box().voxel(first))));
  }

  const MapFile& map_;
  const Grid& grid_;
  const Box& part_;
  std::vector<Column> needed_;
  std::vector<double> values_;
  std::vector<std::size_t> line_of_;  ///< of each voxel's row, by global index; 0 for none yet
  std::vector<std::string> errors_;
  std::size_t row_errors_ = 0;
};

}  // namespace

std::vector<double> read_csv_map(const MapFile& map, const std::string& contents, const Grid& grid, const Box& part,
                                 int components) {
  return CsvMapReader(map, grid, part, components).read(contents);
}

}  // namespace vesicast::io
