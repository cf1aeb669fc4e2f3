#include "io/output/field_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "io/vtk/fields.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

/// An array: the sum of these fields, of what is free or of what is bound to the matrix.
struct FieldSum {
  std::string name;  ///< without unit
  std::vector<std::size_t> fields;
  bool bound = false;
};

/// "exosome", or "miR-21 in exosome".
std::string carrier_name(const Model& model, std::optional<std::size_t> q, const std::string& vesicle) {
  return q ? fmt::format("{} in {}", model.parameters().cargo[*q].name, vesicle) : vesicle;
}

/// One class, or the copies of the cargo `q` in it: its fields if sources are tracked, then their sum. A sum of one
/// field alone is that field.
void add_class(const Model& model, std::size_t j, std::optional<std::size_t> q, bool bound, std::vector<FieldSum>& to) {
  const std::string prefix = bound ? fmt::format("{} ", matrix_bound.name) : "";
  FieldSum all{prefix + carrier_name(model, q, model.parameters().vesicles[j].name), {}, bound};
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    if (model.fields[f].vesicle == j && model.fields[f].cargo == q) all.fields.push_back(f);
  if (model.parameters().run.track_sources && all.fields.size() > 1)
    for (const std::size_t f : all.fields) to.push_back({prefix + model.field_name(f), {f}, bound});
  if (!all.fields.empty() || !q) to.push_back(std::move(all));
}

/// Appends the sum of the size bins of every class that has them.
void add_totals_of_bins(const Model& model, std::optional<std::size_t> q, bool bound, std::vector<FieldSum>& to) {
  const std::string prefix = bound ? fmt::format("{} ", matrix_bound.name) : "";
  const auto& classes = model.parameters().vesicles;
  for (std::size_t j = 0; j < classes.size(); ++j) {
    const auto bin = std::ranges::find(to, prefix + carrier_name(model, q, classes[j].name), &FieldSum::name);
    if (classes[j].parent.empty() || bin == to.end()) continue;
    const std::vector<std::size_t> fields = bin->fields;
    if (j == 0 || classes[j].parent != classes[j - 1].parent)
      to.push_back({prefix + carrier_name(model, q, classes[j].parent), fields, bound});
    else
      to.back().fields.insert(to.back().fields.end(), fields.begin(), fields.end());
  }
}

std::vector<FieldSum> field_sums(const Model& model) {
  std::vector<FieldSum> all;
  std::vector<std::optional<std::size_t>> contents{std::nullopt};  // vesicles, then each cargo in them
  for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q) contents.emplace_back(q);
  for (const auto& q : contents)
    for (std::size_t j = 0; j < model.parameters().vesicles.size(); ++j) {
      add_class(model, j, q, false, all);
      if (model.binds_to_matrix(j)) add_class(model, j, q, true, all);
    }
  for (const bool bound : {false, true})
    for (const auto& q : contents) add_totals_of_bins(model, q, bound, all);
  return all;
}

std::string with_unit(const std::string& name) {
  return fmt::format("{} [1/um^3]", name);
}

/// Vesicles, or copies in them, per volume of interstitial fluid [1/um^3].
std::vector<double> concentration(const Simulation& s, const FieldSum& of) {
  std::vector<double> sum(static_cast<std::size_t>(s.domain->owned_voxels()), 0.0);
  for (const std::size_t f : of.fields) {
    const Operator& op = s.site.operators[s.model.fields[f].vesicle];
    const ReadScope scope(of.bound ? *s.state.bound_fields[f] : s.state.fields[f]);
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] += scope.values()[i] * op.inverse_volume(static_cast<std::int64_t>(i));
  }
  return sum;
}

}  // namespace

std::vector<std::string> field_array_names(const Model& model) {
  std::vector<std::string> names;
  for (const FieldSum& f : field_sums(model)) names.push_back(with_unit(f.name));
  return names;
}

Sample field_sample(const OutputParameters& output, const Grid& grid) {
  Sample sample{grid.box(), output.stride};
  for (std::size_t a = 0; a < grid.dimensions; ++a) {
    const double h = grid.spacing[a];
    const auto n = static_cast<double>(grid.voxels[a]);
    // Centre (i + 1/2) h; a hair's breadth for corners that are whole multiples in another rounding.
    sample.region.lower[a] = static_cast<std::int64_t>(std::clamp(std::ceil(output.lower[a] / h - 0.5 - 1e-9), 0.0, n));
    sample.region.upper[a] =
        static_cast<std::int64_t>(std::clamp(std::floor(output.upper[a] / h - 0.5 + 1e-9) + 1.0, 0.0, n));
  }
  return sample;
}

void FieldOutput::observe(const Simulation& s, std::int64_t number) {
  const OutputParameters& output = s.model.parameters().output;
  std::vector<ArrayMaker> makers;
  for (FieldSum& f : field_sums(s.model)) {
    std::string name = with_unit(f.name);
    makers.push_back({std::move(name), [&s, f = std::move(f)] { return concentration(s, f); }});
  }
  std::vector<std::vector<double>> values;
  const auto arrays = made(those_chosen(std::move(makers), output.field_arrays), values);
  write_voxels(domain().comm(), run_folder(), name(), static_cast<int>(number), to_seconds(s.state.time),
               {domain().grid(), domain().owned(), field_sample(output, domain().grid())}, arrays, notes(),
               form_of(output), series());
}

}  // namespace vesicast::io
