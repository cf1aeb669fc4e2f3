#include "src/exchange/donor_tables.hpp"

#include "src/donor/secretion.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {

DonorTables::DonorTables(State& u, const Model& m, const Seats& s, const DonorKinds& kinds, double dt,
                         Released& released)
    : state(u), model(m), seats(s), out(released), kinds_(kinds), dt_(dt) {
  for (std::size_t t = 0; t < m.parameters().cell_types.size(); ++t) {
    auto& row = cargo.emplace_back();
    for (std::size_t q = 0; q < m.parameters().cargo.size(); ++q)
      row.emplace_back(u.cells, m.parameters().cargo[q].kind, q, m.places(t));
  }
  for (std::size_t place = 0; place < m.populations.size(); ++place) {
    mvbs.emplace_back(u.cells, place);
    books.push_back({array(CellArray::ilvs_formed, place), array(CellArray::ilvs_back_fused, place),
                     array(CellArray::ilvs_digested, place), array(CellArray::ilvs_released, place),
                     array(CellArray::expelled, place), array(CellArray::fusions, place)});
  }
  for (std::size_t q = 0; q < m.parameters().cargo.size(); ++q) {
    auto& row = given.emplace_back();
    for (std::size_t j = 0; j < m.parameters().vesicles.size(); ++j) row.push_back(given_copies(m.parameters(), q, j));
  }
}

double DonorTables::released(const DonorKind::AtRate& one, std::size_t cell) const {
  return donor::secreted(one.secretion, dt_,
                         {.seed = model.parameters().run.seed,
                          .purpose = Purpose::secretion_events,
                          .id = static_cast<std::uint64_t>(state.cells.id[cell]),
                          .step = static_cast<std::uint64_t>(state.time),
                          .stream = model.release_stream[one.vesicle]});
}

}  // namespace vesicast
