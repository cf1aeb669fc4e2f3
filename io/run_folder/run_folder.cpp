#include "io/run_folder/run_folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "decomposition/collectively.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/provenance.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

/// Is `name` PREFIX, at least `digits` digits, SUFFIX?
bool is_numbered(std::string_view name, std::string_view prefix, std::size_t digits, std::string_view suffix) {
  if (name.size() < prefix.size() + digits + suffix.size()) return false;
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return false;
  const std::string_view number = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  return std::ranges::all_of(number, [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// The name without the mark of a file that an interrupted run left half written.
std::string_view finished_name(std::string_view name) {
  if (name.ends_with(temporary_suffix)) name.remove_suffix(temporary_suffix.size());
  return name;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  return found;
}

/// Of a piece of an output.
std::string_view extension_of(std::string_view kind) {
  return kind == run_files::cells ? "vtp" : "vti";
}

bool is_real_folder(const fs::path& path) {
  return fs::is_directory(fs::symlink_status(path));
}

/// What a rank tries whether it can write with, before there is a run.
bool is_probe(const fs::path& file) {
  return is_numbered(finished_name(file.filename().string()), "rank_", 4, "") &&
         file.filename().string().ends_with(temporary_suffix) && fs::is_regular_file(fs::symlink_status(file));
}

/// The copies that provenance.json names.
void remove_copies(const fs::path& folder) {
  for (const InputRecord& table : read_provenance(folder).tables)
    if (fs::path(table.copy).parent_path() == run_files::inputs) fs::remove(folder / table.copy);
  if (is_real_folder(folder / run_files::inputs) && fs::is_empty(folder / run_files::inputs))
    fs::remove(folder / run_files::inputs);
}

void remove_checkpoints(const fs::path& folder) {
  const fs::path all = folder / run_files::checkpoints;
  if (!is_real_folder(all)) return;
  for (const fs::path& one : files_in(all)) {
    if (!is_real_folder(one) || !is_numbered(finished_name(one.filename().string()), "", 12, "")) continue;
    fs::remove(one / run_files::checkpoint_manifest);
    fs::remove(one / run_files::checkpoint_data);
    if (fs::is_empty(one)) fs::remove(one);
  }
  if (fs::is_empty(all)) fs::remove(all);
}

/// provenance.json goes last, so that a folder left half emptied is still known as a run.
void remove_run(const fs::path& folder) {
  namespace names = run_files;
  for (const std::string_view kind : names::vtk_kinds) {
    const fs::path outputs = folder / kind;
    if (fs::exists(fs::symlink_status(outputs)) && !is_real_folder(outputs))
      throw InputError(
          fmt::format("{} is not a folder of this run; move it away or choose another --output", outputs.string()));
  }
  for (const std::string_view kind : names::vtk_kinds) {
    const fs::path outputs = folder / kind;
    remove_outputs(folder, kind, 0);
    fs::remove(folder / fmt::format("{}.pvd", kind));
    fs::remove(folder / fmt::format("{}.pvd{}", kind, temporary_suffix));
  }
  remove_copies(folder);
  remove_checkpoints(folder);
  for (const std::string_view name : {names::config, names::log, names::series, names::ledger, names::communication,
                                      names::cell_ids, names::provenance}) {
    fs::remove(folder / fmt::format("{}{}", name, temporary_suffix));
    fs::remove(folder / name);
  }
  for (const fs::path& file : files_in(folder))
    if (is_probe(file)) fs::remove(file);
}

/// What a run that was killed as it began has left, before it left what makes the folder its own.
std::vector<fs::path> left_by_a_start(const fs::path& folder) {
  std::vector<fs::path> found;
  if (is_run_folder(folder)) return found;
  for (const fs::path& file : files_in(folder)) {
    const bool first_file = file.filename() == fmt::format("{}{}", run_files::provenance, temporary_suffix);
    if (is_probe(file) || (first_file && fs::is_regular_file(fs::symlink_status(file)))) found.push_back(file);
  }
  return found;
}

/// Is there anything but a lock and what a start left?
bool holds_something(const fs::path& folder) {
  const std::vector<fs::path> left = left_by_a_start(folder);
  return std::ranges::any_of(files_in(folder), [&](const fs::path& p) {
    return p.filename() != run_files::lock && std::ranges::find(left, p) == left.end();
  });
}

/// A name beside `folder` that is free.
fs::path beside(fs::path folder) {
  if (!folder.has_filename()) folder = folder.parent_path();
  for (int i = 1;; ++i) {
    fs::path other = folder;
    other += fmt::format(".before-{}", i);
    if (!fs::exists(fs::symlink_status(other))) return other;
  }
}

InputError not_empty(const fs::path& folder) {
  const std::string what = fmt::format("the folder {} is not empty; ", folder.string());
  if (is_resumable(folder))
    return InputError(
        fmt::format("{}the run in it can go on: vesicast resume {}; begin a new one with --overwrite, which "
                    "moves it aside, or choose another --output",
                    what, folder.string()));
  return InputError(fmt::format("{}replace the run in it with --overwrite, or choose another --output", what));
}

PreparedFolder make_ready(const fs::path& folder, bool overwrite) {
  if (folder.empty()) throw InputError("the output folder has no name; choose one with --output");
  PreparedFolder ready;
  try {
    if (fs::exists(folder) && !fs::is_directory(folder))
      throw InputError(fmt::format("{} is a file, not a folder; choose another --output", folder.string()));
    const bool was_there = fs::exists(folder);
    if (was_there && holds_something(folder)) {
      if (fs::exists(folder / run_files::lock)) const FolderLock nobody_runs(folder);
      if (!overwrite) throw not_empty(folder);
      if (!is_run_folder(folder))
        throw InputError(
            fmt::format("the folder {} holds no vesicast run, so --overwrite leaves it alone; choose "
                        "another --output",
                        folder.string()));
      const FolderLock nobody_runs(folder);
      if (is_resumable(folder) && last_attempt(folder).exit_status != static_cast<int>(ExitCode::done)) {
        ready.moved_aside = beside(folder);
        fs::rename(folder, ready.moved_aside);
        fs::remove(ready.moved_aside / run_files::lock);  // ours, which guarded the move
      } else {
        remove_run(folder);
      }
    }
    fs::create_directories(folder);
    ready.lock = std::make_unique<FolderLock>(folder);
    for (const fs::path& file : left_by_a_start(folder)) fs::remove(file);
  } catch (const fs::filesystem_error& e) {
    throw cannot_write(e.path1().empty() ? folder : e.path1(), e.code().value());
  }
  return ready;
}

/// What no other folder has: which process wrote it, and when.
std::string token() {
  std::array<char, 256> host{};
  static_cast<void>(::gethostname(host.data(), host.size() - 1));
  return fmt::format("{} {} {}\n", host.data(), ::getpid(),
                     std::chrono::steady_clock::now().time_since_epoch().count());
}

/// Does `file` hold this text? A network file system may take a moment.
bool holds(const fs::path& file, const std::string& text) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::ifstream stream(file, std::ios::binary);
    if (stream && std::string((std::istreambuf_iterator<char>(stream)), {}) == text) return true;
  }
  return false;
}

fs::path probe_of(const fs::path& folder, int rank) {
  return folder / fmt::format("rank_{:04}", rank);
}

}  // namespace

