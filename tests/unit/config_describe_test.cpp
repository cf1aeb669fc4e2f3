// What is derived from the registry: descriptions, schema, reference.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "decomposition/base/error.hpp"
#include "io/config/check.hpp"
#include "io/config/describe.hpp"
#include "io/config/registry.hpp"

namespace vesicast::io::config_describe_test {
namespace {

using Json = nlohmann::json;

std::string message(const std::string& key) {
  try {
    return "no error: " + describe(key);
  } catch (const InputError& error) {
    return error.what();
  }
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ConfigRegistry, EveryKeyIsDescribedAndSourced) {
  std::set<std::string> seen;
  for (const Key& key : keys()) {
    EXPECT_TRUE(seen.insert(key.path).second) << key.path << " is there twice";
    EXPECT_FALSE(key.meaning.empty()) << key.path;
    EXPECT_NE(words(key.source), "") << key.path;
    EXPECT_FALSE(default_words(key).empty()) << key.path << " says neither default nor required nor what holds without";
    EXPECT_TRUE(key.more.required != Required::always || key.default_text.empty()) << key.path;
    EXPECT_EQ(key.kind == Kind::choice || key.kind == Kind::number_or_choice || key.kind == Kind::quantity_or_choice,
              !key.choices.empty())
        << key.path;
    const bool measured = key.kind == Kind::quantity || key.kind == Kind::quantity_or_choice ||
                          key.kind == Kind::quantity_or_number || key.kind == Kind::vector ||
                          key.kind == Kind::quantity_or_vector || key.kind == Kind::quantities;
    EXPECT_EQ(measured, key.dimension != Dimension::none) << key.path;
    const std::string table = key.path.substr(0, key.path.rfind('.'));
    EXPECT_NE(find_table(table), nullptr) << key.path << " is in a table that is not registered";
  }
  for (const TableInfo& table : tables()) EXPECT_FALSE(table.meaning.empty()) << table.path;
}

TEST(ConfigRegistry, EveryDefaultObeysItsOwnKey) {
  for (const Key& key : keys()) {
    if (key.default_text.empty()) continue;
    Node node = Node::make_string(key.default_text);
    if (key.kind == Kind::number || key.kind == Kind::number_or_choice || key.kind == Kind::integer) {
      node.kind = key.kind == Kind::integer ? Node::Kind::integer : Node::Kind::number;
      node.number = std::stod(key.default_text);
      node.integer = std::stoll(key.default_text);
    } else if (key.kind == Kind::boolean) {
      node.kind = Node::Kind::boolean;
    }
    Problems problems("registry");
    EXPECT_TRUE(check_value(node, key, key.path, &problems)) << key.path;
    EXPECT_NO_THROW(problems.throw_if_any());
  }
}

TEST(ConfigDescribe, EveryKeyByItsPattern) {
  for (const Key& key : keys()) {
    const std::string text = describe(key.path);
    for (const std::string& part : {key.path, key.meaning, words(key.source), kind_words(key), default_words(key),
                                    range_words(key), std::string(unit(key.dimension))})
      EXPECT_TRUE(holds(text, part)) << key.path << " does not say " << part;
    EXPECT_TRUE(holds(describe(""), key.path)) << key.path;
  }
}

TEST(ConfigDescribe, RealKeysAreDescribedByTheirPattern) {
  EXPECT_EQ(describe("vesicle.exosome.diffusivity"), describe("vesicle.*.diffusivity"));
  EXPECT_EQ(describe("cell_type.\"CD4+ T cells\".recipient.k_on"), describe("cell_type.*.recipient.k_on"));
  EXPECT_EQ(describe("tissue.cells[0].radius"), describe("tissue.cells[].radius"));
  EXPECT_EQ(describe("tissue.cells.0.radius"), describe("tissue.cells[].radius"));
  EXPECT_EQ(describe("tissue.cells.radius"), describe("tissue.cells[].radius"));
  EXPECT_EQ(describe("domain.boundary.z_high"), describe("domain.boundary.<face>"));
  EXPECT_EQ(describe("region.0.blood.plasma.exosome"), describe("region[].blood.plasma.*"));
  EXPECT_EQ(describe("vesicle.exosome.boundary_value.x.times"), describe("vesicle.*.boundary_value.<face>.times"));
}

TEST(ConfigDescribe, TablesAndBeginningsListTheirKeys) {
  for (const char* text : {"vesicle", "vesicle.*", "vesicle.exosome"})
    EXPECT_TRUE(holds(describe(text), "vesicle.*.diffusivity")) << text;
  EXPECT_FALSE(holds(describe("vesicle"), "run.end"));
  EXPECT_TRUE(holds(describe("cell_type.tumour.recipient.k_l"), "cell_type.*.recipient.k_lysosome"));
  EXPECT_TRUE(holds(describe("k_on"), "cell_type.*.recipient.vesicle.*.k_on"));
}

TEST(ConfigDescribe, AValueThatMayBeATableShowsBoth) {
  const std::string text = describe("vesicle.exosome.diffusivity");
  EXPECT_TRUE(holds(text, "diffusivity, or a table")) << text;
  EXPECT_TRUE(holds(text, "vesicle.*.diffusivity.map")) << text;
  EXPECT_TRUE(holds(describe("domain.extracellular_fraction"), "> 0 and <= 1, or \"from cells\""));
}

TEST(ConfigDescribe, UnknownKeysGetTheNearest) {
  EXPECT_EQ(message("vesicle.exosome.diffusivty"),
            "unknown key \"vesicle.exosome.diffusivty\"; did you mean \"diffusivity\"?");
  EXPECT_EQ(message("diffusivty"), "unknown key \"diffusivty\"; did you mean \"diffusivity\"?");
  EXPECT_EQ(message("phlogiston"), "unknown key \"phlogiston\"; `vesicast describe` lists all keys");
}

/// The schema of a table, also where a value would do too.
Json as_table(const Json& schema) {
  return schema.contains("anyOf") ? schema.at("anyOf").back() : schema;
}

/// The part of the schema that describes the pattern.
Json part_of(const Json& schema, const std::string& pattern) {
  Json at = schema;
  std::stringstream names(pattern);
  for (std::string name; std::getline(names, name, '.');) {
    at = as_table(at);
    if (name == "*") {
      at = at.at("additionalProperties");
    } else if (name == "<face>") {
      at = at.at("properties").at("z_low");
    } else if (name.ends_with("[]")) {
      at = at.at("properties").at(name.substr(0, name.size() - 2)).at("items");
    } else {
      at = at.at("properties").at(name);
    }
  }
  return at;
}

TEST(ConfigSchema, HoldsEveryKey) {
  const Json schema = Json::parse(json_schema());
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  for (const Key& key : keys()) {
    const Json part = part_of(schema, key.path);
    EXPECT_TRUE(holds(part.at("description"), key.meaning)) << key.path;
    EXPECT_EQ(part.contains("default"), !key.default_text.empty()) << key.path;
    if (key.kind == Kind::choice) {
      EXPECT_EQ(part.at("enum"), Json(key.choices));
    }
  }
  for (const TableInfo& table : tables()) {
    const Json part = as_table(part_of(schema, table.path));
    if (table.names.empty()) {
      EXPECT_EQ(part.at("additionalProperties"), false) << table.path;
    }
  }
  EXPECT_EQ(part_of(schema, "run").at("required"), Json({"end", "step"}));
  EXPECT_EQ(part_of(schema, "run.seed").at("default"), 1);
  EXPECT_EQ(part_of(schema, "region[].extracellular_fraction").at("exclusiveMinimum"), 0.0);
  const Json fraction = part_of(schema, "domain.extracellular_fraction");
  EXPECT_EQ(fraction.at("anyOf")[0].at("anyOf")[0].at("maximum"), 1.0);
  EXPECT_EQ(fraction.at("anyOf")[0].at("anyOf")[1].at("enum"), Json({"from cells"}));
  EXPECT_EQ(fraction.at("anyOf")[1].at("required"), Json({"map", "array"}));
  EXPECT_EQ(fraction.at("default"), 0.2);
}

TEST(ConfigDescribe, FactorsAreSecretedInMolecules) {
  const std::string text = describe("cell_type.*.factor.*.secretion");
  EXPECT_TRUE(holds(text, "molecule/s")) << text;
  EXPECT_FALSE(holds(text, "vesicle/")) << text;
}

TEST(ConfigReference, HoldsEveryKeyAndTable) {
  const std::string text = reference_markdown();
  for (const Key& key : keys()) {
    const std::string path = with_placeholders(key.path);
    EXPECT_TRUE(holds(text, "| `" + path.substr(path.rfind('.') + 1) + "` |")) << key.path;
  }
  for (const char* heading : {"## `[run]`", "## `[vesicle.NAME]`", "## `[cell_type.NAME.recipient.vesicle.CLASS]`",
                              "## `[[tissue.cells]]`", "## `[tissue.cells.map]`", "## `[[region]]`",
                              "## `[cell_type.NAME.donor.pathway.mvb.POPULATION]`", "## `[cell_type.NAME.cargo.CARGO]`",
                              "## `[cell_type.NAME.response.RESPONSE]`", "## `[cell_type.NAME.factor.FACTOR]`",
                              "| `RATE` |", "## `[region.blood]`", "## `[vesicle.NAME.boundary_value.<face>]`"})
    EXPECT_TRUE(holds(text, heading)) << heading;
}

}  // namespace
}  // namespace vesicast::io::config_describe_test
