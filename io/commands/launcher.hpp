#pragma once
/// \file
/// What a launcher tells the processes that it starts, in their environment.
namespace vesicast::io {

/// This process's rank, known before MPI starts; 0 where there is no launcher.
[[nodiscard]] int launched_rank();

/// Throws InputError if a launcher started more processes than the `size` that MPI knows of, 1: they do not find each
/// other, and each would run alone into the same folder. `mpirun -n 1` in a larger allocation is no such case. Local.
void require_joined(int size);

}  // namespace vesicast::io
