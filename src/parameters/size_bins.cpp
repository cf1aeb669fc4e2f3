#include "src/parameters/size_bins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <set>

#include "decomposition/base/error.hpp"
#include "src/parameters/stokes_einstein.hpp"

namespace vesicast {
namespace {

/// "exosome 78 nm" for every bin, with as many digits as tell the bins apart.
std::vector<std::string> names_of_bins(const std::string& parent, const std::vector<SizeBin>& bins) {
  for (int digits = 0;; ++digits) {
    std::vector<std::string> names;
    for (const SizeBin& b : bins) names.push_back(fmt::format("{} {:.{}f} nm", parent, 1e3 * b.diameter, digits));
    if (std::set<std::string>(names.begin(), names.end()).size() == names.size() || digits == 12) return names;
  }
}

/// A class's entry by name becomes its bins' entries, each times `factor` of the bin.
template <class Value, class Factor>
void divide(std::map<std::string, Value>& by_class, const std::string& parent, const std::vector<std::string>& names,
            Factor&& factor) {
  const auto entry = by_class.extract(parent);
  if (entry.empty()) return;
  for (std::size_t i = 0; i < names.size(); ++i) by_class[names[i]] = factor(entry.mapped(), i);
}

VesicleClass class_of_bin(const VesicleClass& parent, const SizeBin& bin, const std::string& name) {
  VesicleClass v = parent;
  v.name = name;
  v.parent = parent.name;
  v.size = {1, bin.diameter, 0.0};
  v.diffusivity *= parent.diffusivity_by_size ? harmonic_mean_diameter(parent.size) / bin.diameter : bin.diffusivity;
  if (v.diffusivity_map) v.diffusivity_map->factor *= bin.diffusivity;
  v.initial_concentration *= bin.share;
  for (auto& axis : v.boundary)
    for (FaceBoundary& face : axis) face.value = face.value.times(bin.share);
  return v;
}

/// Everything that is given by class name, for the bins of one class.
void divide_entries(Parameters& p, const std::string& parent, const std::vector<std::string>& names,
                    const std::vector<SizeBin>& bins) {
  const auto same = [](double value, std::size_t) { return value; };
  const auto shared = [&](double value, std::size_t i) { return value * bins[i].share; };
  for (Region& r : p.regions) {
    divide(r.diffusivity, parent, names, [&](double d, std::size_t i) { return d * bins[i].diffusivity; });
    divide(r.binding_sites, parent, names, same);
    for (std::optional<Vessels>* vessels : {&r.blood, &r.lymph}) {
      if (!*vessels) continue;
      divide((*vessels)->permeability, parent, names, same);
      divide((*vessels)->reflection, parent, names, same);
      divide((*vessels)->plasma, parent, names, shared);
    }
  }
  for (CellType& t : p.cell_types) {
    divide(t.recipient, parent, names, [](const Uptake& u, std::size_t) { return u; });
    divide(t.donor, parent, names, [&](Secretion s, std::size_t i) {
      s.share *= bins[i].share;
      return s;
    });
  }
}

}  // namespace

std::vector<SizeBin> size_bins(const SizeDistribution& size) {
  if (size.bins < 1) throw InputError(fmt::format("{} size bins; there must be at least one", size.bins));
  if (size.bins == 1) return {{1.0, size.mean, 1.0}};
  if (!(size.mean > 0.0 && size.sd > 0.0))
    throw InputError(
        fmt::format("several size bins need a mean diameter and a standard deviation above 0, not {} and {} um",
                    size.mean, size.sd));
  const double cv = size.sd / size.mean, sigma = std::sqrt(std::log1p(cv * cv));
  const boost::math::normal standard;
  const auto n = static_cast<std::size_t>(size.bins);
  const double share = 1.0 / static_cast<double>(n);
  // Cumulated share of the diameter below the edge between two bins.
  const auto below = [&](std::size_t edge) {
    if (edge == 0) return 0.0;
    if (edge == n) return 1.0;
    const double z = boost::math::quantile(standard, static_cast<double>(edge) / static_cast<double>(n));
    return boost::math::cdf(standard, z - sigma);
  };
  std::vector<SizeBin> bins(n);
  double inverse = 0.0;  // mean of 1/diameter
  for (std::size_t i = 0; i < n; ++i) {
    bins[i] = {share, size.mean * (below(i + 1) - below(i)) / share, 1.0};
    inverse += share / bins[i].diameter;
  }
  for (SizeBin& b : bins) b.diffusivity = 1.0 / (inverse * b.diameter);
  return bins;
}

Parameters with_size_bins(Parameters p) {
  std::vector<VesicleClass> classes;
  for (const VesicleClass& v : p.vesicles) {
    if (v.size.bins == 1) {
      classes.push_back(v);
      continue;
    }
    const std::vector<SizeBin> bins = size_bins(v.size);
    const std::vector<std::string> names = names_of_bins(v.name, bins);
    for (std::size_t i = 0; i < bins.size(); ++i) classes.push_back(class_of_bin(v, bins[i], names[i]));
    divide_entries(p, v.name, names, bins);
  }
  std::set<std::string> taken;
  for (const VesicleClass& v : classes)
    if (!taken.insert(v.name).second)
      throw InputError(fmt::format("\"{}\" is a class and a size bin of another: give the class another name", v.name));
  p.vesicles = std::move(classes);
  return p;
}

}  // namespace vesicast
