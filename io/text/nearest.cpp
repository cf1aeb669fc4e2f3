#include "io/text/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace vesicast::io {
std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string> nearest(std::string_view name, const std::vector<std::string>& names) {
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  const std::string wanted = lower_case(name);
  for (const std::string& candidate : names) {
    const std::size_t distance = edit_distance(wanted, lower_case(candidate));
    const std::size_t longest = std::max(name.size(), candidate.size());
    if (distance > std::max<std::size_t>(1, longest / 3) || distance >= longest) continue;
    if (best && distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& names, std::string_view what) {
  if (const auto near = nearest(name, names)) return fmt::format("; did you mean \"{}\"?", *near);
  if (names.empty()) return fmt::format("; there are no {}", what);
  std::string list;
  for (const std::string& one : names) {
    if (!list.empty()) list += ", ";
    list += one;
  }
  return fmt::format("; {}: {}", what, list);
}

}  // namespace vesicast::io
