// Written out by hand so that a field of Parameters that the round trip forgets is seen here, next to the others.
#include "tests/unit/good_config.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <sstream>

#include "src/parameters/rates.hpp"

namespace vesicast::io {
namespace {

template <class Value>
void write(std::ostream& out, const char* name, const std::map<std::string, Value>& by_name) {
  out << ' ' << name << '{';
  for (const auto& [key, value] : by_name) out << ' ' << key << '=' << value;
  out << " }";
}

void write(std::ostream& out, const std::optional<MapFile>& map) {
  if (map) out << " <" << map->file << " : " << map->array << '>';
}

void write(std::ostream& out, const Vector3& v) {
  out << " (" << v[0] << ' ' << v[1] << ' ' << v[2] << ')';
}

void write(std::ostream& out, const Place& p) {
  out << ' ' << static_cast<int>(p.shape) << ' ' << p.radius << ' ' << p.inner_radius << ' ' << p.axis << ' ' << p.from
      << ' ' << p.to;
  for (const Vector3& v : {p.centre, p.lower, p.upper}) write(out, v);
}

void write(std::ostream& out, const FaceBoundary& face) {
  out << ' ' << static_cast<int>(face.kind) << ':' << face.permeability << ':' << face.value.constant();
  for (const double t : {0.0, 1800.0, 3600.0, 4000.0, 1e9}) out << ',' << face.value.at(t);
}

void write(std::ostream& out, const VesicleClass& v) {
  out << v.name << ' ' << v.diffusivity << ' ' << v.diffusivity_by_size << ' ' << v.decay << ' '
      << v.initial_concentration;
  write(out, v.diffusivity_map);
  for (const auto& axis : v.boundary)
    for (const FaceBoundary& face : axis) write(out, face);
  if (v.matrix) {
    out << " matrix " << v.matrix->k_on << ' ' << v.matrix->k_off << ' ' << v.matrix->sites;
    write(out, v.matrix->sites_map);
  }
  write(out, "cargo", v.cargo);
  out << ' ' << static_cast<int>(v.substance) << ' ' << v.size.bins << ' ' << v.size.mean << ' ' << v.size.sd << ' '
      << v.parent << ' ' << v.cd47 << ' ' << v.cluster << '\n';
}

void write(std::ostream& out, const char* name, const std::optional<Vessels>& v) {
  if (!v) return;
  out << "  " << name << ' ' << v->surface_density << ' ' << v->hydraulic_conductivity << ' ' << v->pressure << ' '
      << v->oncotic;
  write(out, "permeability", v->permeability);
  write(out, "reflection", v->reflection);
  write(out, "plasma", v->plasma);
  out << '\n';
}

void write(std::ostream& out, const Region& r) {
  out << r.name;
  write(out, static_cast<const Place&>(r));
  write(out, r.map);
  out << ' ' << r.label << ' ' << r.extracellular_fraction.value_or(-1.0) << ' ' << r.conductivity.value_or(-1.0) << ' '
      << r.obstacle;
  write(out, "diffusivity", r.diffusivity);
  write(out, "binding_sites", r.binding_sites);
  out << '\n';
  write(out, "blood", r.blood);
  write(out, "lymph", r.lymph);
}

void write(std::ostream& out, const FlowParameters& f) {
  out << static_cast<int>(f.kind) << ' ' << f.divergence_tolerance << ' ' << f.conductivity;
  write(out, f.velocity);
  write(out, f.map);
  write(out, f.solved);
  for (const auto& axis : f.boundary)
    for (const FlowBoundary& face : axis) out << ' ' << face.pressure.has_value() << ':' << face.pressure.value_or(0.0);
  out << '\n';
}

}  // namespace

std::string read(const std::string& name) {
  std::ifstream file(data / name);
  EXPECT_TRUE(file) << data / name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Resolved resolved_file(const std::string& name, const std::vector<std::string>& overrides) {
  return resolve(read(name), (data / name).string(), overrides);
}

std::string dump(const Resolved& resolved) {
  const Parameters& p = resolved.parameters;
  std::ostringstream out;
  out << std::hexfloat;
  out << p.run.end << ' ' << p.run.step << ' ' << p.run.seed << ' ' << p.run.track_sources << ' ' << p.run.steady << ' '
      << static_cast<int>(p.run.mode);
  if (p.run.automatic)
    out << ' ' << p.run.automatic->tolerance << ' ' << p.run.automatic->smallest << ' ' << p.run.automatic->largest;
  out << '\n';
  out << p.domain.dimensions << ' ' << p.domain.extracellular_fraction << ' ' << p.domain.fraction_from_cells << ' '
      << p.domain.fraction_floor;
  write(out, p.domain.extracellular_fraction_map);
  for (std::size_t a = 0; a < 3; ++a) out << ' ' << p.domain.size[a] << ' ' << p.domain.voxel[a];
  out << '\n' << p.transport.integrator << ' ' << p.transport.tolerance << '\n';
  out << p.output.fields_every << ' ' << p.output.cells_every << ' ' << p.output.series_every << '\n';
  for (const VesicleClass& v : p.vesicles) write(out, v);
  for (const SeriesFile& s : resolved.series)
    out << s.vesicle << ' ' << s.axis << ' ' << s.side << ' ' << s.file << ' ' << s.time_column << ' ' << s.value_column
        << ' ' << s.time_unit << ' ' << s.concentration_unit << '\n';
  for (const Region& r : p.regions) write(out, r);
  write(out, p.flow);
  for (const CargoSpecies& c : p.cargo) out << c.name << ' ' << c.decay << '\n';
  for (const CellType& t : p.cell_types) {
    out << t.name << ' ' << t.radius << ' ' << t.receptors << ' ' << t.half_signal << ' ' << t.gate.pKa << ' '
        << t.gate.hill << ' ' << t.gate.pH_early << ' ' << t.gate.pH_late << ' ' << t.gate.pH_lysosome << '\n';
    write(out, "factor receptors", t.factor_receptors);
    for (const Variation& v : t.variation)
      out << "  " << (v.rate ? info(*v.rate).name : "receptors") << " varies by " << v.cv << '\n';
    for (const auto& [name, s] : t.donor)
      out << "  " << name << ' ' << s.rate << ' ' << static_cast<int>(s.mode) << ' ' << s.vesicles_per_event << ' '
          << s.share << '\n';
    for (const auto& [name, u] : t.recipient) {
      out << "  " << name << ' ' << u.k_on << ' ' << u.k_off << ' ' << u.k_endocytosis << ' ' << u.k_fusion << ' '
          << u.k_recycling << ' ' << u.k_late << ' ' << u.k_resecretion << ' ' << u.k_lysosome << ' ' << u.k_degradation
          << ' ' << u.k_back_fusion << ' ' << u.k_internalisation << ' ' << u.half_cd47 << ' ' << u.fluid << ' '
          << u.lysosome_share;
      for (const double w : u.route_weight) out << ' ' << w;
      out << '\n';
    }
  }
  for (const Perturbation& x : p.perturbations) {
    out << x.label << ' ' << x.from << ' ' << x.until.value_or(-1);
    for (const Perturbation::Change& c : x.changes) out << ' ' << info(c.rate).name << '=' << c.factor;
    for (const std::string& name : x.cell_types) out << ' ' << name;
    out << '\n';
  }
  for (const CellGroup& g : p.tissue) {
    out << g.name;
    write(out, static_cast<const Place&>(g));
    write(out, g.offset);
    out << ' ' << g.density << ' ' << g.count << ' ' << g.from_table << ' ' << g.file << ' '
        << static_cast<int>(g.format) << ' ' << g.column_x << ' ' << g.column_y << ' ' << g.column_z << ' '
        << g.column_type << ' ' << g.pixel_size << ' ' << g.ignore_outside;
    for (const auto& [type, share] : g.types) out << ' ' << type << '=' << share;
    for (const auto& [label, type] : g.map) out << ' ' << label << "->" << type;
    for (const std::string& name : g.outside) out << " !" << name;
    for (const std::string& label : g.ignore) out << " -" << label;
    out << '\n';
  }
  return out.str();
}

}  // namespace vesicast::io
