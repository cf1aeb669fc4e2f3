// Keys of [medium], [vesicle.*], its matrix and what it carries, [factor.*] and [cell_type.*.factor.*].
#include <algorithm>

#include "src/parameters/rates.hpp"
#include "src/parameters/rows.hpp"
#include "src/parameters/standard_of_rows.hpp"

namespace vesicast {
namespace {

using enum Dimension;
using enum Kind;
using enum Required;
using enum Confidence;

constexpr Source of_k_ecm{"only k_on S/k_off is constrained, 1 (0 to 10): direction H, value ", L};
/// Effective diffusivity of 100 nm [um^2/s]; biology.md section 1.
constexpr double measured_in_tissues[] = {2.0, 0.5, 0.2};
constexpr Word<Medium> measured_in{
    [](const Medium& m) {
      return static_cast<int>(std::ranges::find(measured_in_tissues, m.measured) - std::begin(measured_in_tissues));
    },
    [](Medium& m, int choice) { m.measured = measured_in_tissues[choice]; }};
constexpr More with_receptors(Usual usual) {
  return {.absent = "required where receptors is given",
          .required = where_it_applies,
          .with = "receptors",
          .alone = "belongs to uptake: give receptors too",
          .usual = usual};
}

}  // namespace

std::span<const KeyRow<Medium>> rows_of(const Medium*) {
  using Key = KeyRow<Medium>;
  static constexpr Key all[] = {
      Key("tissue", measured_in, choice, "", anything,
          "Diffusivities of the classes that give none: the effective one of 100 nm in this tissue, scaled by "
          "1/diameter",
          {"", L, "; Pluen 2001 (5-10x between tumour sites); scaling by 1/diameter: L, too fast for large vesicles"},
          {.absent = "Stokes-Einstein in the interstitial fluid, over tortuosity^2",
           .choices = "collagen gel|dense tumour|brain",
           .typical = "100 nm vesicle: collagen gel 2 (0.5 to 5), dense tumour 0.5 (0.05 to 1.5), brain 0.2 (0.02 to "
                      "1) um^2/s"}),
      Key("temperature", &Medium::temperature, temperature, "37 degC", {.lower = 273.15, .upper = 373.15},
          "Unless the diffusivity of a class is given or medium.tissue: temperature T of D0 = k T/(3 pi eta d). "
          "Changes no other rate",
          {"body temperature", H}),
      Key("viscosity", &Medium::viscosity, viscosity, "0.692 mPa s", above_zero,
          "Unless the diffusivity of a class is given or medium.tissue: viscosity eta of the interstitial fluid",
          {"water at 37 C", H}, {.usual = {0.692, 1.2, "mPa s"}}),
      Key("tortuosity", &Medium::tortuosity, number, "1.6", {.lower = 1.0},
          "Unless the diffusivity of a class is given or medium.tissue: lambda_t, D = D0/lambda_t^2", {"no source", H},
          {.usual = {1.4, 2.2}}),
  };
  return all;
}

std::span<const KeyRow<VesicleClass>> rows_of(const VesicleClass*) {
  using Key = KeyRow<VesicleClass>;
  static constexpr Key all[] = {
      Key("preset", {}, string, "", anything,
          "Keys of the class that are not given come from here: a shipped preset, or a file of your own, "
          "\"./mine.toml\", relative to the folder of the config",
          described_presets,
          {.absent = "that of the class's own name, where there is one",
           .typical = "exosome, microvesicle, ectosome, oncosome, apoptotic_body, migrasome"}),
      Key("diffusivity", &VesicleClass::diffusivity, diffusivity, "", zero_or_more,
          "Effective diffusivity in the interstitial fluid, tortuosity included: mean over the vesicles of the class",
          {"Stokes-Einstein, H; Pluen 2001 (5-10x between tumour sites)", L},
          {.absent = "from the diameter and [medium]",
           .typical = "100 nm vesicle: collagen gel 0.5 to 5, dense tumour 0.05 to 1.5, brain 0.02 to 1 um^2/s; 500 nm "
                      "in a tumour 0.001 to 0.1 um^2/s"}),
      Key("decay", &VesicleClass::decay, rate, "0.01 /h", zero_or_more, "Cell-free loss outside cells at 37 C",
          no_source, {.usual = {0.003, 0.1, "/h"}}),
      Key("initial_concentration", &VesicleClass::initial_concentration, concentration, "0 /ml", zero_or_more,
          "Uniform concentration at the start, per volume of interstitial fluid", user,
          {.usual = {1e4, 1e13, "/ml"},
           .unusual = "what is counted in body fluids and cultures, 1e6 to 1e12 /ml, tenfold"}),
      Key("cd47", &VesicleClass::cd47, number, "0", zero_or_more,
          "CD47 on the vesicle, relative: phagocytosis by a cell is divided by 1 + cd47/half_cd47",
          {"direction M (Kamerkar 2017), value ", L}, {.typical = "1 halves phagocytosis at the default half_cd47"}),
      Key("cluster", &VesicleClass::cluster, number, "0", zero_to_one,
          "Share of the vesicles that hang together in clusters, as tetherin holds them: that share of the weights of "
          "clathrin, raft and independent goes to macropinocytosis and phagocytosis, in proportion to what these two "
          "have",
          {"direction L, value ", L}),
  };
  return all;
}

std::span<const KeyRow<SizeDistribution>> rows_of(const SizeDistribution*) {
  using Key = KeyRow<SizeDistribution>;
  static constexpr Key all[] = {
      Key("size_bins", &SizeDistribution::bins, integer, "1", {.lower = 1.0, .upper = 100.0},
          "Size bins of equal probability, each a class of its own in the run and its results, such as \"exosome 78 "
          "nm\", with D ~ 1/diameter (Stokes-Einstein): of its own diameter, or with the mean D that is given; they "
          "share uptake and cargo",
          user),
      Key("diameter", &SizeDistribution::mean, length, "", above_zero, "Mean diameter, of a lognormal distribution",
          {"exosome 50 to 150 nm: van Niel 2018", H},
          {.absent = "as in the preset; without one, required where size_bins is above 1 or diffusivity is not given",
           .typical = "exosome 100 nm (70 to 120 nm); microvesicle 250 nm (50 to 1000 nm)"}),
      Key("diameter_sd", &SizeDistribution::sd, length, "", above_zero, "Standard deviation of the diameter",
          {"van Niel 2018", H},
          {.absent = "as in the preset; without one all are of one size, and it is required where size_bins is above 1",
           .typical = "exosome 30 nm; microvesicle 130 nm"}),
  };
  return all;
}

std::span<const KeyRow<MatrixBinding>> rows_of(const MatrixBinding*) {
  using Key = KeyRow<MatrixBinding>;
  static constexpr Key all[] = {
      Key("k_on", &MatrixBinding::k_on, binding, "1e6 /M/s", zero_or_more, "Binding per free site of the matrix",
          of_k_ecm, {.rates = "kon_e"}),
      Key("k_off", &MatrixBinding::k_off, rate, "1e-3 /s", zero_or_more, "Unbinding from the matrix", of_k_ecm,
          {.rates = "koff_e"}),
      Key("sites", &MatrixBinding::sites, concentration, "1 nM", zero_or_more,
          "Binding sites S, per volume of interstitial fluid, where region.binding_sites gives no others", of_k_ecm),
      Key("sites.map", &MatrixBinding::sites_map, map, "", anything, "sites in /um^3", user, {.required = always}),
  };
  return all;
}

std::span<const KeyRow<VesicleClass>> factor_rows() {
  using Key = KeyRow<VesicleClass>;
  static constexpr Key all[] = {
      Key("diffusivity", &VesicleClass::diffusivity, diffusivity, "", {.lower = 0.0, .upper = 10000.0},
          "Effective diffusivity in the interstitial fluid, tortuosity included", user,
          {.required = always, .typical = "small molecules up to 1e3, proteins 10 to 100 um^2/s"}),
      Key("decay", &VesicleClass::decay, rate, "0 /h", zero_or_more, "Loss outside cells", user),
      Key("initial_concentration", &VesicleClass::initial_concentration, concentration, "0 nM", zero_or_more,
          "Uniform concentration at the start, per volume of interstitial fluid", user, {.usual = {1e-6, 1e6, "nM"}}),
  };
  return all;
}

std::span<const KeyRow<VesicleClass>> field_rows() {
  using Key = KeyRow<VesicleClass>;
  static constexpr Key all[] = {
      Key("boundary.<face>", {}, choice, "", anything,
          "What happens to the class at a face; names of faces and words as in domain.boundary, over which it wins. "
          "\"periodic\" holds for all classes alike, so it is set there",
          user, {.absent = "as in domain.boundary", .choices = "no-flux|periodic|open|fixed|clearance"}),
      Key("boundary_value.<face>", {}, concentration, "0 /ml", zero_or_more,
          "Concentration outside a face whose boundary is \"fixed\" or \"clearance\", per volume of interstitial "
          "fluid; x, y, z for both faces of an axis",
          user),
      Key("boundary_permeability.<face>", {}, permeability, "", zero_or_more,
          "Permeability of a face whose boundary is \"clearance\", such as a vessel's wall; x, y, z for both faces of "
          "an axis",
          user, {.absent = "required where the boundary is \"clearance\""}),
      Key("diffusivity.map", &VesicleClass::diffusivity_map, map, "", anything, "diffusivity in um^2/s", user,
          {.required = always}),
  };
  return all;
}

std::span<const KeyRow<VesicleClass>> carried_rows() {
  using Key = KeyRow<VesicleClass>;
  static constexpr Key all[] = {
      Key("cargo.*", &VesicleClass::cargo, number, "", zero_or_more,
          "Mean copies of a cargo per vesicle, such as \"miR-21\" = 0.00825, in vesicles that no cell loads from what "
          "it has ([cell_type.*.cargo.*]); its name is one of [cargo.*]",
          {"Chevillet 2014: 0.00825 +- 0.02 copies of one miRNA per vesicle", L},
          {.absent = "the class carries none of this cargo, but for what cells load", .names = "cargo"}),
  };
  return all;
}

std::span<const KeyRow<NoMember>> series_rows() {
  using Key = KeyRow<NoMember>;
  static constexpr Key all[] = {
      Key("file", {}, file, "", anything, "A CSV table with a header; relative to the folder of the config", user,
          {.absent = "times and values are given instead", .applies = "file"}),
      Key("time", {}, string, "time [s]", anything,
          "Header of the column with the times, which ends in their unit, [s] or [h]; they increase", user,
          {.applies = "file"}),
      Key("value", {}, string, "concentration [/ml]", anything,
          "Header of the column with the concentrations, which ends in their unit, [/ml] or [nM]", user,
          {.applies = "file"}),
      Key("times", {}, {quantities, time}, "", anything, "Times, increasing", user,
          {.absent = "file is given instead", .applies = "inline"}),
      Key("values", {}, {quantities, concentration}, "", zero_or_more, "Concentrations, as many as times", user,
          {.absent = "file is given instead", .applies = "inline"}),
  };
  return all;
}

std::span<const KeyRow<Uptake>> cell_factor_rows() {
  using Key = KeyRow<Uptake>;
  static constexpr Key all[] = {
      Key("secretion", {}, molecules, "", zero_or_more, "Molecules a cell releases per time, steadily", user,
          {.absent = "the type does not secrete it"}),
      Key("receptors", {}, number, "", zero_or_more,
          "Receptors per cell for this factor alone; they come back at once when it unbinds or goes in", user,
          {.absent = "the type does not take it up", .usual = {1e3, 1e5}}),
      Key("k_on", &Uptake::k_on, binding, "", zero_or_more, "Binding per free receptor", user,
          with_receptors({1e5, 1e8, "/M/s"})),
      Key("k_off", &Uptake::k_off, rate, "", zero_or_more, "Unbinding from the receptor", user,
          with_receptors({1e-4, 1e-1, "/s"})),
      Key("k_internalisation", &Uptake::k_internalisation, rate, "", zero_or_more,
          "Internalisation of what is bound, degraded at once", user, with_receptors({1e-4, 1e-2, "/s"})),
  };
  return all;
}

std::span<const RateInfo> matrix_rates() {
  static constexpr RateInfo all[] = {
      {"kon_e", RatePlace::extracellular, "um^3/s", "binding to the extracellular matrix (vesicle.*.matrix.k_on)"},
      {"koff_e", RatePlace::extracellular, "1/s", "unbinding from the matrix (vesicle.*.matrix.k_off)"},
  };
  return all;
}

template double standard(double Medium::*);
template double standard(double VesicleClass::*);
template int standard(int SizeDistribution::*);
template double standard(double MatrixBinding::*);

}  // namespace vesicast
