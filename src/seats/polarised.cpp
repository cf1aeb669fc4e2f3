#include "src/seats/polarised.hpp"

#include <algorithm>

#include "decomposition/route.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// The voxel beside `v`, across a periodic face too; nothing outside the domain.
std::optional<Index3> neighbour(const Domain& domain, Index3 v, std::size_t side) {
  const std::size_t axis = side / 2;
  const std::int64_t n = domain.grid().voxels[axis];
  v[axis] += side % 2 == 1 ? 1 : -1;
  if (v[axis] >= 0 && v[axis] < n) return v;
  if (!domain.periodic()[axis]) return std::nullopt;
  v[axis] = (v[axis] + n) % n;
  return v;
}

/// A cell of rank `from` that asks about a voxel beside it.
struct Question {
  std::int64_t voxel = 0;
  std::int64_t cell = 0;  ///< its place on its rank
  int side = 0, from = 0;
  int open = 0;  ///< the answer: no obstacle
};

/// What one cell gives to a voxel of one field.
struct Gift {
  std::int64_t voxel = 0, cell_id = 0, field = 0;
  double amount = 0.0;
};

}  // namespace

PolarisedRelease::PolarisedRelease(const Model& model, const Domain& domain, const Cells& cells,
                                   std::span<const std::uint8_t> obstacle, std::vector<std::int64_t>& beside)
    : comm_(domain.comm()) {
  for (const CellType& type : model.parameters().cell_types) {
    const auto& polarised = type.polarised;
    sides_.push_back(polarised ? std::optional(static_cast<std::size_t>(2 * polarised->axis + polarised->side))
                               : std::nullopt);
    shares_.push_back(polarised ? polarised->share : 0.0);
    any_ = any_ || polarised.has_value();
  }
  if (!any_) return;
  beside_.resize(cells.size());
  std::vector<Question> questions;
  std::vector<int> destination;
  for (std::size_t c = 0; c < cells.size(); ++c)
    for (const std::size_t type : model.types_ahead(static_cast<std::size_t>(cells.first_type[c]))) {
      if (!sides_[type]) continue;
      const auto there = neighbour(domain, domain.grid().voxel_of(cells.position[c]), *sides_[type]);
      if (!there) continue;
      const int owner = domain.layout().owner(*there);
      questions.push_back({domain.layout().owned_by(owner).offset(*there), static_cast<std::int64_t>(c),
                           static_cast<int>(*sides_[type]), domain.rank(), 0});
      destination.push_back(owner);
    }
  std::vector<Question> asked = route<Question>(comm_, questions, destination);
  destination.clear();
  for (Question& q : asked) {
    q.open = obstacle.empty() || obstacle[static_cast<std::size_t>(q.voxel)] == 0 ? 1 : 0;
    if (q.open == 1) beside.push_back(q.voxel);
    destination.push_back(q.from);
    q.from = domain.rank();
  }
  for (const Question& answer : route<Question>(comm_, asked, destination))
    if (answer.open == 1)
      beside_[static_cast<std::size_t>(answer.cell)][static_cast<std::size_t>(answer.side)] = {answer.from,
                                                                                               answer.voxel};
}

void PolarisedRelease::add(const Cells& cells, std::span<const std::int64_t> occupied,
                           const std::vector<std::vector<double>>& aside,
                           std::vector<std::vector<double>>& release) const {
  if (!any_) return;
  std::vector<Gift> gifts;
  std::vector<int> destination;
  for (std::size_t f = 0; f < aside.size(); ++f)
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (aside[f][c] == 0.0) continue;
      const Place& to = *beside_[c][*sides_[static_cast<std::size_t>(cells.type[c])]];
      gifts.push_back({to.voxel, cells.id[c], static_cast<std::int64_t>(f), aside[f][c]});
      destination.push_back(to.rank);
    }
  std::vector<Gift> received = route<Gift>(comm_, gifts, destination);
  std::ranges::sort(received, {}, &Gift::cell_id);  // one cell gives a field to one voxel only
  for (const Gift& gift : received) {
    const auto at = std::ranges::lower_bound(occupied, gift.voxel) - occupied.begin();
    release[static_cast<std::size_t>(gift.field)][static_cast<std::size_t>(at)] += gift.amount;
  }
}

}  // namespace vesicast
