// The kernels for every x86-64 processor since 2009, and for all others.
#include <cstddef>

#include "src/extracellular/sweep/row_kernels.hpp"

#define VESICAST_LEVEL simd_v2
#include "src/extracellular/sweep/row_loops.hpp"
