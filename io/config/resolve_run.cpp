// [run], [transport], [output] and [checkpoint].
#include <fmt/format.h>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

void resolve_step(TableReader& run, RunParameters& parameters) {
  if (run.has("step") && run.text("step") == "auto") {
    AutomaticStep automatic;
    read_rows(run, automatic, "step = \"auto\"");
    if (automatic.largest > 0 && automatic.largest < automatic.smallest)
      run.problem("largest_step", fmt::format("{} is shorter than run.smallest_step, {}",
                                              run.shown_value("largest_step"), run.shown_value("smallest_step")));
    parameters.step = automatic.smallest;
    parameters.automatic = automatic;
    return;
  }
  parameters.step = run.ticks("step");
  if (parameters.step == 0) return;  // nobody knows what was meant
  for (const KeyRow<AutomaticStep>& row : rows<AutomaticStep>())
    if (run.has(row.name)) run.name_problem(row.name, "belongs to step = \"auto\" only");
}

/// About a hundredth of the run, in whole steps.
Ticks series_interval(const RunParameters& run) {
  const Ticks hundredth = (run.end + 99) / 100;
  if (!run.automatic) return (hundredth + run.step - 1) / run.step * run.step;
  Ticks interval = run.step;
  while (interval < hundredth) interval *= 2;
  return interval;
}

}  // namespace

void resolve_run(TableReader& top, Parameters& parameters) {
  TableReader run = top.table("run"), transport = top.table("transport");
  read_rows(run, parameters.run);
  resolve_step(run, parameters.run);
  read_rows(transport, parameters.transport);
}

void resolve_output(TableReader& top, Parameters& parameters) {
  const TableReader run = top.table("run");
  TableReader output = top.table("output");
  for (const char* kind : {"fields", "cells"}) output.table(kind).copy_default("every", run, "end");
  TableReader series = output.table("series");
  if (parameters.run.step > 0)
    series.put_default("every", quantity_text(to_seconds(series_interval(parameters.run)), Dimension::time));
  read_rows(output, parameters.output);
  for (std::size_t a = 0; a < 3; ++a)
    if (!(parameters.output.upper[a] > parameters.output.lower[a])) {
      output.table("fields").problem("upper", "not above output.fields.lower on every axis");
      break;
    }
  TableReader checkpoint = top.table("checkpoint");
  read_rows(checkpoint, parameters.checkpoint);
}

}  // namespace vesicast::io
