#pragma once
/// \file
/// The part of what is stored of a run that was gathered in the course of it.
#include <vector>

#include "src/state/departed.hpp"
#include "src/state/transport_flows.hpp"

namespace vesicast {

/// Sums over all ranks, of which each has a part while a run goes. Which rank holds what makes no difference.
struct StoredSums {
  std::vector<TransportFlows> flows;  ///< [field]
  Departed departed;
};

}  // namespace vesicast
