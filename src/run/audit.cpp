#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "decomposition/collectively.hpp"
#include "src/run/simulate.hpp"

namespace vesicast {

void audit(const Simulation& s) {
  const State& u = s.state;
  const Model& model = s.model;
  const Domain& domain = *s.domain;
  // A PETSc integrator that the user chose may undershoot; that is reported, not forbidden.
  const double least = s.site.transport->ledger_allowance() > 0.0 ? -std::numeric_limits<double>::infinity() : 0.0;
  const auto audit_field = [&](const Field& field, const ArrayInfo& array, std::size_t f) {
    const ReadScope scope(field);
    for (std::size_t i = 0; i < scope.values().size(); ++i)
      if (!(scope.values()[i] >= least && std::isfinite(scope.values()[i]))) {
        const Index3 v = domain.owned().voxel(static_cast<std::int64_t>(i));
        throw NumericsError(fmt::format("{} \"{}\" is {} in voxel ({}, {}, {}) at t = {} s", array.name,
                                        model.field_name(f), scope.values()[i], v[0], v[1], v[2], to_seconds(u.time)));
      }
  };
  collectively(domain.comm(), [&] {
    for (std::size_t f = 0; f < model.fields.size(); ++f) {
      audit_field(u.fields[f], free_vesicles, f);
      if (u.bound_fields[f]) audit_field(*u.bound_fields[f], matrix_bound, f);
    }
    for (std::size_t c = 0; c < u.cells.size(); ++c) {
      for (std::size_t a = 0; a < cell_array_count; ++a)
        for (std::size_t i = 0; i < u.cells.count(static_cast<CellArray>(a)); ++i) {
          if (u.cells.at(static_cast<CellArray>(a), i).empty()) continue;
          const double x = u.cells.at(static_cast<CellArray>(a), i)[c];
          if (x >= least && std::isfinite(x)) continue;
          const ArrayInfo& array = cell_arrays[a];
          throw NumericsError(
              fmt::format("\"{}\"{} is {} in cell {} at t = {} s", array.name,
                          array.scope == Scope::cell_field ? fmt::format(" of \"{}\"", model.field_name(i)) : "", x,
                          u.cells.id[c], to_seconds(u.time)));
        }
      for (std::size_t r = 0; r < model.families.size(); ++r) {
        double bound = 0.0;
        for (const std::size_t f : model.families[r].fields) bound += u.cells.at(CellArray::bound, f)[c];
        const double receptors = s.seats.varied.receptors(model, u.cells, c, r);
        if (bound > receptors * (1.0 + 1e-12))
          throw NumericsError(fmt::format("cell {} holds {} bound to {} receptors at t = {} s", u.cells.id[c], bound,
                                          receptors, to_seconds(u.time)));
      }
    }
  });
}

}  // namespace vesicast
