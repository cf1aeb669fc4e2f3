#pragma once
/// \file
/// Who received how much from whom, and by which route.
#include <string>
#include <vector>

#include "src/model/model.hpp"
#include "src/state/state.hpp"

namespace vesicast {

struct CommunicationRow {
  std::string vesicle, donor, recipient;
  std::string kind;  ///< "uptake": a way in; "endocytosis": by one of its routes; "binding": contact recapture, counted
                     ///< again when taken up; "now": a pool; "fate"; "cargo": copies in the vesicles, all of these
  std::string route;
  double amount = 0.0;
  std::string unit;      ///< "vesicle", "molecule"
  std::string of_class;  ///< the class that `vesicle` is a size bin of, or itself
};

/// Donor type x recipient type x route for every vesicle class and soluble factor, over the whole run so far. Only rows
/// of kind "uptake" add up to what was taken up; those of kind "endocytosis" add up to "endocytosed"; the others say
/// what is bound now and what became of it. Routes are the state's own arrays. What cells received that have left since
/// stays with the type that they had then. The same bits on any number of ranks. Collective.
[[nodiscard]] std::vector<CommunicationRow> measure_communication(const State& u, const Model& model, MPI_Comm comm);

}  // namespace vesicast
