// TOML in and out, --set, and the nearest name.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "io/config/document.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io::config_document_test {
namespace {

Node parsed(const std::string& text) {
  Problems problems("a.toml");
  Node root = parse_document(text, problems);
  problems.throw_if_any();
  return root;
}

std::string after(const std::string& text, const std::vector<std::string>& overrides) {
  Problems problems("a.toml");
  Node root = parse_document(text, problems);
  for (const std::string& assignment : overrides) apply_override(root, assignment, problems);
  try {
    problems.throw_if_any();
  } catch (const InvalidConfig& error) {
    return error.what();
  }
  return write_document(root);
}

TEST(ConfigDocument, KeepsOrderTypesAndPlaces) {
  const Node root = parsed("z = 1\na = 2.0\n[t]\n  b = true\ns = \"x\"\n");
  ASSERT_EQ(root.children.size(), 3U);
  EXPECT_EQ(root.children.front().key, "z");
  EXPECT_TRUE(root.find("z")->is(Node::Kind::integer));
  EXPECT_TRUE(root.find("a")->is(Node::Kind::number));
  const Node* b = root.find("t")->find("b");
  ASSERT_NE(b, nullptr);
  EXPECT_TRUE(b->is(Node::Kind::boolean));
  EXPECT_EQ(b->key_where.text("a.toml"), "a.toml:4:3");
  EXPECT_EQ(b->where.text("a.toml"), "a.toml:4:7");
}

TEST(ConfigDocument, WritingIsTheInverseOfReading) {
  const std::string text =
      "n = 5\nf = 5.0\ng = 1e-06\nb = false\ns = \"a \\\"q\\\" \\\\ \\t µ \\u0001\"\n"
      "list = [\"1 um\", \"2 um\"]\ninline = { x = 1, \"a b\" = [] }\nempty = {}\nd = 2024-05-01\n"
      "\n[t]\nk = 1\n\n[t.\"a.b\"]\n\n[[t.cells]]\nx = 1\n\n[[t.cells]]\nx = 2\n\n[t.cells.sub]\ny = 3\n";
  const std::string once = write_document(parsed(text));
  EXPECT_EQ(once, text);
  EXPECT_EQ(write_document(parsed(once)), once);
}

TEST(ConfigDocument, DottedKeysAreTables) {
  EXPECT_EQ(write_document(parsed("run.end = \"1 h\"\nrun.step = \"1 s\"\n")),
            "[run]\nend = \"1 h\"\nstep = \"1 s\"\n");
}

TEST(ConfigSet, ReadsTomlAndTakesTheRestAsText) {
  EXPECT_EQ(after("", {"a.i=3", "a.f=1e-3", "a.b=true", "a.s=\"3\"", "a.t=24 h", "a.u=24h", "a.l=[\"1 um\"]"}),
            "[a]\ni = 3\nf = 0.001\nb = true\ns = \"3\"\nt = \"24 h\"\nu = \"24h\"\nl = [\"1 um\"]\n");
  EXPECT_EQ(after("", {"a=x = y", "b=\"unfinished", "c=1\nd = 2"}),
            "a = \"x = y\"\nb = \"\\\"unfinished\"\nc = \"1\\nd = 2\"\n");
}

TEST(ConfigSet, FindsItsWay) {
  const std::string text = "[t.\"CD4+ T cells\"]\nc = 1\n\n[[t.cells]]\nr = [1, 2]\n";
  EXPECT_EQ(after(text, {"t.\"CD4+ T cells\".c=2", "t.cells.0.r.1=5", "t.cells.0.n = 'x'"}),
            "[t.\"CD4+ T cells\"]\nc = 2\n\n[[t.cells]]\nr = [1, 5]\nn = \"x\"\n");
  EXPECT_EQ(after(text, {"t.CD4+ T cells.c=2"}), "[t.\"CD4+ T cells\"]\nc = 2\n\n[[t.cells]]\nr = [1, 2]\n");
}

TEST(ConfigSet, SaysWhatIsWrong) {
  const std::string text = "a = 1\n[[c]]\nx = 1\n";
  EXPECT_EQ(after(text, {"a"}), "--set: \"a\" has no \"=\"; expected key=value");
  EXPECT_EQ(after(text, {"a.b=1"}), "--set: a: an integer has no key \"b\"");
  EXPECT_EQ(after(text, {"c.1.x=1"}), "--set: c: no element \"1\"; it has 1, counted from 0");
  EXPECT_EQ(after(text, {"c.x=1"}), "--set: c: no element \"x\"; it has 1, counted from 0");
  EXPECT_EQ(after(text, {"a..b=1"}), "--set: \"a..b\": a name is empty");
  EXPECT_EQ(after(text, {"\"a=1"}), "--set: \"\"a=1\" has no \"=\"; expected key=value");
}

TEST(ConfigNearest, FindsTyposOnly) {
  const std::vector<std::string> names = {"diffusivity", "decay", "radius", "tumour", "x", "CD4+ T cells"};
  EXPECT_EQ(nearest("diffusivty", names), "diffusivity");
  EXPECT_EQ(nearest("Radius", names), "radius");
  EXPECT_EQ(nearest("raduis", names), "radius");
  EXPECT_EQ(nearest("tumor", names), "tumour");
  EXPECT_EQ(nearest("CD8+ T cells", names), "CD4+ T cells");
  EXPECT_EQ(nearest("y", names), std::nullopt);
  EXPECT_EQ(nearest("phlogiston", names), std::nullopt);
  EXPECT_EQ(nearest("", names), std::nullopt);
  EXPECT_EQ(edit_distance("ab", "ba"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace vesicast::io::config_document_test
