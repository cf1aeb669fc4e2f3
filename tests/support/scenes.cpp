#include "tests/support/scenes.hpp"

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/populations.hpp"
#include "src/parameters/parameters.hpp"
#include "src/run/assemble.hpp"

namespace vesicast::test {

Grid grid_of(const Index3& n, double h) {
  Grid g;
  g.dimensions = n[2] == 0 ? 2 : 3;
  g.voxels = {n[0], n[1], std::max<std::int64_t>(1, n[2])};
  g.spacing = {h, h, h};
  return g;
}

Domain domain_of(const Grid& grid, const std::array<bool, 3>& periodic, MPI_Comm comm) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  return {comm, grid, periodic, uniform_layout(grid, ranks)};
}

Parameters parameters_of(const Index3& n, double h, double diffusivity) {
  Parameters p;
  p.domain.dimensions = n[2] == 0 ? 2 : 3;
  const Grid g = grid_of(n, h);
  for (std::size_t a = 0; a < 3; ++a) {
    p.domain.voxel[a] = h;
    p.domain.size[a] = g.length(a);
  }
  VesicleClass v;
  v.name = "exosome";
  v.diffusivity = diffusivity;
  v.decay = 0.0;
  p.vesicles.push_back(v);
  return p;
}

void set_boundaries(Parameters& p, BoundaryKind kind, double value) {
  for (VesicleClass& v : p.vesicles)
    for (int a = 0; a < p.domain.dimensions; ++a) v.boundary[static_cast<std::size_t>(a)].fill({kind, value});
}

Uptake no_uptake() {
  Uptake u;
  u.k_on = u.k_off = u.k_endocytosis = u.k_fusion = u.k_recycling = u.k_late = u.k_resecretion = u.k_lysosome =
      u.k_degradation = u.k_back_fusion = u.fluid = 0.0;
  return u;
}

CellType donor_type(const std::string& name, double rate) {
  CellType t;
  t.name = name;
  t.donor["exosome"].rate = rate;
  return t;
}

void give_pathway(CellType& type, double speed, const std::string& microvesicle, const std::string& ectosome) {
  Biogenesis b;
  b.exosome = "exosome";
  b.microvesicle = microvesicle;
  b.ectosome = ectosome;
  // What the defaults have alike differs, so that one constant in the place of another is seen.
  constexpr double hour = 3600.0;
  b.docking = 1.1 / hour;
  b.comes_back = 0.9 / hour;
  b.undocking = 1.8 / hour;
  b.fusion = 2.1 / hour;
  b.detachment = 0.6 / hour;
  b.reinternalisation = 0.4 / hour;
  b.retrograde = 0.45 / hour;
  b.golgi_export = 1.3 / hour;
  for (double Biogenesis::*rate :
       {&Biogenesis::inflow, &Biogenesis::maturation, &Biogenesis::transport, &Biogenesis::lysosome,
        &Biogenesis::autophagy, &Biogenesis::amphisome, &Biogenesis::docking, &Biogenesis::comes_back,
        &Biogenesis::undocking, &Biogenesis::fusion, &Biogenesis::back_fusion, &Biogenesis::detachment,
        &Biogenesis::reinternalisation, &Biogenesis::microvesicles, &Biogenesis::ectosomes})
    b.*rate *= speed;
  for (double& v : b.formation) v *= speed;
  const donor::SteadyRelease steady = donor::steady_release(b);
  type.donor["exosome"] = {.rate = steady.exosome, .mode = ReleaseMode::pathway};
  if (!microvesicle.empty()) type.donor[microvesicle] = {.rate = steady.microvesicle, .mode = ReleaseMode::pathway};
  if (!ectosome.empty()) type.donor[ectosome] = {.rate = steady.ectosome, .mode = ReleaseMode::pathway};
  type.biogenesis = b;
}

void give_populations(CellType& type, const std::string& secretory, const std::string& degradative) {
  MvbPopulation one{"secretory", 0.4, *type.biogenesis}, other{"degradative", 0.6, *type.biogenesis};
  for (MvbPopulation* p : {&one, &other}) p->rates.inflow *= p->share;
  one.rates.exosome = secretory;
  one.rates.transport *= 4.0;
  one.rates.formation[2] *= 2.0;
  other.rates.exosome = degradative;
  other.rates.lysosome *= 1.5;
  other.rates.capacity = 40.0;
  type.populations = {one, other};
  for (const auto& [name, rate] : donor::settled_release(type).rate)
    type.donor[name] = {.rate = rate, .mode = ReleaseMode::pathway};
}

