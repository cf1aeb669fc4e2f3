#include "io/output/cell_output.hpp"

#include <fmt/format.h>

#include "io/vtk/cells.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/signal.hpp"

namespace vesicast::io {
namespace {

using Values = std::vector<double>;

/// The arrays of some cells; model and cells must outlive their making.
class CellArrays {
 public:
  CellArrays(const Model& model, const Cells& cells) : model_(model), cells_(cells), p_(model.parameters()) {
    add("radius [um]", [this] { return each([this](std::size_t c) { return type_of(c).radius; }); });
    add_fields();
    add_donors();
    add_cargo();
    add_sent_cargo();
    for (std::size_t r = 0; r < model.responses.size(); ++r)
      add(fmt::format("response {}", model.responses[r]), [this, r] { return sum(CellArray::response, {r}); });
    add("signal", [this] { return signal(); });
  }
  CellArrays(const CellArrays&) = delete;
  CellArrays& operator=(const CellArrays&) = delete;
  ~CellArrays() = default;

  [[nodiscard]] const std::vector<ArrayMaker>& makers() const { return makers_; }

 private:
  void add(std::string name, std::function<Values()> values) {
    makers_.push_back({std::move(name), std::move(values)});
  }
  [[nodiscard]] const CellType& type_of(std::size_t c) const {
    return p_.cell_types[static_cast<std::size_t>(cells_.type[c])];
  }
  template <class Value>
  [[nodiscard]] Values each(Value&& value) const {
    Values v(cells_.size());
    for (std::size_t c = 0; c < v.size(); ++c) v[c] = value(c);
    return v;
  }
  [[nodiscard]] Values sum(CellArray a, const std::vector<std::size_t>& of) const {
    Values total(cells_.size(), 0.0);
    for (const std::size_t i : of) {
      const auto array = cells_.at(a, i);
      for (std::size_t c = 0; c < total.size(); ++c) total[c] += array[c];
    }
    return total;
  }
  /// Said of arrays where MVBs are of several populations.
  [[nodiscard]] std::string population(std::size_t k) const {
    return model_.populations.size() > 1 && !model_.populations[k].empty() ? fmt::format(" ({})", model_.populations[k])
                                                                           : std::string();
  }

  void add_fields() {
    for (std::size_t j = 0; j < p_.vesicles.size(); ++j)
      for_each_cell_array(Scope::cell_field, [&](CellArray a) {
        if (!model_.has(j, a)) return;
        add(fmt::format("{} {} [{}]", info(a).name, p_.vesicles[j].name, model_.unit_of(j)), [this, a, j] {
          return sum(a, {model_.fields_of[j].begin(), model_.fields_of[j].end()});
        });
      });
  }
  void add_donors() {
    for (std::size_t a = 0; a < cell_array_count; ++a) {
      const auto array = static_cast<CellArray>(a);
      if (info(array).scope != Scope::cell && info(array).scope != Scope::cell_route) continue;
      const bool vesicles = info(array).role != Role::organelle && array != CellArray::fusions;
      const std::size_t routes = info(array).scope == Scope::cell_route ? ilv_routes : 1;
      for (std::size_t k = 0; k < model_.populations.size(); ++k) {
        std::vector<std::size_t> parts;
        for (std::size_t x = k * routes; x < (k + 1) * routes; ++x) parts.push_back(x);
        add(fmt::format("{}{}{} [{}]", vesicles ? "ILVs " : "", info(array).name, population(k), info(array).unit),
            [this, array, parts] { return sum(array, parts); });
      }
    }
  }
  void add_cargo() {
    for (std::size_t q = 0; q < p_.cargo.size(); ++q)
      for_each_cell_array(Scope::cell_cargo, [&](CellArray a) {
        if (!model_.cell_arrays(a, q)) return;
        for (std::size_t i = q; i < cells_.count(a); i += p_.cargo.size())
          add(fmt::format("{} {}{} [{}]", p_.cargo[q].name, info(a).name,
                          by_population(a) ? population(i / p_.cargo.size()) : "", info(a).unit),
              [this, a, i] { return sum(a, {i}); });
      });
  }
  /// Of the copies in vesicles what left the cell; the rest is in the ledger and communication.csv.
  void add_sent_cargo() {
    for (std::size_t q = 0; q < p_.cargo.size(); ++q)
      for (std::size_t j = 0; j < p_.vesicles.size(); ++j) {
        std::vector<std::size_t> fields;
        for (std::size_t f = 0; f < model_.fields.size(); ++f)
          if (model_.fields[f].vesicle == j && model_.fields[f].cargo == q) fields.push_back(f);
        if (!fields.empty())
          add(fmt::format("{} {} in {} [{}]", info(CellArray::secreted).name, p_.cargo[q].name, p_.vesicles[j].name,
                          info(CellArray::cytosol).unit),
              [this, fields] { return sum(CellArray::secreted, fields); });
      }
  }
  [[nodiscard]] Values signal() const {
    Values bound(cells_.size(), 0.0);
    for (std::size_t j = 0; j < p_.vesicles.size(); ++j) {
      if (p_.vesicles[j].substance != Substance::vesicle || !model_.has(j, CellArray::bound)) continue;
      const Values of_class = sum(CellArray::bound, {model_.fields_of[j].begin(), model_.fields_of[j].end()});
      for (std::size_t c = 0; c < bound.size(); ++c) bound[c] += of_class[c];
    }
    return each([&](std::size_t c) { return recipient::receptor_signal(bound[c], type_of(c).half_signal); });
  }

  const Model& model_;
  const Cells& cells_;
  const Parameters& p_;
  std::vector<ArrayMaker> makers_;
};

}  // namespace

std::vector<std::string> cell_array_names(const Model& model) {
  const Cells none(0, plan_cells(model.parameters()));
  const CellArrays all(model, none);
  std::vector<std::string> names;
  for (const ArrayMaker& m : all.makers()) names.push_back(m.name);
  return names;
}

void CellOutput::observe(const Simulation& s, std::int64_t number) {
  const Parameters& p = s.model.parameters();
  const Cells& cells = s.state.cells;
  const CellArrays all(s.model, cells);
  std::vector<Values> values;
  const auto arrays = made(those_chosen(all.makers(), p.output.cell_arrays), values);
  std::vector<std::string> types;
  for (const CellType& t : p.cell_types) types.push_back(t.name);
  write_cells(domain().comm(), run_folder(), static_cast<int>(number), to_seconds(s.state.time),
              {cells.id, cells.position, cells.type}, arrays, types, notes(), form_of(p.output), series());
}

}  // namespace vesicast::io
