#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "io/config/describe.hpp"
#include "io/config/registry.hpp"
#include "src/parameters/row.hpp"

namespace vesicast::io {
namespace {

using Json = nlohmann::ordered_json;

/// A number and a unit. What the unit must measure is beyond a schema; `vesicast validate` checks it.
const std::string number_pattern = R"(^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*)";
const std::string quantity_pattern = number_pattern + R"([^\s0-9.].*$|)" + number_pattern + R"(1\s*/.*$)";

Json quantity(const Key& key) {
  return {{"type", "string"}, {"pattern", quantity_pattern}, {"examples", {std::string(example(key.dimension))}}};
}

Json vector(const Key& key) {
  return {{"type", "array"}, {"items", quantity(key)}, {"minItems", 2}, {"maxItems", 3}};
}

void add_range(Json& schema, const Range& range) {
  if (std::isfinite(range.lower)) schema[range.lower_allowed ? "minimum" : "exclusiveMinimum"] = range.lower;
  if (std::isfinite(range.upper)) schema["maximum"] = range.upper;
}

Json number(const Key& key, const char* type) {
  Json schema = {{"type", type}};
  add_range(schema, key.range);
  return schema;
}

Json value(const Key& key) {
  switch (key.kind) {
    case Kind::quantity:
      return quantity(key);
    case Kind::quantity_or_choice:
      return {{"anyOf", {quantity(key), {{"enum", key.choices}}}}};
    case Kind::quantity_or_number:
      return {{"anyOf", {quantity(key), number(key, "number")}}};
    case Kind::vector:
      return vector(key);
    case Kind::quantity_or_vector:
      return {{"anyOf", {quantity(key), vector(key)}}};
    case Kind::quantities:
      return {{"type", "array"}, {"items", quantity(key)}, {"minItems", 1}};
    case Kind::number:
      return number(key, "number");
    case Kind::number_or_choice:
      return {{"anyOf", {number(key, "number"), {{"enum", key.choices}}}}};
    case Kind::integer:
      return number(key, "integer");
    case Kind::boolean:
      return {{"type", "boolean"}};
    case Kind::string:
    case Kind::file:
      return {{"type", "string"}, {"minLength", 1}};
    case Kind::choice:
      return {{"enum", key.choices}};
    case Kind::strings:
      return {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}};
    case Kind::map:
      break;  // two keys, a file and a string
  }
  return {};
}

/// The default as JSON: strings stay strings, the rest is JSON already.
Json default_value(const Key& key) {
  const bool text = key.kind == Kind::quantity || key.kind == Kind::string || key.kind == Kind::choice;
  return text ? Json(key.default_text) : Json::parse(key.default_text);
}

Json described(const Key& key) {
  Json schema = value(key);
  std::string text = key.meaning + ".";
  if (*key.more.absent != '\0') text += fmt::format(" Without it: {}.", key.more.absent);
  if (!range_words(key).empty() && key.kind != Kind::choice) text += " Allowed: " + range_words(key) + ".";
  if (const std::string typical = typical_words(key.more); !typical.empty()) text += " Typical: " + typical + ".";
  schema["description"] = text + " Source: " + words(key.source) + ".";
  if (!key.default_text.empty()) schema["default"] = default_value(key);
  return schema;
}

Json table(const std::string& pattern);

Json child_schema(const Child& child) {
  if (child.key != nullptr) {
    Json schema = described(*child.key);
    if (child.table == nullptr) return schema;
    Json either = {{"anyOf", {value(*child.key), table(child.pattern)}}, {"description", schema["description"]}};
    if (schema.contains("default")) either["default"] = schema["default"];
    return either;
  }
  if (!child.is_array) return table(child.pattern);
  return {{"type", "array"}, {"items", table(child.pattern)}};
}

Json table(const std::string& pattern) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const std::string& name : known_names(pattern)) {
    const Child child = child_of(pattern, name);
    properties[name] = child_schema(child);
    if (child.key != nullptr && child.key->more.required == Required::always) required.push_back(name);
  }
  Json schema = {{"type", "object"}, {"description", find_table(pattern)->meaning}};
  if (!properties.empty()) schema["properties"] = properties;
  if (pattern.empty()) required = {"run", "domain", "vesicle"};
  if (pattern == "vesicle") schema["minProperties"] = 1;
  if (!required.empty()) schema["required"] = required;
  const Child named = child_of(pattern, "*");
  if (named.key != nullptr || named.table != nullptr)
    schema["additionalProperties"] = child_schema(named);
  else
    schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

std::string json_schema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Vesicast configuration"}};
  schema.update(table(""));
  return schema.dump(2) + "\n";
}

}  // namespace vesicast::io
