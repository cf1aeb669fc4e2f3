#include "src/seats/seats.hpp"

#include <algorithm>

#include "src/parameters/parameters.hpp"
#include "src/recipient/fluid_phase.hpp"
#include "src/recipient/subvoxel.hpp"

namespace vesicast {
namespace {

/// The voxels of the cells and those `beside` them, and where each cell's voxel stands among them.
void find_voxels(const Domain& domain, const Cells& cells, const std::vector<std::int64_t>& beside, Seats& seats) {
  std::vector<std::int64_t> of_cell;
  for (const Vector3& x : cells.position) of_cell.push_back(domain.owned().offset(domain.grid().voxel_of(x)));
  seats.occupied = of_cell;
  seats.occupied.insert(seats.occupied.end(), beside.begin(), beside.end());
  std::ranges::sort(seats.occupied);
  seats.occupied.erase(std::ranges::unique(seats.occupied).begin(), seats.occupied.end());
  for (const std::int64_t v : of_cell)
    seats.voxel.push_back(
        static_cast<std::uint32_t>(std::ranges::lower_bound(seats.occupied, v) - seats.occupied.begin()));
}

/// 1/(alpha D) of the voxel of every cell [s/um^2].
std::vector<double> inverse_alpha_diffusivity(const Parameters& p, const Interstitium& in, std::size_t vesicle,
                                              const Seats& seats) {
  std::vector<double> of_cell;
  for (std::size_t c = 0; c < seats.voxel.size(); ++c) {
    const auto v = static_cast<std::size_t>(seats.voxel_of(c));
    of_cell.push_back(1.0 / std::max(in.fraction(p, v) * in.diffusivity_of(p, vesicle, v), least_alpha_diffusivity));
  }
  return of_cell;
}

/// The largest clearance that every cell can reach in one window, by what it is and may become [um^3/s];
/// [vesicle][cell].
std::vector<std::vector<double>> largest_clearances(const Model& model, const EffectiveBehaviour& now,
                                                    const Seats& seats, const Cells& cells) {
  const std::size_t vesicles = model.parameters().vesicles.size();
  std::vector<std::vector<double>> largest(vesicles, std::vector<double>(cells.size(), 0.0));
  const auto clearance = [&](const Behaviour& b, double receptors, std::size_t type, std::size_t j, std::size_t c) {
    return b.uptake ? recipient::whole_clearance(*b.uptake, receptors,
                                                 seats.unresolved[type] * seats.inverse_alpha_diffusivity[j][c])
                    : 0.0;
  };
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::vector<std::size_t> types = model.types_ahead(static_cast<std::size_t>(cells.first_type[c]));
    for (std::size_t n = seats.varied.varies_at_first(c, Aspect::recipient) ? 1 : 0; n < types.size(); ++n)
      for (std::size_t j = 0; j < vesicles; ++j) {
        const std::size_t family = model.family_of[j];
        const double receptors =
            n == 0 ? seats.varied.first_receptors(model, cells, c, family) : model.families[family].per_cell[types[n]];
        largest[j][c] = std::max(largest[j][c], clearance(now.types[types[n]].of[j], receptors, types[n], j, c));
      }
  }
  seats.varied.for_each_own(model, now, Aspect::recipient, [&](std::size_t kind, const KindBehaviour& behaviour) {
    const std::size_t c = seats.varied.cell_of(kind);
    const auto type = static_cast<std::size_t>(cells.first_type[c]);
    for (std::size_t j = 0; j < vesicles; ++j) {
      const double receptors = seats.varied.first_receptors(model, cells, c, model.family_of[j]);
      largest[j][c] = std::max(largest[j][c], clearance(behaviour.of[j], receptors, type, j, c));
    }
  });
  return largest;
}

/// Collective.
std::vector<double> largest_rates(const Model& model, const Site& site, const Seats& seats, const Cells& cells) {
  std::vector<double> largest(model.parameters().vesicles.size(), 0.0);
  for (const EffectiveBehaviour& now : model.effective) {
    const auto of_cells = largest_clearances(model, now, seats, cells);
    for (std::size_t j = 0; j < largest.size(); ++j) {
      const Operator& op = site.operators[j];
      std::vector<double> rate(seats.occupied.size(), 0.0);
      for (std::size_t c = 0; c < cells.size(); ++c) rate[seats.voxel[c]] += of_cells[j][c];
      for (std::size_t o = 0; o < rate.size(); ++o) rate[o] *= op.inverse_volume(seats.occupied[o]);
      largest[j] = std::max(largest[j], op.largest_rate(seats.occupied, rate));
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, largest.data(), static_cast<int>(largest.size()), MPI_DOUBLE, MPI_MAX,
                site.domain->comm());
  return largest;
}

}  // namespace

Seats seat(const Model& model, const Site& site, const Cells& cells) {
  const Parameters& p = model.parameters();
  const Domain& domain = *site.domain;
  Seats seats;
  std::vector<std::int64_t> beside;
  seats.polarised = PolarisedRelease(model, domain, cells, site.interstitium.obstacle, beside);
  find_voxels(domain, cells, beside, seats);
  std::vector<const Operator*> operators;
  for (const Operator& op : site.operators) operators.push_back(&op);
  seats.exchange = site.transport->exchange_voxels(seats.occupied, operators);
  for (const CellType& type : p.cell_types)
    seats.unresolved.push_back(unresolved_resistance(p.domain, domain.grid(), 1.0, type.radius));
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    seats.inverse_alpha_diffusivity.push_back(inverse_alpha_diffusivity(p, site.interstitium, j, seats));
  seats.varied = VariedCells(model, cells);
  seats.largest_rate = largest_rates(model, site, seats, cells);
  return seats;
}

}  // namespace vesicast
