#pragma once
/// \file
/// The folder one run writes into: what its files are called, and who may replace it.
#include <mpi.h>

#include <array>
#include <filesystem>
#include <string_view>

namespace vesicast::io {

/// Names inside a run folder.
namespace run_files {
inline constexpr std::string_view config = "config.toml";
inline constexpr std::string_view provenance = "provenance.json";
inline constexpr std::string_view log = "log.txt";
inline constexpr std::string_view series = "series.csv";
inline constexpr std::string_view ledger = "ledger.csv";
inline constexpr std::string_view communication = "communication.csv";
/// Kinds of VTK output: KIND.pvd lists them, KIND/ holds them.
inline constexpr std::string_view fields = "fields";
inline constexpr std::string_view cells = "cells";
inline constexpr std::string_view interstitium = "interstitium";
inline constexpr std::string_view flow = "flow";
inline constexpr std::array<std::string_view, 4> vtk_kinds{fields, cells, interstitium, flow};
/// The tables that are the same bytes on any number of ranks.
inline constexpr std::array<std::string_view, 3> tables{series, ledger, communication};
}  // namespace run_files

/// Has `folder` a provenance.json that says vesicast wrote it?
[[nodiscard]] bool is_run_folder(const std::filesystem::path& folder);

/// Makes `folder` (and its parents) ready for a new run, and checks that every rank can write there. A folder that
/// holds anything is an InputError, unless `overwrite` is set and is_run_folder(folder): then the files that a run
/// makes are removed, and files of other origin stay. A folder that cannot be made or written is an OutputError.
/// Collective.
void prepare(MPI_Comm comm, const std::filesystem::path& folder, bool overwrite);

}  // namespace vesicast::io
