#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

const char* const donor = "cell_type.*.donor.";
const char* const recipient = "cell_type.*.recipient.";

std::vector<Key> secretion_keys() {
  return {
      {.path = "secretion",
       .kind = Kind::quantity,
       .dimension = Dimension::secretion,
       .required = true,
       .range = not_negative,
       .typical = "60 vesicle/h; 0.2 to 3000 vesicle/h",
       .meaning = "Vesicles a cell releases per time, gross",
       .source =
           "Auber & Svenningsen 2022 (monocyte 45 +- 21 /min, red cell 3.2e-3 /min), H; Chiu 2016 (60-165 /h), L"},
      {.path = "release",
       .kind = Kind::choice,
       .default_text = "constant",
       .choices = {"constant", "poisson"},
       .meaning = "Steady release, or whole multivesicular bodies at random times (Poisson events)",
       .source = "choice of the user"},
      {.path = "vesicles_per_event",
       .kind = Kind::number,
       .default_text = "30",
       .range = positive,
       .typical = "5 to 100",
       .meaning = "Vesicles of one release event; used where release is \"poisson\"",
       .source = "only its product with the rate of fusion is constrained, L"},
  };
}

/// Weight of a route of endocytosis.
Key weight(const char* path, const char* default_text, const char* typical, const char* what) {
  Key key = number_key(path, default_text, not_negative, typical, "", "");
  key.meaning = std::string("Weight of ") + what;
  key.source =
      "no source, L; depends on the cell (HeLa: not clathrin heavy chain, Costa Verdera 2017; caveolin-1 holds "
      "uptake back, Svensson 2013)";
  return key;
}

/// What may differ between vesicle classes.
std::vector<Key> uptake_keys() {
  Key recycling = rate_key("k_recycling", "", "a share of 0 to 50 %",
                           "Early endosome back to the outside; share/(1 - share) of k_late recycles that share",
                           "10 % share: no source, L");
  recycling.absent = "10 % recycles: k_late/9";
  return {
      {.path = "k_on",
       .kind = Kind::quantity,
       .dimension = Dimension::binding,
       .default_text = "1.66e-3 um^3/s",
       .range = not_negative,
       .typical = "1e5 to 1e7 /M/s",
       .meaning = "Binding per free receptor; um^3/s, or per molar and time (1e6 /M/s)",
       .source = "derived: gives a clearance of 5.5 um^3/s per cell (Bonsergent 2021: 1 %/h in a dish), M"},
      rate_key("k_off", "5e-4 /s", "1e-5 to 1e-2 /s", "Unbinding from the receptor", "no source, L"),
      rate_key("k_endocytosis", "1e-3 /s", "1e-4 to 5e-3 /s", "Internalisation of bound vesicles, all routes together",
               "no source, L"),
      {.path = "routes",
       .kind = Kind::choice,
       .default_text = "shares",
       .choices = {"shares", "adds"},
       .meaning =
           "What the five weights are: \"shares\" of k_endocytosis, brought to a sum of 1; or each route \"adds\" "
           "weight k_endocytosis, whatever they sum to",
       .source = "choice of the user"},
      weight("weight_clathrin", "0.15", "", "clathrin-coated pits"),
      weight("weight_raft", "0.30", "", "lipid rafts and caveolae"),
      weight("weight_independent", "0.25", "", "routes without clathrin or caveolin"),
      weight("weight_macropinocytosis", "0.25", "", "macropinocytosis"),
      weight("weight_phagocytosis", "0.05", "macrophage 1.425, 0.6 of the sum",
             "phagocytosis, which is divided by 1 + vesicle.*.cd47/half_cd47"),
      number_key("half_cd47", "1", positive, "", "CD47 of a vesicle that halves phagocytosis, K47, as vesicle.*.cd47",
                 "no source, L"),
      {.path = "fluid_phase",
       .kind = Kind::quantity,
       .dimension = Dimension::clearance,
       .default_text = "0.02 um^3/s",
       .range = not_negative,
       .typical = "macrophage 0.1 um^3/s",
       .meaning = "Fluid that a cell swallows per time, CL_fluid: takes vesicles unbound into the early endosome",
       .source = "no source, M"},
      rate_key("k_fusion", "1e-6 /s", "0 to 5 % of what is bound",
               "Fusion with the plasma membrane; 0.1 % of what is endocytosed at the default k_endocytosis",
               "no source, L"),
      recycling,
      rate_key("k_late", "5.776227e-4 /s", "half-time 7 to 60 min",
               "Early to multivesicular endosome; half-time ln 2/k, 20 min", "no source, L"),
      rate_key("k_lysosome", "1.925409e-4 /s", "half-time 20 min to 3 h",
               "Multivesicular endosome to lysosome; half-time 1 h", "no source, L"),
      rate_key("k_degradation", "6.418029e-5 /s", "half-time 1 to 9 h", "Degradation in the lysosome; half-time 3 h",
               "no source, L"),
      rate_key("k_resecretion", "0.05 /h", "", "Multivesicular endosome back to the outside", "no source, L"),
      rate_key("k_back_fusion", "0.093 /h",
               "0.37, 0.093, 0.0083 /h release 30, 10, 1 % of what is internalised in the end",
               "Fusion with the endosome's membrane, at full acidity: delivers the cargo to the cytosol",
               "derived; Bonsergent 2021 (30 %), M; others find very little"),
      number_key(
          "lysosomal_back_fusion", "0", {.lower = 0.0, .upper = 1.0}, "",
          "Share s_L of k_back_fusion that holds in lysosomes, at pH_lysosome; 0: what reaches a lysosome is degraded",
          "no source, L"),
  };
}

