// Keys of [cargo.*], [cell_type.*.cargo.*], [cell_type.*.response.*] and [cell_type.*.becomes].
#include "src/parameters/rows.hpp"
#include "src/parameters/standard_of_rows.hpp"

namespace vesicast {
namespace {

using enum Dimension;
using enum Kind;
using enum Required;
using enum Confidence;

}  // namespace

std::span<const KeyRow<CargoSpecies>> rows_of(const CargoSpecies*) {
  using Key = KeyRow<CargoSpecies>;
  static constexpr Key all[] = {
      Key("kind", word_of<&CargoSpecies::kind>, choice, "soluble", anything,
          "Soluble, as a miRNA: in the cytosol and in the lumen of vesicles. Membrane, as a receptor: in the plasma "
          "membrane, in those of endosomes, and in that of vesicles",
          user, {.choices = "soluble|membrane"}),
      Key("decay", &CargoSpecies::decay, rate, "0.03 /h", zero_or_more,
          "Loss of copies in the cytosol, or at the plasma membrane, made there or delivered", no_source),
  };
  return all;
}

std::span<const KeyRow<CellCargo>> rows_of(const CellCargo*) {
  using Key = KeyRow<CellCargo>;
  static constexpr Key all[] = {
      Key("copies", &CellCargo::copies, number, "", zero_or_more,
          "Copies per cell at the start, in the cytosol or, of membrane cargo, at the plasma membrane", user,
          {.absent = "where the synthesis leads in the steady state; one of the two is needed",
           .typical = "a miRNA: 1e3 to 1e5 per cell"}),
      Key("synthesis", &CellCargo::synthesis, rate, "", zero_or_more,
          "Copies that a cell makes per time, into the cytosol or the Golgi", user,
          {.absent = "as much as keeps the copies in a cell that nothing perturbs"}),
      Key("sorting", &CellCargo::sorting, number, "1", zero_or_more,
          "Sorting factor E_c: copies in a forming vesicle over what its lumen, or its membrane, would hold of the "
          "pool's concentration",
          {"1: passive loading (Chevillet 2014: 0.00825 +- 0.02 copies per vesicle); others ", L},
          {.typical = "1 passive, above 1 sorted (YBX1, hnRNPA2B1, AGO2)"}),
      Key("sorting_escrt", Element{&CellCargo::sorting, 0}, number, "", zero_or_more,
          "The same for vesicles formed with ESCRT", no_source, {.absent = "as sorting", .rates = "sorting"}),
      Key("sorting_syntenin", Element{&CellCargo::sorting, 1}, number, "", zero_or_more,
          "The same for vesicles formed with syntenin and ALIX", no_source,
          {.absent = "as sorting", .rates = "sorting"}),
      Key("sorting_ceramide", Element{&CellCargo::sorting, 2}, number, "", zero_or_more,
          "The same for vesicles formed by ceramide", no_source, {.absent = "as sorting", .rates = "sorting"}),
      Key("sorting_tetraspanin", Element{&CellCargo::sorting, 3}, number, "", zero_or_more,
          "The same for vesicles formed with tetraspanins", no_source, {.absent = "as sorting", .rates = "sorting"}),
      Key("sorting_surface", &CellCargo::sorting_at_surface, number, "", zero_or_more,
          "The same for vesicles that bud or are released at the surface", no_source,
          {.absent = "as sorting", .rates = "sorting"}),
  };
  return all;
}

std::span<const KeyRow<Response>> rows_of(const Response*) {
  using Key = KeyRow<Response>;
  static constexpr Key all[] = {
      Key("cargo", &Response::cargo, string, "", anything,
          "The cargo, one of [cargo.*], whose copies Q in the cell act", user, {.required = always, .names = "cargo"}),
      Key("effect", word_of<&Response::kind>, choice, "repression", anything,
          "Repression: the target decays faster, dm/dt = d_m (1 - m (1 + (F - 1) H)). Activation: it is made faster, "
          "dm/dt = d_m (1 + (F - 1) H - m). H = Q^h/(K^h + Q^h)",
          user, {.choices = "repression|activation"}),
      Key("fold", &Response::fold, number, "3", {.lower = 1.0}, "F, the fold change where the cargo saturates", {"", L},
          {.usual = {2, 4}}),
      Key("half", &Response::half, number, "300", above_zero, "K, copies per cell at half effect", {"", L},
          {.usual = {100, 1e4}}),
      Key("hill", &Response::hill, number, "1", above_zero, "h, steepness", {"", L}),
      Key("decay", &Response::decay, rate, "0.1 /h", zero_or_more,
          "d_m, decay of the target; its level is 1 without the cargo", no_source),
  };
  return all;
}

std::span<const KeyRow<PhenotypeSwitch>> rows_of(const PhenotypeSwitch*) {
  using Key = KeyRow<PhenotypeSwitch>;
  static constexpr Key all[] = {
      Key("type", &PhenotypeSwitch::to, string, "", anything, "The cell type that such a cell becomes, for good", user,
          {.required = always, .names = "cell type"}),
      Key("response", &PhenotypeSwitch::response, string, "", anything,
          "The response of this cell type whose level decides", user, {.required = always, .names = "response"}),
      Key("above", {}, number, "", zero_or_more, "The level must be above this", user,
          {.absent = "below is given instead"}),
      Key("below", {}, number, "", zero_or_more, "The level must be below this", user,
          {.absent = "above is given instead"}),
      Key("hold", &PhenotypeSwitch::hold, time, "0 s", zero_or_more, "How long without a break", user),
  };
  return all;
}

template double standard(double CargoSpecies::*);
template std::array<double, 4> standard(std::array<double, 4> CellCargo::*);
template double standard(double Response::*);
template double standard(double PhenotypeSwitch::*);

}  // namespace vesicast
