#include "io/commands/input_copies.hpp"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "io/config/tree.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/text/read_text.hpp"
#include "io/vtk/image_file.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string piece_file(const std::string& map, const std::string& source) {
  return (fs::path(map).parent_path() / source).lexically_normal().string();
}

/// The text of a .pvti whose pieces are called as their copies beside it.
std::string with_copied_pieces(const std::string& map, const std::vector<InputCopy>& copies) {
  std::string text = read_text(map);
  for (const ImagePiece& piece : read_image_file(map).pieces)
    for (const InputCopy& one : copies)
      if (!piece.source.empty() && one.from == piece_file(map, piece.source))
        replace_all(text, fmt::format("\"{}\"", piece.source),
                    fmt::format("\"{}\"", fs::path(one.copy).filename().string()));
  return text;
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
    if (!done.insert(file).second) continue;
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
  for (const InputCopy& one : copies)
    if (one.from.ends_with(".pvti"))
      write_file_atomically(run_folder / one.copy, with_copied_pieces(one.from, copies));
    else
      copy_file(one.from, run_folder / one.copy);
}

std::vector<std::string> pieces_of(const std::string& map) {
  std::vector<std::string> files;
  if (!map.ends_with(".pvti")) return files;
  for (const ImagePiece& piece : read_image_file(map).pieces)
    if (!piece.source.empty()) files.push_back(piece_file(map, piece.source));
  return files;
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
