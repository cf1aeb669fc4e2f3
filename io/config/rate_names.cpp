#include "io/config/rate_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/config/registry.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// Is `tail` the same as `path`, or its last names?
bool ends_in(std::string_view path, std::string_view tail) {
  if (!path.ends_with(tail)) return false;
  return path.size() == tail.size() || path[path.size() - tail.size() - 1] == '.';
}

/// `the key recipient.k_lysosome is the rate "k_LL"`, for all keys that `name` may mean; empty where it is none.
std::string as_key(std::string_view name) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < rate_keys().size(); ++i) {
    const std::string_view key = rate_keys()[i].key;
    if (!ends_in(key, name) && !ends_in(name, key)) continue;
    const bool again = i > 0 && rate_keys()[i - 1].key == key;
    const std::string rate = fmt::format("\"{}\"", info(rate_keys()[i].rate).name);
    if (again)
      found.back() += " or " + rate;
    else
      found.push_back(fmt::format("the rate of the key {} is {}", key, rate));
  }
  return fmt::format("{}", fmt::join(found, ", "));
}

/// "cell_type.*.cargo.*.sorting_escrt" as "cargo.sorting_escrt".
std::string without_names(std::string path) {
  path.erase(0, path.find("*.") + 2);
  for (std::size_t at = path.find("*."); at != std::string::npos; at = path.find("*.")) path.erase(at, 2);
  return path;
}

}  // namespace

const std::vector<RateKey>& rate_keys() {
  static const std::vector<RateKey> all = [] {
    std::vector<RateKey> found;
    for (const Key& key : keys())
      for (const std::string_view rate : parts(key.more.rates))
        if (!key.path.ends_with(fmt::format(".{}", rate))) found.push_back({without_names(key.path), Rate(rate)});
    return found;
  }();
  return all;
}

std::string rate_suggestion(std::string_view name, const std::vector<std::string>& more) {
  if (const std::string key = as_key(name); !key.empty()) return "; " + key;
  const auto is_it = [&](const Key& key) { return ends_in(key.path, name); };
  if (std::ranges::any_of(keys(), is_it))
    return "; it is a key of the configuration that nothing multiplies; `vesicast describe rate` lists the rates";
  std::vector<std::string> names = more;
  for (const RateInfo& rate : named_rates()) names.emplace_back(rate.name);
  if (const auto near = nearest(name, names)) return fmt::format("; did you mean \"{}\"?", *near);
  std::ranges::stable_sort(names, {}, [&](const std::string& one) { return edit_distance(one, name); });
  names.resize(4);
  return fmt::format("; near it: {}; `vesicast describe rate` lists all", fmt::join(names, ", "));
}

}  // namespace vesicast::io
