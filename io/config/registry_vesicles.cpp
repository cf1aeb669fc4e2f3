#include "io/config/registry_keys.hpp"

namespace vesicast::io {

std::vector<Key> vesicle_keys() {
  return {
      {.path = "vesicle.*.diffusivity",
       .kind = Kind::quantity,
       .dimension = Dimension::diffusivity,
       .default_text = "0.5 um^2/s",
       .range = not_negative,
       .typical =
           "100 nm vesicle: collagen gel 0.5 to 5, dense tumour 0.05 to 1.5, brain 0.02 to 1 um^2/s; 500 nm in a "
           "tumour 0.001 to 0.1 um^2/s",
       .meaning = "Effective diffusivity in the interstitial fluid, tortuosity included",
       .source = "dense tumour, 100 nm; Pluen 2001 (5-10x between tumour sites), L"},
      {.path = "vesicle.*.decay",
       .kind = Kind::quantity,
       .dimension = Dimension::rate,
       .default_text = "0.01 /h",
       .range = not_negative,
       .typical = "0.003 to 0.1 /h",
       .meaning = "Cell-free loss outside cells at 37 C",
       .source = "no source, L"},
      {.path = "vesicle.*.initial_concentration",
       .kind = Kind::quantity,
       .dimension = Dimension::concentration,
       .default_text = "0 /ml",
       .range = not_negative,
       .meaning = "Uniform concentration at the start, per volume of interstitial fluid",
       .source = "choice of the user"},
      {.path = "vesicle.*.boundary_value.<face>",
       .kind = Kind::quantity,
       .dimension = Dimension::concentration,
       .default_text = "0 /ml",
       .range = not_negative,
       .meaning = "Concentration outside a face whose domain.boundary is \"fixed\", per volume of interstitial fluid; "
                  "x, y, z for both faces of an axis",
       .source = "choice of the user"},
      {.path = "vesicle.*.cargo.*",
       .kind = Kind::number,
       .absent = "the class carries none of this cargo",
       .range = not_negative,
       .meaning = "Mean copies of a cargo per vesicle, such as \"miR-21\" = 0.00825; its name is one of [cargo.*]",
       .source = "Chevillet 2014: 0.00825 +- 0.02 copies of one miRNA per vesicle, L"},
      {.path = "cargo.*.decay",
       .kind = Kind::quantity,
       .dimension = Dimension::rate,
       .default_text = "0.03 /h",
       .range = not_negative,
       .meaning = "Loss of delivered copies in the recipient's cytosol",
       .source = "no source, L"},
  };
}

}  // namespace vesicast::io
