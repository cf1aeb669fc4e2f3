#pragma once
/// \file
/// A run's state in a folder of two files: `data`, with every array of every rank, and `manifest`, which is written
/// last and says whether it is whole.
#include <mpi.h>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "io/checkpoint/manifest.hpp"
#include "src/run/stored.hpp"

namespace vesicast::io {

/// What a checkpoint says beside the state itself.
struct CheckpointNotes {
  std::vector<SeenOutput> outputs;
  std::string config;         ///< the resolved configuration
  std::string petsc_options;  ///< all in PETSc's database
};

/// Writes the state of `s` as `folder`, which is not there yet: under a temporary name, brought to the device, then
/// renamed. Returns its bytes on rank 0. Throws OutputError on every rank, and leaves nothing then. Collective.
std::uint64_t write_checkpoint(const Simulation& s, const std::filesystem::path& folder, const CheckpointNotes& notes);

/// The manifest of the checkpoint in `folder`, read on rank 0. Throws InputError on every rank, "FILE: what is wrong".
/// Collective.
[[nodiscard]] Manifest read_manifest(MPI_Comm comm, const std::filesystem::path& folder);

/// All that a checkpoint holds, each rank of `comm` the parts of some of the ranks that wrote it, for a run of `model`.
/// Every checksum has been seen to hold. Throws InputError on every rank, with the file and the place, if one does not,
/// or if it is of other arrays. Collective.
[[nodiscard]] Stored read_checkpoint(MPI_Comm comm, const std::filesystem::path& folder, const Manifest& manifest,
                                     const Model& model);

}  // namespace vesicast::io
