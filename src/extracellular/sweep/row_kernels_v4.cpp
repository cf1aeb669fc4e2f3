// The kernels for processors with AVX-512.
#include <cstddef>

#include "src/extracellular/sweep/row_kernels.hpp"

#ifdef __x86_64__
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,prefer-vector-width=512")
#define VESICAST_LEVEL simd_v4
#include "src/extracellular/sweep/row_loops.hpp"
#pragma GCC pop_options
#endif
