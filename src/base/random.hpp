#pragma once
/// \file
/// Counter-based random numbers: a draw is a pure function of (seed, purpose, id, step, sub-step, stream, draw), so it
/// does not depend on the rank, on the order of cells, or on what was drawn before. Philox4x64-10, Salmon et al.,
/// SC'11.
#include <Random123/philox.h>

#include <cstdint>
#include <limits>

namespace vesicast {

/// What a stream of draws is for. Append only: a value, once shipped, keeps its meaning.
enum class Purpose : std::uint64_t {
  placement_jitter = 1,
  placement_type = 2,
  placement_choice = 3,
  secretion_events = 4,
  ilv_formation = 5,
  mvb_moves = 6,
  tether = 7,
  release_division = 8,
  budding = 9,
  donor_start = 10,
  cell_variation = 11,
  cargo_loading = 12,
  cargo_turnover = 13,
};

/// Identifies one stream of draws.
struct DrawKey {
  std::uint64_t seed = 0;
  Purpose purpose{};
  std::uint64_t id = 0;       ///< cell or voxel id, global
  std::uint64_t step = 0;     ///< the step's start in ticks
  std::uint32_t substep = 0;  ///< which part of the step, e.g. which Strang half
  std::uint32_t stream = 0;   ///< which of several like processes, e.g. the vesicle class or the route
};

/// A uniform random bit generator over one stream, for Boost.Random's distributions.
class Draws {
 public:
  using result_type = std::uint64_t;
  explicit Draws(const DrawKey& key) : key_(key) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    if (used_ == 4) {
      const r123::Philox4x64::ctr_type counter{
          {key_.id, key_.step, std::uint64_t{key_.substep} << 32 | key_.stream, block_++}};
      const r123::Philox4x64::key_type key{{key_.seed, static_cast<std::uint64_t>(key_.purpose)}};
      words_ = r123::Philox4x64{}(counter, key);
      used_ = 0;
    }
    return words_[used_++];
  }
  /// Uniform in [0, 1) with 53 bits.
  double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }

 private:
  DrawKey key_;
  std::uint64_t block_ = 0;
  r123::Philox4x64::ctr_type words_{};
  unsigned used_ = 4;
};

}  // namespace vesicast
