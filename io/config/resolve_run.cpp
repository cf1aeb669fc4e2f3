#include <algorithm>
#include <cstdint>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {

void resolve_run(TableReader& top, Parameters& parameters) {
  TableReader run = top.table("run");
  parameters.run.end = run.ticks("end");
  parameters.run.step = run.ticks("step");
  parameters.run.seed = static_cast<std::uint64_t>(std::max<std::int64_t>(run.integer("seed"), 0));
  parameters.run.track_sources = run.boolean("track_sources");

  TableReader transport = top.table("transport");
  parameters.transport.integrator = transport.text("integrator");
  parameters.transport.tolerance = transport.number("tolerance");
}

void resolve_output(TableReader& top, Parameters& parameters) {
  const TableReader run = top.table("run");
  TableReader output = top.table("output");
  const auto every = [&](const char* kind) {
    TableReader table = output.table(kind);
    table.copy_default("every", run, "end");
    return table.has("every") ? table.ticks("every") : Ticks{0};
  };
  parameters.output.fields_every = every("fields");
  parameters.output.cells_every = every("cells");

  TableReader series = output.table("series");
  const Ticks step = parameters.run.step, end = parameters.run.end;
  if (step > 0) {
    const Ticks hundredth = (end + 99) / 100;
    const Ticks steps = (hundredth + step - 1) / step;
    series.put_default("every", quantity_text(to_seconds(steps * step), Dimension::time));
  }
  if (series.has("every")) parameters.output.series_every = series.ticks("every");
}

}  // namespace vesicast::io