CellType recipient_type(const std::string& name) {
  CellType t;
  t.name = name;
  Uptake u;
  u.k_late = std::log(2.0) / 1200.0;
  u.k_recycling = u.k_late / 9.0;
  u.k_lysosome = std::log(2.0) / 3600.0;
  u.k_degradation = std::log(2.0) / 10800.0;
  u.k_resecretion = 0.05 / 3600.0;
  u.k_back_fusion = 0.093 / 3600.0;
  u.fluid = 0.0;
  t.recipient["exosome"] = u;
  return t;
}

void fill(Field& field, const Domain& domain, const std::function<double(const Index3&)>& value) {
  const WriteScope scope(field);
  for (std::size_t i = 0; i < scope.values().size(); ++i)
    scope.values()[i] = value(domain.owned().voxel(static_cast<std::int64_t>(i)));
}

std::vector<double> gather(const Field& field, const Domain& domain) {
  std::vector<double> all(static_cast<std::size_t>(domain.grid().size()), 0.0);
  const ReadScope scope(field);
  for (std::size_t i = 0; i < scope.values().size(); ++i)
    all[static_cast<std::size_t>(domain.grid().global_index(domain.owned().voxel(static_cast<std::int64_t>(i))))] =
        scope.values()[i];
  // Every voxel has one owner: adding zeros changes no bit.
  MPI_Allreduce(MPI_IN_PLACE, all.data(), static_cast<int>(all.size()), MPI_DOUBLE, MPI_SUM, domain.comm());
  return all;
}

void transport_alone(Transport& transport, Field& field, Operator& op, double dt, TransportFlows& flows, bool inflow,
                     const VoxelExchange& exchange, std::span<const std::int64_t> exchange_voxels) {
  std::array<double, 2> rates{op.largest_hop_rate(), op.largest_rate({}, {})};
  MPI_Allreduce(MPI_IN_PLACE, rates.data(), 2, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  const FieldTransport one{&field, &op, exchange, rates[0], rates[1], inflow ? 1.0 : 0.0, &flows};
  const Operator* const ops[] = {&op};
  transport.spread({&one, 1}, transport.exchange_voxels(exchange_voxels, ops), 0.0, dt);
}

double total(const Field& field, const Domain& domain) {
  ExactSum sum;
  {
    const ReadScope scope(field);
    sum.add(scope.values());
  }
  sum_over_ranks(domain.comm(), std::span<ExactSum>(&sum, 1));
  return sum.value();
}

std::vector<PlacedCell> own(const Domain& domain, const std::vector<PlacedCell>& all) {
  std::vector<PlacedCell> mine;
  for (const PlacedCell& c : all)
    if (domain.owner(c.position) == domain.rank()) mine.push_back(c);
  return mine;
}

std::vector<double> no_maps(const MapFile& map, const Domain& /*domain*/, int /*components*/) {
  throw InputError("unexpected map " + map.file);
}

Scene make_scene(const Parameters& p, const std::vector<PlacedCell>& all, const Layout* layout, MPI_Comm comm,
                 const MapReader& reader) {
  const Grid grid = make_grid(p.domain);
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  auto domain =
      std::make_unique<Domain>(comm, grid, periodic_axes(p), layout != nullptr ? *layout : uniform_layout(grid, ranks));
  Cells cells(*domain, own(*domain, all), plan_cells(p));
  Interstitium interstitium = make_interstitium(p, *domain, cells, reader);
  std::optional<SteadyFlow> flow = make_flow(p, *domain, interstitium, reader);
  return make_simulation(std::move(domain), make_model(p), std::move(interstitium), std::move(flow), std::move(cells));
}

double gaussian_mass(double a, double b, double mu, double variance) {
  const double s = std::sqrt(2.0 * variance);
  return 0.5 * (std::erf((b - mu) / s) - std::erf((a - mu) / s));
}

double order(double coarse, double fine, double ratio) {
  return std::log(coarse / fine) / std::log(ratio);
}

}  // namespace vesicast::test
