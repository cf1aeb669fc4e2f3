// The kernels for processors with AVX2.
#include <cstddef>

#include "src/extracellular/sweep/row_kernels.hpp"

#ifdef __x86_64__
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
#define VESICAST_LEVEL simd_v3
#include "src/extracellular/sweep/row_loops.hpp"
#pragma GCC pop_options
#endif
