// Keys of [cargo.*], [vesicle.*.cargo], [cell_type.*.cargo.*], [cell_type.*.response.*] and [cell_type.*.becomes].
#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

std::vector<Key> cell_cargo_keys() {
  Key copies = number_key("copies", "", not_negative, "a miRNA: 1e3 to 1e5 per cell",
                          "Copies per cell at the start, in the cytosol or, of membrane cargo, at the plasma membrane",
                          "choice of the user");
  copies.absent = "where the synthesis leads in the steady state; one of the two is needed";
  Key synthesis = rate_key("synthesis", "", "", "Copies that a cell makes per time, into the cytosol or the Golgi",
                           "choice of the user");
  synthesis.absent = "as much as keeps the copies in a cell that nothing perturbs";
  std::vector<Key> all{
      copies, synthesis,
      number_key("sorting", "1", not_negative, "1 passive, above 1 sorted (YBX1, hnRNPA2B1, AGO2)",
                 "Sorting factor E_c: copies in a forming vesicle over what its lumen, or its membrane, "
                 "would hold of the pool's concentration",
                 "1: passive loading (Chevillet 2014: 0.00825 +- 0.02 copies per vesicle); others L")};
  for (const auto& [key, where] : {std::pair{"sorting_escrt", "formed with ESCRT"},
                                   {"sorting_syntenin", "formed with syntenin and ALIX"},
                                   {"sorting_ceramide", "formed by ceramide"},
                                   {"sorting_tetraspanin", "formed with tetraspanins"},
                                   {"sorting_surface", "that bud or are released at the surface"}}) {
    Key one = number_key(key, "", not_negative, "", "", "no source, L");
    one.meaning = std::string("The same for vesicles ") + where;
    one.absent = "as sorting";
    all.push_back(one);
  }
  for (Key& key : all) key.path = "cell_type.*.cargo.*." + key.path;
  return all;
}

std::vector<Key> response_keys() {
  std::vector<Key> all{
      {.path = "cargo",
       .kind = Kind::string,
       .required = true,
       .meaning = "The cargo, one of [cargo.*], whose copies Q in the cell act",
       .source = "choice of the user"},
      {.path = "effect",
       .kind = Kind::choice,
       .default_text = "repression",
       .choices = {"repression", "activation"},
       .meaning = "Repression: the target decays faster, dm/dt = d_m (1 - m (1 + (F - 1) H)). Activation: it is made "
                  "faster, dm/dt = d_m (1 + (F - 1) H - m). H = Q^h/(K^h + Q^h)",
       .source = "choice of the user"},
      number_key("fold", "3", {.lower = 1.0}, "2 to 4", "F, the fold change where the cargo saturates", "L"),
      number_key("half", "300", positive, "100 to 1e4", "K, copies per cell at half effect", "L"),
      number_key("hill", "1", positive, "", "h, steepness", "L"),
      rate_key("decay", "0.1 /h", "", "d_m, decay of the target; its level is 1 without the cargo", "no source, L"),
  };
  for (Key& key : all) key.path = "cell_type.*.response.*." + key.path;
  return all;
}

std::vector<Key> becomes_keys() {
  Key above = number_key("above", "", not_negative, "", "The level must be above this", "choice of the user");
  above.absent = "below is given instead";
  Key below = number_key("below", "", not_negative, "", "The level must be below this", "choice of the user");
  below.absent = "above is given instead";
  std::vector<Key> all{{.path = "type",
                        .kind = Kind::string,
                        .required = true,
                        .meaning = "The cell type that such a cell becomes, for good",
                        .source = "choice of the user"},
                       {.path = "response",
                        .kind = Kind::string,
                        .required = true,
                        .meaning = "The response of this cell type whose level decides",
                        .source = "choice of the user"},
                       above,
                       below,
                       {.path = "hold",
                        .kind = Kind::quantity,
                        .dimension = Dimension::time,
                        .default_text = "0 s",
                        .range = not_negative,
                        .meaning = "How long without a break",
                        .source = "choice of the user"}};
  for (Key& key : all) key.path = "cell_type.*.becomes." + key.path;
  return all;
}

}  // namespace

std::vector<Key> cargo_keys() {
  return {
      {.path = "cargo.*.kind",
       .kind = Kind::choice,
       .default_text = "soluble",
       .choices = {"soluble", "membrane"},
       .meaning = "Soluble, as a miRNA: in the cytosol and in the lumen of vesicles. Membrane, as a receptor: in the "
                  "plasma membrane, in those of endosomes, and in that of vesicles",
       .source = "choice of the user"},
      {.path = "cargo.*.decay",
       .kind = Kind::quantity,
       .dimension = Dimension::rate,
       .default_text = "0.03 /h",
       .range = not_negative,
       .meaning = "Loss of copies in the cytosol, or at the plasma membrane, made there or delivered",
       .source = "no source, L"},
      {.path = "vesicle.*.cargo.*",
       .kind = Kind::number,
       .absent = "the class carries none of this cargo, but for what cells load",
       .range = not_negative,
       .meaning =
           "Mean copies of a cargo per vesicle, such as \"miR-21\" = 0.00825, in vesicles that no cell loads from "
           "what it has ([cell_type.*.cargo.*]); its name is one of [cargo.*]",
       .source = "Chevillet 2014: 0.00825 +- 0.02 copies of one miRNA per vesicle, L"},
  };
}

std::vector<Key> cargo_of_cells_keys() {
  std::vector<Key> all{{.path = "cell_type.*.cytosol",
                        .kind = Kind::quantity,
                        .dimension = Dimension::volume,
                        .default_text = "1000 um^3",
                        .range = positive,
                        .meaning = "Volume of the cytosol, which soluble cargo is dissolved in",
                        .source = "no source, M"}};
  for (const auto& part : {cell_cargo_keys(), response_keys(), becomes_keys()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace vesicast::io
