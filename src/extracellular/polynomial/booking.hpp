#pragma once
/// \file
/// What a step of the transport hands to the ledger.
#include "src/extracellular/polynomial/polynomial_stepper.hpp"
#include "src/state/transport_flows.hpp"

namespace vesicast {

/// Adds to `flows` what decayed and what crossed at the operator's terms in a step of `dt` [s]. Local.
void book_step(FieldStep& step, double dt, TransportFlows& flows);

}  // namespace vesicast
