#pragma once
/// \file
/// Which route what a cell endocytosed took: derived in one pass per step from the total that react() books, so that
/// the hot loop does not carry five more arrays.
#include "src/model/model.hpp"

namespace vesicast {

/// Shares out what was endocytosed since the last call among the routes, by their present rates. The routes of a cell
/// add up to what it endocytosed, to round-off. Local.
void book_routes(State& u, const Model& model);

}  // namespace vesicast
