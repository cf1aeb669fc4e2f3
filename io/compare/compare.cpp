#include "io/compare/compare.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/checkpoint/checkpoints.hpp"
#include "io/compare/read_checkpoint.hpp"
#include "io/compare/read_output.hpp"
#include "io/compare/tables.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/vtk/pvd.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

/// Gathers the report; the two folders' names go above the first difference.
class Report {
 public:
  Report(const fs::path& a, const fs::path& b, std::ostream& out) : a_(a), b_(b), out_(out) {}
  void add(const std::string& line) {
    if (lines_++ == 0) fmt::print(out_, "A: {}\nB: {}\n", a_.string(), b_.string());
    fmt::print(out_, "{}\n", line);
  }
  /// A thing that only one run has.
  void only_in(bool in_a, const std::string& what) { add(fmt::format("{}: only in {}", what, in_a ? 'A' : 'B')); }
  [[nodiscard]] std::size_t lines() const { return lines_; }

 private:
  const fs::path &a_, &b_;
  std::ostream& out_;
  std::size_t lines_ = 0;
};

const Values* find(const std::vector<OutputArray>& arrays, const std::string& name) {
  const auto it = std::ranges::find(arrays, name, &OutputArray::name);
  return it == arrays.end() ? nullptr : &it->values;
}

/// Compares arrays of the same length by name; `place` says in words where a value sits.
void compare_arrays(const std::string& file, const std::vector<OutputArray>& a, const std::vector<OutputArray>& b,
                    const std::function<std::string(std::int64_t)>& place, Report& report) {
  for (const OutputArray& array : a) {
    const std::string what = fmt::format("{} \"{}\"", file, array.name);
    const Values* other = find(b, array.name);
    if (other == nullptr) {
      report.only_in(true, what);
    } else if (kind(array.values) != kind(*other)) {
      report.add(fmt::format("{}: {} in A, {} in B", what, kind(array.values), kind(*other)));
    } else if (const ArrayDifference d = difference(array.values, *other); d.count > 0) {
      report.add(fmt::format("{}: {}", what, describe(d, size(array.values), place(d.first))));
    }
  }
  for (const OutputArray& array : b)
    if (find(a, array.name) == nullptr) report.only_in(false, fmt::format("{} \"{}\"", file, array.name));
}

void compare_fields(const std::string& file, const ReadFields& a, const ReadFields& b, Report& report) {
  if (a.voxels != b.voxels || a.spacing != b.spacing) {
    report.add(fmt::format("{}: {} voxels of {} um in A, {} voxels of {} um in B", file, fmt::join(a.voxels, " x "),
                           fmt::join(a.spacing, " x "), fmt::join(b.voxels, " x "), fmt::join(b.spacing, " x ")));
    return;
  }
  const Box box{{0, 0, 0}, a.voxels};
  const auto voxel = [&](std::int64_t i) { return fmt::format("voxel ({})", fmt::join(box.voxel(i), ", ")); };
  compare_arrays(file, a.arrays, b.arrays, voxel, report);
}

/// The places in `cells` of the cells that `other` has too; the others are reported.
std::vector<std::size_t> shared_cells(const std::string& file, const ReadCells& cells, const ReadCells& other,
                                      bool in_a, Report& report) {
  std::vector<std::size_t> shared;
  std::size_t missing = 0;
  std::int64_t first = -1;
  for (std::size_t i = 0; i < cells.ids.size(); ++i) {
    if (std::ranges::binary_search(other.ids, cells.ids[i])) {
      shared.push_back(i);
    } else if (missing++ == 0) {
      first = cells.ids[i];
    }
  }
  if (missing > 0) report.only_in(in_a, fmt::format("{}: {} cells, the first with id {}", file, missing, first));
  return shared;
}

std::vector<OutputArray> chosen(const std::vector<OutputArray>& arrays, const std::vector<std::size_t>& places) {
  std::vector<OutputArray> result;
  for (const OutputArray& array : arrays)
    result.push_back({array.name, std::visit(
                                      [&](const auto& from) -> Values {
                                        std::decay_t<decltype(from)> to;
                                        for (const std::size_t i : places) to.push_back(from[i]);
                                        return to;
                                      },
                                      array.values)});
  return result;
}

void compare_cells(const std::string& file, const ReadCells& a, const ReadCells& b, Report& report) {
  if (a.cell_types != b.cell_types)
    report.add(fmt::format("{}: cell types are [{}] in A, [{}] in B", file, fmt::join(a.cell_types, ", "),
                           fmt::join(b.cell_types, ", ")));
  const auto in_a = shared_cells(file, a, b, true, report), in_b = shared_cells(file, b, a, false, report);
  const auto cell = [&](std::int64_t i) { return fmt::format("cell {}", a.ids[in_a[static_cast<std::size_t>(i)]]); };
  compare_arrays(file, chosen(a.arrays, in_a), chosen(b.arrays, in_b), cell, report);
}

