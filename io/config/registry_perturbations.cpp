#include "io/config/rate_names.hpp"
#include "io/config/registry_keys.hpp"
#include "src/parameters/rates.hpp"

namespace vesicast::io {
namespace {

std::vector<std::string> rate_names() {
  std::vector<std::string> names;
  for (const RateInfo& rate : named_rates) names.emplace_back(rate.name);
  return names;
}

Key table_file(const char* what) {
  return {.path = std::string("perturbation_table.") + what,
          .absent = std::string("the shipped table, configs/") + what + ".csv",
          .meaning = std::string("A CSV of ") + what +
                     " beside the shipped ones, with the same columns; its rows replace all shipped rows of the same "
                     "name; relative to the folder of the configuration",
          .source = "choice of the user"};
}

}  // namespace

std::vector<Key> perturbation_keys() {
  const std::string table = "perturbation[].";
  return {
      table_file("genes"),
      table_file("drugs"),
      {.path = table + "gene",
       .absent = "give exactly one of gene, drug and rate",
       .meaning = "A gene of the table, by its name there; `vesicast describe gene` lists them",
       .source = "configs/genes.csv"},
      {.path = table + "drug",
       .absent = "give exactly one of gene, drug and rate",
       .meaning = "A drug of the table, by its name there; `vesicast describe drug` lists them",
       .source = "configs/drugs.csv"},
      {.path = table + "rate",
       .kind = Kind::choice,
       .absent = "give exactly one of gene, drug and rate",
       .choices = rate_names(),
       .meaning = "A rate by itself; `vesicast describe rate k_dock` says what it is",
       .source = "choice of the user",
       .suggest = [](std::string_view name) { return rate_suggestion(name); }},
      {.path = table + "activity",
       .kind = Kind::number,
       .absent = "required with gene",
       .range = not_negative,
       .applies = "gene",
       .typical = "0 knock-out, 0.1 to 0.2 knock-down, 2 over-expression",
       .meaning = "Residual activity x of the gene's product, relative to the cell type as configured: a rate is "
                  "multiplied by 1 - w + w x, or by max(0, 1 + w - w x) where the product holds it back",
       .source = "biology.md section 7; the weights w in the table"},
      {.path = table + "dose",
       .kind = Kind::quantity_or_number,
       .dimension = Dimension::concentration,
       .absent = "required with drug",
       .range = not_negative,
       .applies = "drug",
       .meaning = "Dose, such as \"10 uM\"; a plain number, in multiples of the half-maximal dose, where the table's "
                  "IC50 is 1. Leaves the activity x = 1/(1 + (dose/IC50)^hill); an agonist raises it to x = 1 + (max - "
                  "1) y/(1 + y), "
                  "y = (dose/EC50)^hill",
       .source = "biology.md section 7; IC50, hill and max in the table"},
      {.path = table + "factor",
       .kind = Kind::number,
       .absent = "required with rate",
       .range = not_negative,
       .applies = "rate",
       .meaning = "What the rate is multiplied by",
       .source = "choice of the user"},
      {.path = table + "cell_types",
       .kind = Kind::strings,
       .absent = "all cell types, and the matrix between them",
       .meaning = "Cell types that are perturbed; the matrix is not, then",
       .source = "choice of the user"},
      {.path = table + "from",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .default_text = "0 s",
       .range = {.lower = 0.0, .upper = 1e12},
       .meaning = "Begin: holds in the steps that start then or later",
       .source = "choice of the user"},
      {.path = table + "until",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .absent = "to the end of the run",
       .range = {.lower = 0.0, .upper = 1e12, .lower_allowed = false},
       .meaning = "End: no longer holds in the steps that start then or later",
       .source = "choice of the user"},
  };
}

}  // namespace vesicast::io
