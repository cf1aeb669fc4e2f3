#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

Key of_series(const char* name, Kind kind, const char* applies, const char* meaning) {
  return {.path = std::string("vesicle.*.boundary_value.<face>.") + name,
          .kind = kind,
          .applies = applies,
          .meaning = meaning,
          .source = "choice of the user"};
}

/// A concentration against time, in a file or inline.
std::vector<Key> series_keys() {
  Key file = of_series("file", Kind::string, "file", "A CSV table with a header; relative to the folder of the config");
  file.absent = "times and values are given instead";
  Key time = of_series("time", Kind::string, "file",
                       "Header of the column with the times, which ends in their unit, [s] or [h]; they increase");
  time.default_text = "time [s]";
  Key value = of_series("value", Kind::string, "file",
                        "Header of the column with the concentrations, which ends in their unit, [/ml] or [nM]");
  value.default_text = "concentration [/ml]";
  Key times = of_series("times", Kind::quantities, "inline", "Times, increasing");
  times.dimension = Dimension::time;
  times.absent = "file is given instead";
  Key values = of_series("values", Kind::quantities, "inline", "Concentrations, as many as times");
  values.dimension = Dimension::concentration;
  values.absent = "file is given instead";
  values.range = not_negative;
  return {file, time, value, times, values};
}

std::vector<Key> matrix_keys() {
  const char* const source = "only k_on S/k_off is constrained, 1 (0 to 10): direction H, value L";
  return {
      {.path = "vesicle.*.matrix.k_on",
       .kind = Kind::quantity,
       .dimension = Dimension::binding,
       .default_text = "1e6 /M/s",
       .range = not_negative,
       .meaning = "Binding per free site of the matrix",
       .source = source},
      {.path = "vesicle.*.matrix.k_off",
       .kind = Kind::quantity,
       .dimension = Dimension::rate,
       .default_text = "1e-3 /s",
       .range = not_negative,
       .meaning = "Unbinding from the matrix",
       .source = source},
      {.path = "vesicle.*.matrix.sites",
       .kind = Kind::quantity,
       .dimension = Dimension::concentration,
       .default_text = "1 nM",
       .range = not_negative,
       .meaning = "Binding sites S, per volume of interstitial fluid, where region.binding_sites gives no others",
       .source = source},
  };
}

}  // namespace

std::vector<Key> vesicle_keys() {
  std::vector<Key> all = {
      preset_key("vesicle.*", "that of the class's own name, where there is one",
                 "exosome, microvesicle, ectosome, oncosome, apoptotic_body, migrasome",
                 "Keys of the class that are not given come from here: a shipped preset, or a file of your own, "
                 "\"./mine.toml\", relative to the folder of the config"),
      {.path = "vesicle.*.diffusivity",
       .kind = Kind::quantity,
       .dimension = Dimension::diffusivity,
       .absent = "from the diameter and [medium]",
       .range = not_negative,
       .typical =
           "100 nm vesicle: collagen gel 0.5 to 5, dense tumour 0.05 to 1.5, brain 0.02 to 1 um^2/s; 500 nm in a "
           "tumour 0.001 to 0.1 um^2/s",
       .meaning = "Effective diffusivity in the interstitial fluid, tortuosity included: mean over the vesicles of the "
                  "class",
       .source = "Stokes-Einstein, H; Pluen 2001 (5-10x between tumour sites), L"},
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
      {.path = "vesicle.*.size_bins",
       .kind = Kind::integer,
       .default_text = "1",
       .range = {.lower = 1.0, .upper = 100.0},
       .meaning =
           "Size bins of equal probability, each a class of its own in the run and its results, such as "
           "\"exosome 78 nm\", with D ~ 1/diameter (Stokes-Einstein): of its own diameter, or with the mean D that is "
           "given; they share uptake and cargo",
       .source = "choice of the user"},
      {.path = "vesicle.*.diameter",
       .kind = Kind::quantity,
       .dimension = Dimension::length,
       .absent = "as in the preset; without one, required where size_bins is above 1 or diffusivity is not given",
       .range = positive,
       .typical = "exosome 100 nm (70 to 120 nm); microvesicle 250 nm (50 to 1000 nm)",
       .meaning = "Mean diameter, of a lognormal distribution",
       .source = "exosome 50 to 150 nm: van Niel 2018, H"},
      {.path = "vesicle.*.diameter_sd",
       .kind = Kind::quantity,
       .dimension = Dimension::length,
       .absent = "as in the preset; without one all are of one size, and it is required where size_bins is above 1",
       .range = positive,
       .typical = "exosome 30 nm; microvesicle 130 nm",
       .meaning = "Standard deviation of the diameter",
       .source = "van Niel 2018, H"},
      {.path = "vesicle.*.cd47",
       .kind = Kind::number,
       .default_text = "0",
       .range = not_negative,
       .typical = "1 halves phagocytosis at the default half_cd47",
       .meaning = "CD47 on the vesicle, relative: phagocytosis by a cell is divided by 1 + cd47/half_cd47",
       .source = "direction M (Kamerkar 2017), value L"},
      {.path = "vesicle.*.cluster",
       .kind = Kind::number,
       .default_text = "0",
       .range = {.lower = 0.0, .upper = 1.0},
       .meaning = "Share of the vesicles that hang together in clusters, as tetherin holds them: that share of the "
                  "weights of clathrin, raft and independent goes to macropinocytosis and phagocytosis, in proportion "
                  "to what these two have",
       .source = "direction L, value L"},
      {.path = "vesicle.*.boundary.<face>",
       .kind = Kind::choice,
       .absent = "as in domain.boundary",
       .choices = {"no-flux", "periodic", "open", "fixed", "clearance"},
       .meaning = "What happens to the class at a face; names of faces and words as in domain.boundary, over which it "
                  "wins. \"periodic\" holds for all classes alike, so it is set there",
       .source = "choice of the user"},
      {.path = "vesicle.*.boundary_value.<face>",
       .kind = Kind::quantity,
       .dimension = Dimension::concentration,
       .default_text = "0 /ml",
       .range = not_negative,
       .meaning = "Concentration outside a face whose boundary is \"fixed\" or \"clearance\", per volume of "
                  "interstitial fluid; x, y, z for both faces of an axis",
       .source = "choice of the user"},
      {.path = "vesicle.*.boundary_permeability.<face>",
       .kind = Kind::quantity,
       .dimension = Dimension::permeability,
       .absent = "required where the boundary is \"clearance\"",
       .range = not_negative,
       .meaning = "Permeability of a face whose boundary is \"clearance\", such as a vessel's wall; x, y, z for both "
                  "faces of an axis",
       .source = "choice of the user"},
  };
  for (const auto& part : {map_keys("vesicle.*.diffusivity", "map", "", "diffusivity in um^2/s"), series_keys(),
                           matrix_keys(), map_keys("vesicle.*.matrix.sites", "map", "", "sites in /um^3")})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace vesicast::io
