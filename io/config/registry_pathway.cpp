// Keys of [cell_type.*.donor.pathway].
#include <algorithm>

#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

constexpr Range share{.lower = 0.0, .upper = 1.0};

Key name_key(const char* path, const char* default_text, const char* absent, const char* meaning) {
  Key key{.path = path,
          .kind = Kind::string,
          .default_text = default_text,
          .meaning = meaning,
          .source = "choice of the user"};
  key.absent = absent;
  return key;
}

/// What a population of MVBs may have of its own.
void add_population_keys(std::vector<Key>& all) {
  std::vector<Key> own = {{.path = "share",
                           .kind = Kind::number,
                           .required = true,
                           .range = {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
                           .meaning = "Share of the early endosomes that these MVBs form of; all add up to 1",
                           .source = "choice of the user"}};
  for (const Key& key : all)
    if (std::ranges::find(population_key_names, key.path) != population_key_names.end()) own.push_back(key);
  for (Key& key : own) {
    if (!key.required) key.absent = "that of the pathway";
    key.default_text = "";
    key.path = "mvb.*." + key.path;
  }
  all.insert(all.end(), own.begin(), own.end());
}

}  // namespace

std::vector<Key> pathway_keys() {
  std::vector<Key> all = {
      name_key("exosome", "exosome", "", "The vesicle class of what MVBs release"),
      name_key("microvesicle", "", "none buds", "The vesicle class of what buds from the plasma membrane"),
      name_key("ectosome", "", "none", "The vesicle class of small plasma-membrane ectosomes"),
      name_key("ectosome_cargo", "", "their rate is ectosomes, whatever the cargo",
               "Membrane cargo that ectosomes follow: they bud at ectosomes times its copies at the plasma "
               "membrane over those at rest, P/P0"),
      {.path = "start",
       .kind = Kind::choice,
       .default_text = "steady",
       .choices = {"steady", "empty"},
       .meaning = "Cells begin with the MVBs they have in their steady state, or with none",
       .source = "choice of the user"},
      rate_key("inflow", "80 /h", "", "Early endosomes that form, in MVB equivalents, k_in", "no source, L"),
      rate_key("maturation", "6 /h", "", "Early endosome to multivesicular body, k_mat", "no source, L"),
      rate_key("transport", "0.06 /h", "",
               "Maturing MVB to the cell's periphery, k_tr, where the fate coupling is neutral",
               "fitted to 2 fusions/h (scripts/fit-donor), L"),
      rate_key("lysosome", "0.75 /h", "60 to 90 min to the lysosome", "Maturing MVB to the lysosome, k_lys",
               "MVB life of 75 min: HEp-2 1993, H"),
      rate_key("autophagy", "0.03 /h", "", "Maturing MVB into an amphisome, k_auto", "no source, L"),
      rate_key("amphisome", "1 /h", "", "End of an amphisome, k_al", "no source, L"),
      number_key("amphisome_secreted", "0.05", share, "",
                 "Share of amphisomes that is secreted whole, f_sa; the rest is degraded", "no source, L"),
      rate_key("docking", "1 /h", "", "Peripheral MVB docks at the plasma membrane, k_dock", "no source, L"),
      rate_key("return", "1 /h", "", "Peripheral MVB comes back, k_ret", "no source, L"),
      rate_key("undocking", "2 /h", "", "Docked MVB comes off, k_und", "no source, L"),
      rate_key("fusion", "2 /h", "", "Docked MVB fuses with the plasma membrane at resting calcium, k_fus",
               "no source, L"),
      rate_key("escrt", "11.13 /h", "", "Vesicles that form per maturing MVB with ESCRT, v_ESCRT",
               "35 % of 31.8 /h, fitted to 60 vesicles/h (scripts/fit-donor), L"),
      rate_key("syntenin", "9.54 /h", "", "with syntenin and ALIX, v_SYN", "30 %, L"),
      rate_key("ceramide", "6.36 /h", "", "by ceramide (neutral sphingomyelinase 2), v_CER", "20 %, L"),
      rate_key("tetraspanin", "4.77 /h", "", "with tetraspanins, v_TET", "15 %, L"),
      number_key("scission", "1", not_negative, "", "VPS4, which scission of vesicles needs, relative", "no source, L"),
      number_key("late_formation", "0.5", share, "",
                 "Formation in peripheral and docked MVBs beside that in maturing ones, f_late", "no source, L"),
      number_key("capacity", "60", positive, "5 to 100", "Vesicles an MVB can hold, n_max", "no source, L"),
      rate_key("back_fusion", "0.05 /h", "", "Vesicles that fuse back with the limiting membrane of their MVB, k_bfD",
               "no source, L"),
      number_key(
          "burst_dispersion", "3", {.lower = 1e-3, .upper = 1e6}, "",
          "r of the sizes of MVBs, negative binomial with the variance mean (1 + mean/r): how many vesicles leave "
          "with those that move or fuse. run.mode = \"stochastic-release\" only",
          "no source, L"),
      number_key("fate_coupling", "2", not_negative, "",
                 "How much the share of ESCRT-independent vesicles shifts transport: k_tr (1 + b (s - s0))",
                 "ubiquitin and ESCRT to the lysosome, syntenin and ceramide to secretion; value L"),
      number_key("neutral_share", "0.65", share, "", "That share s0 where the coupling is neutral",
                 "the default routes' own, L"),
      number_key("tethered", "0.3", share, "", "Share of a burst that tetherin holds at the cell, f_t", "no source, L"),
      rate_key("detachment", "0.5 /h", "", "Tethered vesicles that come off, k_det", "no source, L"),
      rate_key("reinternalisation", "0.5 /h", "",
               "Tethered vesicles that go back into early endosomes of the cell, k_reint", "no source, L"),
      number_key("calcium", "1", not_negative, "",
                 "Cytosolic calcium relative to rest: drives fusion and microvesicles", "1 at rest"),
      number_key("calcium_gain", "5", not_negative, "",
                 "A of the calcium response of microvesicles, 1 + A Ca^3/(K^3 + Ca^3)", "no source, L"),
      number_key("calcium_half", "3", positive, "", "K of that response", "no source, L"),
      rate_key("microvesicles", "5 /h", "", "Microvesicles that bud without the calcium response, q_MV",
               "no source, L"),
      rate_key("ectosomes", "20 /h", "", "Small plasma-membrane ectosomes at full scission, q_sPM", "no source, L"),
      rate_key("endocytosis", "0.071 /h", "", "Membrane cargo from the plasma membrane to early endosomes, k_endo",
               "fitted to a half-life of 18 h (scripts/fit-donor), L"),
      rate_key("recycling", "4 /h", "", "and back, k_rec", "no source, L"),
      rate_key("retrograde", "0.5 /h", "", "Membrane cargo from early endosomes to the Golgi, k_retro", "no source, L"),
      rate_key("golgi_export", "1 /h", "", "Membrane cargo that leaves the Golgi", "no source, L"),
      number_key("golgi_to_endosomes", "0.1", share, "",
                 "Share of this that goes to early endosomes, the rest to the plasma membrane", "no source, L"),
      {.path = "limiting_area",
       .kind = Kind::quantity,
       .dimension = Dimension::area,
       .default_text = "0.785 um^2",
       .range = positive,
       .meaning = "Limiting membrane of an MVB, of which vesicles form: membrane cargo goes with the area",
       .source = "a sphere of 500 nm, L"},
  };
  add_population_keys(all);
  for (Key& key : all) key.path = "cell_type.*.donor.pathway." + key.path;
  return all;
}

std::vector<Key> polarised_keys() {
  return {{.path = "cell_type.*.donor.polarised.side",
           .kind = Kind::choice,
           .required = true,
           .choices = {"-x", "+x", "-y", "+y", "-z", "+z"},
           .meaning = "The side of the cell, along an axis of the domain",
           .source = "choice of the user"},
          {.path = "cell_type.*.donor.polarised.share",
           .kind = Kind::number,
           .required = true,
           .range = share,
           .meaning = "Share of what the cell releases that goes to the voxel on that side; into the cell's own where "
                      "that is outside the domain or an obstacle",
           .source = "no source, L"}};
}

}  // namespace vesicast::io
