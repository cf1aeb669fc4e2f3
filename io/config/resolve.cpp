#include "io/config/resolve.hpp"

#include <filesystem>

#include "io/config/canonical.hpp"
#include "io/config/check.hpp"
#include "io/config/document.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {

Resolved resolve(const std::string& text, const std::string& path_of_config,
                 const std::vector<std::string>& overrides) {
  Problems problems(path_of_config);
  Node root = parse_document(text, problems);
  problems.throw_if_any();  // half a document would only give false alarms
  for (const std::string& assignment : overrides) apply_override(root, assignment, problems);
  check(root, problems);

  Resolved resolved;
  Parameters& parameters = resolved.parameters;
  const std::string folder = std::filesystem::absolute(path_of_config).parent_path().string();
  TableReader top(root, "", "", problems);
  resolve_run(top, parameters);
  const Boundaries boundaries = resolve_domain(top, folder, parameters.domain);
  resolve_vesicles(top, boundaries, folder, resolved);
  resolve_factors(top, boundaries, folder, resolved);
  resolve_flow(top, folder, parameters);
  resolve_regions(top, folder, parameters);
  check_flow(top, parameters);
  resolve_cell_types(top, parameters);
  resolve_tissue(top, folder, parameters);
  resolve_output(top, parameters);
  problems.throw_if_any();

  put_in_canonical_form(root);
  resolved.toml = write_document(root);
  return resolved;
}

}  // namespace vesicast::io
