#pragma once
/// \file
/// Exact solution of a small linear network of first-order processes over a step. Pure: no MPI, no PETSc.
#include <span>
#include <vector>

namespace vesicast {

/// A first-order process: what is in pool `from` moves to pool `to` at `rate` [1/s].
struct Transition {
  int from = 0;
  int to = 0;
  double rate = 0.0;
};

/// exp(dt Q) of the network's generator Q, as shares: entry (to, from) is the share of what was in `from` that is in
/// `to` after `dt`. By uniformisation (Jensen 1953) with squaring: every entry is >= 0, every column adds up to 1 to
/// round-off.
class TransitionMatrix {
 public:
  /// Throws InternalError for a negative rate or a pool out of range.
  TransitionMatrix(int pools, std::span<const Transition> transitions, double dt);
  [[nodiscard]] double operator()(int to, int from) const {
    return entry_[static_cast<std::size_t>(to * pools_ + from)];
  }
  [[nodiscard]] int pools() const { return pools_; }

 private:
  int pools_;
  std::vector<double> entry_;
};

}  // namespace vesicast
