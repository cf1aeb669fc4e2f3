#include "io/commands/input_copies.hpp"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "io/config/tree.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

void copy_file(const std::string& from, const fs::path& to) {
  std::error_code error;
  if (!fs::is_regular_file(from, error))
    throw InputError(fmt::format("cannot read {}: {}", from, error ? error.message() : "it is no file"));
  fs::copy_file(from, to, fs::copy_options::none, error);
  if (error) throw cannot_write(to, error.value());
}

}  // namespace

std::vector<InputCopy> copies_of(const std::vector<std::string>& files) {
  std::vector<InputCopy> copies;
  std::set<std::string> names, done;
  for (const std::string& file : files) {
    if (file.ends_with(".pvti") || !done.insert(file).second) continue;
    const std::string plain = fs::path(file).filename().string();
    std::string name = plain;
    for (int i = 2; !names.insert(name).second; ++i) name = fmt::format("{}_{}", i, plain);
    copies.push_back({file, fmt::format("{}/{}", run_files::inputs, name)});
  }
  return copies;
}

void copy_inputs(const fs::path& run_folder, const std::vector<InputCopy>& copies) {
  if (copies.empty()) return;
  const fs::path folder = run_folder / run_files::inputs;
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) throw cannot_write(folder, error.value());
  for (const InputCopy& one : copies) copy_file(one.from, run_folder / one.copy);
}

std::string with_copies(std::string toml, const std::vector<InputCopy>& copies) {
  for (const InputCopy& one : copies) replace_all(toml, quoted_string(one.from), quoted_string(one.copy));
  return toml;
}

std::string with_names_of_copies(std::string toml, const fs::path& run_folder) {
  const auto begin_of = [](const std::string& path) {
    const std::string quoted = quoted_string(path);
    return quoted.substr(0, quoted.size() - 1);
  };
  const fs::path folder = (fs::absolute(run_folder) / run_files::inputs / "").lexically_normal();
  replace_all(toml, begin_of(folder.string()), begin_of(fmt::format("{}/", run_files::inputs)));
  return toml;
}

}  // namespace vesicast::io
