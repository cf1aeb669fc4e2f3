#pragma once
/// \file
/// One output at one time: a piece per writer, an index file that names the pieces, and an entry in the series. It
/// appears whole or not at all.
#include <mpi.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "io/run_folder/atomic_file.hpp"
#include "io/vtk/pvd.hpp"

namespace vesicast::io {

/// What an output is called: KIND.pvd, KIND/KIND_NNNNNN.pEXT, KIND/KIND_NNNNNN/piece_RRRR.EXT.
struct SnapshotName {
  std::string kind;       ///< "fields", "cells", "interstitium" or "flow"
  std::string extension;  ///< of a piece: "vti" or "vtp"
  int index = 0;          ///< the output's number, from 0

  [[nodiscard]] std::filesystem::path series() const;
  [[nodiscard]] std::filesystem::path index_file() const;
  [[nodiscard]] std::filesystem::path piece_folder() const;
  [[nodiscard]] std::filesystem::path piece(int writer) const;
  /// The piece as the index file refers to it.
  [[nodiscard]] std::string piece_from_index(int writer) const;
};

/// The entries of a series as they are on disk, on rank 0; nothing where that is not known.
using KnownSeries = std::optional<std::vector<SeriesEntry>>;

/// Writes one output. `write_piece` is called on every rank, collectively, with the file of this rank's piece, number
/// `piece`; null where it is below 0. `index_text` gives the index file; it is called on rank 0. `series`: what is in
/// the series so far, on rank 0; it is read where that is not known. All bytes are on disk under temporary names before
/// the first rename, so a disk that fills up, a folder that vanished or a rank that fails leaves earlier outputs as
/// they were: every rank then throws OutputError and no temporary file stays. Collective.
void write_snapshot(MPI_Comm comm, const std::filesystem::path& run_folder, const SnapshotName& name, double time_s,
                    int piece, const std::function<void(StagedFile*)>& write_piece,
                    const std::function<std::string()>& index_text, KnownSeries& series);

/// Takes back all outputs of `kind` but the first `number`: from the series, then their files. Throws OutputError on
/// every rank. Collective.
void cut_series(MPI_Comm comm, const std::filesystem::path& run_folder, const std::string& kind, std::int64_t number);

}  // namespace vesicast::io
