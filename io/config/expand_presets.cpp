#include "io/config/expand_presets.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "io/config/check.hpp"
#include "io/config/document.hpp"
#include "io/config/presets.hpp"
#include "io/config/resolve_tables.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

constexpr std::string_view label_start = "preset ";

bool is_file(std::string_view preset) {
  return preset.find('/') != std::string_view::npos || preset.ends_with(".toml");
}

bool is_table(const Node* node) {
  return node != nullptr && node->is(Node::Kind::table);
}

/// Takes the key `name` out of `table`.
std::optional<Node> extract(Node& table, std::string_view name) {
  for (auto at = table.children.begin(); at != table.children.end(); ++at) {
    if (at->key != name) continue;
    Node found = std::move(*at);
    table.children.erase(at);
    return found;
  }
  return std::nullopt;
}

/// Puts into `table` what it lacks of `preset`, at any depth.
void merge(Node& table, Node preset) {
  for (Node& from : preset.children) {
    Node* given = table.find(from.key);
    if (given == nullptr) {
      const std::string key = from.key;
      table.put(key, std::move(from));
    } else if (is_table(given) && from.is(Node::Kind::table)) {
      merge(*given, std::move(from));
    }
  }
}

/// Does the donor pathway of `preset` make a class whose release `given` gives by itself?
bool makes_a_given_class(const Node& pathway, const Node& given) {
  const Node* classes = given.find("vesicle");
  if (!is_table(classes)) return false;
  for (const char* key : {"exosome", "microvesicle", "ectosome"}) {
    const Node* named = pathway.find(key);
    const std::string made = named != nullptr ? named->text : std::string_view(key) == "exosome" ? "exosome" : "";
    if (!made.empty() && classes->find(made) != nullptr) return true;
  }
  return false;
}

/// Takes out of the donor `preset` what the donor `given` says in another way.
void drop_other_release(Node& preset, const Node& given) {
  if (const Node* pathway = preset.find("pathway"); is_table(pathway))
    if (given.find("secretion") != nullptr ||
        (given.find("pathway") == nullptr && makes_a_given_class(*pathway, given)))
      (void)extract(preset, "pathway");
  if (given.find("secretion") != nullptr) (void)extract(preset, "vesicle");
  if (given.find("pathway") == nullptr && given.find("vesicle") == nullptr) return;
  for (const char* key : {"secretion", "release", "vesicles_per_event"}) (void)extract(preset, key);
  if (given.find("pathway") != nullptr && preset.find("pathway") == nullptr) (void)extract(preset, "vesicle");
}

class Expansion {
 public:
  Expansion(std::filesystem::path config, const TableTexts& texts, Problems& problems, std::vector<std::string>& taken)
      : config_(std::move(config)), texts_(texts), problems_(problems), taken_(taken) {}

  void vesicle(Node& table, const std::string& path) {
    const auto own = shipped_preset("vesicle", table.key);
    const auto named = extract(table, "preset");
    if (!named && !own) return;
    if (!named)
      merge(table, shipped("vesicle", table.key));
    else if (auto preset = load("vesicle", *named, join(path, "preset")))
      merge(table, std::move(*preset));
  }

  void cell_type(Node& type, const std::string& path) {
    std::vector<std::string> settled;  // parts that name a preset of their own
    for (const char* name : {"donor", "recipient"}) {
      Node* part = type.find(name);
      if (!is_table(part)) continue;
      const auto named = extract(*part, "preset");
      if (!named) continue;
      settled.emplace_back(name);
      merge_part(*part, name, *named, join(path, name));
    }
    const auto named = extract(type, "preset");
    if (!named) return;
    auto preset = load("cell_type", *named, join(path, "preset"));
    if (!preset) return;
    for (const std::string& name : settled) (void)extract(*preset, name);
    merge_cell_type(type, std::move(*preset));
  }

  /// The shipped preset with what it builds on.
  Node shipped(std::string_view table, const std::string& name) {
    return parsed(table, *shipped_preset(table, name), preset_label(preset_name(name)));
  }

 private:
  static void merge_cell_type(Node& type, Node preset) {
    Node *given = type.find("donor"), *donor = preset.find("donor");
    if (is_table(given) && is_table(donor)) drop_other_release(*donor, *given);
    merge(type, std::move(preset));
  }

