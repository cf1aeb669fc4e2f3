#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "io/config/presets.hpp"
#include "io/config/resolve_boundaries.hpp"
#include "io/config/resolve_files.hpp"
#include "io/config/resolve_tables.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// What to append to `unknown vesicle class "ectosomes"`: the nearest class, or a shipped preset that is nearer.
std::string class_suggestion(const std::string& name, const std::vector<std::string>& classes) {
  std::vector<std::string> all = classes;
  for (const std::string& preset : preset_names("vesicle")) all.push_back(preset);
  const auto near = nearest(name, all);
  if (!near || std::ranges::find(classes, *near) != classes.end()) return suggestion(name, classes, "vesicle classes");
  return fmt::format(
      "; vesicle classes: {1}; a preset is shipped for such a class: [vesicle.{0}] with preset = \"{0}\"", *near,
      fmt::join(classes, ", "));
}

/// Binding to the matrix, where the class has the table.
void resolve_matrix(TableReader& vesicle, const std::string& folder, VesicleClass& parameters) {
  if (!vesicle.has("matrix")) return;
  TableReader table = vesicle.table("matrix");
  MatrixBinding binding;
  binding.k_on = table.quantity("k_on");
  binding.k_off = table.quantity("k_off");
  if (table.has_table("sites"))
    binding.sites_map = read_map(table.table("sites"), "map", folder);
  else
    binding.sites = table.quantity("sites");
  parameters.matrix = std::move(binding);
}

/// D as it is given, or by the diameters.
void resolve_diffusivity(TableReader& vesicle, const Diffusion& diffusion, const std::string& folder, VesicleClass& v) {
  if (vesicle.has("diffusivity")) {
    resolve_given_diffusivity(vesicle, folder, v);
  } else if (v.size.mean > 0.0) {
    v.diffusivity = diffusion(v.size);
    v.diffusivity_by_size = true;
  } else if (!vesicle.has("diameter") && v.size.bins == 1) {
    vesicle.problem(
        "the diffusivity is open: give diffusivity, or diameter (and diameter_sd), or a preset that does, such as "
        "preset = \"exosome\"");
  }
}

/// Where a diffusivity is likely not what is meant.
void warn_of_diffusivity(const TableReader& vesicle, const Parameters& p, const Diffusion& diffusion,
                         const VesicleClass& v, std::vector<std::string>& warnings) {
  constexpr double large = 0.5;  // [um]
  if (v.diffusivity_by_size && v.size.mean >= large)
    warnings.push_back(fmt::format(
        "{}: D = {:.3g} um^2/s ({}) is an upper bound for vesicles of {:g} um: the mesh of the matrix holds "
        "them back, which is left out (500 nm in a tumour: 0.001 to 0.1 um^2/s, L); give diffusivity",
        vesicle.path(), v.diffusivity, diffusion.law(), v.size.mean));
  if (v.diffusivity_map || p.domain.dimensions == 0) return;
  const double voxel = *std::min_element(p.domain.voxel.begin(), p.domain.voxel.begin() + p.domain.dimensions);
  const double spread = std::sqrt(2.0 * v.diffusivity * to_seconds(p.run.end));
  if (v.diffusivity > 0.0 && spread < 0.5 * voxel)
    warnings.push_back(
        fmt::format("{}: with D = {:.3g} um^2/s vesicles diffuse {:.2g} um, sqrt(2 D t), in the whole run, and a voxel "
                    "is {:g} um: they hardly leave the voxel in which they are released",
                    vesicle.path(), v.diffusivity, spread, voxel));
}

/// Diameters and their bins.
void resolve_size(TableReader& vesicle, SizeDistribution& size) {
  size.bins = static_cast<int>(vesicle.integer("size_bins"));
  for (const auto& [key, value] : {std::pair{"diameter", &size.mean}, {"diameter_sd", &size.sd}}) {
    if (vesicle.has(key))
      *value = vesicle.quantity(key);
    else if (size.bins > 1)
      vesicle.missing(key);
  }
}

