#pragma once
/// \file
/// What keys anywhere in a configuration refer to: its folder, the axes of its domain, the names of what it defines.
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vesicast::io {

struct Known {
  std::string folder = {};  ///< absolute, of the configuration: files are relative to it
  int dimensions = 0;       ///< of the domain; 0: not known, and nothing is checked against it
  /// By what they name, as in `More::names`: "class" of vesicles, "field" (a class or a soluble factor), "factor",
  /// "cargo", "cell type", "response" and "group".
  std::map<std::string, std::vector<std::string>, std::less<>> names = {};
};

/// `file` relative to `folder`.
[[nodiscard]] std::string absolute_path(const std::string& folder, const std::string& file);

/// `unknown cell type "tumor"; did you mean "tumour"?`, or what there is; nothing where `name` is one of them.
/// \param what one of the words of `Known::names`
[[nodiscard]] std::string unknown_name(const Known& known, std::string_view what, const std::string& name);

}  // namespace vesicast::io
