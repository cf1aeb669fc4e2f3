#include <fmt/format.h>

#include "io/commands/commands.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/text/nearest.hpp"
#include "vesicast_examples.hpp"

namespace vesicast::io {
namespace {

/// The comment lines at the head of an example, their first sentence.
std::string first_comment(std::string_view text) {
  std::string line(text.substr(0, text.find('\n')));
  return line.starts_with("# ") ? line.substr(2) : std::string();
}

}  // namespace

void example(const std::string& name, const std::filesystem::path& file, std::ostream& out) {
  if (name.empty()) {
    for (const auto& [known, text] : shipped_examples) out << fmt::format("{:<16} {}\n", known, first_comment(text));
    return;
  }
  std::vector<std::string> names;
  for (const auto& [known, text] : shipped_examples) {
    names.emplace_back(known);
    if (known != name) continue;
    const std::filesystem::path target = file.empty() ? std::filesystem::path(name + ".toml") : file;
    if (std::filesystem::exists(target))
      throw InputError(fmt::format("{} exists and is not overwritten", target.string()));
    write_file_atomically(target, text);
    out << fmt::format("wrote {}; try: vesicast validate {}\n", target.string(), target.string());
    return;
  }
  const auto near = nearest(name, names);
  throw InputError(
      fmt::format("there is no example \"{}\"{}", name, near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
}

}  // namespace vesicast::io
