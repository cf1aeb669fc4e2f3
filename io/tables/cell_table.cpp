#include "io/tables/cell_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string_view>

#include "decomposition/base/error.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/nearest.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

constexpr std::size_t most_row_errors = 20;
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// "1", "12 and 15", "1, 2, 3, 4, 5, ...".
std::string lines_text(const std::vector<std::size_t>& lines) {
  const std::size_t some = std::min<std::size_t>(lines.size(), 5);
  return fmt::format("{} {}{}", lines.size() == 1 ? "line" : "lines",
                     fmt::join(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(some), ", "),
                     lines.size() > some ? ", ..." : "");
}

std::string cells_text(std::size_t n) {
  return n == 1 ? "1 cell" : fmt::format("{} cells", n);
}

/// One reading of one table.
class CellTableReader {
 public:
  CellTableReader(const CellGroup& group, const Parameters& parameters, const Grid& grid, const InObstacle& in_obstacle)
      : group_(group), grid_(grid), in_obstacle_(in_obstacle) {
    for (const CellType& type : parameters.cell_types) types_.push_back(type.name);
    if (!group.types.empty()) {
      const auto it = std::ranges::find(types_, group.types.begin()->first);
      of_all_ = static_cast<std::int32_t>(it - types_.begin());
    }
  }

  CellTable read(std::string_view text, std::vector<std::string>* warnings) {
    const std::vector<CsvRow> rows = read_table(group_.file, text);
    std::size_t first = 0;
    if (!rows.empty()) {
      const std::string& corner = rows[0].fields[0];
      headerless_ = group_.format == CellGroup::Format::physicell && corner != "x" && corner != "X";
      if (!headerless_) find_columns(rows[first++]);
    }
    if (errors_.empty() && first == rows.size())
      error(first == 0 ? 1 : rows[0].line, first == 0 ? "the table is empty" : "no row follows the header");
    for (std::size_t n = first; found_ && n < rows.size(); ++n) read_row(rows[n]);
    if (row_errors_ > most_row_errors)
      errors_.push_back(fmt::format("{}: ... and {} more", group_.file, row_errors_ - most_row_errors));
    report_labels();
    report_outside();
    report_in_obstacles();
    if (errors_.empty() && cells_.empty())
      errors_.push_back(group_.file + ": no cell is left: every row is ignored, outside the domain or in an obstacle");
    if (!errors_.empty()) throw InputError(fmt::format("{}", fmt::join(errors_, "\n")));
    if (warnings != nullptr) warn(*warnings);
    return {std::move(cells_), std::move(ids_)};
  }

 private:
  struct Label {
    std::optional<std::int32_t> type;  ///< index, `ignored`, or nothing for a label without a type
    std::size_t line = 0;              ///< of its first row
    std::size_t rows = 0;
  };

  void error(std::size_t line, const std::string& what) {
    errors_.push_back(fmt::format("{}:{}: {}", group_.file, line, what));
  }
  void row_error(std::size_t line, const std::string& what) {
    if (++row_errors_ <= most_row_errors) error(line, what);
  }

  void find_columns(const CsvRow& header) {
    header_ = header.fields.size();
    std::array<std::string, 4> names{group_.column_x, group_.column_y, group_.column_z, group_.column_type};
    for (std::size_t c = 0; c < 3; ++c)
      if (names[c] == axes_[c]) names[c] = usual_name(header, c);
    for (std::size_t c = 0; c < 4; ++c) {
      if (c == 3 && of_all_) {
        column_[c] = none;
        continue;
      }
      const auto it = std::find(header.fields.begin(), header.fields.end(), names[c]);
      column_[c] = it == header.fields.end() ? none : static_cast<std::size_t>(it - header.fields.begin());
      const bool needed = c != 2 || grid_.dimensions == 3;
      const auto count = std::count(header.fields.begin(), header.fields.end(), names[c]);
      if (needed && count == 0)
        error(header.line, fmt::format("no column is named {} ({}){}", shown(names[c]), c == 3 ? "type" : axes_[c],
                                       suggestion(names[c], header.fields, "columns")));
      if (needed && count > 1) error(header.line, fmt::format("{} columns are named {}", count, shown(names[c])));
      found_ = found_ && !(needed && count != 1);
    }
    if (!found_ && header_ == 1 && header.fields[0].find_first_of(" |") != std::string::npos) {
      errors_.clear();
      error(header.line, fmt::format("the fields are not separated by commas or tabs: {}; save the table as "
                                     "comma-separated values",
                                     shown(header.fields[0])));
    }
    find_ids(header);
  }

  /// What programs call a coordinate, where the configuration leaves it at "x": the first such name that there is.
  [[nodiscard]] std::string usual_name(const CsvRow& header, std::size_t axis) const {
    const std::string small(1, "xyz"[axis]), large(1, "XYZ"[axis]);
    if (std::ranges::count(header.fields, small) > 0) return small;
    for (const std::string& name :
         {large + "_centroid", small + "_centroid", "centroid_" + small, "Centroid" + large, "centroid" + large,
          "Centroid " + large, "Centroid " + large + " um", "Centroid " + large + " \xc2\xb5m"})
      if (std::ranges::count(header.fields, name) == 1) return name;
    return small;
  }

