#pragma once
/// \file
/// From parameters and placed cells to a run that can take steps.
#include <optional>
#include <span>

#include "src/interstitium/maps.hpp"
#include "src/run/stored.hpp"
#include "src/state/placed_cell.hpp"

namespace vesicast {

/// A run at t = 0, on `layout` or on the uniform cut; `cells`: all of them on rank 0, none elsewhere; `reader` of the
/// maps that the parameters name. With run.steady its fields are not yet stationary (start_stationary()). Throws
/// AgreedError where parameters, maps, cells and grid do not go together, and as make_model(), make_flow() and
/// make_state() do. Collective.
[[nodiscard]] Simulation assemble(const Parameters& parameters, MPI_Comm comm, std::span<const PlacedCell> cells,
                                  const MapReader& reader, const std::optional<Layout>& layout = std::nullopt);

/// A run out of its parts: at t = 0, `cells` being this rank's; or taken up in `state`, which is what a run of the same
/// model left on this cut. Collective.
[[nodiscard]] Simulation make_simulation(std::unique_ptr<Domain> domain, Model model, Interstitium interstitium,
                                         std::optional<SteadyFlow> flow, Cells cells);
[[nodiscard]] Simulation make_simulation(std::unique_ptr<Domain> domain, Model model, Interstitium interstitium,
                                         std::optional<SteadyFlow> flow, State state);

/// The run again, under `layout` or a uniform cut, to the bits that it had: fields and cells go to the ranks that own
/// their voxels, the rest is made of the model's parameters; maps are read again, a flow by Darcy's law is that of the
/// stored pressure and not solved again. Throws AgreedError if something does not fit, and as assemble() does.
/// Collective.
[[nodiscard]] Simulation restore(Model model, MPI_Comm comm, Stored stored, const MapReader& reader,
                                 const std::optional<Layout>& layout = std::nullopt);

}  // namespace vesicast
