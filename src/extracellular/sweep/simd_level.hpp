#pragma once
/// \file
/// Which set of vector instructions the kernels use: chosen when the program starts, the same bits from all. Pure.
#include <string>

namespace vesicast {

/// Levels of the x86-64 psABI: SSE4.2, AVX2, AVX-512. Only v2 exists on other machines.
enum class SimdLevel { v2, v3, v4 };

/// The best level of this processor that the program was built for.
[[nodiscard]] SimdLevel best_simd_level();
/// The level in use: the best one unless `use_simd_level` was called.
[[nodiscard]] SimdLevel simd_level();
/// Throws InputError if this processor or build lacks the level.
void use_simd_level(SimdLevel level);
/// "v2", "v3" or "v4"; throws InputError for anything else.
[[nodiscard]] SimdLevel simd_level_of(const std::string& name);
[[nodiscard]] const char* name_of(SimdLevel level);

}  // namespace vesicast