std::int64_t number_of_output(const fs::path& file, std::string_view kind) {
  const std::string name = file.filename().string();
  const std::string prefix = fmt::format("{}_", kind);
  const std::string_view finished = finished_name(name);
  for (const std::string& suffix : {std::string(), fmt::format(".p{}", extension_of(kind))})
    if (is_numbered(finished, prefix, 6, suffix))
      return std::stoll(std::string(finished.substr(prefix.size(), finished.size() - prefix.size() - suffix.size())));
  return -1;
}

void remove_outputs(const fs::path& run_folder, std::string_view kind, std::int64_t first) {
  const fs::path folder = run_folder / kind;
  const std::string piece_suffix = fmt::format(".{}", extension_of(kind));
  try {
    if (!is_real_folder(folder)) return;
    for (const fs::path& entry : files_in(folder)) {
      const std::int64_t number = number_of_output(entry, kind);
      if (number < std::max<std::int64_t>(first, 0)) continue;
      if (!is_real_folder(entry)) {
        fs::remove(entry);
        continue;
      }
      for (const fs::path& piece : files_in(entry))
        if (is_numbered(finished_name(piece.filename().string()), "piece_", 4, piece_suffix)) fs::remove(piece);
      if (fs::is_empty(entry)) fs::remove(entry);
    }
    if (fs::is_empty(folder)) fs::remove(folder);
  } catch (const fs::filesystem_error& e) {
    throw cannot_write(e.path1().empty() ? folder : e.path1(), e.code().value());
  }
}

bool is_run_folder(const std::filesystem::path& folder) {
  std::ifstream file(folder / run_files::provenance);
  if (!file) return false;
  const nlohmann::json record = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!record.is_object()) return false;
  const auto program = record.find("program");
  return program != record.end() && program->is_string() && *program == "vesicast";
}

PreparedFolder prepare(MPI_Comm comm, const std::filesystem::path& folder, bool overwrite) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  PreparedFolder ready;
  collectively(comm, [&] {
    if (rank == 0) ready = make_ready(folder, overwrite);
  });
  require_shared(comm, folder);
  return ready;
}

void require_shared(MPI_Comm comm, const fs::path& folder) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  std::optional<StagedFile> probe;
  std::string text = rank == 0 ? token() : std::string();
  collectively(comm, [&] {
    probe.emplace(probe_of(folder, rank));
    if (rank == 0) probe->write(text);
  });
  text = broadcast(comm, text);
  collectively(comm, [&] {
    if (rank == 0) return;
    const fs::path first = fmt::format("{}{}", probe_of(folder, 0).string(), temporary_suffix);
    if (!holds(first, text))
      throw OutputError(
          fmt::format("this rank does not see the folder {} that rank 0 writes into; it must be on a file system "
                      "that all hosts share",
                      folder.string()));
    probe->write("vesicast\n");
  });
  probe.reset();
  collectively(comm, [&] {
    if (rank != 0) return;
    for (const fs::path& left : files_in(folder))  // of more ranks that were killed here
      if (is_probe(left)) fs::remove(left);
  });
}

bool is_resumable(const std::filesystem::path& folder) {
  std::error_code error;
  return is_run_folder(folder) && fs::is_directory(folder / run_files::checkpoints, error) &&
         !fs::is_empty(folder / run_files::checkpoints, error);
}

}  // namespace vesicast::io
