// The kernels for processors with AVX-512.
#include <cstddef>

#include "src/base/loops.hpp"
#include "src/extracellular/sweep/row_kernels.hpp"

#ifdef __x86_64__
VESICAST_BEGIN_V4
#define VESICAST_LEVEL simd_v4
#include "src/extracellular/sweep/row_loops.hpp"
VESICAST_END_LEVEL
#endif
