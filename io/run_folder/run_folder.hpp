#pragma once
/// \file
/// The folder one run writes into: what its files are called, and who may replace it.
#include <mpi.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "io/run_folder/lock.hpp"

namespace vesicast::io {

/// Names inside a run folder.
namespace run_files {
inline constexpr std::string_view config = "config.toml";
inline constexpr std::string_view provenance = "provenance.json";
inline constexpr std::string_view log = "log.txt";
inline constexpr std::string_view series = "series.csv";
inline constexpr std::string_view ledger = "ledger.csv";
inline constexpr std::string_view communication = "communication.csv";
inline constexpr std::string_view cell_ids = "cell_ids.csv";
/// Kinds of VTK output: KIND.pvd lists them, KIND/ holds them.
inline constexpr std::string_view fields = "fields";
inline constexpr std::string_view cells = "cells";
inline constexpr std::string_view interstitium = "interstitium";
inline constexpr std::string_view flow = "flow";
inline constexpr std::array<std::string_view, 4> vtk_kinds{fields, cells, interstitium, flow};
/// What is kept so that a run can be taken up again, and copies of what it was made from.
inline constexpr std::string_view checkpoints = "checkpoints";
inline constexpr std::string_view checkpoint_data = "data";
inline constexpr std::string_view checkpoint_manifest = "manifest";
inline constexpr std::string_view inputs = "inputs";
/// Who is writing here (lock.hpp).
inline constexpr std::string_view lock = "run.lock";
/// The tables that are the same bytes on any number of ranks.
inline constexpr std::array<std::string_view, 3> tables{series, ledger, communication};
}  // namespace run_files

/// Has `folder` a provenance.json that says vesicast wrote it?
[[nodiscard]] bool is_run_folder(const std::filesystem::path& folder);

/// The number in the name of an output of `kind`: 12 of fields/fields_000012.pvti or fields_000012; -1 of what is none.
[[nodiscard]] std::int64_t number_of_output(const std::filesystem::path& file, std::string_view kind);

/// Removes the outputs of `kind` in a run folder from number `first` on, whole or half written, and the folders that
/// are empty then. What has other names stays. Throws OutputError.
void remove_outputs(const std::filesystem::path& run_folder, std::string_view kind, std::int64_t first);

/// What prepare() found and holds.
struct PreparedFolder {
  std::unique_ptr<FolderLock> lock;   ///< on rank 0
  std::filesystem::path moved_aside;  ///< where an unfinished run that was there is now, on rank 0; empty: none was
};

/// Makes `folder` (and its parents) ready for a new run, locks it, and checks that every rank can write there. A folder
/// that holds anything is an InputError, unless `overwrite` is set and is_run_folder(folder): then a run that has ended
/// is removed, its own files only, and one that could go on from a checkpoint is moved aside whole. So is one that is
/// locked by another run, with `overwrite` or without. A folder that cannot be made or written is an OutputError.
/// Collective.
[[nodiscard]] PreparedFolder prepare(MPI_Comm comm, const std::filesystem::path& folder, bool overwrite);

/// Throws OutputError where a rank cannot write into `folder`, or does not see there what rank 0 writes: another folder
/// of that name on a host of its own. Collective.
void require_shared(MPI_Comm comm, const std::filesystem::path& folder);

/// Could the run in `folder` go on: has it checkpoints?
[[nodiscard]] bool is_resumable(const std::filesystem::path& folder);

}  // namespace vesicast::io
