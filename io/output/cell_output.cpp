#include "io/output/cell_output.hpp"

#include <fmt/format.h>

#include "io/vtk/cells.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/signal.hpp"

namespace vesicast::io {

void CellOutput::observe(const Simulation& s, std::int64_t number) {
  const State& u = s.state;
  const Model& model = s.model;
  const Cells& cells = u.cells;
  const Parameters& p = model.parameters();
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
  const auto add = [&](std::string name, std::vector<double> v) {
    names.push_back(std::move(name));
    values.push_back(std::move(v));
  };
  const auto type_of = [&](std::size_t c) -> const CellType& {
    return p.cell_types[static_cast<std::size_t>(cells.type[c])];
  };

  // Said of arrays where MVBs are of several populations.
  const auto population = [&](std::size_t k) {
    return model.populations.size() > 1 && !model.populations[k].empty() ? fmt::format(" ({})", model.populations[k])
                                                                         : std::string();
  };

  std::vector<double> radius(cells.size()), bound(cells.size(), 0.0), signal(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) radius[c] = type_of(c).radius;
  add("radius [um]", radius);
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    for_each_cell_array(Scope::cell_field, [&](CellArray a) {
      if (!model.has(j, a)) return;
      std::vector<double> sum(cells.size(), 0.0);
      for (const std::size_t f : model.fields_of[j]) {
        const auto array = cells.at(a, f);
        for (std::size_t c = 0; c < cells.size(); ++c) sum[c] += array[c];
      }
      if (a == CellArray::bound && p.vesicles[j].substance == Substance::vesicle)
        for (std::size_t c = 0; c < cells.size(); ++c) bound[c] += sum[c];
      add(fmt::format("{} {} [{}]", info(a).name, p.vesicles[j].name, model.unit_of(j)), std::move(sum));
    });
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const auto array = static_cast<CellArray>(a);
    const bool of_donors = info(array).scope == Scope::cell || info(array).scope == Scope::cell_route;
    if (!of_donors) continue;
    const bool vesicles = info(array).role != Role::organelle && array != CellArray::fusions;
    const std::size_t routes = info(array).scope == Scope::cell_route ? ilv_routes : 1;
    for (std::size_t k = 0; k < model.populations.size(); ++k) {
      std::vector<double> sum(cells.size(), 0.0);
      for (std::size_t x = k * routes; x < (k + 1) * routes; ++x)
        for (std::size_t c = 0; c < cells.size(); ++c) sum[c] += cells.at(array, x)[c];
      add(fmt::format("{}{}{} [{}]", vesicles ? "ILVs " : "", info(array).name, population(k), info(array).unit),
          std::move(sum));
    }
  }
  for (std::size_t q = 0; q < p.cargo.size(); ++q)
    for_each_cell_array(Scope::cell_cargo, [&](CellArray a) {
      if (!model.cell_arrays(a, q)) return;
      for (std::size_t i = q; i < cells.count(a); i += p.cargo.size()) {
        const auto array = cells.at(a, i);
        add(fmt::format("{} {}{} [{}]", p.cargo[q].name, info(a).name,
                        by_population(a) ? population(i / p.cargo.size()) : "", info(a).unit),
            {array.begin(), array.end()});
      }
    });
  // Of the copies in vesicles what left the cell; the rest is in the ledger and communication.csv.
  for (std::size_t q = 0; q < p.cargo.size(); ++q)
    for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
      std::vector<double> sum(cells.size(), 0.0);
      bool any = false;
      for (std::size_t f = 0; f < model.fields.size(); ++f) {
        if (model.fields[f].vesicle != j || model.fields[f].cargo != q) continue;
        any = true;
        const auto array = cells.at(CellArray::secreted, f);
        for (std::size_t c = 0; c < cells.size(); ++c) sum[c] += array[c];
      }
      if (any)
        add(fmt::format("{} {} in {} [{}]", info(CellArray::secreted).name, p.cargo[q].name, p.vesicles[j].name,
                        info(CellArray::cytosol).unit),
            std::move(sum));
    }
  for (std::size_t r = 0; r < model.responses.size(); ++r) {
    const auto level = cells.at(CellArray::response, r);
    add(fmt::format("response {}", model.responses[r]), {level.begin(), level.end()});
  }
  for (std::size_t c = 0; c < cells.size(); ++c)
    signal[c] = recipient::receptor_signal(bound[c], type_of(c).half_signal);
  add("signal", signal);

  std::vector<NamedValues> arrays;
  for (std::size_t i = 0; i < names.size(); ++i) arrays.push_back({names[i], values[i]});
  std::vector<std::string> types;
  for (const CellType& t : p.cell_types) types.push_back(t.name);
  write_cells(domain().comm(), run_folder(), static_cast<int>(number), to_seconds(u.time),
              {cells.id, cells.position, cells.type}, arrays, types, notes());
}

}  // namespace vesicast::io
