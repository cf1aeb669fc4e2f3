#include "src/parameters/multipliers.hpp"

#include <boost/random/normal_distribution.hpp>
#include <cmath>

#include "src/base/random.hpp"

namespace vesicast {
namespace {

/// The stream of a rate, by its name, so that it does not move when rates are added: FNV-1a, 32 bits.
std::uint32_t stream_of(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return hash;
}

}  // namespace

double multiplier(std::uint64_t seed, std::int64_t cell, std::string_view name, double cv) {
  if (!(cv > 0.0)) return 1.0;
  Draws draws({.seed = seed,
               .purpose = Purpose::cell_variation,
               .id = static_cast<std::uint64_t>(cell),
               .stream = stream_of(name)});
  const double variance = std::log1p(cv * cv);
  const double z = boost::random::normal_distribution<double>()(draws);
  return std::exp(std::sqrt(variance) * z - 0.5 * variance);
}

CellMultipliers multipliers_of(std::span<const Variation> variation, std::uint64_t seed, std::int64_t cell) {
  CellMultipliers m;
  for (const Variation& v : variation) {
    double& own = v.rate ? m.rates[*v.rate] : m.receptors;
    own = multiplier(seed, cell, v.rate ? info(*v.rate).name : "receptors", v.cv);
  }
  return m;
}

}  // namespace vesicast