  void find_ids(const CsvRow& header) {
    const auto place = [&](const std::string& name) {
      const auto it = std::ranges::find(header.fields, name);
      return it == header.fields.end() ? none : static_cast<std::size_t>(it - header.fields.begin());
    };
    if (!group_.column_id.empty()) {
      id_column_ = place(group_.column_id);
      if (id_column_ != none) return;
      error(header.line, fmt::format("no column is named {} (id){}", shown(group_.column_id),
                                     suggestion(group_.column_id, header.fields, "columns")));
      found_ = false;
      return;
    }
    for (const char* name : {"id", "ID", "cell_id", "CellID", "cellid", "Cell ID", "Object ID", "object_id", "label"})
      if (id_column_ = place(name); id_column_ != none && std::ranges::count(column_, id_column_) == 0) return;
    id_column_ = none;
  }

  void read_row(const CsvRow& row) {
    const bool flat = grid_.dimensions == 2;
    std::size_t needed = 0;
    for (std::size_t c = 0; c < 4; ++c)
      if (column_[c] != none && !(c == 2 && flat)) needed = std::max(needed, column_[c] + 1);
    const auto& fields = row.fields;
    if (fields.size() < needed)
      return row_error(row.line, fmt::format("has {} of the {} fields", fields.size(), std::max(needed, header_)));
    if (!headerless_)
      for (std::size_t n = header_; n < fields.size(); ++n)
        if (!fields[n].empty())
          return row_error(row.line, fmt::format("has {} fields, the header {}; a field with a comma needs quotes",
                                                 fields.size(), header_));
    const std::optional<std::int32_t> type = find_type(row);
    if (type == ignored) return;

    PlacedCell cell;
    std::string wrong;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::size_t column = column_[axis];
      std::string why;
      const auto value = column < fields.size() ? csv_number(fields[column], why) : std::nullopt;
      if (axis == 2 && flat) {
        cell.position[2] = 0.5 * grid_.length(2);
        if (value) z_ = {std::min(z_[0], *value), std::max(z_[1], *value)};
      } else if (!value) {
        wrong += fmt::format("{}{}: {}", wrong.empty() ? "" : "; ", axes_[axis], why);
      } else {
        cell.position[axis] = *value * group_.pixel_size + group_.offset[axis];
      }
    }
    if (!wrong.empty()) return row_error(row.line, wrong);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      lower_[axis] = std::min(lower_[axis], cell.position[axis]);
      upper_[axis] = std::max(upper_[axis], cell.position[axis]);
    }
    if (!grid_.contains(cell.position)) {
      outside_.push_back(row.line);
    } else if (in_obstacle_ && in_obstacle_(grid_.voxel_of(cell.position))) {
      in_obstacles_.push_back(row.line);
    } else if (type) {
      cell.type = *type;
      cells_.push_back(cell);
      lines_.push_back(row.line);
      if (id_column_ != none) ids_.push_back(id_column_ < fields.size() ? fields[id_column_] : "");
    }
  }

  /// The cell type a label stands for: by `map`, or else its own name.
  const std::string& type_name(const std::string& label) const {
    const auto mapped = group_.map.find(label);
    return mapped == group_.map.end() ? label : mapped->second;
  }

  std::optional<std::int32_t> find_type(const CsvRow& row) {
    if (of_all_) return of_all_;
    std::string label = row.fields[column_[3]];
    std::string why;
    if (headerless_)
      if (const auto value = csv_number(label, why); value && *value == std::floor(*value) && std::abs(*value) < 1e15)
        label = fmt::format("{}", static_cast<std::int64_t>(*value));
    Label& seen = labels_[label];
    if (seen.rows++ > 0) return seen.type;
    seen.line = row.line;
    const auto it = std::find(types_.begin(), types_.end(), type_name(label));
    if (group_.map.count(label) == 0 && std::count(group_.ignore.begin(), group_.ignore.end(), label) > 0)
      seen.type = ignored;
    else if (it != types_.end())
      seen.type = static_cast<std::int32_t>(it - types_.begin());
    return seen.type;
  }

  void report_labels() {
    std::vector<std::pair<std::string, Label>> unknown;
    for (const auto& entry : labels_)
      if (!entry.second.type) unknown.push_back(entry);
    std::stable_sort(unknown.begin(), unknown.end(),
                     [](const auto& a, const auto& b) { return a.second.rows > b.second.rows; });
    std::size_t rows = 0, listed = 0;
    for (const auto& [label, seen] : unknown) {
      rows += seen.rows;
      if (++listed > most_row_errors) continue;
      const std::string& name = type_name(label);
      const std::string by_map = group_.map.count(label) == 0 ? "" : ", mapped to " + shown(name);
      error(seen.line, fmt::format("{} of type {}{}, which the config does not define{}", cells_text(seen.rows),
                                   shown(label), by_map, suggestion(name, types_, "cell types")));
    }
    if (listed > most_row_errors)
      errors_.push_back(
          fmt::format("{}: ... and {} more labels without a cell type", group_.file, listed - most_row_errors));
    // Nearly as many labels as rows are no types.
    if (listed > most_row_errors && rows < 3 * listed)
      errors_.push_back(
          fmt::format("{}: is {} a column of ids? columns.type names the one with the types; type = "
                      "\"NAME\" gives all cells one",
                      group_.file, shown(group_.column_type)));
    else if (!unknown.empty())
      errors_.push_back(group_.file + ": give such labels a cell type in map, or list them in ignore");
  }

  void report_outside() {
    if (outside_.empty() || group_.ignore_outside) return;
    std::vector<std::string> spans;
    for (std::size_t a = 0; a < grid_.dimensions; ++a)
      spans.push_back(
          fmt::format("{} {:.6g} to {:.6g} um (domain 0 to {:.6g})", axes_[a], lower_[a], upper_[a], grid_.length(a)));
    error(outside_[0],
          fmt::format("{} outside the domain ({}); the table spans {}; see size, offset and pixel_size, or set "
                      "outside_domain = \"ignore\"",
                      cells_text(outside_.size()), lines_text(outside_), fmt::join(spans, ", ")));
  }

  void report_in_obstacles() {
    if (in_obstacles_.empty() || group_.ignore_in_obstacle) return;
    error(in_obstacles_[0], fmt::format("{} in an obstacle ({}); in_obstacle = \"ignore\" leaves them out",
                                        cells_text(in_obstacles_.size()), lines_text(in_obstacles_)));
  }

  /// Lines of the cells that stand exactly where one of an earlier line does.
  std::vector<std::size_t> repeated_lines() const {
    std::vector<std::pair<Vector3, std::size_t>> sorted;
    for (std::size_t n = 0; n < cells_.size(); ++n) sorted.emplace_back(cells_[n].position, lines_[n]);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> repeated;
    for (std::size_t n = 1; n < sorted.size(); ++n)
      if (sorted[n].first == sorted[n - 1].first) repeated.push_back(sorted[n].second);
    std::sort(repeated.begin(), repeated.end());
    return repeated;
  }

  void warn(std::vector<std::string>& warnings) const {
    const auto add = [&](const std::string& what) { warnings.push_back(group_.file + ": " + what); };
    for (const auto& [label, type] : group_.map)
      if (labels_.count(label) == 0) add(fmt::format("map: no row has the label {}", shown(label)));
    for (const std::string& label : group_.ignore)
      if (labels_.count(label) == 0) add(fmt::format("ignore: no row has the label {}", shown(label)));
    if (!outside_.empty())
      add(fmt::format("{} outside the domain left out ({})", cells_text(outside_.size()), lines_text(outside_)));
    if (!in_obstacles_.empty())
      add(fmt::format("{} in an obstacle left out ({})", cells_text(in_obstacles_.size()), lines_text(in_obstacles_)));
    if (const auto repeated = repeated_lines(); !repeated.empty())
      add(fmt::format("{} at exactly the position of an earlier one ({})", cells_text(repeated.size()),
                      lines_text(repeated)));
    if (z_[0] < z_[1])
      add(fmt::format("z varies from {:.6g} to {:.6g} in the table; a 2-D section takes every cell as in one plane",
                      z_[0], z_[1]));
  }

  static constexpr std::int32_t ignored = -1;
  static constexpr std::array<const char*, 3> axes_{"x", "y", "z"};
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  const CellGroup& group_;
  const Grid& grid_;
  const InObstacle& in_obstacle_;
  std::vector<std::string> types_;
  std::optional<std::int32_t> of_all_;  ///< the type of every cell, where the table gives none
  std::size_t id_column_ = none;
  std::vector<std::string> ids_;           ///< of cells_, where there is such a column
  std::vector<std::size_t> in_obstacles_;  ///< lines of the cells there
  bool headerless_ = false;
  bool found_ = true;                              ///< every column that is needed
  std::size_t header_ = 0;                         ///< fields in the header
  std::array<std::size_t, 4> column_{0, 1, 2, 3};  ///< of x, y, z, type
  std::vector<PlacedCell> cells_;
  std::vector<std::string> errors_;
  std::size_t row_errors_ = 0;
  std::map<std::string, Label> labels_;
  std::vector<std::size_t> lines_;    ///< of cells_
  std::vector<std::size_t> outside_;  ///< lines of the cells outside the domain
  Vector3 lower_{infinity, infinity, infinity}, upper_{-infinity, -infinity, -infinity};  ///< of all positions [um]
  std::array<double, 2> z_{infinity, -infinity};  ///< range of z in a 2-D table, in its own unit
};

}  // namespace

CellTable read_cell_table(const CellGroup& group, const std::string& contents, const Parameters& parameters,
                          const Grid& grid, std::vector<std::string>* warnings, const InObstacle& in_obstacle) {
  return CellTableReader(group, parameters, grid, in_obstacle).read(contents, warnings);
}

}  // namespace vesicast::io
