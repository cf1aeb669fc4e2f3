#pragma once
/// \file
/// What cells make of their cargo, and where that settles: what they start with.
#include "src/model/model.hpp"

namespace vesicast {

/// Throws InputError where a donor pathway that begins in its steady state has none, or a cargo does not settle: with
/// the words of make_model() behind the cell type and what perturbs it, and without a model, for `validate`.
/// `parameters` with_size_bins(). Local.
void check_starts(const Parameters& parameters);

/// Fills Model::supply and DonorPathway::follows, after the pathways. Throws InputError where a cargo does not settle.
/// Local.
void make_cargo_supply(Model& model);

}  // namespace vesicast
