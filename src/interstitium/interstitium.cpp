#include "src/interstitium/interstitium.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "decomposition/base/error.hpp"
#include "decomposition/base/exact_sum.hpp"
#include "decomposition/field.hpp"
#include "decomposition/voxel_search.hpp"
#include "src/interstitium/cells_in_obstacles.hpp"
#include "src/interstitium/occupied_volume.hpp"
#include "src/interstitium/region_voxels.hpp"
#include "src/parameters/parameters.hpp"
#include "src/tissue/sphere_volume.hpp"

namespace vesicast {
namespace {

/// One making of an Interstitium, stage by stage.
class Maker {
 public:
  Maker(const Parameters& parameters, const Domain& domain, const Cells& cells, const MapReader& reader)
      : p_(parameters), domain_(domain), cells_(cells), maps_(domain, reader), n_(owned()) {}

  Interstitium make() {
    check_regions();
    out_.summary.region_voxels.resize(p_.regions.size());
    for (std::size_t r = 0; r < p_.regions.size(); ++r)
      if (p_.regions[r].obstacle) add_obstacle(r);
    require_no_cell_in_obstacles(domain_, cells_, out_.obstacle);
    start_alpha();
    start_vesicles();
    start_flow();
    for (std::size_t r = 0; r < p_.regions.size(); ++r)
      if (!p_.regions[r].obstacle) apply(r);
    for (std::size_t i = 0; i < out_.obstacle.size(); ++i)
      if (out_.obstacle[i] != 0) empty_voxel(i);
    const auto constant = [](const std::vector<double>& values) { return values.empty(); };
    out_.uniform = constant(out_.alpha) && std::ranges::all_of(out_.diffusivity, constant);
    summarise();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t owned() const { return static_cast<std::size_t>(domain_.owned_voxels()); }
  /// Has a region that is no obstacle this property?
  template <class Property>
  [[nodiscard]] bool any_region(Property&& property) const {
    return std::ranges::any_of(p_.regions, [&](const Region& r) { return !r.obstacle && property(r); });
  }

  void check_regions() const {
    if (p_.regions.size() > static_cast<std::size_t>(std::numeric_limits<std::int16_t>::max()))
      throw AgreedError(ExitCode::bad_input, fmt::format("{} regions are more than the {} that a voxel can tell apart",
                                                         p_.regions.size(), std::numeric_limits<std::int16_t>::max()));
    for (std::size_t r = 0; r < p_.regions.size(); ++r)
      for (const VesicleClass& v : p_.vesicles)
        if (!v.matrix && p_.regions[r].binding_sites.contains(v.name))
          throw AgreedError(ExitCode::bad_input,
                            fmt::format("{} gives binding sites to vesicle \"{}\", which does not bind to the matrix",
                                        region_title(p_.regions, r), v.name));
  }

  void add_obstacle(std::size_t r) {
    out_.obstacle.resize(n_, 0);
    const RegionVoxels voxels = voxels_of_region(p_.regions, r, domain_, maps_);
    out_.summary.region_voxels[r] = voxels.count;
    for (const std::int64_t i : voxels.owned) out_.obstacle[static_cast<std::size_t>(i)] = 1;
  }

  void start_alpha() {
    const DomainParameters& d = p_.domain;
    if (d.extracellular_fraction_map) {
      out_.alpha = maps_.values(*d.extracellular_fraction_map, fraction_range, out_.obstacle);
    } else if (d.fraction_from_cells) {
      alpha_from_cells();
    } else if (!out_.obstacle.empty() ||
               any_region([](const Region& r) { return r.extracellular_fraction.has_value(); })) {
      out_.alpha.assign(n_, d.extracellular_fraction);
    }
  }

  void alpha_from_cells() {
    at_floor_.assign(n_, 0);
    for (const std::int64_t amount : occupied_volume(domain_, cells_, p_.cell_types)) {
      const double left = 1.0 - static_cast<double>(amount) * volume_unit;
      at_floor_[out_.alpha.size()] = left < p_.domain.fraction_floor ? 1 : 0;
      out_.alpha.push_back(std::max(left, p_.domain.fraction_floor));
    }
  }

  void start_vesicles() {
    for (const VesicleClass& v : p_.vesicles) {
      std::vector<double>& d = out_.diffusivity.emplace_back();
      if (v.diffusivity_map)
        d = maps_.values(*v.diffusivity_map, diffusivity_range, out_.obstacle);
      else if (any_region([&](const Region& r) { return r.diffusivity.contains(v.name); }))
        d.assign(n_, v.diffusivity);

      std::vector<double>& sites = out_.binding_sites.emplace_back();
      if (!v.matrix) continue;
      if (v.matrix->sites_map)
        sites = maps_.values(*v.matrix->sites_map, sites_range, out_.obstacle);
      else if (any_region([&](const Region& r) { return r.binding_sites.contains(v.name); }))
        sites.assign(n_, v.matrix->sites);
    }
  }

  void start_flow() {
    if (!out_.obstacle.empty() || any_region([](const Region& r) { return r.conductivity.has_value(); }))
      out_.conductivity.assign(n_, p_.flow.conductivity);
    if (any_region([](const Region& r) { return r.blood.has_value(); })) out_.blood.assign(n_, -1);
    if (any_region([](const Region& r) { return r.lymph.has_value(); })) out_.lymph.assign(n_, -1);
  }

  /// What the region's keys set in its voxels.
  void apply(std::size_t r) {
    const Region& region = p_.regions[r];
    const RegionVoxels voxels = voxels_of_region(p_.regions, r, domain_, maps_);
    out_.summary.region_voxels[r] = voxels.count;
    const auto set = [&](auto& values, auto value) {
      for (const std::int64_t i : voxels.owned) values[static_cast<std::size_t>(i)] = value;
    };
    if (region.extracellular_fraction) {
      set(out_.alpha, *region.extracellular_fraction);
      if (!at_floor_.empty()) set(at_floor_, std::uint8_t{0});
    }
    for (std::size_t j = 0; j < p_.vesicles.size(); ++j) {
      const std::string& name = p_.vesicles[j].name;
      if (const auto it = region.diffusivity.find(name); it != region.diffusivity.end())
        set(out_.diffusivity[j], it->second);
      if (const auto it = region.binding_sites.find(name); it != region.binding_sites.end())
        set(out_.binding_sites[j], it->second);
    }
    if (region.conductivity) set(out_.conductivity, *region.conductivity);
    const auto index = static_cast<std::int16_t>(r);
    if (region.blood) set(out_.blood, index);
    if (region.lymph) set(out_.lymph, index);
  }

  void empty_voxel(std::size_t i) {
    out_.alpha[i] = 0.0;
    out_.conductivity[i] = 0.0;
    if (!at_floor_.empty()) at_floor_[i] = 0;
    if (!out_.blood.empty()) out_.blood[i] = -1;
    if (!out_.lymph.empty()) out_.lymph[i] = -1;
    for (auto& sites : out_.binding_sites)
      if (!sites.empty()) sites[i] = 0.0;
  }

  void summarise() {
    InterstitiumSummary& s = out_.summary;
    s.obstacle_voxels = count(out_.obstacle);
    s.voxels_at_floor = count(at_floor_);
    const std::int64_t fluid = domain_.grid().size() - s.obstacle_voxels;
    if (fluid == 0) throw AgreedError(ExitCode::bad_input, "obstacles fill the whole domain");
    const InterstitiumSummary constant = constant_summary(p_);
    const Spread alpha = spread(out_.alpha, constant.mean_alpha, fluid);
    s.mean_alpha = alpha.mean;
    s.smallest_alpha = alpha.smallest;
    s.largest_alpha = alpha.largest;
    for (std::size_t j = 0; j < out_.diffusivity.size(); ++j) {
      const Spread d = spread(out_.diffusivity[j], constant.mean_diffusivity[j], fluid);
      s.mean_diffusivity.push_back(d.mean);
      s.largest_diffusivity.push_back(d.largest);
    }
  }

  struct Spread {
    double mean = 0.0, smallest = 0.0, largest = 0.0;
  };
  /// Over the `fluid` voxels of the domain that are no obstacle; of the constant if there are no values.
  [[nodiscard]] Spread spread(const std::vector<double>& values, double constant, std::int64_t fluid) const {
    if (values.empty()) return {constant, constant, constant};
    Spread s{0.0, std::numeric_limits<double>::infinity(), 0.0};
    ExactSum sum;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!out_.obstacle.empty() && out_.obstacle[i] != 0) continue;
      sum.add(values[i]);
      s.smallest = std::min(s.smallest, values[i]);
      s.largest = std::max(s.largest, values[i]);
    }
    sum_over_ranks(domain_.comm(), std::span<ExactSum>(&sum, 1));
    s.mean = sum.value() / static_cast<double>(fluid);
    MPI_Allreduce(MPI_IN_PLACE, &s.smallest, 1, MPI_DOUBLE, MPI_MIN, domain_.comm());
    MPI_Allreduce(MPI_IN_PLACE, &s.largest, 1, MPI_DOUBLE, MPI_MAX, domain_.comm());
    return s;
  }

