#include "src/extracellular/sweep/simd_level.hpp"

#include <array>
#include <utility>

#include "decomposition/base/error.hpp"
#include "src/extracellular/sweep/row_kernels.hpp"

namespace vesicast {

namespace simd_v2 {
extern const RowKernels kernels;
}
#ifdef __x86_64__
namespace simd_v3 {
extern const RowKernels kernels;
}
namespace simd_v4 {
extern const RowKernels kernels;
}
#endif

namespace {

constexpr std::array<std::pair<const char*, SimdLevel>, 3> levels{
    {{"v2", SimdLevel::v2}, {"v3", SimdLevel::v3}, {"v4", SimdLevel::v4}}};

const RowKernels* kernels_of(SimdLevel level) {
#ifdef __x86_64__
  if (level == SimdLevel::v3) return &simd_v3::kernels;
  if (level == SimdLevel::v4) return &simd_v4::kernels;
#endif
  static_cast<void>(level);
  return &simd_v2::kernels;
}

struct Choice {
  SimdLevel level = best_simd_level();
  const RowKernels* kernels = kernels_of(level);
};

/// The one choice of the process; it changes how fast results come, never what they are.
Choice& choice() {
  static Choice c;
  return c;
}

#ifdef __x86_64__
#ifdef __clang__
/// It knows no level by its name, so these are what its vectors need of it.
bool can(SimdLevel level) {
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                  __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  return level == SimdLevel::v2 || (level == SimdLevel::v3 ? v3 : v4);
}
#else
bool can(SimdLevel level) {
  return level == SimdLevel::v2 ||
         (level == SimdLevel::v3 ? __builtin_cpu_supports("x86-64-v3") : __builtin_cpu_supports("x86-64-v4"));
}
#endif
#else
bool can(SimdLevel level) {
  return level == SimdLevel::v2;
}
#endif

}  // namespace

SimdLevel best_simd_level() {
  // v4 is for whoever asks: on many processors wide vectors lower the clock by more than they gain.
  return can(SimdLevel::v3) ? SimdLevel::v3 : SimdLevel::v2;
}

SimdLevel simd_level() {
  return choice().level;
}

void use_simd_level(SimdLevel level) {
  if (!can(level))
    throw InputError(std::string("this processor has no vector instructions of level x86-64-") + name_of(level));
  choice() = {level, kernels_of(level)};
}

SimdLevel simd_level_of(const std::string& name) {
  for (const auto& [known, level] : levels)
    if (name == known) return level;
  throw InputError("unknown vector level \"" + name + "\"; known are v2, v3 and v4");
}

const char* name_of(SimdLevel level) {
  return levels[static_cast<std::size_t>(level)].first;
}

const RowKernels& row_kernels() {
  return *choice().kernels;
}

}  // namespace vesicast
