#include <fmt/format.h>

#include <array>

#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

std::string of_cells(const char* name) {
  return fmt::format("cell_type.*.factor.*.{}", name);
}

/// What a factor has in common with a vesicle class: the same keys, under [factor.*].
std::vector<Key> shared_keys() {
  const std::string vesicle = "vesicle.*.", factor = "factor.*.";
  constexpr std::array shared = {"diffusivity", "decay",          "initial_concentration",
                                 "boundary.",   "boundary_value", "boundary_permeability."};
  std::vector<Key> all;
  for (const Key& key : vesicle_keys())
    for (const char* name : shared) {
      if (!key.path.starts_with(vesicle + name)) continue;
      all.push_back(key);
      all.back().path = factor + key.path.substr(vesicle.size());
      break;
    }
  return all;
}

Key rate(const char* name, const char* typical, const char* meaning) {
  return {.path = of_cells(name),
          .kind = Kind::quantity,
          .dimension = Dimension::rate,
          .absent = "required where receptors is given",
          .range = not_negative,
          .typical = typical,
          .meaning = meaning,
          .source = "choice of the user"};
}

}  // namespace

std::vector<Key> factor_keys() {
  std::vector<Key> all = shared_keys();
  for (Key& key : all) {
    if (key.path == "factor.*.diffusivity") {
      key.absent.clear();
      key.required = true;
      key.meaning = "Effective diffusivity in the interstitial fluid, tortuosity included";
      key.range = {.lower = 0.0, .upper = 1e4};
      key.typical = "small molecules up to 1e3, proteins 10 to 100 um^2/s";
      key.source = "choice of the user";
    } else if (key.path == "factor.*.decay") {
      key.default_text = "0 /h";
      key.typical.clear();
      key.meaning = "Loss outside cells";
      key.source = "choice of the user";
    } else if (key.path == "factor.*.initial_concentration") {
      key.default_text = "0 nM";
    }
  }
  return all;
}

std::vector<Key> cell_factor_keys() {
  return {
      {.path = of_cells("secretion"),
       .kind = Kind::quantity,
       .dimension = Dimension::molecules,
       .absent = "the type does not secrete it",
       .range = not_negative,
       .meaning = "Molecules a cell releases per time, steadily",
       .source = "choice of the user"},
      {.path = of_cells("receptors"),
       .kind = Kind::number,
       .absent = "the type does not take it up",
       .range = not_negative,
       .typical = "1e3 to 1e5",
       .meaning = "Receptors per cell for this factor alone; they come back at once when it unbinds or goes in",
       .source = "choice of the user"},
      {.path = of_cells("k_on"),
       .kind = Kind::quantity,
       .dimension = Dimension::binding,
       .absent = "required where receptors is given",
       .range = not_negative,
       .typical = "1e5 to 1e8 /M/s",
       .meaning = "Binding per free receptor",
       .source = "choice of the user"},
      rate("k_off", "1e-4 to 1e-1 /s", "Unbinding from the receptor"),
      rate("k_internalisation", "1e-4 to 1e-2 /s", "Internalisation of what is bound, degraded at once"),
  };
}

}  // namespace vesicast::io
