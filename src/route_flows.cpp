#include "src/route_flows.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "src/recipient/endocytosis.hpp"

namespace vesicast {
namespace {

/// In the order of Route.
constexpr std::array<CellArray, route_count> array_of{CellArray::by_clathrin, CellArray::by_raft,
                                                      CellArray::by_independent, CellArray::by_macropinocytosis,
                                                      CellArray::by_phagocytosis};

void book_field(State& u, const Model& model, std::size_t f) {
  const std::size_t j = model.fields[f].vesicle;
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  std::vector<std::array<double, route_count>> shares(now.of.size());
  for (std::size_t t = 0; t < shares.size(); ++t)
    if (const auto& uptake = now.of[t][j].uptake) shares[t] = recipient::route_shares(*uptake);

  const auto endocytosed = std::as_const(u.cells).at(CellArray::endocytosed, f);
  std::array<std::span<double>, route_count> by;
  for (std::size_t r = 0; r < route_count; ++r) by[r] = u.cells.at(array_of[r], f);
  for (std::size_t c = 0; c < u.cells.size(); ++c) {
    double booked = 0.0;
    for (std::size_t r = 0; r < route_count; ++r) booked += by[r][c];
    const double since = std::max(0.0, endocytosed[c] - booked);
    const auto& share = shares[model.kind(u.cells, c)];
    for (std::size_t r = 0; r < route_count; ++r) by[r][c] += share[r] * since;
  }
}

}  // namespace

void book_routes(State& u, const Model& model) {
  for (std::size_t f = 0; f < model.carriers; ++f)
    if (model.vesicle_of(f).substance == Substance::vesicle) book_field(u, model, f);
}

}  // namespace vesicast