  void merge_part(Node& part, const std::string& name, const Node& named, const std::string& path) {
    auto preset = load("cell_type", named, join(path, "preset"));
    if (!preset) return;
    auto of_preset = extract(*preset, name);
    if (!of_preset) {
      problems_.add(named.where, join(path, "preset"), fmt::format("the preset \"{}\" has no {}", named.text, name));
      return;
    }
    if (name == "donor") drop_other_release(*of_preset, part);
    merge(part, std::move(*of_preset));
  }

  Node parsed(std::string_view table, std::string_view text, std::string label) {
    Node root = parse_document(text, problems_, std::make_shared<const std::string>(std::move(label)));
    const bool outer = std::exchange(files_allowed_, false);
    if (table == "vesicle") {
      if (const auto named = extract(root, "preset"))
        if (auto base = load(table, *named, "preset")) merge(root, std::move(*base));
    } else {
      cell_type(root, "");
    }
    files_allowed_ = outer;
    return root;
  }

  /// The preset that `named` names; nothing where that is wrong.
  std::optional<Node> load(std::string_view table, const Node& named, const std::string& path) {
    if (!check_value(named, *find_key(fmt::format("{}.*.preset", table)), path, &problems_)) return std::nullopt;
    if (is_file(named.text)) return from_file(table, named, path);
    if (shipped_preset(table, named.text)) return shipped(table, named.text);
    problems_.add(named.where, path,
                  fmt::format("unknown preset \"{}\"{}", named.text,
                              suggestion(named.text, preset_names(table), "presets shipped")));
    return std::nullopt;
  }

  std::optional<Node> from_file(std::string_view table, const Node& named, const std::string& path) {
    if (!files_allowed_) {
      problems_.add(named.where, path, "a preset may build on a shipped one, not on a file");
      return std::nullopt;
    }
    const std::string file = absolute_path(std::filesystem::absolute(config_).parent_path().string(), named.text);
    const auto text = texts_.find(file);
    if (text == texts_.end()) throw InternalError(fmt::format("{} was not read before the configuration", file));
    taken_.push_back(file);
    return parsed(table, text->second, (config_.parent_path() / named.text).lexically_normal().string());
  }

  std::filesystem::path config_;
  const TableTexts& texts_;
  Problems& problems_;
  std::vector<std::string>& taken_;
  bool files_allowed_ = true;
};

/// Calls `visit` for every table under the top-level table `name`, with its path.
template <class Root, class Visit>
void for_each_below(Root& root, const char* name, Visit&& visit) {
  auto* all = root.find(name);
  if (!is_table(all)) return;
  for (auto& child : all->children)
    if (child.is(Node::Kind::table)) visit(child, join(name, child.key));
}

}  // namespace

std::string preset_label(std::string_view name) {
  return fmt::format("{}{}", label_start, name);
}

std::string name_in_label(std::string_view label) {
  return std::string(label.starts_with(label_start) ? label.substr(label_start.size()) : label);
}

void expand_presets(Node& root, const std::string& path_of_config, const TableTexts& texts, Problems& problems,
                    std::vector<std::string>& taken) {
  Problems of_presets(path_of_config);
  Expansion expansion(path_of_config, texts, of_presets, taken);
  for_each_below(root, "vesicle", [&](Node& table, const std::string& path) { expansion.vesicle(table, path); });
  for_each_below(root, "cell_type", [&](Node& table, const std::string& path) { expansion.cell_type(table, path); });
  problems.append(of_presets);
  if (!of_presets.empty()) problems.throw_if_any();
}

std::vector<std::string> preset_files(const Node& root, const std::string& folder) {
  std::vector<std::string> files;
  const auto add = [&](const Node& table) {
    const Node* preset = table.find("preset");
    if (preset != nullptr && preset->is(Node::Kind::string) && is_file(preset->text))
      files.push_back(absolute_path(folder, preset->text));
  };
  for_each_below(root, "vesicle", [&](const Node& table, const std::string&) { add(table); });
  for_each_below(root, "cell_type", [&](const Node& table, const std::string&) {
    add(table);
    for (const char* part : {"donor", "recipient"})
      if (const Node* found = table.find(part)) add(*found);
  });
  return files;
}

Node expanded_preset(std::string_view table, std::string_view name) {
  if (!shipped_preset(table, name))
    throw InputError(fmt::format("unknown preset \"{}\"{}", name, suggestion(name, preset_names(table), "presets")));
  Problems problems(preset_label(name));
  std::vector<std::string> taken;
  const TableTexts none;
  Node root = Expansion({}, none, problems, taken).shipped(table, std::string(name));
  problems.throw_if_any();
  return root;
}

}  // namespace vesicast::io
