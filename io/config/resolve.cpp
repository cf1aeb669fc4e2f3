#include "io/config/resolve.hpp"

#include <algorithm>
#include <filesystem>

#include "io/config/canonical.hpp"
#include "io/config/check.hpp"
#include "io/config/document.hpp"
#include "io/config/expand_presets.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {

Resolved resolve(const std::string& text, const std::string& path_of_config, const std::vector<std::string>& overrides,
                 const TableTexts& tables) {
  Problems problems(path_of_config);
  Node root = parse_document(text, problems);
  problems.throw_if_any();  // half a document would only give false alarms
  for (const std::string& assignment : overrides) apply_override(root, assignment, problems);
  Resolved resolved;
  expand_presets(root, path_of_config, tables, problems, resolved.tables);
  check(root, problems);

  Parameters& parameters = resolved.parameters;
  warn_of_unusual(root, resolved.warnings);
  Known known{.folder = std::filesystem::absolute(path_of_config).parent_path().string()};
  TableReader top(root, "", "", problems, known);
  resolve_run(top, parameters);
  const Boundaries boundaries = resolve_domain(top, parameters.domain);
  resolve_vesicles(top, boundaries, resolved);
  resolve_flow(top, parameters.flow);
  resolve_regions(top, parameters);
  check_flow(top, parameters);
  resolve_cell_types(top, parameters);
  resolve_variation(top, resolved);
  if (parameters.run.mode == RunMode::stochastic_release &&
      std::ranges::none_of(parameters.cell_types, [](const CellType& t) { return t.biogenesis.has_value(); }))
    resolved.warnings.emplace_back(
        "run.mode = \"stochastic-release\" acts on donors with a pathway, and there is none");
  resolve_tissue(top, parameters);
  resolve_perturbations(top, tables, resolved);
  resolve_output(top, parameters);
  problems.throw_if_any();
  warn_of_responses(parameters, resolved.warnings);
  warn_of_values(parameters, resolved.warnings);

  put_in_canonical_form(root);
  resolved.toml = write_document(root);
  return resolved;
}

std::vector<std::string> named_tables(const std::string& text, const std::string& path_of_config,
                                      const std::vector<std::string>& overrides) {
  Problems problems(path_of_config);
  Node root = parse_document(text, problems);
  if (!problems.empty()) return {};
  for (const std::string& assignment : overrides) apply_override(root, assignment, problems);
  const std::string folder = std::filesystem::absolute(path_of_config).parent_path().string();
  std::vector<std::string> files;
  if (const Node* named = root.find("perturbation_table"); named != nullptr && named->is(Node::Kind::table))
    for (const char* key : {"genes", "drugs"})
      if (const Node* file = named->find(key); file != nullptr && file->is(Node::Kind::string) && !file->text.empty())
        files.push_back(absolute_path(folder, file->text));
  for (std::string& file : preset_files(root, folder)) files.push_back(std::move(file));
  return files;
}

}  // namespace vesicast::io