/// Under another table; `general` is the table whose value holds where the key is left out.
Key placed(Key key, const std::string& under, const std::string& general = "") {
  key.path = under + key.path;
  if (!general.empty()) {
    key.default_text.clear();
    key.absent = "as in " + general;
  }
  return key;
}

}  // namespace

std::vector<Key> cell_type_keys() {
  const char* const none = "no preset";
  const char* const names = "generic, carcinoma, fibroblast, macrophage, endothelial, t_cell";
  std::vector<Key> all = {
      preset_key("cell_type.*", none, names,
                 "Keys of the cell type that are not given come from here: a shipped preset, or a file of your own, "
                 "\"./mine.toml\", relative to the folder of the config"),
      preset_key("cell_type.*.donor", none, names, "The donor of this preset, whatever that of the cell type is"),
      preset_key("cell_type.*.recipient", none, names,
                 "The recipient of this preset, whatever that of the cell type is"),
  };
  all.push_back({.path = "cell_type.*.radius",
                 .kind = Kind::quantity,
                 .dimension = Dimension::length,
                 .default_text = "7.5 um",
                 .range = positive,
                 .typical = "5 to 10 um",
                 .meaning = "Radius of the cell, taken as a sphere",
                 .source = "no source (cell diameter 15 um), M"});
  for (Key key : secretion_keys()) {
    if (key.required) {
      key.required = false;
      key.absent = "required in a donor, here or per vesicle class";
    }
    key.meaning += ". For the only vesicle class; where there are several, give it per class";
    all.push_back(placed(key, donor));
  }
  for (const Key& key : secretion_keys()) all.push_back(placed(key, std::string(donor) + "vesicle.*."));

  const std::vector<Key> of_the_type = {
      number_key("receptors", "5000", not_negative, "500 to 5e4",
                 "Docking sites per cell, shared by all vesicle classes", "derived, L"),
      number_key("half_signal", "500", positive, "", "Bound vesicles at which the surface signal is half its maximum",
                 "no source, L"),
      number_key("pKa", "5.8", {.lower = 0.0, .upper = 14.0}, "5 to 6.5",
                 "pH at which the acid gate of back-fusion is half open", "direction H, value L"),
      number_key("acid_hill", "2", {.lower = 0.0, .upper = 20.0, .lower_allowed = false}, "",
                 "Steepness of the acid gate, 1/(1 + 10^(n (pH - pKa)))", "direction H, value L"),
      number_key("pH_early", "6.3", {.lower = 0.0, .upper = 14.0}, "7.0 with bafilomycin", "pH of early endosomes",
                 "no source, L"),
      number_key("pH_late", "5.5", {.lower = 0.0, .upper = 14.0}, "7.0 with bafilomycin",
                 "pH of multivesicular endosomes", "no source, L"),
      number_key("pH_lysosome", "4.7", {.lower = 0.0, .upper = 14.0}, "7.0 with bafilomycin",
                 "pH of lysosomes; matters where lysosomal_back_fusion is above 0", "no source, L"),
  };
  for (const Key& key : of_the_type) all.push_back(placed(key, recipient));
  for (const Key& key : uptake_keys()) all.push_back(placed(key, recipient));
  for (const Key& key : uptake_keys())
    all.push_back(placed(key, std::string(recipient) + "vesicle.*.", "cell_type.*.recipient"));
  for (Key& key : all)
    if (key.path == std::string(recipient) + "vesicle.*.k_recycling")
      key.absent = "as in cell_type.*.recipient where it is given there, otherwise k_late/9 of this class";
  all.push_back(
      {.path = "cell_type.*.variation.*",
       .kind = Kind::number,
       .absent = "all cells of the type have the same",
       .range = {.lower = 0.0, .upper = 10.0},
       .meaning =
           "Coefficient of variation of a rate from cell to cell, by its name in `vesicast describe rate` (those of "
           "donors and recipients), or of receptors: each cell's multiplier is lognormal with mean 1, drawn from "
           "run.seed and the cell's id",
       .source = "no source, L"});
  return all;
}

}  // namespace vesicast::io
