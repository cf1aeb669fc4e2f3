#include "io/output/field_output.hpp"

#include <fmt/format.h>

#include "io/vtk/fields.hpp"

namespace vesicast::io {

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
  std::vector<NamedValues> arrays;
  for (std::size_t i = 0; i < names.size(); ++i) arrays.push_back({names[i], values[i]});
  write_fields(domain().comm(), run_folder(), next_index(), to_seconds(u.time), domain().grid(), domain().owned(),
               arrays, notes());
}

}  // namespace vesicast::io
