#include "io/output/output_names.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/output/cell_output.hpp"
#include "io/output/field_output.hpp"
#include "src/model/model.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

void note_twins(const char* what, const std::vector<std::string>& names, std::string& problems) {
  std::set<std::string> seen, told;
  for (const std::string& name : names)
    if (!seen.insert(name).second && told.insert(name).second)
      problems += fmt::format("{}two {} would be called \"{}\": give the class, cell type or cargo another name",
                              problems.empty() ? "" : "\n", what, name);
}

/// Of fields and of cargo: each has a balance in series.csv and ledger.csv.
std::vector<std::string> balance_names(const Model& model) {
  std::vector<std::string> names;
  for (std::size_t f = 0; f < model.carriers; ++f) names.push_back(model.field_name(f));
  for (const CargoSpecies& cargo : model.parameters().cargo) names.push_back(cargo.name);
  return names;
}

}  // namespace

void check_output_names(const Parameters& p) {
  const Model model = make_model(p);
  std::string problems;
  note_twins("arrays of fields", field_array_names(model), problems);
  note_twins("arrays of cells", cell_array_names(model), problems);
  note_twins("balances", balance_names(model), problems);
  if (!problems.empty()) throw InputError(problems);
}

}  // namespace vesicast::io
