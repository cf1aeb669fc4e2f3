#include "io/output/arrays.hpp"

#include <fnmatch.h>

#include <algorithm>

namespace vesicast::io {

std::string_view without_unit(std::string_view name) {
  if (const std::size_t at = name.rfind(" ["); at != std::string_view::npos && name.ends_with("]"))
    return name.substr(0, at);
  return name;
}

bool is_meant(std::string_view name, const std::string& pattern) {
  // Everything but `*` stands for itself.
  std::string escaped;
  for (const char c : pattern) {
    if (c == '[' || c == ']' || c == '?' || c == '\\') escaped += '\\';
    escaped += c;
  }
  const std::string plain(without_unit(name)), whole(name);
  return fnmatch(escaped.c_str(), plain.c_str(), 0) == 0 || fnmatch(escaped.c_str(), whole.c_str(), 0) == 0;
}

std::vector<ArrayMaker> those_chosen(std::vector<ArrayMaker> arrays, std::span<const std::string> patterns) {
  if (!patterns.empty())
    std::erase_if(arrays, [&](const ArrayMaker& a) {
      return std::ranges::none_of(patterns, [&](const std::string& p) { return is_meant(a.name, p); });
    });
  return arrays;
}

}  // namespace vesicast::io