/// Mean copies of the cargo that a vesicle carries.
void resolve_cargo(TableReader& vesicle, const std::vector<std::string>& known, VesicleClass& parameters) {
  if (!vesicle.has("cargo")) return;
  TableReader carried = vesicle.table("cargo");
  for (const std::string& species : carried.names()) {
    if (std::find(known.begin(), known.end(), species) == known.end())
      carried.name_problem(
          species, fmt::format("unknown cargo \"{}\"{}", species, suggestion(species, known, "tables [cargo.NAME]")));
    parameters.cargo[species] = carried.number(species);
  }
}

}  // namespace

bool check_class(TableReader& table, const std::string& name, const std::vector<std::string>& classes) {
  if (std::find(classes.begin(), classes.end(), name) != classes.end()) return true;
  table.name_problem(name, fmt::format("unknown vesicle class \"{}\"{}", name, class_suggestion(name, classes)));
  return false;
}

bool check_named_class(TableReader& table, const std::string& key, const std::string& name,
                       const std::vector<std::string>& classes) {
  if (std::find(classes.begin(), classes.end(), name) != classes.end()) return true;
  table.problem(key, fmt::format("unknown vesicle class \"{}\"{}", name, class_suggestion(name, classes)));
  return false;
}

void resolve_given_diffusivity(TableReader& table, const std::string& folder, VesicleClass& field) {
  if (table.has_table("diffusivity"))
    field.diffusivity_map = read_map(table.table("diffusivity"), "map", folder);
  else
    field.diffusivity = table.quantity("diffusivity");
}

void resolve_field(TableReader& table, const Boundaries& boundaries, const std::string& folder, VesicleClass& field,
                   Resolved& resolved) {
  field.decay = table.quantity("decay");
  field.initial_concentration = table.quantity("initial_concentration");
  field.boundary = boundaries;
  if (resolved.parameters.domain.dimensions == 0) return;
  const std::size_t before = resolved.series.size();
  resolve_boundaries(table, resolved.parameters.domain.dimensions, folder, field.boundary, resolved.series);
  for (std::size_t i = before; i < resolved.series.size(); ++i)
    resolved.series[i].vesicle = resolved.parameters.vesicles.size();
}

void resolve_vesicles(TableReader& top, const Boundaries& boundaries, const std::string& folder, Resolved& resolved) {
  Parameters& parameters = resolved.parameters;
  if (top.has("cargo")) {
    TableReader all = top.table("cargo");
    for (const std::string& name : all.names()) {
      TableReader cargo = all.table(name);
      const CargoKind kind = cargo.text("kind") == "membrane" ? CargoKind::membrane : CargoKind::soluble;
      parameters.cargo.push_back({name, cargo.quantity("decay"), kind});
    }
  }
  const std::vector<std::string> known_cargo = names_of(parameters.cargo);

  const Diffusion diffusion(top);
  TableReader all = top.table("vesicle");
  for (const std::string& name : all.names()) {
    TableReader table = all.table(name);
    VesicleClass vesicle;
    vesicle.name = name;
    resolve_size(table, vesicle.size);
    resolve_diffusivity(table, diffusion, folder, vesicle);
    warn_of_diffusivity(table, parameters, diffusion, vesicle, resolved.warnings);
    resolve_field(table, boundaries, folder, vesicle, resolved);
    vesicle.cd47 = table.number("cd47");
    vesicle.cluster = table.number("cluster");
    resolve_matrix(table, folder, vesicle);
    resolve_cargo(table, known_cargo, vesicle);
    parameters.vesicles.push_back(std::move(vesicle));
  }
  if (parameters.vesicles.empty()) all.problem("at least one vesicle class is needed, such as [vesicle.exosome]");
}

}  // namespace vesicast::io