/// Pairs the outputs of one kind by file and hands each pair to `compare_files`; returns the number of pairs.
std::size_t compare_series(const fs::path& a, const fs::path& b, std::string_view kind, Report& report,
                           const std::function<void(const std::string&)>& compare_files) {
  const std::string series = fmt::format("{}.pvd", kind);
  std::map<std::string, std::pair<std::optional<double>, std::optional<double>>> times;
  for (const SeriesEntry& entry : read_pvd(a / series)) times[entry.file].first = entry.time_s;
  for (const SeriesEntry& entry : read_pvd(b / series)) times[entry.file].second = entry.time_s;
  std::size_t pairs = 0;
  for (const auto& [file, time] : times) {
    if (!time.first || !time.second) {
      report.only_in(time.first.has_value(), file);
      continue;
    }
    ++pairs;
    if (*time.first != *time.second)
      report.add(fmt::format("{}: at {} s in A, at {} s in B", file, *time.first, *time.second));
    compare_files(file);
  }
  return pairs;
}

/// The newest of each run, every array of the state; returns how many pairs there were. Nothing where one of the runs
/// has none.
std::size_t compare_newest_checkpoints(const fs::path& a, const fs::path& b, Report& report) {
  const std::vector<fs::path> in_a = checkpoints_of(a), in_b = checkpoints_of(b);
  if (in_a.empty() || in_b.empty()) return 0;
  const ReadCheckpoint one = read_whole_checkpoint(in_a.front()), two = read_whole_checkpoint(in_b.front());
  const std::string name = "checkpoint";
  if (one.steps != two.steps || one.time_s != two.time_s) {
    report.add(fmt::format("{}: at {} s, step {} in A, at {} s, step {} in B", name, one.time_s, one.steps, two.time_s,
                           two.steps));
    return 1;
  }
  compare_fields(name, one.fields, two.fields, report);
  compare_cells(name, one.cells, two.cells, report);
  const auto nth = [](std::int64_t i) { return fmt::format("number {}", i); };
  for (std::size_t i = 0; i < one.sums.size(); ++i)
    if (size(one.sums[i].values) != size(two.sums[i].values))
      report.add(fmt::format("{} \"{}\": {} in A, {} in B", name, one.sums[i].name, size(one.sums[i].values),
                             size(two.sums[i].values)));
    else
      compare_arrays(name, {one.sums[i]}, {two.sums[i]}, nth, report);
  return 1;
}

}  // namespace

int compare_runs(const fs::path& a, const fs::path& b, std::ostream& out) {
  for (const fs::path& run : {a, b})
    if (!is_run_folder(run))
      throw InputError(fmt::format("{} is not the folder of a vesicast run: {}", run.string(),
                                   fs::exists(run) ? "it has no provenance.json of vesicast" : "it does not exist"));
  Report report(a, b, out);
  std::size_t tables = 0;
  for (const std::string_view name : run_files::tables) {
    const bool in_a = fs::exists(a / name), in_b = fs::exists(b / name);
    if (in_a && in_b) {
      ++tables;
      if (const auto line = compare_tables(a / name, b / name)) report.add(*line);
    } else if (in_a || in_b) {
      report.only_in(in_a, std::string(name));
    }
  }
  const std::size_t fields = compare_series(a, b, run_files::fields, report, [&](const std::string& file) {
    compare_fields(file, read_field_output(a / file), read_field_output(b / file), report);
  });
  const std::size_t cells = compare_series(a, b, run_files::cells, report, [&](const std::string& file) {
    compare_cells(file, read_cell_output(a / file), read_cell_output(b / file), report);
  });
  std::size_t tissue = 0;
  for (const std::string_view kind : {run_files::interstitium, run_files::flow})
    tissue += compare_series(a, b, kind, report, [&](const std::string& file) {
      compare_fields(file, read_field_output(a / file), read_field_output(b / file), report);
    });
  const std::size_t checkpoints = compare_newest_checkpoints(a, b, report);
  std::string compared = fmt::format("{} tables, {} field outputs, {} cell outputs", tables, fields, cells);
  if (tissue > 0) compared += fmt::format(", {} of tissue and flow", tissue);
  if (checkpoints > 0) compared += ", the last checkpoint";
  if (report.lines() == 0) {
    fmt::print(out, "no difference: {}\n", compared);
    return static_cast<int>(ExitCode::done);
  }
  fmt::print(out, "different: {} difference{} in {}\n", report.lines(), report.lines() == 1 ? "" : "s", compared);
  return static_cast<int>(ExitCode::different);
}

}  // namespace vesicast::io
