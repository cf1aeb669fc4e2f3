#pragma once
/// \file
/// The loops over one row of voxels that transport spends its time in, once per level of vector instructions. Every
/// voxel goes through the same operations in the same order at every level, so all give the same bits. The sums of a
/// time polynomial are held as `Real`: double, or float where the plan of a step allows it (polynomial.hpp); contents,
/// and what ends a step, are double always. Pure.
#include <cstddef>
#include <type_traits>

#include "src/extracellular/sweep/simd_level.hpp"

namespace vesicast {

/// Pointers to the first voxel of a row and of its four neighbours; at a wall in y or z the row itself. x[-1] and x[n]
/// are valid.
template <class Real>
struct Neighbours {
  const Real *x, *ym, *yp, *zm, *zp;
};

/// Of a stencil that is the same in every voxel: out = centre u + sum over axes of hop (u_lower + u_upper).
template <class Real>
struct UniformRow {
  Real centre, x, y, z;
};

/// Of a stencil with maps: conductances [um^3/s] of the faces of a row (x[0..n], the others [0..n)), 0 at walls and
/// obstacles, and 1/(alpha V) [1/um^3], 0 in obstacles.
template <class Real>
struct MappedRow {
  const Real *x, *ym, *yp, *zm, *zp, *inverse_volume;
};

template <class Real>
struct SumKernels {
  /// out = w u
  void (*scale)(std::size_t n, Real w, const Real* u, Real* out);
  /// out = content, rounded to Real
  void (*take)(std::size_t n, const double* content, Real* out);
  /// u *= v
  void (*multiply)(std::size_t n, const Real* v, Real* u);
  /// out = stencil(u) + w c; with `again` the old content of out is subtracted (Clenshaw's recurrence).
  void (*uniform)(std::size_t n, const UniformRow<Real>& s, const Neighbours<Real>& u, Real w, const Real* c,
                  bool again, Real* out);
  /// out = p ((1 - tau (inverse_volume sum of conductance + loss)) u + tau inverse_volume sum of conductance x
  /// neighbour) + w c; `again` as above. No difference but that in the factor of u: nothing cancels.
  void (*mapped)(std::size_t n, const MappedRow<Real>& s, Real tau, Real loss, const Neighbours<Real>& u, Real p,
                 Real w, const Real* c, bool again, Real* out);
  /// Ends a step: n += face fluxes (hop x difference, the same number on both sides of a face) - loss u;
  /// lost = loss u. `hop.centre` is not used. lost may be null where loss is 0.
  void (*uniform_finish)(std::size_t n, const UniformRow<double>& hop, double loss, const Neighbours<Real>& u,
                         double* content, double* lost);
  /// The same with maps over a time `dt`; `loss` [1/s] acts on u/inverse_volume.
  void (*mapped_finish)(std::size_t n, const MappedRow<double>& s, double dt, double loss, const Neighbours<Real>& u,
                        double* content, double* lost);
};

struct RowKernels {
  SumKernels<double> in_double;
  SumKernels<float> in_single;
  /// What lies between `above` and 0 becomes 0.
  void (*clip)(std::size_t n, double above, double* u);

  template <class Real>
  [[nodiscard]] const SumKernels<Real>& sums() const {
    if constexpr (std::is_same_v<Real, float>)
      return in_single;
    else
      return in_double;
  }
};

/// The kernels of the level in use.
[[nodiscard]] const RowKernels& row_kernels();

}  // namespace vesicast
