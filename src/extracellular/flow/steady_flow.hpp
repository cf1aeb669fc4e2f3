#pragma once
/// \file
/// The interstitial flow of a run: computed once, from what the Parameters say and the tissue is like.
#include <optional>

#include "src/extracellular/flow/darcy.hpp"
#include "src/interstitium/interstitium.hpp"

namespace vesicast {

struct SteadyFlow {
  FlowField field;
  std::optional<DarcyPressure> darcy;  ///< the solution of Darcy's law; nothing where the velocity is given
};

/// Nothing if `flow.kind` is none. A map needs `reader`; its walls are closed where the boundary of a vesicle class is
/// no_flux. Throws as the makers of each kind do, and AgreedError if the map cannot be read. Collective.
[[nodiscard]] std::optional<SteadyFlow> make_flow(const Parameters& parameters, const Domain& domain,
                                                  const Interstitium& interstitium, const MapReader& reader);

/// The flow that a known pressure drives in this tissue: the same bits on any number of ranks. Collective.
[[nodiscard]] FlowField flow_of_pressure(const Parameters& parameters, const Domain& domain,
                                         const Interstitium& interstitium, const Field& pressure);

}  // namespace vesicast
