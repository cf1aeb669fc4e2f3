// Keys of [cell_type.*.donor]: release at a given rate, the pathway, its populations of MVBs, and where it goes.
#include "src/parameters/rates.hpp"
#include "src/parameters/rows.hpp"
#include "src/parameters/standard_of_rows.hpp"

namespace vesicast {
namespace {

using enum Dimension;
using enum Kind;
using enum Required;
using enum Confidence;

constexpr const char *no_microvesicle = "nothing buds without a vesicle class: give microvesicle too",
                     *no_ectosome = "nothing buds without a vesicle class: give ectosome too";

constexpr Word<Polarised> side_of_cell{[](const Polarised& p) { return 2 * p.axis + p.side; },
                                       [](Polarised& p, int choice) {
                                         p.axis = choice / 2;
                                         p.side = choice % 2;
                                       }};

}  // namespace

std::span<const KeyRow<Secretion>> rows_of(const Secretion*) {
  using Key = KeyRow<Secretion>;
  static constexpr Key all[] = {
      Key("secretion", &Secretion::rate, secretion, "", zero_or_more, "Vesicles a cell releases per time, gross",
          {"Auber & Svenningsen 2022 (monocyte 45 +- 21 /min, red cell 3.2e-3 /min), H; Chiu 2016 (60-165 /h)", L},
          {.required = always,
           .typical = "60 vesicle/h; 0.2 to 3000 vesicle/h",
           .usual = {0.02, 3e4, "vesicle/h"},
           .unusual = "0.2 to 3000 vesicle/h over cell types, tenfold",
           .rates = "secretion"}),
      Key("release", word_of<&Secretion::mode>, choice, "constant", anything,
          "Steady release, or whole multivesicular bodies at random times (Poisson events)", user,
          {.choices = "constant|poisson"}),
      Key("vesicles_per_event", &Secretion::vesicles_per_event, number, "30", above_zero,
          "Vesicles of one release event; used where release is \"poisson\"",
          {"only its product with the rate of fusion is constrained", L},
          {.typical = "5 to 100", .usual = {1, 1000}, .unusual = "5 to 100 in an MVB, tenfold"}),
  };
  return all;
}

std::span<const KeyRow<Biogenesis>> rows_of(const Biogenesis*) {
  using Key = KeyRow<Biogenesis>;
  static constexpr Key all[] = {
      Key("exosome", &Biogenesis::exosome, string, "exosome", anything, "The vesicle class of what MVBs release", user,
          {.population = true}),
      Key("microvesicle", &Biogenesis::microvesicle, string, "", anything,
          "The vesicle class of what buds from the plasma membrane", user, {.absent = "none buds", .names = "class"}),
      Key("ectosome", &Biogenesis::ectosome, string, "", anything,
          "The vesicle class of small plasma-membrane ectosomes", user, {.absent = "none", .names = "class"}),
      Key("ectosome_cargo", &Biogenesis::ectosome_cargo, string, "", anything,
          "Membrane cargo that ectosomes follow: they bud at ectosomes times its copies at the plasma membrane over "
          "those at rest, P/P0",
          user,
          {.absent = "their rate is ectosomes, whatever the cargo",
           .with = "ectosome",
           .alone = no_ectosome,
           .names = "cargo"}),
      Key("start", &Biogenesis::steady_start, choice, "steady", anything,
          "Cells begin with the MVBs they have in their steady state, or with none", user, {.choices = "steady|empty"}),
      Key("inflow", &Biogenesis::inflow, rate, "80 /h", zero_or_more,
          "Early endosomes that form, in MVB equivalents, k_in", no_source, {.rates = "k_in"}),
      Key("maturation", &Biogenesis::maturation, rate, "6 /h", zero_or_more,
          "Early endosome to multivesicular body, k_mat", no_source, {.rates = "k_mat"}),
      Key("transport", &Biogenesis::transport, rate, "0.06 /h", zero_or_more,
          "Maturing MVB to the cell's periphery, k_tr, where the fate coupling is neutral",
          {"fitted to 2 fusions/h (scripts/fit-donor)", L}, {.rates = "k_tr", .population = true}),
      Key("lysosome", &Biogenesis::lysosome, rate, "0.75 /h", zero_or_more, "Maturing MVB to the lysosome, k_lys",
          {"MVB life of 75 min: HEp-2 1993", H},
          {.typical = "60 to 90 min to the lysosome", .rates = "k_lys", .population = true}),
      Key("autophagy", &Biogenesis::autophagy, rate, "0.03 /h", zero_or_more, "Maturing MVB into an amphisome, k_auto",
          no_source, {.rates = "k_auto", .population = true}),
      Key("amphisome", &Biogenesis::amphisome, rate, "1 /h", zero_or_more, "End of an amphisome, k_al", no_source,
          {.rates = "k_al", .population = true}),
      Key("amphisome_secreted", &Biogenesis::amphisome_secreted, number, "0.05", zero_to_one,
          "Share of amphisomes that is secreted whole, f_sa; the rest is degraded", no_source,
          {.rates = "f_sa", .population = true}),
      Key("docking", &Biogenesis::docking, rate, "1 /h", zero_or_more,
          "Peripheral MVB docks at the plasma membrane, k_dock", no_source, {.rates = "k_dock", .population = true}),
      Key("return", &Biogenesis::comes_back, rate, "1 /h", zero_or_more, "Peripheral MVB comes back, k_ret", no_source,
          {.rates = "k_ret", .population = true}),
      Key("undocking", &Biogenesis::undocking, rate, "2 /h", zero_or_more, "Docked MVB comes off, k_und", no_source,
          {.rates = "k_und", .population = true}),
      Key("fusion", &Biogenesis::fusion, rate, "2 /h", zero_or_more,
          "Docked MVB fuses with the plasma membrane at resting calcium, k_fus", no_source,
          {.rates = "k_fus", .population = true}),
      Key("escrt", Element{&Biogenesis::formation, 0}, rate, "11.13 /h", zero_or_more,
          "Vesicles that form per maturing MVB with ESCRT, v_ESCRT",
          {"35 % of 31.8 /h, fitted to 60 vesicles/h (scripts/fit-donor)", L},
          {.rates = "v_ESCRT", .population = true}),
      Key("syntenin", Element{&Biogenesis::formation, 1}, rate, "9.54 /h", zero_or_more,
          "with syntenin and ALIX, v_SYN", {"30 %", L}, {.rates = "v_SYN", .population = true}),
      Key("ceramide", Element{&Biogenesis::formation, 2}, rate, "6.36 /h", zero_or_more,
          "by ceramide (neutral sphingomyelinase 2), v_CER", {"20 %", L}, {.rates = "v_CER", .population = true}),
      Key("tetraspanin", Element{&Biogenesis::formation, 3}, rate, "4.77 /h", zero_or_more, "with tetraspanins, v_TET",
          {"15 %", L}, {.rates = "v_TET", .population = true}),
      Key("scission", &Biogenesis::scission, number, "1", zero_or_more,
          "VPS4, which scission of vesicles needs, relative", no_source, {.rates = "VPS4", .population = true}),
      Key("late_formation", &Biogenesis::late_formation, number, "0.5", zero_to_one,
          "Formation in peripheral and docked MVBs beside that in maturing ones, f_late", no_source,
          {.population = true}),
      Key("capacity", &Biogenesis::capacity, number, "60", above_zero, "Vesicles an MVB can hold, n_max", no_source,
          {.usual = {5, 100}, .population = true}),
      Key("back_fusion", &Biogenesis::back_fusion, rate, "0.05 /h", zero_or_more,
          "Vesicles that fuse back with the limiting membrane of their MVB, k_bfD", no_source,
          {.rates = "k_bfD", .population = true}),
      Key("burst_dispersion", &Biogenesis::burst_dispersion, number, "3", {.lower = 0.001, .upper = 1000000.0},
          "r of the sizes of MVBs, negative binomial with the variance mean (1 + mean/r): how many vesicles leave with "
          "those that move or fuse. run.mode = \"stochastic-release\" only",
          no_source, {.population = true}),
      Key("fate_coupling", &Biogenesis::fate_coupling, number, "2", zero_or_more,
          "How much the share of ESCRT-independent vesicles shifts transport: k_tr (1 + b (s - s0))",
          {"ubiquitin and ESCRT to the lysosome, syntenin and ceramide to secretion; value ", L}, {.population = true}),
      Key("neutral_share", &Biogenesis::neutral_share, number, "0.65", zero_to_one,
          "That share s0 where the coupling is neutral", {"the default routes' own", L}, {.population = true}),
      Key("tethered", &Biogenesis::tethered, number, "0.3", zero_to_one,
          "Share of a burst that tetherin holds at the cell, f_t", no_source, {.rates = "f_t"}),
      Key("detachment", &Biogenesis::detachment, rate, "0.5 /h", zero_or_more, "Tethered vesicles that come off, k_det",
          no_source, {.rates = "k_det"}),
      Key("reinternalisation", &Biogenesis::reinternalisation, rate, "0.5 /h", zero_or_more,
          "Tethered vesicles that go back into early endosomes of the cell, k_reint", no_source, {.rates = "k_reint"}),
      Key("calcium", &Biogenesis::calcium, number, "1", zero_or_more,
          "Cytosolic calcium relative to rest: drives fusion and microvesicles", "1 at rest", {.rates = "Ca"}),
      Key("calcium_gain", &Biogenesis::calcium_gain, number, "5", zero_or_more,
          "A of the calcium response of microvesicles, 1 + A Ca^3/(K^3 + Ca^3)", no_source,
          {.with = "microvesicle", .alone = no_microvesicle}),
      Key("calcium_half", &Biogenesis::calcium_half, number, "3", above_zero, "K of that response", no_source,
          {.with = "microvesicle", .alone = no_microvesicle}),
      Key("microvesicles", &Biogenesis::microvesicles, rate, "5 /h", zero_or_more,
          "Microvesicles that bud without the calcium response, q_MV", no_source,
          {.with = "microvesicle", .alone = no_microvesicle, .rates = "q_MV"}),
      Key("ectosomes", &Biogenesis::ectosomes, rate, "20 /h", zero_or_more,
          "Small plasma-membrane ectosomes at full scission, q_sPM", no_source,
          {.with = "ectosome", .alone = no_ectosome, .rates = "q_sPM"}),
      Key("endocytosis", &Biogenesis::endocytosis, rate, "0.071 /h", zero_or_more,
          "Membrane cargo from the plasma membrane to early endosomes, k_endo",
          {"fitted to a half-life of 18 h (scripts/fit-donor)", L}, {.rates = "k_endo"}),
      Key("recycling", &Biogenesis::recycling, rate, "4 /h", zero_or_more, "and back, k_rec", no_source,
          {.rates = "k_rec"}),
      Key("retrograde", &Biogenesis::retrograde, rate, "0.5 /h", zero_or_more,
          "Membrane cargo from early endosomes to the Golgi, k_retro", no_source, {.rates = "k_retro"}),
      Key("golgi_export", &Biogenesis::golgi_export, rate, "1 /h", zero_or_more, "Membrane cargo that leaves the Golgi",
          no_source),
      Key("golgi_to_endosomes", &Biogenesis::golgi_to_endosomes, number, "0.1", zero_to_one,
          "Share of this that goes to early endosomes, the rest to the plasma membrane", no_source),
      Key("limiting_area", &Biogenesis::limiting_area, area, "0.785 um^2", above_zero,
          "Limiting membrane of an MVB, of which vesicles form: membrane cargo goes with the area",
          {"a sphere of 500 nm", L}, {.population = true}),
  };
  return all;
}

std::span<const KeyRow<MvbPopulation>> rows_of(const MvbPopulation*) {
  using Key = KeyRow<MvbPopulation>;
  static constexpr Key all[] = {
      Key("share", &MvbPopulation::share, number, "", {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
          "Share of the early endosomes that these MVBs form of; all add up to 1", user, {.required = always}),
  };
  return all;
}

std::span<const KeyRow<Polarised>> rows_of(const Polarised*) {
  using Key = KeyRow<Polarised>;
  static constexpr Key all[] = {
      Key("side", side_of_cell, choice, "", anything, "The side of the cell, along an axis of the domain", user,
          {.required = always, .choices = "-x|+x|-y|+y|-z|+z"}),
      Key("share", &Polarised::share, number, "", zero_to_one,
          "Share of what the cell releases that goes to the voxel on that side; into the cell's own where that is "
          "outside the domain or an obstacle",
          no_source, {.required = always}),
  };
  return all;
}

std::span<const KeyRow<Biogenesis>> population_rows() {
  static const std::vector<KeyRow<Biogenesis>> own = [] {
    std::vector<KeyRow<Biogenesis>> list;
    for (const KeyRow<Biogenesis>& row : rows<Biogenesis>())
      if (row.more.population) list.push_back(row);
    return list;
  }();
  return own;
}

std::span<const RateInfo> donor_rates() {
  static constexpr RateInfo all[] = {
      {"k_in", RatePlace::donor, "1/h", "early endosomes made, in equivalents of multivesicular bodies (MVBs)"},
      {"k_mat", RatePlace::donor, "1/h", "maturation of early endosomes to MVBs"},
      {"k_endo", RatePlace::donor, "1/h", "endocytosis of membrane cargo, and with it the making of early endosomes"},
      {"k_rec", RatePlace::donor, "1/h", "recycling of membrane cargo from early endosomes to the plasma membrane"},
      {"k_retro", RatePlace::donor, "1/h", "return of membrane cargo from early endosomes to the Golgi"},
      {"k_tr", RatePlace::donor, "1/h", "transport of maturing MVBs to the periphery"},
      {"k_lys", RatePlace::donor, "1/h", "fusion of maturing MVBs with lysosomes, which degrade what they hold"},
      {"k_auto", RatePlace::donor, "1/h", "fusion of maturing MVBs with autophagosomes"},
      {"k_al", RatePlace::donor, "1/h", "end of amphisomes, by degradation or secretion"},
      {"k_dock", RatePlace::donor, "1/h", "docking of peripheral MVBs at the plasma membrane"},
      {"k_ret", RatePlace::donor, "1/h", "return of peripheral MVBs to the cell's interior"},
      {"k_und", RatePlace::donor, "1/h", "undocking of docked MVBs"},
      {"k_fus", RatePlace::donor, "1/h", "fusion of docked MVBs with the plasma membrane, which releases exosomes"},
      {"v_ESCRT", RatePlace::donor, "vesicle/h", "formation of intralumenal vesicles (ILVs) by ESCRT, per MVB"},
      {"v_SYN", RatePlace::donor, "vesicle/h", "formation of ILVs by syntenin and ALIX, per MVB"},
      {"v_CER", RatePlace::donor, "vesicle/h", "formation of ILVs by ceramide, per MVB"},
      {"v_TET", RatePlace::donor, "vesicle/h", "formation of ILVs by tetraspanins, per MVB"},
      {"VPS4", RatePlace::donor, "", "scission of ILVs and of small ectosomes by VPS4"},
      {"k_bfD", RatePlace::donor, "1/h", "fusion of ILVs back with the limiting membrane of their MVB"},
      {"f_t", RatePlace::donor, "", "share of a burst that tetherin holds at the cell's surface"},
      {"k_det", RatePlace::donor, "1/h", "detachment of tethered vesicles"},
      {"k_reint", RatePlace::donor, "1/h", "reinternalisation of tethered vesicles"},
      {"f_sa", RatePlace::donor, "", "share of amphisomes that is secreted"},
      {"q_MV", RatePlace::donor, "vesicle/h", "budding of microvesicles from the plasma membrane"},
      {"q_sPM", RatePlace::donor, "vesicle/h", "budding of small ectosomes from the plasma membrane"},
      {"Ca", RatePlace::donor, "", "cytosolic calcium relative to rest, which drives MVB fusion and budding"},
      {"secretion", RatePlace::donor, "vesicle/s", "release of vesicles by donors that have no pathway"},
      {"sorting", RatePlace::donor, "", "sorting of cargo into the vesicles that a cell releases, E_c"},
  };
  return all;
}

template double standard(double Secretion::*);
template double standard(double Biogenesis::*);
template bool standard(bool Biogenesis::*);
template std::string standard(std::string Biogenesis::*);
template std::array<double, 4> standard(std::array<double, 4> Biogenesis::*);

}  // namespace vesicast
