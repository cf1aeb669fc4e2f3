#include "src/run/assemble.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "decomposition/collectively.hpp"
#include "decomposition/route.hpp"
#include "src/parameters/parameters.hpp"
#include "src/start/initial_state.hpp"
#include "src/state/hand_over.hpp"

namespace vesicast {
namespace {

/// This rank's cells, out of those that rank 0 has. Collective.
Cells own_cells(const Domain& domain, const CellPlan& plan, std::span<const PlacedCell> placed) {
  std::vector<int> destination;
  destination.reserve(placed.size());
  for (const PlacedCell& c : placed) destination.push_back(domain.owner(c.position));
  return {domain, route(domain.comm(), placed, destination), plan};
}

void check_fits(const Stored& stored, const Model& model) {
  if (stored.fields.size() != model.fields.size() || stored.bound_fields.size() != model.fields.size() ||
      stored.sums.flows.size() != model.fields.size())
    throw InternalError(
        fmt::format("{} fields are stored, the configuration has {}", stored.fields.size(), model.fields.size()));
  if (stored.cells.fingerprint() != model.cell_arrays.fingerprint())
    throw InternalError("the arrays of cells that are stored are not those of the configuration");
}

/// The grid of the parameters, on `layout` or on the uniform cut. Collective.
std::unique_ptr<Domain> make_domain(const Parameters& p, MPI_Comm comm, const std::optional<Layout>& layout) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  const Grid grid = make_grid(p.domain);
  return std::make_unique<Domain>(comm, grid, periodic_axes(p), layout ? *layout : uniform_layout(grid, ranks));
}

Field field_of(const std::vector<double>& stored, const Redistribution& carry, const Domain& domain) {
  Field field(domain);
  const WriteScope into(field);
  carry(std::span<const double>(stored), into.values());
  return field;
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
  Model model;
  std::unique_ptr<Domain> domain;
  collectively(comm, [&] {
    model = make_model(p);
    domain = make_domain(p, comm, layout);
  });
  Cells cells = own_cells(*domain, model.cell_arrays, placed);
  Interstitium interstitium = make_interstitium(p, *domain, cells, reader);
  std::optional<SteadyFlow> flow = make_flow(p, *domain, interstitium, reader);
  return make_simulation(std::move(domain), std::move(model), std::move(interstitium), std::move(flow),
                         std::move(cells));
}

Simulation restore(Model model, MPI_Comm comm, Stored stored, const MapReader& reader,
                   const std::optional<Layout>& layout) {
  const Parameters& p = model.parameters();
  std::unique_ptr<Domain> domain;
  std::optional<Redistribution> carry;
  collectively(comm, [&] {
    check_fits(stored, model);
    domain = make_domain(p, comm, layout);
    carry.emplace(comm, stored.layout, domain->layout(), in_voxels, stored.holders);
  });
  State u;
  u.time = stored.numbers.time;
  u.steps = stored.numbers.steps;
  u.initial = std::move(stored.numbers.initial);
  u.initial_ilvs = std::move(stored.numbers.initial_ilvs);
  u.initial_cargo = std::move(stored.numbers.initial_cargo);
  u.flows = std::move(stored.sums.flows);
  u.departed = std::move(stored.sums.departed);
  for (std::size_t f = 0; f < stored.fields.size(); ++f) {
    u.fields.push_back(field_of(stored.fields[f], *carry, *domain));
    std::vector<double>().swap(stored.fields[f]);
    u.bound_fields.emplace_back();
    if (model.binds_to_matrix(model.fields[f].vesicle))
      u.bound_fields.back() = field_of(stored.bound_fields[f], *carry, *domain);
    std::vector<double>().swap(stored.bound_fields[f]);
  }
  u.cells = std::move(stored.cells);
  hand_over(u.cells, *domain);
  Interstitium interstitium = make_interstitium(p, *domain, u.cells, reader);
  std::optional<SteadyFlow> flow;
  if (stored.numbers.darcy) {
    const StoredNumbers::Darcy& d = *stored.numbers.darcy;
    DarcyPressure pressure{
        field_of(stored.pressure, *carry, *domain), d.stagnant, d.iterations, d.levels, d.residual, d.rounding_floor};
    FlowField field = flow_of_pressure(p, *domain, interstitium, pressure.pressure);
    flow = SteadyFlow{std::move(field), std::move(pressure)};
  } else {
    flow = make_flow(p, *domain, interstitium, reader);
  }
  return make_simulation(std::move(domain), std::move(model), std::move(interstitium), std::move(flow), std::move(u));
}

}  // namespace vesicast
