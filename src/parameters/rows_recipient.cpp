// Keys of [cell_type.*], its recipient and its variation.
#include "src/parameters/rates.hpp"
#include "src/parameters/rows.hpp"
#include "src/parameters/standard_of_rows.hpp"

namespace vesicast {
namespace {

using enum Dimension;
using enum Kind;
using enum Required;
using enum Confidence;

constexpr Source of_routes{
    "no source", L,
    "; depends on the cell (HeLa: not clathrin heavy chain, Costa Verdera 2017; caveolin-1 holds uptake back, "
    "Svensson 2013)"};
constexpr const char* shipped = "generic, carcinoma, fibroblast, macrophage, endothelial, t_cell";
constexpr Range any_pH{.lower = 0.0, .upper = 14.0};
constexpr More of_endosomes{.typical = "7.0 with bafilomycin",
                            .usual = {4.0, 8.0},
                            .unusual = "where endosomes and lysosomes are",
                            .rates = "acidity"};

}  // namespace

std::span<const KeyRow<CellType>> rows_of(const CellType*) {
  using Key = KeyRow<CellType>;
  static constexpr Key all[] = {
      Key("radius", &CellType::radius, length, "7.5 um", above_zero, "Radius of the cell, taken as a sphere",
          {"no source (cell diameter 15 um)", M}, {.usual = {5, 10, "um"}}),
      Key("receptors", &CellType::receptors, number, "5000", zero_or_more,
          "Docking sites per cell, shared by all vesicle classes", {"derived", L}, {.usual = {500, 5e4}}),
      Key("half_signal", &CellType::half_signal, number, "500", above_zero,
          "Bound vesicles at which the surface signal is half its maximum", no_source),
      Key("cytosol", &CellType::cytosol, volume, "1000 um^3", above_zero,
          "Volume of the cytosol, which soluble cargo is dissolved in", {"no source", M}),
  };
  return all;
}

std::span<const KeyRow<AcidGate>> rows_of(const AcidGate*) {
  using Key = KeyRow<AcidGate>;
  static constexpr Key all[] = {
      Key("pKa", &AcidGate::pKa, number, "5.8", any_pH, "pH at which the acid gate of back-fusion is half open",
          {"direction H, value ", L}, {.usual = {5, 6.5}}),
      Key("acid_hill", &AcidGate::hill, number, "2", {.lower = 0.0, .upper = 20.0, .lower_allowed = false},
          "Steepness of the acid gate, 1/(1 + 10^(n (pH - pKa)))", {"direction H, value ", L}),
      Key("pH_early", &AcidGate::pH_early, number, "6.3", any_pH, "pH of early endosomes", no_source, of_endosomes),
      Key("pH_late", &AcidGate::pH_late, number, "5.5", any_pH, "pH of multivesicular endosomes", no_source,
          of_endosomes),
      Key("pH_lysosome", &AcidGate::pH_lysosome, number, "4.7", any_pH,
          "pH of lysosomes; matters where lysosomal_back_fusion is above 0", no_source, of_endosomes),
  };
  return all;
}

std::span<const KeyRow<Uptake>> rows_of(const Uptake*) {
  using Key = KeyRow<Uptake>;
  static constexpr Key all[] = {
      Key("k_on", &Uptake::k_on, binding, "1.66e-3 um^3/s", zero_or_more,
          "Binding per free receptor; um^3/s, or per molar and time (1e6 /M/s)",
          {"derived: gives a clearance of 5.5 um^3/s per cell (Bonsergent 2021: 1 %/h in a dish)", M},
          {.typical = "1e5 to 1e7 /M/s",
           .usual = {1e4, 1e8, "/M/s"},
           .unusual = "1e5 to 1e7 /M/s, tenfold",
           .rates = "k_on"}),
      Key("k_off", &Uptake::k_off, rate, "5e-4 /s", zero_or_more, "Unbinding from the receptor", no_source,
          {.usual = {1e-5, 1e-2, "/s"}, .rates = "k_off"}),
      Key("k_endocytosis", &Uptake::k_endocytosis, rate, "1e-3 /s", zero_or_more,
          "Internalisation of bound vesicles, all routes together", no_source,
          {.usual = {1e-4, 5e-3, "/s"},
           .rates = "k_int_clathrin|k_int_raft|k_int_independent|k_int_macropinocytosis|k_int_phagocytosis"}),
      Key("routes", {}, choice, "shares", anything,
          "What the five weights are: \"shares\" of k_endocytosis, brought to a sum of 1; or each route \"adds\" "
          "weight k_endocytosis, whatever they sum to",
          user, {.choices = "shares|adds"}),
      Key("weight_clathrin", Element{&Uptake::route_weight, 0}, number, "0.15", zero_or_more,
          "Weight of clathrin-coated pits", of_routes, {.rates = "k_int_clathrin"}),
      Key("weight_raft", Element{&Uptake::route_weight, 1}, number, "0.30", zero_or_more,
          "Weight of lipid rafts and caveolae", of_routes, {.rates = "k_int_raft"}),
      Key("weight_independent", Element{&Uptake::route_weight, 2}, number, "0.25", zero_or_more,
          "Weight of routes without clathrin or caveolin", of_routes, {.rates = "k_int_independent"}),
      Key("weight_macropinocytosis", Element{&Uptake::route_weight, 3}, number, "0.25", zero_or_more,
          "Weight of macropinocytosis", of_routes, {.rates = "k_int_macropinocytosis"}),
      Key("weight_phagocytosis", Element{&Uptake::route_weight, 4}, number, "0.05", zero_or_more,
          "Weight of phagocytosis, which is divided by 1 + vesicle.*.cd47/half_cd47", of_routes,
          {.typical = "macrophage 1.425, 0.6 of the sum", .rates = "k_int_phagocytosis"}),
      Key("half_cd47", &Uptake::half_cd47, number, "1", above_zero,
          "CD47 of a vesicle that halves phagocytosis, K47, as vesicle.*.cd47", no_source),
      Key("fluid_phase", &Uptake::fluid, clearance, "0.02 um^3/s", zero_or_more,
          "Fluid that a cell swallows per time, CL_fluid: takes vesicles unbound into the early endosome",
          {"no source", M}, {.typical = "macrophage 0.1 um^3/s", .rates = "CL_fluid"}),
      Key("k_fusion", &Uptake::k_fusion, rate, "1e-6 /s", zero_or_more,
          "Fusion with the plasma membrane; 0.1 % of what is endocytosed at the default k_endocytosis", no_source,
          {.typical = "0 to 5 % of what is bound", .rates = "k_pmf"}),
      Key("k_recycling", &Uptake::k_recycling, rate, "", zero_or_more,
          "Early endosome back to the outside; share/(1 - share) of k_late recycles that share",
          {"10 % share: no source", L},
          {.absent = "10 % recycles: k_late/9", .typical = "a share of 0 to 50 %", .rates = "k_rec1"}),
      Key("k_late", &Uptake::k_late, rate, "5.776227e-4 /s", zero_or_more,
          "Early to multivesicular endosome; half-time ln 2/k, 20 min", no_source,
          {.typical = "half-time 7 to 60 min", .usual = {1.9e-4, 1.7e-3, "/s"}, .rates = "k_EL"}),
      Key("k_lysosome", &Uptake::k_lysosome, rate, "1.925409e-4 /s", zero_or_more,
          "Multivesicular endosome to lysosome; half-time 1 h", no_source,
          {.typical = "half-time 20 min to 3 h", .usual = {6.4e-5, 5.8e-4, "/s"}, .rates = "k_LL"}),
      Key("k_degradation", &Uptake::k_degradation, rate, "6.418029e-5 /s", zero_or_more,
          "Degradation in the lysosome; half-time 3 h", no_source,
          {.typical = "half-time 1 to 9 h", .usual = {2.1e-5, 2e-4, "/s"}, .rates = "k_deg"}),
      Key("k_resecretion", &Uptake::k_resecretion, rate, "0.05 /h", zero_or_more,
          "Multivesicular endosome back to the outside", no_source, {.rates = "k_rs"}),
      Key("k_back_fusion", &Uptake::k_back_fusion, rate, "0.093 /h", zero_or_more,
          "Fusion with the endosome's membrane, at full acidity: delivers the cargo to the cytosol",
          {"derived; Bonsergent 2021 (30 %)", M, "; others find very little"},
          {.typical = "0.37, 0.093, 0.0083 /h release 30, 10, 1 % of what is internalised in the end",
           .rates = "k_bf"}),
      Key("lysosomal_back_fusion", &Uptake::lysosome_share, number, "0", zero_to_one,
          "Share s_L of k_back_fusion that holds in lysosomes, at pH_lysosome; 0: what reaches a lysosome is degraded",
          no_source),
  };
  return all;
}

std::span<const KeyRow<NoMember>> preset_rows() {
  using Key = KeyRow<NoMember>;
  static constexpr Key all[] = {
      Key("preset", {}, string, "", anything,
          "Keys of the cell type that are not given come from here: a shipped preset, or a file of your own, "
          "\"./mine.toml\", relative to the folder of the config",
          described_presets, {.absent = "no preset", .typical = shipped}),
      Key("donor.preset", {}, string, "", anything, "The donor of this preset, whatever that of the cell type is",
          described_presets, {.absent = "no preset", .typical = shipped}),
      Key("recipient.preset", {}, string, "", anything,
          "The recipient of this preset, whatever that of the cell type is", described_presets,
          {.absent = "no preset", .typical = shipped}),
  };
  return all;
}

std::span<const KeyRow<NoMember>> variation_rows() {
  using Key = KeyRow<NoMember>;
  static constexpr Key all[] = {
      Key("variation.*", {}, number, "", {.lower = 0.0, .upper = 10.0},
          "Coefficient of variation of a rate from cell to cell, by its name in `vesicast describe rate` (those of "
          "donors and recipients), or of receptors: each cell's multiplier is lognormal with mean 1, drawn from "
          "run.seed and the cell's id",
          no_source, {.absent = "all cells of the type have the same"}),
  };
  return all;
}

std::span<const RateInfo> recipient_rates() {
  static constexpr RateInfo all[] = {
      {"k_on", RatePlace::recipient, "um^3/s", "binding to a free receptor"},
      {"k_off", RatePlace::recipient, "1/s", "unbinding from the receptor"},
      {"k_int_clathrin", RatePlace::recipient, "1/s", "endocytosis of what is bound in clathrin-coated pits"},
      {"k_int_raft", RatePlace::recipient, "1/s", "endocytosis by rafts and caveolae"},
      {"k_int_independent", RatePlace::recipient, "1/s", "endocytosis without clathrin or caveolae"},
      {"k_int_macropinocytosis", RatePlace::recipient, "1/s", "macropinocytosis of what is bound"},
      {"k_int_phagocytosis", RatePlace::recipient, "1/s", "phagocytosis of what is bound"},
      {"CL_fluid", RatePlace::recipient, "um^3/s", "uptake with the fluid, without binding"},
      {"k_pmf", RatePlace::recipient, "1/s", "fusion of bound vesicles with the plasma membrane (k_fusion)"},
      {"k_EL", RatePlace::recipient, "1/s", "early to multivesicular endosome (k_late)"},
      {"k_LL", RatePlace::recipient, "1/s", "multivesicular endosome to lysosome (k_lysosome)"},
      {"k_deg", RatePlace::recipient, "1/s", "degradation in the lysosome (k_degradation)"},
      {"k_rec1", RatePlace::recipient, "1/s", "recycling from the early endosome to the outside (k_recycling)"},
      {"k_rs", RatePlace::recipient, "1/s", "re-secretion from the multivesicular endosome (k_resecretion)"},
      {"k_bf", RatePlace::recipient, "1/s", "fusion with the endosome's membrane at full acidity (k_back_fusion)"},
      {"acidity", RatePlace::recipient, "", "acidity a of endosomes and lysosomes: pH = 7 - a (7 - pH of the config)"},
  };
  return all;
}

template double standard(double CellType::*);
template double standard(double AcidGate::*);
template double standard(double Uptake::*);
template std::array<double, 5> standard(std::array<double, 5> Uptake::*);

}  // namespace vesicast
