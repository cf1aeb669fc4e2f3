#include "io/config/registry_keys.hpp"

namespace vesicast::io {

std::vector<Key> flow_keys() {
  std::vector<Key> all = {
      {.path = "flow.kind",
       .kind = Kind::choice,
       .default_text = "none",
       .choices = {"none", "uniform", "map", "darcy"},
       .meaning = "none: the fluid rests; uniform: one velocity everywhere; map: a velocity per voxel; darcy: what "
                  "Darcy's law gives between the pressures at the faces and with the vessels of the regions",
       .source = "choice of the user"},
      {.path = "flow.velocity",
       .kind = Kind::vector,
       .dimension = Dimension::velocity,
       .absent = "required where kind is \"uniform\"",
       .applies = "uniform",
       .typical = "0.1 to 2 um/s",
       .meaning = "Darcy velocity; two entries in 2-D. It must not run into a face that is \"no-flux\"",
       .source = "0.3 um/s; Chary & Jain 1989, H"},
      {.path = "flow.divergence_tolerance",
       .kind = Kind::number,
       .default_text = "1e-6",
       .range = {.lower = 0.0, .upper = 1.0},
       .applies = "map",
       .meaning = "What a map's flow may gain or lose in a voxel, relative to the largest flux through its faces",
       .source = "choice of the user"},
      {.path = "flow.conductivity",
       .kind = Kind::quantity,
       .dimension = Dimension::hydraulic_conductivity,
       .default_text = "0.03 um^2/Pa/s",
       .range = positive,
       .applies = "darcy",
       .typical = "tumour 0.031, normal tissue 0.0064 um^2/Pa/s",
       .meaning = "Hydraulic conductivity of the tissue, K in Darcy's law",
       .source = "tumour: 4.13e-8 cm^2/mmHg/s, Baxter & Jain 1989, M"},
      {.path = "flow.pressure.<face>",
       .kind = Kind::quantity,
       .dimension = Dimension::pressure,
       .absent = "no fluid crosses the face",
       .applies = "darcy",
       .meaning = "Pressure of the fluid held at a face; x, y, z for both faces of an axis. It must not be a face that "
                  "is \"no-flux\" or \"periodic\"",
       .source = "choice of the user"},
  };
  for (Key& key : map_keys("flow.map", "file", "map",
                           "the velocity in um/s, three components; in a CSV the columns ARRAY_x, ARRAY_y, ARRAY_z"))
    all.push_back(std::move(key));
  for (Key& key : map_keys("flow.solved", "file", "darcy",
                           "the pressure in Pa that an earlier run solved for, as in its flow/flow_000000.pvti: it is "
                           "checked and taken as it is, so that the flow has the same bits on any number of ranks"))
    all.push_back(std::move(key));
  return all;
}

}  // namespace vesicast::io
