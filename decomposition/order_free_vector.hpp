#pragma once
/// \file
/// A type of PETSc vector whose sums are the same bits on any cut, so that PETSc's own solvers, which see their vectors
/// through sums and sums of multiples alone, go the same way on any number of ranks.
#include <petscvec.h>

#include "decomposition/petsc.hpp"

namespace vesicast {

using VecHandle = petsc::Handle<Vec, VecDestroy>;

/// The type's name for VecSetType, MatShellSetVecType and DMSetVecType. Dot products and norms are exact sums
/// (base/exact_sum.hpp), NaN if a term is not finite; sums of multiples are rounded as they are written, value by
/// value. Not so: VecSum, and what PETSc splits in two (VecDotBegin), which pipelined solvers use. The first call is
/// Collective.
[[nodiscard]] const char* order_free_vectors();

/// A vector of this type of `owned` values on this rank, all zero. Collective.
[[nodiscard]] VecHandle make_vector(MPI_Comm comm, std::int64_t owned);

}  // namespace vesicast
