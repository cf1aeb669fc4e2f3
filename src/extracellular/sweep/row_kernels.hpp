#pragma once
/// \file
/// The loops over one row of voxels that transport spends its time in, once per level of vector instructions. Every
/// voxel goes through the same operations in the same order at every level, so all give the same bits. Pure.
#include <cstddef>

#include "src/extracellular/sweep/simd_level.hpp"

namespace vesicast {

/// Pointers to the first voxel of a row and of its four neighbours; at a wall in y or z the row itself. x[-1] and x[n]
/// are valid.
struct Neighbours {
  const double *x, *ym, *yp, *zm, *zp;
};

/// Of a stencil that is the same in every voxel: out = centre u + sum over axes of hop (u_lower + u_upper).
struct UniformRow {
  double centre, x, y, z;
};

/// Of a stencil with maps: conductances [um^3/s] of the faces of a row (x[0..n], the others [0..n)), 0 at walls and
/// obstacles, and 1/(alpha V) [1/um^3], 0 in obstacles.
struct MappedRow {
  const double *x, *ym, *yp, *zm, *zp, *inverse_volume;
};

struct RowKernels {
  /// out = w u
  void (*scale)(std::size_t n, double w, const double* u, double* out);
  /// out = u max(0, .)
  void (*clip)(std::size_t n, double* u);
  /// out = stencil(u) + w c; with `again` the old content of out is subtracted (Clenshaw's recurrence).
  void (*uniform)(std::size_t n, const UniformRow& s, const Neighbours& u, double w, const double* c, bool again,
                  double* out);
  /// out = p (u + tau (div - loss u)) + w c, div = inverse_volume sum of conductance x difference; `again` as above.
  void (*mapped)(std::size_t n, const MappedRow& s, double tau, double loss, const Neighbours& u, double p, double w,
                 const double* c, bool again, double* out);
  /// Ends a step: n += face fluxes (hop x difference, the same number on both sides of a face) - loss u;
  /// lost = loss u. `hop.centre` is not used. lost may be null where loss is 0.
  void (*uniform_finish)(std::size_t n, const UniformRow& hop, double loss, const Neighbours& u, double* content,
                         double* lost);
  /// The same with maps over a time `dt`; `loss` [1/s] acts on u/inverse_volume.
  void (*mapped_finish)(std::size_t n, const MappedRow& s, double dt, double loss, const Neighbours& u, double* content,
                        double* lost);
};

/// The kernels of the level in use.
[[nodiscard]] const RowKernels& row_kernels();

}  // namespace vesicast
