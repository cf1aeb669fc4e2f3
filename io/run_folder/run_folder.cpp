#include "io/run_folder/run_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "decomposition/collectively.hpp"
#include "io/run_folder/atomic_file.hpp"

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

std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  return found;
}

bool is_real_folder(const fs::path& path) {
  return fs::is_directory(fs::symlink_status(path));
}

/// Removes what write_voxels or write_cells made under `folder`; folders only once they are empty.
void remove_outputs(const fs::path& folder, std::string_view kind, std::string_view extension) {
  const std::string prefix = fmt::format("{}_", kind);
  const std::string index_suffix = fmt::format(".p{}", extension), piece_suffix = fmt::format(".{}", extension);
  for (const fs::path& entry : entries(folder)) {
    const std::string name = entry.filename().string();
    if (is_numbered(finished_name(name), prefix, 6, index_suffix)) {
      fs::remove(entry);
    } else if (is_numbered(name, prefix, 6, "") && is_real_folder(entry)) {
      for (const fs::path& piece : entries(entry))
        if (is_numbered(finished_name(piece.filename().string()), "piece_", 4, piece_suffix)) fs::remove(piece);
      if (fs::is_empty(entry)) fs::remove(entry);
    }
  }
  if (fs::is_empty(folder)) fs::remove(folder);
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
    if (fs::exists(outputs)) remove_outputs(outputs, kind, kind == names::cells ? "vtp" : "vti");
    fs::remove(folder / fmt::format("{}.pvd", kind));
    fs::remove(folder / fmt::format("{}.pvd{}", kind, temporary_suffix));
  }
  for (const std::string_view name :
       {names::config, names::log, names::series, names::ledger, names::communication, names::provenance}) {
    fs::remove(folder / fmt::format("{}{}", name, temporary_suffix));
    fs::remove(folder / name);
  }
}

void make_ready(const fs::path& folder, bool overwrite) {
  if (folder.empty()) throw InputError("the output folder has no name; choose one with --output");
  try {
    if (fs::exists(folder) && !fs::is_directory(folder))
      throw InputError(fmt::format("{} is a file, not a folder; choose another --output", folder.string()));
    if (fs::exists(folder) && !fs::is_empty(folder)) {
      if (!overwrite)
        throw InputError(
            fmt::format("the folder {} is not empty; replace the run in it with --overwrite, or choose "
                        "another --output",
                        folder.string()));
      if (!is_run_folder(folder))
        throw InputError(
            fmt::format("the folder {} holds no vesicast run, so --overwrite leaves it alone; choose "
                        "another --output",
                        folder.string()));
      remove_run(folder);
    }
    fs::create_directories(folder);
  } catch (const fs::filesystem_error& e) {
    throw cannot_write(e.path1().empty() ? folder : e.path1(), e.code().value());
  }
}

void check_writable(const fs::path& folder, int rank) {
  std::error_code error;
  if (rank != 0 && !fs::is_directory(folder, error))
    throw OutputError(
        fmt::format("this rank does not see the folder {} that rank 0 made; --output must be on a file "
                    "system that all hosts share",
                    folder.string()));
  StagedFile probe(folder / fmt::format("rank_{:04}", rank));
  probe.write("vesicast\n");
}

}  // namespace

bool is_run_folder(const std::filesystem::path& folder) {
  std::ifstream file(folder / run_files::provenance);
  if (!file) return false;
  const nlohmann::json record = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!record.is_object()) return false;
  const auto program = record.find("program");
  return program != record.end() && program->is_string() && *program == "vesicast";
}

void prepare(MPI_Comm comm, const std::filesystem::path& folder, bool overwrite) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  collectively(comm, [&] {
    if (rank == 0) make_ready(folder, overwrite);
  });
  collectively(comm, [&] { check_writable(folder, rank); });
}

}  // namespace vesicast::io
