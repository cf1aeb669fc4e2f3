#include "src/react.hpp"

#include <array>

#include "src/recipient/delivery.hpp"
#include "src/recipient/pathway.hpp"

namespace vesicast {
namespace {

using recipient::array_of;
using recipient::living_pools;
using recipient::pool_count;

/// Advances one field's pools in all recipient cells and adds what was delivered to `delivered` [vesicle per cell].
void advance_pools(State& u, const Model& model, std::size_t f, double dt, std::vector<double>& delivered) {
  const std::size_t vesicle = model.fields[f].vesicle;
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  std::vector<std::optional<TransitionMatrix>> matrix(now.of.size());
  for (std::size_t t = 0; t < matrix.size(); ++t)
    if (const auto& uptake = now.of[t][vesicle].uptake)
      matrix[t] = recipient::pathway_matrix(*uptake, now.cell_types[t].gate, dt);

  Cells& cells = u.cells;
  std::array<std::span<double>, pool_count> pool;
  for (std::size_t p = 0; p < pool_count; ++p) pool[p] = cells.at(array_of[p], f);
  const std::span<double> endocytosed = cells.at(CellArray::endocytosed, f);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto& m = matrix[model.kind(cells, c)];
    if (!m) continue;
    std::array<double, living_pools> before{};
    for (int p = 0; p < living_pools; ++p) before[static_cast<std::size_t>(p)] = pool[static_cast<std::size_t>(p)][c];
    for (int to = 0; to < pool_count; ++to) {
      double sum = to < living_pools ? 0.0 : pool[static_cast<std::size_t>(to)][c];
      for (int from = 0; from < living_pools; ++from) sum += (*m)(to, from) * before[static_cast<std::size_t>(from)];
      pool[static_cast<std::size_t>(to)][c] = sum;
    }
    // Whatever was bound and neither stayed nor fused went in.
    double inside = (*m)(recipient::back_fused, recipient::bound) + (*m)(recipient::degraded, recipient::bound);
    for (int to = recipient::early_endosome; to < living_pools; ++to) inside += (*m)(to, recipient::bound);
    endocytosed[c] += before[recipient::bound] * inside;
    double d = 0.0;
    for (int from = 0; from < living_pools; ++from)
      d += ((*m)(recipient::fused, from) + (*m)(recipient::back_fused, from)) * before[static_cast<std::size_t>(from)];
    delivered[c] += d;
  }
}

}  // namespace

void react(State& u, const Model& model, double dt) {
  Cells& cells = u.cells;
  std::vector<std::vector<double>> delivered(model.parameters.vesicles.size(), std::vector<double>(cells.size(), 0.0));
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    advance_pools(u, model, f, dt, delivered[model.fields[f].vesicle]);
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) {
    const auto cytosol = cells.at(CellArray::cytosol, q), lost = cells.at(CellArray::lost_in_cytosol, q);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      double arrived = 0.0;
      for (std::size_t j = 0; j < delivered.size(); ++j) arrived += model.copies[q][j] * delivered[j][c];
      const auto next = recipient::deliver(cytosol[c], arrived, model.parameters.cargo[q].decay, dt);
      cytosol[c] = next.copies;
      lost[c] += next.lost;
    }
  }
}

}  // namespace vesicast
