#include "io/output/field_output.hpp"

#include <fmt/format.h>

#include "io/vtk/fields.hpp"

namespace vesicast::io {

FieldOutput::FieldOutput(const Domain& domain, std::filesystem::path run_folder, Ticks interval,
                         std::vector<Note> notes)
    : domain_(domain), run_folder_(std::move(run_folder)), interval_(interval), notes_(std::move(notes)) {}

void FieldOutput::observe(const State& u, const Model& model) {
  const auto voxels = static_cast<std::size_t>(domain_.owned_voxels());
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
  write_fields(domain_.comm(), run_folder_, written_++, to_seconds(u.time), domain_.grid(), domain_.owned(), arrays,
               notes_);
}

}  // namespace vesicast::io
