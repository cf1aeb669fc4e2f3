#pragma once
/// \file
/// What happens inside a recipient cell, put together from its processes. Pure: no MPI, no PETSc.
#include <vector>

#include "src/base/transition.hpp"
#include "src/parameters/recipient.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

/// The network of one vesicle class in one cell type. A new linear process is one more entry here; what returns to the
/// tissue (unbinding, recycling, re-secretion) is part of the exchange (src/recipient/recycling.hpp), not of this.
[[nodiscard]] std::vector<Transition> network(const Uptake& uptake, const AcidGate& gate);

/// Exact change of the network's pools over `dt` [s].
[[nodiscard]] TransitionMatrix pathway_matrix(const Uptake& uptake, const AcidGate& gate, double dt);

}  // namespace vesicast::recipient
