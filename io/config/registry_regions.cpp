#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

const char* const user = "choice of the user";
const char* const starling = "Starling 1896; Baxter & Jain 1989 (tumour), M";

Key by_class(const std::string& table, Dimension dimension, const char* default_text, const char* absent,
             const char* meaning) {
  return {.path = table + ".*",
          .kind = Kind::quantity,
          .dimension = dimension,
          .default_text = default_text,
          .absent = absent,
          .range = not_negative,
          .meaning = meaning,
          .source = user};
}

/// What crosses the wall of the vessels of a region; `pressure` is what is typical inside them.
std::vector<Key> vessel_keys(const std::string& vessels, const char* density, const char* pressure,
                             const char* plasma) {
  const char* const with_darcy = "required where flow.kind is \"darcy\"";
  Key reflection = by_class(vessels + ".reflection", Dimension::none, "0", "",
                            "Share of the vesicles in the fluid that the wall holds back, 0 (none) to 1 (all)");
  reflection.kind = Kind::number;
  reflection.range.upper = 1.0;
  reflection.applies = "darcy";
  return {
      {.path = vessels + ".surface_density",
       .kind = Kind::quantity,
       .dimension = Dimension::surface_density,
       .required = true,
       .range = not_negative,
       .typical = density,
       .meaning = "Surface of the vessels' wall per volume of tissue",
       .source = "Baxter & Jain 1989, M"},
      {.path = vessels + ".hydraulic_conductivity",
       .kind = Kind::quantity,
       .dimension = Dimension::wall_conductivity,
       .absent = with_darcy,
       .range = not_negative,
       .applies = "darcy",
       .typical = "blood: tumour 2.1e-5, normal tissue 2.7e-6 um/Pa/s",
       .meaning = "Hydraulic conductivity of the wall, L_p: fluid per area, time and pressure",
       .source = starling},
      {.path = vessels + ".pressure",
       .kind = Kind::quantity,
       .dimension = Dimension::pressure,
       .absent = with_darcy,
       .applies = "darcy",
       .typical = pressure,
       .meaning = "Pressure inside the vessels",
       .source = starling},
      {.path = vessels + ".oncotic",
       .kind = Kind::quantity,
       .dimension = Dimension::pressure,
       .default_text = "0 Pa",
       .applies = "darcy",
       .typical = "blood: tumour 0.82 x (20 - 15) mmHg",
       .meaning = "Difference of oncotic pressure that holds the fluid in, sigma (pi_vessel - pi_tissue)",
       .source = starling},
      by_class(vessels + ".permeability", Dimension::permeability, "0 um/s", "",
               "Permeability of the wall for the vesicles of a class"),
      reflection,
      by_class(vessels + ".plasma", Dimension::concentration, "0 /ml", "", plasma),
  };
}

}  // namespace

std::vector<Key> region_keys() {
  std::vector<Key> all = {{.path = "region[].name",
                           .kind = Kind::string,
                           .absent = "the region has no name",
                           .meaning = "Name of the region, for messages and the log",
                           .source = user}};
  const auto append = [&](const std::vector<Key>& part) { all.insert(all.end(), part.begin(), part.end()); };
  append(place_keys("region[]", "map is given instead", "What belongs to the region"));
  append(map_keys("region[].map", "file", "map", "labels"));
  append({
      {.path = "region[].map.value",
       .kind = Kind::number,
       .required = true,
       .applies = "map",
       .meaning = "What the map holds in the voxels of the region",
       .source = user},
      {.path = "region[].extracellular_fraction",
       .kind = Kind::number,
       .absent = "as outside the region",
       .range = {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
       .meaning = "Share of interstitial fluid in the region, instead of domain.extracellular_fraction",
       .source = "no source, M"},
      by_class("region[].diffusivity", Dimension::diffusivity, "", "as outside the region",
               "Effective diffusivity in the region, instead of vesicle.*.diffusivity"),
      by_class("region[].binding_sites", Dimension::concentration, "", "as outside the region",
               "Binding sites of the matrix in the region, instead of vesicle.*.matrix.sites, per volume of "
               "interstitial fluid"),
      {.path = "region[].conductivity",
       .kind = Kind::quantity,
       .dimension = Dimension::hydraulic_conductivity,
       .absent = "as outside the region",
       .range = positive,
       .applies = "darcy",
       .typical = "tumour 0.031, normal tissue 0.0064 um^2/Pa/s",
       .meaning = "Hydraulic conductivity of the tissue in the region, instead of flow.conductivity",
       .source = "Baxter & Jain 1989, M"},
      {.path = "region[].obstacle",
       .kind = Kind::boolean,
       .default_text = "false",
       .meaning = "Nothing enters the region, neither vesicles nor fluid: bone, a large vessel's wall, a lumen",
       .source = user},
  });
  append(vessel_keys("region[].blood", "tumour 0.02, normal tissue 0.007 /um", "tumour 15.6 mmHg",
                     "Concentration of the class in the blood plasma"));
  append(vessel_keys("region[].lymph", "lymphatics are absent from the inside of tumours", "0 mmHg",
                     "Concentration of the class in the lymph"));
  return all;
}

}  // namespace vesicast::io
