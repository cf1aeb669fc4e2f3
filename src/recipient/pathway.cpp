#include "src/recipient/pathway.hpp"

#include "src/recipient/degradation.hpp"
#include "src/recipient/endocytosis.hpp"
#include "src/recipient/maturation.hpp"
#include "src/recipient/membrane_fusion.hpp"
#include "src/recipient/unpacking.hpp"

namespace vesicast::recipient {

std::vector<Transition> network(const Uptake& u, const AcidGate& gate) {
  return {endocytosis(u),       internalisation(u),  membrane_fusion(u),       early_to_late(u), unpack_early(u, gate),
          unpack_late(u, gate), late_to_lysosome(u), unpack_lysosome(u, gate), degradation(u)};
}

TransitionMatrix pathway_matrix(const Uptake& uptake, const AcidGate& gate, double dt) {
  return {pool_count, network(uptake, gate), dt};
}

}  // namespace vesicast::recipient
