#include "io/config/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/config/registry.hpp"
#include "io/config/tree.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

std::string line(std::string_view label, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("  {:<9}{}\n", label, text);
}

std::string one_key(const Key& key) {
  std::string text = key.path + "\n";
  text += line("meaning", key.meaning);
  text += line("type", kind_words(key));
  text += line("unit", unit(key.dimension).empty()
                           ? ""
                           : fmt::format("{} inside the program; any unit of {} in a config, \"{}\"",
                                         unit(key.dimension), name(key.dimension), example(key.dimension)));
  text += line("default", default_words(key));
  text += line("range", range_words(key));
  text += line("typical", typical_words(key.more));
  text += line("applies", key.more.applies);
  text += line("source", words(key.source));
  return text;
}

/// The keys whose pattern begins with `start`, one line each.
std::string list(std::string_view start) {
  std::size_t width = 0;
  for (const Key& key : keys())
    if (key.path.starts_with(start)) width = std::max(width, key.path.size());
  std::string text;
  for (const Key& key : keys())
    if (key.path.starts_with(start))
      text += fmt::format("{:<{}}  {}\n", key.path, width, key.meaning.substr(0, key.meaning.find(". ")));
  return text;
}

std::string one_table(const TableInfo& table) {
  return fmt::format("[{}]\n  {}\n\n{}", table.path, table.meaning, list(table.path + "."));
}

/// "tissue.cells[0].radius" as "tissue.cells.0.radius".
std::string without_brackets(std::string_view key) {
  std::string text;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] == '[' && i + 1 < key.size() && key[i + 1] == ']') {
      ++i;
    } else if (key[i] == '[') {
      text += '.';
    } else if (key[i] != ']') {
      text += key[i];
    }
  }
  return text;
}

bool is_index(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// How far the names of a key lead in the registry.
struct Walk {
  Child found;           ///< the last name that was known
  bool complete = true;  ///< were all?
  std::string unknown;   ///< the first that was not
  std::string before;    ///< the pattern of the table that does not know it
};

Walk walk(const std::vector<std::string>& names) {
  Walk result;
  for (const std::string& name : names) {
    if (result.found.is_array && is_index(name)) continue;
    const Child next = child_of(result.found.pattern, name == "<face>" ? "x" : name);
    if (next.key == nullptr && next.table == nullptr) {
      result.complete = false;
      result.unknown = name;
      result.before = result.found.pattern;
      return result;
    }
    result.found = next;
  }
  return result;
}

/// The keys whose last name is `name`: `describe k_on` without its path.
std::vector<const Key*> by_last_name(std::string_view name) {
  std::vector<const Key*> found;
  for (const Key& key : keys())
    if (key.path.ends_with(fmt::format(".{}", name))) found.push_back(&key);
  return found;
}

}  // namespace

std::string describe(std::string_view key) {
  if (key.empty()) return list("");
  const std::vector<std::string> names = split_key(without_brackets(key));
  const Walk result = walk(names);
  if (result.complete) {
    const auto& [value, table, is_array, pattern] = result.found;
    if (value == nullptr) return one_table(*table);
    return table == nullptr ? one_key(*value) : fmt::format("{}\n{}", one_key(*value), one_table(*table));
  }

  if (result.unknown == names.back()) {  // the beginning of a name, perhaps
    const std::string start = result.before.empty() ? result.unknown : result.before + "." + result.unknown;
    if (std::string begun = list(start); !begun.empty()) return begun;
  }
  std::string text;
  if (names.size() == 1)
    for (const Key* found : by_last_name(names[0])) {
      if (!text.empty()) text += '\n';
      text += one_key(*found);
    }
  if (!text.empty()) return text;

  std::vector<std::string> candidates = known_names(result.before);
  if (names.size() == 1)
    for (const Key& known : keys()) candidates.push_back(known.path.substr(known.path.rfind('.') + 1));
  if (const auto near = nearest(result.unknown, candidates))
    throw InputError(fmt::format("unknown key \"{}\"; did you mean \"{}\"?", key, *near));
  throw InputError(fmt::format("unknown key \"{}\"; `vesicast describe` lists all keys", key));
}

}  // namespace vesicast::io
