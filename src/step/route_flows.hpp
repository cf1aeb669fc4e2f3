#pragma once
/// \file
/// Which route what a cell endocytosed took: derived in one pass per step from the total that react() books, so that
/// the hot loop does not carry five more arrays.
#include "src/step/step_tables.hpp"

namespace vesicast {

/// Shares out what was endocytosed since the last call among the routes, by their present rates, `shares`
/// [vesicle][kind]. The routes of a cell add up to what it endocytosed, to round-off. Local.
void book_routes(State& u, const Model& model, const Seats& seats,
                 const std::vector<std::vector<std::optional<recipient::RouteShares>>>& shares);

}  // namespace vesicast
