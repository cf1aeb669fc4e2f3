#include "io/output/field_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/vtk/fields.hpp"

namespace vesicast::io {
namespace {

/// Appends the sum of the size bins of every class that has them.
void add_totals_of_bins(const Model& model, std::vector<std::string>& names, std::vector<std::vector<double>>& values) {
  const auto named = [](const std::string& name) { return fmt::format("{} [1/um^3]", name); };
  const auto& classes = model.parameters.vesicles;
  for (std::size_t j = 0; j < classes.size(); ++j) {
    if (classes[j].parent.empty()) continue;
    const auto bin = static_cast<std::size_t>(std::ranges::find(names, named(classes[j].name)) - names.begin());
    if (j == 0 || classes[j].parent != classes[j - 1].parent) {
      names.push_back(named(classes[j].parent));
      values.push_back(values[bin]);
    } else {
      for (std::size_t i = 0; i < values[bin].size(); ++i) values.back()[i] += values[bin][i];
    }
  }
}

}  // namespace

void FieldOutput::observe(const State& u, const Model& model) {
  const auto voxels = static_cast<std::size_t>(domain().owned_voxels());
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
  for (std::size_t j = 0; j < model.parameters.vesicles.size(); ++j) {
    const Operator& op = model.operators[j];
    std::vector<double> sum(voxels, 0.0);
    for (const std::size_t f : model.fields_of[j]) {
      const ReadScope scope(u.fields[f]);
      std::vector<double> concentration(voxels);
      for (std::size_t i = 0; i < voxels; ++i) {
        concentration[i] = scope.values()[i] * op.inverse_volume(static_cast<std::int64_t>(i));
        sum[i] += concentration[i];
      }
      if (!model.parameters.run.track_sources) continue;
      names.push_back(fmt::format("{} [1/um^3]", model.field_name(f)));
      values.push_back(std::move(concentration));
    }
    names.push_back(fmt::format("{} [1/um^3]", model.parameters.vesicles[j].name));
    values.push_back(std::move(sum));
  }
  add_totals_of_bins(model, names, values);
  std::vector<NamedValues> arrays;
  for (std::size_t i = 0; i < names.size(); ++i) arrays.push_back({names[i], values[i]});
  write_fields(domain().comm(), run_folder(), next_index(), to_seconds(u.time), domain().grid(), domain().owned(),
               arrays, notes());
}

}  // namespace vesicast::io
