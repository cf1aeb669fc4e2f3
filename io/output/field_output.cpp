#include "io/output/field_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "io/vtk/fields.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

/// Arrays of an output with the names they go by.
struct NamedArrays {
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
  void add(std::string name, std::vector<double> array) {
    names.push_back(std::move(name));
    values.push_back(std::move(array));
  }
};

/// "exosome", or "miR-21 in exosome".
std::string carrier_name(const Model& model, std::optional<std::size_t> q, const std::string& vesicle) {
  return q ? fmt::format("{} in {}", model.parameters().cargo[*q].name, vesicle) : vesicle;
}

/// Vesicles, or copies in them, per volume of interstitial fluid [1/um^3].
std::vector<double> concentration(const Field& field, const Operator& op) {
  const ReadScope scope(field);
  std::vector<double> values(scope.values().begin(), scope.values().end());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] *= op.inverse_volume(static_cast<std::int64_t>(i));
  return values;
}

/// One class, or the copies of the cargo `q` in it: its fields if sources are tracked, then their sum. `field_of`(f) is
/// what field f has of the array, whose name `prefix` begins.
template <class FieldOf>
void add_class(const Model& model, const Site& site, std::size_t j, std::optional<std::size_t> q,
               const std::string& prefix, std::size_t voxels, FieldOf&& field_of, NamedArrays& to) {
  std::vector<double> sum(voxels, 0.0);
  bool any = false;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    if (model.fields[f].vesicle != j || model.fields[f].cargo != q) continue;
    any = true;
    std::vector<double> values = concentration(field_of(f), site.operators[j]);
    for (std::size_t i = 0; i < voxels; ++i) sum[i] += values[i];
    if (model.parameters().run.track_sources)
      to.add(fmt::format("{}{} [1/um^3]", prefix, model.field_name(f)), std::move(values));
  }
  if (any || !q)
    to.add(fmt::format("{}{} [1/um^3]", prefix, carrier_name(model, q, model.parameters().vesicles[j].name)),
           std::move(sum));
}

/// Appends the sum of the size bins of every class that has them; `prefix` and `q` as above.
void add_totals_of_bins(const Model& model, const std::string& prefix, std::optional<std::size_t> q, NamedArrays& to) {
  const auto named = [&](const std::string& name) {
    return fmt::format("{}{} [1/um^3]", prefix, carrier_name(model, q, name));
  };
  const auto& classes = model.parameters().vesicles;
  for (std::size_t j = 0; j < classes.size(); ++j) {
    const auto bin = std::ranges::find(to.names, named(classes[j].name));
    if (classes[j].parent.empty() || bin == to.names.end()) continue;
    const std::vector<double> values = to.values[static_cast<std::size_t>(bin - to.names.begin())];
    if (j == 0 || classes[j].parent != classes[j - 1].parent) {
      to.add(named(classes[j].parent), values);
    } else {
      for (std::size_t i = 0; i < values.size(); ++i) to.values.back()[i] += values[i];
    }
  }
}

}  // namespace

void FieldOutput::observe(const Simulation& s, std::int64_t number) {
  const State& u = s.state;
  const Model& model = s.model;
  const auto voxels = static_cast<std::size_t>(domain().owned_voxels());
  NamedArrays all;
  std::vector<std::optional<std::size_t>> contents{std::nullopt};  // vesicles, then each cargo in them
  for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q) contents.emplace_back(q);
  for (const auto& q : contents)
    for (std::size_t j = 0; j < model.parameters().vesicles.size(); ++j) {
      add_class(
          model, s.site, j, q, "", voxels, [&](std::size_t f) -> const Field& { return u.fields[f]; }, all);
      if (model.binds_to_matrix(j))
        add_class(
            model, s.site, j, q, fmt::format("{} ", matrix_bound.name), voxels,
            [&](std::size_t f) -> const Field& { return *u.bound_fields[f]; }, all);
    }
  for (const std::string& prefix : {std::string(), fmt::format("{} ", matrix_bound.name)})
    for (const auto& q : contents) add_totals_of_bins(model, prefix, q, all);
  std::vector<NamedValues> arrays;
  for (std::size_t i = 0; i < all.names.size(); ++i) arrays.push_back({all.names[i], all.values[i]});
  write_fields(domain().comm(), run_folder(), static_cast<int>(number), to_seconds(u.time), domain().grid(),
               domain().owned(), arrays, notes());
}

}  // namespace vesicast::io
