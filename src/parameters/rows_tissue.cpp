// Keys of [flow], [[region]], [[tissue.cells]] and [[perturbation]].
#include "src/parameters/rows.hpp"
#include "src/parameters/standard_of_rows.hpp"

namespace vesicast {
namespace {

using enum Dimension;
using enum Kind;
using enum Required;
using enum Confidence;

constexpr Source of_vessels{"Starling 1896; Baxter & Jain 1989 (tumour)", M};
constexpr More of_shapes(const char* shapes, const char* choices = "") {
  return {.absent = "required for the shape", .required = where_it_applies, .choices = choices, .applies = shapes};
}

}  // namespace

std::span<const KeyRow<Place>> rows_of(const Place*) {
  using Key = KeyRow<Place>;
  static constexpr Key all[] = {
      Key("shape", word_of<&Place::shape>, choice, "", anything,
          "Where the cells are placed: the whole domain, a box, a sphere, the space between two spheres, or a slab "
          "across one axis. In 2-D a sphere is a disc",
          user, {.absent = "file is given instead", .choices = "domain|box|spheroid|shell|layer", .applies = "shapes"}),
      Key("centre", &Place::centre, {vector, length}, "", anything, "Centre of the sphere or shell; two entries in 2-D",
          user, of_shapes("spheroid shell")),
      Key("radius", &Place::radius, length, "", above_zero, "Radius of the sphere, outer radius of the shell", user,
          of_shapes("spheroid shell")),
      Key("inner_radius", &Place::inner_radius, length, "", zero_or_more, "Inner radius of the shell, below radius",
          user, of_shapes("shell")),
      Key("lower", &Place::lower, {vector, length}, "", anything, "Lower corner of the box; two entries in 2-D", user,
          of_shapes("box")),
      Key("upper", &Place::upper, {vector, length}, "", anything, "Upper corner of the box, above lower on every axis",
          user, of_shapes("box")),
      Key("axis", word_of<&Place::axis>, choice, "", anything, "Axis across the slab", user,
          of_shapes("layer", "x|y|z")),
      Key("from", &Place::from, length, "", anything, "Where the slab begins on the axis", user, of_shapes("layer")),
      Key("to", &Place::to, length, "", anything, "Where the slab ends on the axis, above from", user,
          of_shapes("layer")),
  };
  return all;
}

std::span<const KeyRow<CellGroup>> rows_of(const CellGroup*) {
  using Key = KeyRow<CellGroup>;
  static constexpr Key all[] = {
      Key("name", &CellGroup::name, string, "", anything, "Name by which other groups refer to this one", user,
          {.absent = "the group has no name"}),
      Key("type", {}, string, "", anything,
          "The cell type of all cells of the group; of a table, whose labels are not read then", user,
          {.absent = "mix is given instead, or the table has a column", .applies = "shapes table csv"}),
      Key("mix.*", {}, number, "", zero_to_one,
          "Share of a cell type; the shares add up to 1 and are met to the nearest whole cell", user,
          {.absent = "type is given instead", .applies = "shapes"}),
      Key("density", &CellGroup::density, density, "", zero_or_more, "Cells per volume of tissue",
          {"tumour: 3e8 /ml, Del Monte 2009", H},
          {.absent = "count is given instead", .applies = "shapes", .typical = "1e8 to 1e9 /ml"}),
      Key("count", &CellGroup::count, integer, "", zero_or_more, "Number of cells", user,
          {.absent = "density is given instead", .applies = "shapes"}),
      Key("outside", &CellGroup::outside, strings, "", anything,
          "Names of other groups with a shape; this group's cells keep out of them", user,
          {.absent = "nothing is kept out", .applies = "shapes"}),
      Key("file", &CellGroup::file, file, "", anything,
          "A table of cells, one row each; relative to the folder of the config", user,
          {.absent = "shape is given instead", .applies = "table"}),
      Key("format", word_of<&CellGroup::format>, choice, "csv", anything,
          "csv: a header names the columns; physicell: no header, the columns are x, y, z, type", user,
          {.choices = "csv|physicell", .applies = "table"}),
      Key("columns.x", &CellGroup::column_x, string, "x", anything, "Header of the column with x", user,
          {.applies = "csv"}),
      Key("columns.y", &CellGroup::column_y, string, "y", anything, "Header of the column with y", user,
          {.applies = "csv"}),
      Key("columns.z", &CellGroup::column_z, string, "z", anything,
          "Header of the column with z; a 2-D section does not read it", user, {.applies = "csv"}),
      Key("columns.type", &CellGroup::column_type, string, "type", anything,
          "Header of the column with the cell type's label; not read where type is given", user, {.applies = "csv"}),
      Key("columns.id", &CellGroup::column_id, string, "", anything,
          "Header of the column with the table's own name of each cell, kept in cell_ids.csv", user,
          {.absent = "the first of id, ID, cell_id, CellID, cellid, Cell ID, Object ID, object_id, label that there is",
           .applies = "csv"}),
      Key("pixel_size", &CellGroup::pixel_size, length, "1 um", above_zero,
          "Length of one unit of the table's coordinates", user, {.applies = "table"}),
      Key("offset", &CellGroup::offset, {vector, length}, "", anything,
          "Added to the positions after pixel_size; two entries in 2-D", user,
          {.absent = "0 um on every axis", .applies = "table"}),
      Key("map.*", {}, string, "", anything, "Cell type for a label of the table, \"label\" = \"type\"", user,
          {.absent = "the label is the cell type", .applies = "table", .labels = true}),
      Key("ignore", &CellGroup::ignore, strings, "", anything,
          "Labels of the table whose cells are left out on purpose", user,
          {.absent = "no label is left out", .applies = "table", .labels = true}),
      Key("outside_domain", word_of<&CellGroup::ignore_outside>, choice, "error", anything,
          "Cells outside the domain: an error that counts them, or left out", user,
          {.choices = "error|ignore", .applies = "table"}),
      Key("in_obstacle", word_of<&CellGroup::ignore_in_obstacle>, choice, "error", anything,
          "Cells whose voxel is an obstacle: an error, or left out", user,
          {.choices = "error|ignore", .applies = "shapes table"}),
  };
  return all;
}

std::span<const KeyRow<Region>> rows_of(const Region*) {
  using Key = KeyRow<Region>;
  static constexpr Key all[] = {
      Key("name", &Region::name, string, "", anything, "Name of the region, for messages and the log", user,
          {.absent = "the region has no name"}),
      Key("map.file", &Region::map, map, "", anything, "labels", user, {.required = always, .applies = "map"}),
      Key("map.value", &Region::label, number, "", anything, "What the map holds in the voxels of the region", user,
          {.required = always, .applies = "map"}),
      Key("extracellular_fraction", &Region::extracellular_fraction, number, "",
          {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
          "Share of interstitial fluid in the region, instead of domain.extracellular_fraction", {"no source", M},
          {.absent = "as outside the region"}),
      Key("diffusivity.*", &Region::diffusivity, diffusivity, "", zero_or_more,
          "Effective diffusivity in the region, instead of vesicle.*.diffusivity", user,
          {.absent = "as outside the region", .names = "field"}),
      Key("binding_sites.*", &Region::binding_sites, concentration, "", zero_or_more,
          "Binding sites of the matrix in the region, instead of vesicle.*.matrix.sites, per volume of interstitial "
          "fluid",
          user, {.absent = "as outside the region", .names = "field"}),
      Key("conductivity", &Region::conductivity, hydraulic_conductivity, "", above_zero,
          "Hydraulic conductivity of the tissue in the region, instead of flow.conductivity", {"Baxter & Jain 1989", M},
          {.absent = "as outside the region",
           .applies = "darcy",
           .typical = "tumour 0.031, normal tissue 0.0064 um^2/Pa/s"}),
      Key("obstacle", &Region::obstacle, boolean, "false", anything,
          "Nothing enters the region, neither vesicles nor fluid: bone, a large vessel's wall, a lumen", user),
  };
  return all;
}

std::span<const KeyRow<Vessels>> rows_of(const Vessels*) {
  using Key = KeyRow<Vessels>;
  static constexpr Key all[] = {
      Key("surface_density", &Vessels::surface_density, surface_density, "", zero_or_more,
          "Surface of the vessels' wall per volume of tissue", {"Baxter & Jain 1989", M},
          {.required = always, .typical = "tumour 0.02, normal tissue 0.007 /um"}),
      Key("hydraulic_conductivity", &Vessels::hydraulic_conductivity, wall_conductivity, "", zero_or_more,
          "Hydraulic conductivity of the wall, L_p: fluid per area, time and pressure", of_vessels,
          {.absent = "required where flow.kind is \"darcy\"",
           .required = where_it_applies,
           .applies = "darcy",
           .typical = "blood: tumour 2.1e-5, normal tissue 2.7e-6 um/Pa/s"}),
      Key("pressure", &Vessels::pressure, pressure, "", anything, "Pressure inside the vessels", of_vessels,
          {.absent = "required where flow.kind is \"darcy\"",
           .required = where_it_applies,
           .applies = "darcy",
           .typical = "tumour 15.6 mmHg"}),
      Key("oncotic", &Vessels::oncotic, pressure, "0 Pa", anything,
          "Difference of oncotic pressure that holds the fluid in, sigma (pi_vessel - pi_tissue)", of_vessels,
          {.applies = "darcy", .typical = "blood: tumour 0.82 x (20 - 15) mmHg"}),
      Key("permeability.*", &Vessels::permeability, permeability, "0 um/s", zero_or_more,
          "Permeability of the wall for the vesicles of a class", user, {.names = "field"}),
      Key("reflection.*", &Vessels::reflection, number, "0", zero_to_one,
          "Share of the vesicles in the fluid that the wall holds back, 0 (none) to 1 (all)", user,
          {.applies = "darcy", .names = "field"}),
      Key("plasma.*", &Vessels::plasma, concentration, "0 /ml", zero_or_more,
          "Concentration of the class in the blood plasma", user, {.names = "field"}),
  };
  return all;
}

std::span<const KeyRow<FlowParameters>> rows_of(const FlowParameters*) {
  using Key = KeyRow<FlowParameters>;
  static constexpr Key all[] = {
      Key("kind", word_of<&FlowParameters::kind>, choice, "none", anything,
          "none: the fluid rests; uniform: one velocity everywhere; map: a velocity per voxel; darcy: what Darcy's law "
          "gives between the pressures at the faces and with the vessels of the regions",
          user, {.choices = "none|uniform|map|darcy"}),
      Key("velocity", &FlowParameters::velocity, {vector, velocity}, "", anything,
          "Darcy velocity; two entries in 2-D. It must not run into a face that is \"no-flux\"",
          {"0.3 um/s; Chary & Jain 1989", H},
          {.absent = "required where kind is \"uniform\"",
           .required = where_it_applies,
           .applies = "uniform",
           .usual = {0.1, 2, "um/s"}}),
      Key("divergence_tolerance", &FlowParameters::divergence_tolerance, number, "1e-6", zero_to_one,
          "What a map's flow may gain or lose in a voxel, relative to the largest flux through its faces", user,
          {.applies = "map"}),
      Key("conductivity", &FlowParameters::conductivity, hydraulic_conductivity, "0.03 um^2/Pa/s", above_zero,
          "Hydraulic conductivity of the tissue, K in Darcy's law",
          {"tumour: 4.13e-8 cm^2/mmHg/s, Baxter & Jain 1989", M},
          {.applies = "darcy", .typical = "tumour 0.031, normal tissue 0.0064 um^2/Pa/s"}),
      Key("pressure.<face>", {}, pressure, "", anything,
          "Pressure of the fluid held at a face; x, y, z for both faces of an axis. It must not be a face that is "
          "\"no-flux\" or \"periodic\"",
          user, {.absent = "no fluid crosses the face", .applies = "darcy"}),
      Key("map.file", &FlowParameters::map, map, "", anything,
          "the velocity in um/s, three components; in a CSV the columns ARRAY_x, ARRAY_y, ARRAY_z", user,
          {.required = always, .applies = "map"}),
      Key("solved.file", &FlowParameters::solved, map, "", anything,
          "the pressure in Pa that an earlier run solved for, as in its flow/flow_000000.pvti: it is checked and taken "
          "as it is, and nothing is solved",
          user, {.required = always, .applies = "darcy"}),
  };
  return all;
}

std::span<const KeyRow<NoMember>> perturbation_rows() {
  using Key = KeyRow<NoMember>;
  static constexpr Key all[] = {
      Key("gene", {}, string, "", anything,
          "A gene of the table, by its name there; `vesicast describe gene` lists them", "configs/genes.csv",
          {.absent = "give exactly one of gene, drug and rate"}),
      Key("drug", {}, string, "", anything,
          "A drug of the table, by its name there; `vesicast describe drug` lists them", "configs/drugs.csv",
          {.absent = "give exactly one of gene, drug and rate"}),
      Key("rate", {}, choice, "", anything, "A rate by itself; `vesicast describe rate k_dock` says what it is", user,
          {.absent = "give exactly one of gene, drug and rate"}),
      Key("activity", {}, number, "", zero_or_more,
          "Residual activity x of the gene's product, relative to the cell type as configured: a rate is multiplied by "
          "1 - w + w x, or by max(0, 1 + w - w x) where the product holds it back",
          "biology.md section 7; the weights w in the table",
          {.absent = "required with gene",
           .applies = "gene",
           .typical = "0 knock-out, 0.1 to 0.2 knock-down, 2 over-expression"}),
      Key("dose", {}, {quantity_or_number, concentration}, "", zero_or_more,
          "Dose, such as \"10 uM\"; a plain number, in multiples of the half-maximal dose, where the table's IC50 is "
          "1. Leaves the activity x = 1/(1 + (dose/IC50)^hill); an agonist raises it to x = 1 + (max - 1) y/(1 + y), y "
          "= (dose/EC50)^hill",
          "biology.md section 7; IC50, hill and max in the table", {.absent = "required with drug", .applies = "drug"}),
      Key("factor", {}, number, "", zero_or_more, "What the rate is multiplied by", user,
          {.absent = "required with rate", .applies = "rate"}),
      Key("cell_types", {}, strings, "", anything, "Cell types that are perturbed; the matrix is not, then", user,
          {.absent = "all cell types, and the matrix between them"}),
      Key("from", {}, time, "0 s", {.lower = 0.0, .upper = 1000000000000.0},
          "Begin: holds in the steps that start then or later", user),
      Key("until", {}, time, "", {.lower = 0.0, .upper = 1000000000000.0, .lower_allowed = false},
          "End: no longer holds in the steps that start then or later", user, {.absent = "to the end of the run"}),
  };
  return all;
}

std::span<const KeyRow<NoMember>> effect_table_rows() {
  using Key = KeyRow<NoMember>;
  static constexpr Key all[] = {
      Key("genes", {}, file, "", anything,
          "A CSV of genes beside the shipped ones, with the same columns; its rows replace all shipped rows of the "
          "same name; relative to the folder of the configuration",
          user, {.absent = "the shipped table, configs/genes.csv"}),
      Key("drugs", {}, file, "", anything,
          "A CSV of drugs beside the shipped ones, with the same columns; its rows replace all shipped rows of the "
          "same name; relative to the folder of the configuration",
          user, {.absent = "the shipped table, configs/drugs.csv"}),
  };
  return all;
}

template std::string standard(std::string CellGroup::*);
template double standard(double CellGroup::*);
template double standard(double Vessels::*);
template double standard(double FlowParameters::*);

}  // namespace vesicast
