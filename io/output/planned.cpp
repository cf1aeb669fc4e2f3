#include "io/output/planned.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decomposition/base/error.hpp"
#include "io/output/cell_output.hpp"
#include "io/output/field_output.hpp"
#include "io/text/nearest.hpp"
#include "io/text/size_text.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

/// Inline base64: four letters for three bytes.
constexpr double letters_per_byte = 4.0 / 3.0;

std::int64_t number_chosen(const std::vector<std::string>& names, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return static_cast<std::int64_t>(names.size());
  return std::ranges::count_if(names, [&](const std::string& name) {
    return std::ranges::any_of(patterns, [&](const std::string& p) { return is_meant(name, p); });
  });
}

/// From the start to the end, both with an output.
std::int64_t times_of(Ticks every, Ticks end) {
  return every > 0 ? (end + every - 1) / every + 1 : 0;
}

void check_patterns(const char* key, const std::vector<std::string>& patterns, const std::vector<std::string>& names,
                    std::string& problems) {
  std::vector<std::string> plain;
  for (const std::string& name : names) plain.emplace_back(without_unit(name));
  for (const std::string& pattern : patterns)
    if (std::ranges::none_of(names, [&](const std::string& name) { return is_meant(name, pattern); }))
      problems += fmt::format("{}output.{}.arrays: there is no array \"{}\"{}", problems.empty() ? "" : "\n", key,
                              pattern, suggestion(pattern, plain, "arrays"));
}

}  // namespace

std::vector<PlannedOutput> planned_outputs(const Parameters& p, std::int64_t cells) {
  std::vector<PlannedOutput> all;
  if (p.output.tables_only) return all;
  const Model model = make_model(p);
  const double value = p.output.precision == Precision::single_precision ? 4.0 : 8.0;
  const auto files = [&](std::int64_t times) { return times * (p.output.writers + 1); };
  if (p.output.fields_every > 0) {
    PlannedOutput o{"fields", number_chosen(field_array_names(model), p.output.field_arrays)};
    const Index3 n = field_sample(p.output, make_grid(p.domain)).voxels();
    o.places = n[0] * n[1] * n[2];
    o.times = times_of(p.output.fields_every, p.run.end);
    o.bytes = letters_per_byte * value * static_cast<double>(o.arrays) * static_cast<double>(o.places);
    o.files = files(o.times);
    all.push_back(o);
  }
  if (p.output.cells_every > 0) {
    PlannedOutput o{"cells", number_chosen(cell_array_names(model), p.output.cell_arrays)};
    o.places = cells;
    o.times = times_of(p.output.cells_every, p.run.end);
    constexpr double beside = 8.0 + 4.0 + 24.0 + 16.0;  // id, type, position, vertex
    o.bytes = letters_per_byte * (beside + value * static_cast<double>(o.arrays)) * static_cast<double>(cells);
    o.files = files(o.times);
    all.push_back(o);
  }
  return all;
}

std::string planned_text(const std::vector<PlannedOutput>& outputs) {
  std::string s;
  double bytes = 0.0;
  std::int64_t files = 0;
  for (const PlannedOutput& o : outputs) {
    s += fmt::format("{:<12} {}: {} array{} of {} {}, at most {} each, {} times\n", s.empty() ? "output" : "", o.kind,
                     o.arrays, o.arrays == 1 ? "" : "s", o.places, o.kind == "cells" ? "cells" : "voxels",
                     size_text(o.bytes), o.times);
    bytes += o.bytes * static_cast<double>(o.times);
    files += o.files;
  }
  if (!outputs.empty())
    s += fmt::format("{:<12} in all at most {} before compression, in {} files\n", "", size_text(bytes), files);
  return s;
}

void check_chosen_output(const Parameters& p) {
  std::string problems;
  if (!p.output.field_arrays.empty() || !p.output.cell_arrays.empty()) {
    const Model model = make_model(p);
    check_patterns("fields", p.output.field_arrays, field_array_names(model), problems);
    check_patterns("cells", p.output.cell_arrays, cell_array_names(model), problems);
  }
  if (field_sample(p.output, make_grid(p.domain)).region.empty())
    problems +=
        fmt::format("{}output.fields: no voxel has its centre between lower and upper", problems.empty() ? "" : "\n");
  if (!problems.empty()) throw InputError(problems);
}

}  // namespace vesicast::io