  [[nodiscard]] std::int64_t count(const std::vector<std::uint8_t>& flags) const {
    return find_voxels(domain_, [&](std::size_t i) { return !flags.empty() && flags[i] != 0; }).count;
  }

  const Parameters& p_;
  const Domain& domain_;
  const Cells& cells_;
  Maps maps_;
  std::size_t n_;
  Interstitium out_;
  std::vector<std::uint8_t> at_floor_;  ///< 1 where cells leave less than the floor; empty unless alpha is from cells
};

}  // namespace

double Interstitium::fraction(const Parameters& parameters, std::size_t voxel) const {
  return alpha.empty() ? parameters.domain.extracellular_fraction : alpha[voxel];
}

double Interstitium::diffusivity_of(const Parameters& parameters, std::size_t vesicle, std::size_t voxel) const {
  return diffusivity[vesicle].empty() ? parameters.vesicles[vesicle].diffusivity : diffusivity[vesicle][voxel];
}

bool has_maps(const Parameters& p) {
  return !p.regions.empty() || p.domain.extracellular_fraction_map || p.domain.fraction_from_cells ||
         std::ranges::any_of(
             p.vesicles, [](const VesicleClass& v) { return v.diffusivity_map || (v.matrix && v.matrix->sites_map); });
}

InterstitiumSummary constant_summary(const Parameters& p) {
  InterstitiumSummary s;
  s.mean_alpha = s.smallest_alpha = s.largest_alpha = p.domain.extracellular_fraction;
  for (const VesicleClass& v : p.vesicles) s.mean_diffusivity.push_back(v.diffusivity);
  s.largest_diffusivity = s.mean_diffusivity;
  return s;
}

Interstitium make_interstitium(const Parameters& parameters, const Domain& domain, const Cells& cells,
                               const MapReader& reader) {
  return Maker(parameters, domain, cells, reader).make();
}

}  // namespace vesicast
