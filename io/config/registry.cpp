#include "io/config/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "src/parameters/row.hpp"

namespace vesicast::io {
namespace {

const std::string face_segment = "<face>";

std::string extended(std::string_view pattern, std::string_view name) {
  return pattern.empty() ? std::string(name) : fmt::format("{}.{}", pattern, name);
}

template <class Entry>
std::map<std::string, const Entry*, std::less<>> by_path(const std::vector<Entry>& entries) {
  std::map<std::string, const Entry*, std::less<>> found;
  for (const Entry& entry : entries) found.emplace(entry.path, &entry);
  return found;
}

std::string with_unit(double value, const Key& key) {
  std::string_view of = unit(key.dimension);
  if (of.empty()) return fmt::format("{:g}", value);
  if (of.starts_with("1/")) of.remove_prefix(1);
  return fmt::format("{:g} {}", value, of);
}

/// The words of a choice: "\"x\", \"y\" or \"z\"".
std::string choice_words(const Key& key) {
  std::string words;
  for (std::size_t i = 0; i < key.choices.size(); ++i)
    words += fmt::format("{}\"{}\"", i == 0 ? "" : i + 1 == key.choices.size() ? " or " : ", ", key.choices[i]);
  return words;
}

/// The kinds in words, in their order: {0} is what is measured, {1} several of it.
constexpr const char* kind_texts[] = {"{0}",
                                      "{0} or choice",
                                      "{0} or number",
                                      "list of {1}, one per axis",
                                      "{0}, or a list of one per axis",
                                      "list of {1}",
                                      "number",
                                      "number or choice",
                                      "integer",
                                      "boolean",
                                      "string",
                                      "choice",
                                      "list of strings",
                                      "string"};
static_assert(std::size(kind_texts) == static_cast<std::size_t>(Kind::map));  // which is two keys, of other kinds

}  // namespace

const std::vector<std::string>& face_names() {
  static const std::vector<std::string> names = {"x",     "y",      "z",     "x_low", "x_high",
                                                 "y_low", "y_high", "z_low", "z_high"};
  return names;
}

const Key* find_key(std::string_view pattern) {
  static const auto map = by_path(keys());
  const auto at = map.find(pattern);
  return at == map.end() ? nullptr : at->second;
}

const TableInfo* find_table(std::string_view pattern) {
  static const auto map = by_path(tables());
  const auto at = map.find(pattern);
  return at == map.end() ? nullptr : at->second;
}

Child child_of(std::string_view pattern, std::string_view name) {
  const auto looked_up = [&](const std::string& segment) {
    Child child;
    child.pattern = extended(pattern, segment);
    child.key = find_key(child.pattern);
    child.table = find_table(child.pattern);
    if (child.key == nullptr && child.table == nullptr) {
      child.pattern += "[]";
      child.table = find_table(child.pattern);
      child.is_array = child.table != nullptr;
    }
    return child;
  };
  const auto known = [](const Child& child) { return child.key != nullptr || child.table != nullptr; };
  // Only plain names are fixed ones: a quoted "run.end" or "cells[]" must not pass for the pattern it looks like.
  const auto plain = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (std::all_of(name.begin(), name.end(), plain))
    if (Child fixed = looked_up(std::string(name)); known(fixed)) return fixed;
  const auto& faces = face_names();
  if (std::find(faces.begin(), faces.end(), name) != faces.end())
    if (Child face = looked_up(face_segment); known(face)) return face;
  if (Child named = looked_up("*"); known(named)) return named;
  return {};
}

std::vector<std::string> known_names(std::string_view pattern) {
  std::vector<std::string> names;
  const std::string start = pattern.empty() ? "" : fmt::format("{}.", pattern);
  for (const Key& key : keys()) {
    if (!key.path.starts_with(start)) continue;
    std::string segment = key.path.substr(start.size(), key.path.find('.', start.size()) - start.size());
    if (segment.ends_with("[]")) segment.resize(segment.size() - 2);
    if (segment == face_segment)
      names = face_names();
    else if (segment != "*" && std::find(names.begin(), names.end(), segment) == names.end())
      names.push_back(segment);
  }
  return names;
}

std::string with_placeholders(std::string_view pattern) {
  static const std::map<std::string_view, std::string_view> words = {
      {"vesicle classes", "CLASS"}, {"cargo", "CARGO"}, {"factors", "FACTOR"},
      {"responses", "RESPONSE"},    {"rates", "RATE"},  {"populations of MVBs", "POPULATION"}};
  std::string text;
  bool named = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      const TableInfo* of = find_table(pattern.substr(0, i - 1));
      const auto word = named && of != nullptr ? words.find(of->names) : words.end();
      text += word == words.end() ? "NAME" : word->second;
      named = true;
    } else if (pattern[i] != '[' && pattern[i] != ']') {
      text += pattern[i];
    }
  }
  return text;
}

std::string applies_to(const Child& child) {
  if (child.key != nullptr) return child.key->more.applies;
  const std::string below = child.pattern + ".";
  for (const Key& key : keys())
    if (child.table != nullptr && key.path.starts_with(below)) return key.more.applies;
  return {};
}

std::size_t rank_of(const Child& child) {
  const std::string below = child.pattern + ".";
  for (std::size_t i = 0; i < keys().size(); ++i)
    if (keys()[i].path == child.pattern || keys()[i].path.starts_with(below)) return i;
  return keys().size();
}

std::string kind_words(const Key& key) {
  const std::string words = fmt::format(fmt::runtime(kind_texts[static_cast<std::size_t>(key.kind)]),
                                        name(key.dimension), plural(key.dimension));
  return find_table(key.path) == nullptr ? words : words + ", or a table";
}

std::string range_words(const Key& key) {
  if (key.kind == Kind::choice) return choice_words(key);
  const bool above = std::isfinite(key.range.lower), below = std::isfinite(key.range.upper);
  const std::string lower = above ? with_unit(key.range.lower, key) : "";
  const std::string upper = below ? with_unit(key.range.upper, key) : "";
  const char* relation = key.range.lower_allowed ? ">=" : ">";
  std::string words;
  if (above) words = fmt::format("{} {}", relation, lower);
  if (below) words += fmt::format("{}<= {}", above ? " and " : "", upper);
  if (key.kind == Kind::number_or_choice || key.kind == Kind::quantity_or_choice)
    words += fmt::format("{}{}", words.empty() ? "" : ", or ", choice_words(key));
  return words;
}

std::string default_words(const Key& key) {
  if (key.more.required == Required::always) return "required";
  if (key.default_text.empty()) return key.more.absent;
  const bool quoted = key.kind == Kind::quantity || key.kind == Kind::string || key.kind == Kind::choice;
  return quoted ? fmt::format("\"{}\"", key.default_text) : key.default_text;
}

}  // namespace vesicast::io
