#include "io/commands/run_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "io/output/step_log.hpp"
#include "src/interstitium/region_voxels.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

std::string length_text(double um) {
  return std::isfinite(um) ? fmt::format("{:.1f} um", um) : "no uptake";
}

/// How binding to the matrix holds a class back.
std::string matrix_text(const TransportNumbers& t) {
  if (!t.matrix_ratio) return "binds to the matrix, to sites from a map";
  const std::string where = t.sites_vary ? " outside the regions with sites of their own" : "";
  if (!std::isfinite(*t.matrix_ratio)) return fmt::format("binds to the matrix{} and does not come off", where);
  return fmt::format(
      "binds to the matrix{}: K = k_on S/k_off = {:.3g} bound per free vesicle, D/(1 + K) = {:.3g} um^2/s", where,
      *t.matrix_ratio, t.slowed_diffusivity);
}

/// "RAB27A at activity 0.15: k_dock x 0.235 in tumour, 0 s to 3600 s".
std::string perturbation_text(const Perturbation& x) {
  std::string changes;
  for (const Perturbation::Change& c : x.changes)
    changes += fmt::format("{}{} x {:.4g}", changes.empty() ? "" : ", ", info(c.rate).name, c.factor);
  return fmt::format("{}: {} {}, from {:g} s {}", x.label, changes.empty() ? "nothing" : changes,
                     x.cell_types.empty() ? "everywhere" : fmt::format("in {}", fmt::join(x.cell_types, ", ")),
                     to_seconds(x.from), x.until ? fmt::format("to {:g} s", to_seconds(*x.until)) : "on");
}

}  // namespace

std::string run_text(const RunNumbers& n, const Parameters& p, int ranks) {
  std::string s;
  const auto line = [&](const std::string& name, const std::string& value) {
    s += fmt::format("{:<12} {}\n", name, value);
  };
  const auto& v = n.grid.voxels;
  const auto& h = n.grid.spacing;
  line("grid", n.grid.dimensions == 2 ? fmt::format("{} x {} voxels of {:g} x {:g} um, slab {:g} um thick ({} voxels)",
                                                    v[0], v[1], h[0], h[1], h[2], n.grid.size())
                                      : fmt::format("{} x {} x {} voxels of {:g} x {:g} x {:g} um ({} voxels)", v[0],
                                                    v[1], v[2], h[0], h[1], h[2], n.grid.size()));
  std::int64_t total = 0;
  for (const std::int64_t c : n.cells_by_type) total += c;
  line("cells", fmt::format("{}", total));
  for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
    const CellType& type = p.cell_types[t];
    const char* role = !type.donor.empty() && !type.recipient.empty() ? "donor and recipient"
                       : !type.donor.empty()                          ? "donor"
                       : !type.recipient.empty()                      ? "recipient"
                                                                      : "bystander";
    line("", fmt::format("{:>8}  {} ({})", n.cells_by_type[t], type.name, role));
  }
  const auto factors =
      static_cast<std::size_t>(std::ranges::count(p.vesicles, Substance::soluble, &VesicleClass::substance));
  const std::size_t classes = p.vesicles.size() - factors;
  line("fields",
       fmt::format("{} ({} vesicle class{}, {}{} source{})", n.fields.fields.size(), classes, classes == 1 ? "" : "es",
                   factors == 0 ? "" : fmt::format("{} soluble factor{}, ", factors, factors == 1 ? "" : "s"),
                   n.fields.sources.size(), n.fields.sources.size() == 1 ? "" : "s"));
  for (const Perturbation& x : p.perturbations) line("perturbed", perturbation_text(x));
  const double hours = to_seconds(p.run.end) / 3600.0;
  if (n.first)
    line("steps", fmt::format("automatic, {:g} s to {:g} s, to {:g} h; the first {}", to_seconds(p.run.step),
                              to_seconds(p.run.automatic->largest), hours, step_text(*n.first, p)));
  else
    line("steps", fmt::format("{} of {:g} s, to {:g} h", n.steps, to_seconds(n.step), hours));
  line("memory",
       fmt::format("{:.1f} MiB of arrays per rank on {} rank{}, beside about 100 MiB for the program and its libraries",
                   n.bytes_per_rank / 1048576.0, ranks, ranks == 1 ? "" : "s"));
  for (std::size_t j = 0; j < n.transport.size(); ++j) {
    const TransportNumbers& t = n.transport[j];
    line(
        t.vesicle,
        fmt::format(
            "D dt/h^2 = {:.3g}, {} sweeps per step; among cells sqrt(D/k) = {} against a voxel of {:g} um, lifetime {}",
            t.diffusion_number, t.sweeps, length_text(t.range), h[0],
            std::isfinite(t.uptake_time) ? fmt::format("{:.0f} s", t.uptake_time) : std::string("unlimited by cells")));
    if (const VesicleClass& of = p.vesicles[j]; of.diffusivity_by_size)
      line("", fmt::format("D = {:.3g} um^2/s, from a diameter of {:g} nm", of.diffusivity, 1e3 * of.size.mean));
    if (p.vesicles[j].matrix) line("", matrix_text(t));
  }
  return s;
}

