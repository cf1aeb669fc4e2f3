#pragma once
/// \file
/// The domain as PETSc's own solvers know it.
#include <petscdmda.h>

#include "decomposition/domain.hpp"
#include "decomposition/petsc.hpp"

namespace vesicast {

using DmHandle = petsc::Handle<DM, DMDestroy>;

/// A DMDA with one degree of freedom per voxel and a star stencil of width 1, cut as the domain is; 2-D for a section.
/// It takes some 20 bytes per voxel. Collective.
[[nodiscard]] DmHandle make_petsc_grid(const Domain& domain);

}  // namespace vesicast
