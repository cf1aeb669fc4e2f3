#include "src/run/assemble.hpp"

#include <utility>
#include <vector>

#include "decomposition/collectively.hpp"
#include "decomposition/route.hpp"
#include "src/parameters/parameters.hpp"
#include "src/start/initial_state.hpp"

namespace vesicast {
namespace {

/// This rank's cells, out of those that rank 0 has. Collective.
Cells own_cells(const Domain& domain, const CellPlan& plan, std::span<const PlacedCell> placed) {
  std::vector<int> destination;
  destination.reserve(placed.size());
  for (const PlacedCell& c : placed) destination.push_back(domain.owner(c.position));
  return {domain, route(domain.comm(), placed, destination), plan};
}

}  // namespace

Simulation make_simulation(std::unique_ptr<Domain> domain, Model model, Interstitium interstitium,
                           std::optional<SteadyFlow> flow, State state) {
  Simulation s;
  s.domain = std::move(domain);
  s.model = std::move(model);
  s.site = make_site(s.model, *s.domain, std::move(interstitium), std::move(flow));
  s.state = std::move(state);
  s.seats = seat(s.model, s.site, s.state.cells);
  return s;
}

Simulation make_simulation(std::unique_ptr<Domain> domain, Model model, Interstitium interstitium,
                           std::optional<SteadyFlow> flow, Cells cells) {
  State state;
  state.cells = std::move(cells);
  Simulation s =
      make_simulation(std::move(domain), std::move(model), std::move(interstitium), std::move(flow), std::move(state));
  s.state = make_state(s.model, s.site, s.seats, std::move(s.state.cells));
  return s;
}

Simulation assemble(const Parameters& p, MPI_Comm comm, std::span<const PlacedCell> placed, const MapReader& reader,
                    const std::optional<Layout>& layout) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  const Grid grid = make_grid(p.domain);
  Model model;
  std::unique_ptr<Domain> domain;
  collectively(comm, [&] {
    model = make_model(p);
    domain = std::make_unique<Domain>(comm, grid, periodic_axes(p), layout ? *layout : uniform_layout(grid, ranks));
  });
  Cells cells = own_cells(*domain, model.cell_arrays, placed);
  Interstitium interstitium = make_interstitium(p, *domain, cells, reader);
  std::optional<SteadyFlow> flow = make_flow(p, *domain, interstitium, reader);
  return make_simulation(std::move(domain), std::move(model), std::move(interstitium), std::move(flow),
                         std::move(cells));
}

}  // namespace vesicast