std::string tissue_text(const InterstitiumSummary& summary, const Parameters& p) {
  if (!has_maps(p)) return {};
  std::string s = fmt::format("{:<12} alpha {:.3g} to {:.3g}, mean {:.4g}", "tissue", summary.smallest_alpha,
                              summary.largest_alpha, summary.mean_alpha);
  if (summary.voxels_at_floor > 0) s += fmt::format("; {} voxels at the floor", summary.voxels_at_floor);
  if (summary.obstacle_voxels > 0) s += fmt::format("; {} voxels of obstacles", summary.obstacle_voxels);
  s += '\n';
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    if (summary.largest_diffusivity[j] > summary.mean_diffusivity[j])
      s += fmt::format("{:<12} D of {} at most {:.3g} um^2/s, mean {:.4g}\n", "", p.vesicles[j].name,
                       summary.largest_diffusivity[j], summary.mean_diffusivity[j]);
  for (std::size_t r = 0; r < p.regions.size(); ++r)
    s += fmt::format("{:<12} {:>8} voxels of {}\n", "", summary.region_voxels[r], region_title(p.regions, r));
  return s;
}

std::string flow_text(const FlowNumbers& n, const Model& model, const SteadyFlow& flow) {
  std::string s;
  if (const auto& darcy = flow.darcy) {
    s += model.parameters().flow.solved
             ? fmt::format("{:<12} Darcy's law, pressure from {}, residual {:.1e}", "flow",
                           model.parameters().flow.solved->file, darcy->residual)
             : fmt::format("{:<12} Darcy's law solved in {} iterations on {} grids, residual {:.1e}", "flow",
                           darcy->iterations, darcy->levels, darcy->residual);
    if (darcy->stagnant > 0) s += fmt::format("; {} voxels at rest", darcy->stagnant);
    s += '\n';
  }
  s += fmt::format("{:<12} at most {:.3g} um/s through a face, {} sub-steps per step; v h/(alpha D) at most", "flow",
                   n.largest_velocity, n.substeps);
  for (std::size_t j = 0; j < n.peclet.size(); ++j)
    s += fmt::format("{} {:.3g} ({})", j == 0 ? "" : ",", n.peclet[j], model.parameters().vesicles[j].name);
  return s + '\n';
}

std::string stationary_text(const StationaryField& f) {
  return fmt::format("{:<12} {}: stationary, {:.4g} outside cells; {} iterations, residual {:.1e}\n", "start", f.name,
                     f.content, f.iterations, f.residual);
}

std::string cut_text(const WeightedCut& cut) {
  const auto& r = cut.layout.ranks;
  const std::string planes = fmt::format("{:<12} {} x {} x {} ranks", "cut", r[0], r[1], r[2]);
  if (cut.work.empty() && cut.imbalance == 1.0 && cut.uniform_imbalance == 1.0) return planes + ", uniform";
  return planes + fmt::format(", the fullest has {:.2f} times the mean work (uniform cut: {:.2f})", cut.imbalance,
                              cut.uniform_imbalance);
}

}  // namespace vesicast::io
