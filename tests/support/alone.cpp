#include "tests/support/alone.hpp"

#include <algorithm>

#include "src/parameters/parameters.hpp"

namespace vesicast::test {

Scene alone(const Parameters& p, const std::vector<std::int32_t>& types, const std::vector<Index3>& voxel) {
  const Grid grid = make_grid(p.domain);
  std::vector<PlacedCell> cells;
  for (std::size_t c = 0; c < types.size(); ++c)
    cells.push_back({static_cast<std::int64_t>(c), grid.centre(voxel.empty() ? Index3{0, 0, 0} : voxel[c]), types[c]});
  return make_scene(p, cells, nullptr, MPI_COMM_SELF);
}

void step(Scene& s, double seconds) {
  Timings t;
  advance(s, to_ticks(seconds), t);
}

void steps(Scene& s, double seconds, int number) {
  for (int i = 0; i < number; ++i) step(s, seconds / number);
}

std::size_t cell_of(const Scene& s, std::int64_t id) {
  return static_cast<std::size_t>(std::ranges::find(s.state.cells.id, id) - s.state.cells.id.begin());
}

double& at(Scene& s, CellArray array, std::size_t which, std::int64_t id) {
  return s.state.cells.at(array, which)[cell_of(s, id)];
}

const std::string& type_of(const Scene& s, std::int64_t id) {
  return s.model.parameters().cell_types[static_cast<std::size_t>(s.state.cells.type[cell_of(s, id)])].name;
}

std::vector<std::string> field_names(const Scene& s) {
  std::vector<std::string> names;
  for (std::size_t f = 0; f < s.model.fields.size(); ++f) names.push_back(s.model.field_name(f));
  return names;
}

std::size_t field_of(const Scene& s, const std::string& vesicle, const std::string& cargo) {
  const std::vector<std::string> names = field_names(s);
  const auto found = std::ranges::find(names, cargo.empty() ? vesicle : cargo + " in " + vesicle);
  return static_cast<std::size_t>(found - names.begin());
}

double free_in(const Scene& s, std::size_t field) {
  return total(s.state.fields[field], *s.domain);
}

double on_matrix(const Scene& s, std::size_t field) {
  const auto& bound = s.state.bound_fields[field];
  return bound ? total(*bound, *s.domain) : 0.0;
}

double largest_rate(const Scene& s) {
  return s.seats.largest_rate.front();
}

std::map<std::string, double> flows_of(const Scene& s, std::size_t field) {
  const TransportFlows& f = s.state.flows[field];
  return {{"entered", f.entered.value()},   {"left", f.left.value()},
          {"decayed", f.decayed.value()},   {"from blood", f.from_blood.value()},
          {"to blood", f.to_blood.value()}, {"from lymph", f.from_lymph.value()},
          {"to lymph", f.to_lymph.value()}, {"turned over", f.turned_over.value()}};
}

double resistance(const Scene& s, std::int64_t id) {
  return s.seats.resistance(0, s.state.cells, cell_of(s, id));
}

}  // namespace vesicast::test
