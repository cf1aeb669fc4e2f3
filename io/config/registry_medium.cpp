// Keys of [medium]: what diffusivities are computed from.
#include "io/config/registry_keys.hpp"

namespace vesicast::io {

std::vector<Key> medium_keys() {
  const char* const unless = "Unless the diffusivity of a class is given or medium.tissue";
  return {
      {.path = "medium.tissue",
       .kind = Kind::choice,
       .absent = "Stokes-Einstein in the interstitial fluid, over tortuosity^2",
       .choices = {"collagen gel", "dense tumour", "brain"},
       .typical = "100 nm vesicle: collagen gel 2 (0.5 to 5), dense tumour 0.5 (0.05 to 1.5), brain 0.2 (0.02 to 1) "
                  "um^2/s",
       .meaning = "Diffusivities of the classes that give none: the effective one of 100 nm in this tissue, scaled by "
                  "1/diameter",
       .source = "L; Pluen 2001 (5-10x between tumour sites); scaling by 1/diameter: L, too fast for large vesicles"},
      {.path = "medium.temperature",
       .kind = Kind::quantity,
       .dimension = Dimension::temperature,
       .default_text = "37 degC",
       .range = {.lower = 273.15, .upper = 373.15},
       .meaning = std::string(unless) + ": temperature T of D0 = k T/(3 pi eta d). Changes no other rate",
       .source = "body temperature, H"},
      {.path = "medium.viscosity",
       .kind = Kind::quantity,
       .dimension = Dimension::viscosity,
       .default_text = "0.692 mPa s",
       .range = positive,
       .typical = "0.692 to 1.2 mPa s",
       .meaning = std::string(unless) + ": viscosity eta of the interstitial fluid",
       .source = "water at 37 C, H"},
      {.path = "medium.tortuosity",
       .kind = Kind::number,
       .default_text = "1.6",
       .range = {.lower = 1.0},
       .typical = "1.4 to 2.2",
       .meaning = std::string(unless) + ": lambda_t, D = D0/lambda_t^2",
       .source = "no source, H"},
  };
}

}  // namespace vesicast::io
