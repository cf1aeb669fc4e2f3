#include "io/output/tissue_output.hpp"

#include <fmt/format.h>

#include "io/output/snapshot_output.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/vtk/fields.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

/// Arrays that own what they name.
class Arrays {
 public:
  void add(std::string name, std::vector<double> values) {
    names_.push_back(std::move(name));
    values_.push_back(std::move(values));
  }
  void write(const Domain& domain, const std::filesystem::path& run_folder, std::string_view kind,
             std::span<const Note> notes, const OutputParameters& output) const {
    VtkForm form = form_of(output);
    form.precision = Precision::double_precision;
    std::vector<NamedValues> arrays;
    for (std::size_t i = 0; i < names_.size(); ++i) arrays.push_back({names_[i], values_[i]});
    KnownSeries series;
    write_voxels(domain.comm(), run_folder, kind, 0, 0.0, {domain.grid(), domain.owned(), {domain.grid().box(), 1}},
                 arrays, notes, form, series);
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::vector<double>> values_;
};

}  // namespace

void write_interstitium(const Simulation& s, const std::filesystem::path& run_folder, std::span<const Note> notes) {
  const Domain& domain = *s.domain;
  const Interstitium& in = s.site.interstitium;
  if (in.uniform) return;
  Arrays arrays;
  if (!in.alpha.empty()) arrays.add("alpha", in.alpha);
  for (std::size_t j = 0; j < in.diffusivity.size(); ++j)
    if (!in.diffusivity[j].empty())
      arrays.add(fmt::format("D {} [um^2/s]", s.model.parameters().vesicles[j].name), in.diffusivity[j]);
  if (!in.obstacle.empty()) arrays.add("obstacle", {in.obstacle.begin(), in.obstacle.end()});
  arrays.write(domain, run_folder, run_files::interstitium, notes, s.model.parameters().output);
}

void write_flow(const Simulation& s, const std::filesystem::path& run_folder, std::span<const Note> notes) {
  if (!s.site.flow) return;
  const Domain& domain = *s.domain;
  const FlowField& flow = s.site.flow->field;
  const auto voxels = static_cast<std::size_t>(domain.owned_voxels());
  Arrays arrays;
  for (std::size_t a = 0; a < domain.grid().dimensions; ++a) {
    std::vector<double> lower(voxels);
    for (std::size_t i = 0; i < voxels; ++i)
      lower[i] = flow.through(domain.owned().voxel(static_cast<std::int64_t>(i)), a, 0);
    arrays.add(fmt::format("flux through lower {} face [um^3/s]", "xyz"[a]), std::move(lower));
  }
  for (std::size_t a = 0; a < domain.grid().dimensions; ++a)
    arrays.add(fmt::format("velocity {} [um/s]", "xyz"[a]), centre_velocity(flow, domain, a));
  const auto add_vessels = [&](const char* name, const VesselFlow& vessels) {
    if (vessels.in.empty()) return;
    std::vector<double> net(voxels);
    for (std::size_t i = 0; i < voxels; ++i) net[i] = vessels.net(i);
    arrays.add(fmt::format("net fluid from {} [um^3/s]", name), std::move(net));
  };
  add_vessels("blood", flow.blood);
  add_vessels("lymph", flow.lymph);
  if (s.site.flow->darcy) {
    const ReadScope scope(s.site.flow->darcy->pressure);
    arrays.add("pressure [Pa]", {scope.values().begin(), scope.values().end()});
  }
  arrays.write(domain, run_folder, run_files::flow, notes, s.model.parameters().output);
}

}  // namespace vesicast::io
