#pragma once
/// \file
/// Reversible binding of vesicles to sites in the extracellular matrix, local to a voxel. With N free and N_b bound
/// vesicles in the voxel and a = k_on S (biology.md section 3, times alpha V):
///   dN/dt   = -a N + k_off N_b
///   dN_b/dt =  a N - (k_off + k_dec) N_b
/// Sites are not used up, and the free ones decay in the transport. Solved exactly: the weights are those of a Markov
/// chain on {free, bound, decayed}, so nothing becomes negative and nothing is lost, whatever the rates and the step.
/// Pure: no MPI, no PETSc.
#include <cstddef>
#include <span>
#include <vector>

#include "decomposition/base/exact_sum.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {

/// What becomes of a vesicle within a step; each a probability in [0, 1].
struct MatrixWeights {
  double leaves_free = 0.0;   ///< free at the start, and not free at the end
  double comes_off = 0.0;     ///< bound at the start, free at the end
  double free_decays = 0.0;   ///< free at the start, then bound, and decayed by the end
  double bound_decays = 0.0;  ///< bound at the start, decayed by the end
};

/// `binding` = k_on S, `unbinding` = k_off, `decay` = k_dec [1/s], all >= 0; `dt` [s] >= 0. With the eigenvalues -n and
/// -m of the system, m = (s + r)/2, n = a k_dec/m, s = a + k_off + k_dec, r = sqrt((a - k_off - k_dec)^2 + 4 a k_off),
/// its exponential is e^{-n dt} I + phi (A + n I), phi = (e^{-n dt} - e^{-m dt})/r (Sylvester's formula).
[[nodiscard]] MatrixWeights matrix_weights(double binding, double unbinding, double decay, double dt);

/// The exchange of one vesicle class with the matrix over the voxels of a rank.
class MatrixExchange {
 public:
  /// `decay` = k_dec [1/s]. `sites` S per owned voxel [1/um^3 of interstitial fluid]; empty: `binding.sites`
  /// everywhere. Local.
  MatrixExchange(const MatrixBinding& binding, double decay, std::span<const double> sites = {});

  /// Takes the rates of `binding` from now on; its sites stay as they were. Local.
  void use(const MatrixBinding& binding);

  /// Advances one field and what is bound of it by `dt` [s], in place; both hold vesicles per voxel, as many as `sites`
  /// has. What decayed is added to `decayed`, the same bits in any order of the voxels. Local.
  void bind(double dt, std::span<double> free, std::span<double> bound, ExactSum& decayed);

  /// What is bound per free vesicle of a voxel where neither changes, k_on S/(k_off + k_dec); infinite where nothing
  /// comes off or decays.
  [[nodiscard]] double bound_per_free(std::size_t voxel) const {
    const double binding = k_on_ * sites_[sites_.size() == 1 ? 0 : voxel];
    return binding > 0.0 ? binding / (k_off_ + decay_) : 0.0;
  }

 private:
  void prepare(double dt);

  double k_on_, k_off_, decay_;
  std::vector<double> sites_;                                                 ///< one value, or one per voxel
  double prepared_for_ = -1.0;                                                ///< the step that the weights are for [s]
  std::vector<double> leaves_free_, comes_off_, free_decays_, bound_decays_;  ///< as long as sites_
};

}  // namespace vesicast
