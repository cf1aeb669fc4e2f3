#include "io/commands/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/text/size_text.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

std::string seconds_text(double seconds) {
  if (seconds < 1.0) return fmt::format("{:.3g} ms", 1e3 * seconds);
  if (seconds < 120.0) return fmt::format("{:.3g} s", seconds);
  return seconds < 7200.0 ? fmt::format("{:.3g} min", seconds / 60.0) : fmt::format("{:.3g} h", seconds / 3600.0);
}

/// The largest count that still does `efficiency` of what its ranks could; the smallest where none does.
const Prediction& chosen(const std::vector<Prediction>& all, double efficiency) {
  const Prediction* best = &all.front();
  for (const Prediction& n : all)
    if (n.efficiency >= efficiency && n.ranks > best->ranks) best = &n;
  return *best;
}

std::string command_line(const PlanOptions& o, const Prediction& n) {
  std::string line = n.ranks == 1 ? "" : fmt::format("mpirun -n {} ", n.ranks);
  line += fmt::format("vesicast run {}", o.config.string());
  for (const std::string& set : o.overrides) line += fmt::format(" --set '{}'", set);
  return line;
}

}  // namespace

std::string plan_text(const PlanOptions& o, const PlannedRun& run, const std::vector<Prediction>& all,
                      const Machine& machine, int per_node, const PlannedDisk& disk) {
  const bool automatic = run.numbers.first.has_value();
  std::string s = fmt::format("{}: {} voxels, {} cells, {:.0f} steps{}\n", o.config.string(), run.numbers.grid.size(),
                              run.cells.size(), run.steps, automatic ? " if all were as the first" : "");
  s += machine.measured()
           ? fmt::format(
                 "machine: {}, a step on {} rank{} takes {:.2f} times what follows from one alone; "
                 "messages {:.2g} us and {}/s, disk {}/s\n",
                 machine.host, machine.busy_ranks, machine.busy_ranks == 1 ? "" : "s", machine.busy,
                 1e6 * machine.latency, size_text(machine.bandwidth), size_text(machine.disk))
           : fmt::format(
                 "machine: one core of this one; cores side by side as fast as alone, messages {:.2g} us and "
                 "{}/s, disk {}/s are assumed: mpirun -n CORES vesicast plan CONFIG --measure\n",
                 1e6 * machine.latency, size_text(machine.bandwidth), size_text(machine.disk));
  s += fmt::format("{:>7} {:>13} {:>9} {:>10} {:>10} {:>11} {:>10} {:>10} {:>10}\n", "ranks", "cut", "imbalance",
                   "messages", "halo", "memory", "step", "run", "efficiency");
  for (const Prediction& n : all) {
    const auto& r = n.layout.ranks;
    s += fmt::format("{:>7} {:>13} {:>9.2f} {:>10} {:>10} {:>11} {:>10} {:>10} {:>9.0f} %{}\n", n.ranks,
                     fmt::format("{} x {} x {}", r[0], r[1], r[2]), n.imbalance, n.messages, size_text(n.halo_bytes),
                     size_text(n.bytes + 1e8), seconds_text(n.step), seconds_text(n.run), 100.0 * n.efficiency,
                     n.extrapolated ? " *" : "");
  }
  s += fmt::format(
      "imbalance: largest over mean work of a rank. messages, halo: sent per step by the rank that sends most. "
      "memory: of the fullest rank. run: steps and writing, without the start. {} ranks on a machine at "
      "most\n",
      per_node);
  if (std::ranges::any_of(all, &Prediction::extrapolated)) s += "*: extrapolated from fewer ranks than that\n";
  const bool mapped_flow = run.parameters.flow.kind == FlowKind::map || run.parameters.flow.kind == FlowKind::darcy;
  if (mapped_flow)
    s += "the flow is taken as a uniform one of 0.3 um/s: steps are as long as its fastest place makes them\n";
  s += fmt::format("disk: outputs at most {} before compression in {} files, and {} checkpoint{} of {}\n",
                   size_text(disk.outputs), disk.files, disk.kept, disk.kept == 1 ? "" : "s",
                   size_text(disk.checkpoint));
  const Prediction& best = chosen(all, o.efficiency);
  s += fmt::format("{} rank{}: {}\n", best.ranks, best.ranks == 1 ? "" : "s", command_line(o, best));
  return s;
}

std::string plan_json(const PlanOptions& o, const PlannedRun& run, const std::vector<Prediction>& all,
                      const Machine& machine, const PlannedDisk& disk) {
  nlohmann::ordered_json json{
      {"config", o.config.string()}, {"voxels", run.numbers.grid.size()},      {"cells", run.cells.size()},
      {"steps", run.steps},          {"machine_measured", machine.measured()}, {"output_bytes", disk.outputs},
      {"output_files", disk.files},  {"checkpoint_bytes", disk.checkpoint}};
  for (const Prediction& n : all)
    json["ranks"].push_back({{"ranks", n.ranks},
                             {"cut", n.layout.ranks},
                             {"imbalance", n.imbalance},
                             {"messages", n.messages},
                             {"halo_bytes", n.halo_bytes},
                             {"memory_bytes", n.bytes},
                             {"step_s", n.step},
                             {"run_s", n.run},
                             {"efficiency", n.efficiency},
                             {"extrapolated", n.extrapolated}});
  json["chosen"] = chosen(all, o.efficiency).ranks;
  return json.dump(2) + '\n';
}

}  // namespace vesicast::io
