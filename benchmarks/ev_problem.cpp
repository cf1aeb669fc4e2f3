#include "benchmarks/ev_problem.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace vesicast::bench {
namespace {

constexpr double alpha = 0.2;

Grid cube(int n) {
  Grid g;
  g.dimensions = 3;
  g.voxels = {n, n, n};
  g.spacing = {ev_spacing, ev_spacing, ev_spacing};
  return g;
}

Domain cube_domain(MPI_Comm comm, int n) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  const Grid grid = cube(n);
  return {comm, grid, {}, uniform_layout(grid, ranks)};
}

Operator make_operator(const Domain& domain, const EvCase& c) {
  VesicleClass vesicle;
  vesicle.name = "exosome";
  vesicle.diffusivity = ev_diffusivity;
  if (!c.decay) vesicle.decay = 0.0;
  if (!c.mapped) return {domain, vesicle, alpha, ev_diffusivity};
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  return {domain, vesicle, std::vector<double>(n, alpha), std::vector<double>(n, ev_diffusivity)};
}

}  // namespace

EvProblem::EvProblem(MPI_Comm comm, const EvCase& c)
    : case_(c),
      domain_(cube_domain(comm, c.n)),
      operator_(make_operator(domain_, c)),
      transport_(domain_, c.integrator, c.tolerance),
      flows_(static_cast<std::size_t>(c.fields)) {
  place_cells();
  const Operator* const operators[] = {&operator_};
  exchange_ = transport_.exchange_voxels(voxel_, operators);
  for (int f = 0; f < c.fields; ++f) {
    fields_.emplace_back(domain_);
    integral_.emplace_back(voxel_.size());
  }
  std::vector<double> rate(voxel_.size());
  for (std::size_t e = 0; e < rate.size(); ++e) rate[e] = clearance_[e] / fluid_volume();
  std::array<double, 2> rates{operator_.largest_hop_rate(), operator_.largest_rate(voxel_, rate)};
  MPI_Allreduce(MPI_IN_PLACE, rates.data(), 2, MPI_DOUBLE, MPI_MAX, comm);
  hop_rate_ = rates[0];
  bound_ = rates[1];
  reset();
}

void EvProblem::place_cells() {
  struct Cell {
    double release = 0.0, rate = 0.0;
  };
  std::map<std::int64_t, Cell> cells;
  std::mt19937_64 random(1);
  const auto voxels = static_cast<std::uint64_t>(domain_.grid().size());
  const double share = std::min(1.0, static_cast<double>(voxels) / 1e6);
  const auto count = static_cast<std::size_t>(2 * std::max(1L, std::lround(1000.0 * share)));
  while (cells.size() < count) {
    const auto [cell, is_new] = cells.try_emplace(static_cast<std::int64_t>(random() % voxels));
    if (!is_new) continue;
    if (cells.size() % 2 == 0)
      cell->second.release = 1.0;
    else
      cell->second.rate = std::pow(10.0, -3.0 + 2.0 * static_cast<double>(random() >> 11) * 0x1p-53);
  }
  const Index3 n = domain_.grid().voxels;
  for (const auto& [index, cell] : cells) {
    const Index3 v{index % n[0], index / n[0] % n[1], index / (n[0] * n[1])};
    if (!domain_.owned().contains(v)) continue;
    voxel_.push_back(domain_.owned().offset(v));
    release_.push_back(cell.release);
    clearance_.push_back(cell.rate * fluid_volume());
  }
}

void EvProblem::take_step(double dt) {
  std::vector<FieldTransport> all;
  for (std::size_t f = 0; f < fields_.size(); ++f)
    all.push_back(
        {&fields_[f], &operator_, {release_, clearance_, integral_[f]}, hop_rate_, bound_, false, &flows_[f]});
  transport_.spread(all, exchange_, 0.0, dt);
}

void EvProblem::reset() {
  for (Field& f : fields_) {
    const WriteScope scope(f);
    std::fill(scope.values().begin(), scope.values().end(), case_.initial);
  }
}

double EvProblem::elements() const {
  return static_cast<double>(domain_.grid().size()) * static_cast<double>(fields_.size());
}

double EvProblem::fluid_volume() const {
  return alpha * ev_spacing * ev_spacing * ev_spacing;
}

std::vector<double> EvProblem::content() const {
  const ReadScope scope(fields_.front());
  return {scope.values().begin(), scope.values().end()};
}

double relative_distance(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    difference += (a[i] - b[i]) * (a[i] - b[i]);
    norm += b[i] * b[i];
  }
  return std::sqrt(difference / norm);
}

}  // namespace vesicast::bench
