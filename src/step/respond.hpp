#pragma once
/// \file
/// What cells make of the cargo they have: levels of its targets, and phenotype.
#include "src/seats/seats.hpp"

namespace vesicast {

/// Sets the levels where the cells' copies keep them: 1 in an unperturbed cell. Local.
void start_responses(State& u, const Model& model);

/// Advances the responses of all cells by `dt` [s] with the copies they hold now. Local.
void respond(State& u, const Model& model, double dt);

/// At the end of a step of `dt` [s]: cells whose level has been beyond their switch's threshold for long enough become
/// the other type, for good. What is bound beyond the new type's receptors goes back to the voxel. Local.
void change_phenotypes(State& u, const Model& model, const Seats& seats, double dt);

}  // namespace vesicast
