#include "io/checkpoint/checkpoints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <string>
#include <system_error>

#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t digits = 12;

bool is_finished(const std::string& name) {
  return name.size() >= digits && std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_half_written(const std::string& name) {
  return name.ends_with(temporary_suffix) && is_finished(name.substr(0, name.size() - temporary_suffix.size()));
}

/// The folders in checkpoints/ whose names are as `ours` says.
std::vector<fs::path> folders(const fs::path& run_folder, const std::function<bool(const std::string&)>& ours) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator at(run_folder / run_files::checkpoints, error), end; !error && at != end;
       at.increment(error))
    if (fs::is_directory(at->symlink_status()) && ours(at->path().filename().string())) found.push_back(at->path());
  return found;
}

std::int64_t steps_of(const fs::path& checkpoint) {
  return std::stoll(checkpoint.filename().string());
}

void remove_checkpoint(const fs::path& folder) {
  try {
    // The manifest first: what is half removed is none.
    for (const std::string_view name : {run_files::checkpoint_manifest, run_files::checkpoint_data})
      fs::remove(folder / name);
    if (fs::is_empty(folder)) fs::remove(folder);
  } catch (const fs::filesystem_error& e) {
    throw cannot_write(e.path1().empty() ? folder : e.path1(), e.code().value());
  }
}

}  // namespace

fs::path checkpoint_folder(const fs::path& run_folder, std::int64_t steps) {
  return run_folder / run_files::checkpoints / fmt::format("{:0{}}", steps, digits);
}

std::vector<fs::path> checkpoints_of(const fs::path& run_folder) {
  std::vector<fs::path> found = folders(run_folder, is_finished);
  std::ranges::sort(found, std::greater<>(), steps_of);
  return found;
}

void make_room(const fs::path& run_folder, std::int64_t steps) {
  std::error_code error;
  fs::create_directory(run_folder / run_files::checkpoints, error);
  if (error) throw cannot_write(run_folder / run_files::checkpoints, error.value());
  for (const fs::path& folder : folders(run_folder, is_half_written)) remove_checkpoint(folder);
  const fs::path same = checkpoint_folder(run_folder, steps);
  if (fs::is_directory(fs::symlink_status(same))) remove_checkpoint(same);
}

void keep_newest(const fs::path& run_folder, std::size_t count, std::int64_t steps) {
  for (const fs::path& one : checkpoints_of(run_folder)) {
    if (steps_of(one) <= steps && count > 0)
      --count;
    else
      remove_checkpoint(one);
  }
}

}  // namespace vesicast::io
