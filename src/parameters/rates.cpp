#include "src/parameters/rates.hpp"

#include <string>
#include <vector>

#include "decomposition/base/error.hpp"
#include "src/parameters/row.hpp"

namespace vesicast {

std::span<const RateInfo> named_rates() {
  static const std::vector<RateInfo> all = [] {
    std::vector<RateInfo> list;
    for (const auto part : {donor_rates(), recipient_rates(), matrix_rates()})
      list.insert(list.end(), part.begin(), part.end());
    if (list.size() > RateFactors{}.value.size()) throw InternalError("more rates than RateFactors has room for");
    return list;
  }();
  return all;
}

std::optional<Rate> find_rate(std::string_view name) {
  Rate rate;
  for (const RateInfo& one : named_rates()) {
    if (one.name == name) return rate;
    ++rate.index;
  }
  return std::nullopt;
}

Rate::Rate(std::string_view name) {
  const auto found = find_rate(name);
  if (!found) throw InternalError("no rate is called \"" + std::string(name) + "\"");
  *this = *found;
}

}  // namespace vesicast
