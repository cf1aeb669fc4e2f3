#include "src/step/route_flows.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "src/base/loops.hpp"
#include "src/cells/cell_block.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/endocytosis.hpp"

namespace vesicast {
namespace {

/// In the order of Route.
constexpr std::array<CellArray, route_count> array_of{CellArray::by_clathrin, CellArray::by_raft,
                                                      CellArray::by_independent, CellArray::by_macropinocytosis,
                                                      CellArray::by_phagocytosis};

void book_field(State& u, std::size_t f, const CellBlock& block,
                std::span<const std::optional<recipient::RouteShares>> shares) {
  const double* const endocytosed = u.cells.at(CellArray::endocytosed, f).data() + block.first();
  std::array<double*, route_count> by;
  for (std::size_t r = 0; r < route_count; ++r) by[r] = u.cells.at(array_of[r], f).data() + block.first();
  const auto book = [&](std::size_t begin, std::size_t end, const recipient::RouteShares& share) {
    VESICAST_INDEPENDENT
    for (std::size_t i = begin; i < end; ++i) {
      const double booked = (((by[0][i] + by[1][i]) + by[2][i]) + by[3][i]) + by[4][i];
      const double since = std::max(0.0, endocytosed[i] - booked);
      for (std::size_t r = 0; r < route_count; ++r) by[r][i] += share[r] * since;
    }
  };
  for (const CellBlock::Run& run : block.runs())
    for (std::size_t i = run.begin; i < run.end; i = run.alike ? run.end : i + 1)
      if (const auto& share = shares[block.kind()[i]]) book(i, run.alike ? run.end : i + 1, *share);
}

}  // namespace

void book_routes(State& u, const Model& model, const Seats& seats,
                 const std::vector<std::vector<std::optional<recipient::RouteShares>>>& shares) {
  CellBlock block;
  for (std::size_t first = 0; first < u.cells.size(); first += CellBlock::most) {
    block.take(seats, u.cells, first, Aspect::recipient);
    for (std::size_t j = 0; j < shares.size(); ++j) {
      if (model.parameters().vesicles[j].substance != Substance::vesicle) continue;
      for (const std::size_t f : model.fields_of[j]) book_field(u, f, block, shares[j]);
    }
  }
}

}  // namespace vesicast
