// The classes of vesicles, their diffusivities from [medium], what they carry, and the soluble factors.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"
#include "src/parameters/stokes_einstein.hpp"

namespace vesicast::io {
namespace {

/// How the diffusivity of vesicles follows from their diameters, from [medium].
class Diffusion {
 public:
  /// \param top the whole configuration; notes what of [medium] does not go together
  explicit Diffusion(TableReader& top) {
    TableReader table = top.table("medium");
    const auto tissue = rows<Medium>().first(1), others = rows<Medium>().subspan(1);
    if (!table.has(tissue[0].name)) {
      read_rows(table, medium_);
      return;
    }
    for (const KeyRow<Medium>& row : others)
      if (table.has(row.name))
        table.name_problem(row.name,
                           "belongs to Stokes-Einstein; tissue gives the effective diffusivity as it is measured");
    read_rows(table, tissue, medium_);
    law = fmt::format("1/diameter from 100 nm in {}", table.text(tissue[0].name));
  }
  /// Mean D over the vesicles of `size` [um^2/s].
  [[nodiscard]] double operator()(const SizeDistribution& size) const {
    constexpr double measured_diameter = 0.1;  // [um]
    return medium_.measured > 0.0 ? scaled_diffusivity(medium_.measured, measured_diameter, size)
                                  : effective_diffusivity(medium_, size);
  }
  std::string law = "Stokes-Einstein";

 private:
  Medium medium_;
};

/// D by the diameters where it is not given.
void resolve_diffusivity(TableReader& vesicle, const Diffusion& diffusion, VesicleClass& v) {
  if (vesicle.has("diffusivity")) return;
  if (v.size.mean > 0.0) {
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
        vesicle.path(), v.diffusivity, diffusion.law, v.size.mean));
  if (v.diffusivity_map || p.domain.dimensions == 0) return;
  const double voxel = *std::min_element(p.domain.voxel.begin(), p.domain.voxel.begin() + p.domain.dimensions);
  const double spread = std::sqrt(2.0 * v.diffusivity * to_seconds(p.run.end));
  if (v.diffusivity > 0.0 && spread < 0.5 * voxel)
    warnings.push_back(
        fmt::format("{}: with D = {:.3g} um^2/s vesicles diffuse {:.2g} um, sqrt(2 D t), in the whole run, and a voxel "
                    "is {:g} um: they hardly leave the voxel in which they are released",
                    vesicle.path(), v.diffusivity, spread, voxel));
}

/// Binding to the matrix, where the class has the table.
void resolve_matrix(TableReader& vesicle, VesicleClass& v) {
  if (!vesicle.has("matrix")) return;
  TableReader table = vesicle.table("matrix");
  MatrixBinding& binding = v.matrix.emplace();
  read_rows(table, binding);
  if (binding.sites_map) binding.sites = 0.0;
}

/// Adds a class of vesicles or a soluble factor: its faces are those of the domain unless its table says otherwise.
void add_field(TableReader& table, const Boundaries& boundaries, Resolved& resolved, VesicleClass field) {
  field.boundary = boundaries;
  resolve_boundaries(table, field.boundary, resolved);
  resolved.parameters.vesicles.push_back(std::move(field));
}

void resolve_class(TableReader& table, const Diffusion& diffusion, Resolved& resolved, VesicleClass& vesicle) {
  read_rows(table, vesicle.size);
  for (const char* key : {"diameter", "diameter_sd"})
    if (vesicle.size.bins > 1 && !table.has(key)) table.missing(key);
  read_rows(table, vesicle);
  read_rows(table, field_rows(), vesicle);
  resolve_diffusivity(table, diffusion, vesicle);
  warn_of_diffusivity(table, resolved.parameters, diffusion, vesicle, resolved.warnings);
  resolve_matrix(table, vesicle);
  read_rows(table, carried_rows(), vesicle);
}

void resolve_factor(TableReader& table, const Boundaries& boundaries, Resolved& resolved, const std::string& name) {
  VesicleClass factor;
  factor.name = name;
  factor.substance = Substance::soluble;
  read_rows(table, factor_rows(), factor);
  read_rows(table, field_rows(), factor);
  add_field(table, boundaries, resolved, std::move(factor));
}

}  // namespace

void resolve_vesicles(TableReader& top, const Boundaries& boundaries, Resolved& resolved) {
  Parameters& parameters = resolved.parameters;
  Known& known = top.known();
  for_tables(top, "cargo", "", [&](TableReader& table, const std::string& name) {
    CargoSpecies& cargo = parameters.cargo.emplace_back();
    cargo.name = name;
    read_rows(table, cargo);
  });
  known.names["cargo"] = names_of(parameters.cargo);
  const Diffusion diffusion(top);
  TableReader all = top.table("vesicle");
  for_tables(top, "vesicle", "", [&](TableReader& table, const std::string& name) {
    VesicleClass vesicle;
    vesicle.name = name;
    resolve_class(table, diffusion, resolved, vesicle);
    add_field(table, boundaries, resolved, std::move(vesicle));
  });
  known.names["class"] = names_of(parameters.vesicles);
  if (parameters.vesicles.empty()) all.problem("at least one vesicle class is needed, such as [vesicle.exosome]");
  for_tables(top, "factor", "", [&](TableReader& table, const std::string& name) {
    if (std::ranges::count(known.names["class"], name) > 0)
      top.table("factor").name_problem(name,
                                       fmt::format("\"{}\" is a vesicle class: give the factor another name", name));
    known.names["factor"].push_back(name);
    resolve_factor(table, boundaries, resolved, name);
  });
  known.names["field"] = names_of(parameters.vesicles);
}

}  // namespace vesicast::io
