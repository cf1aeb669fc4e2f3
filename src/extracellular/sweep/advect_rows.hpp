#pragma once
/// \file
/// One sub-step of advection, row by row: dN/dt = - sum over faces of U C_face with N = alpha C V. The flux through a
/// face is that of first-order upwind plus an antidiffusive part that makes it second order in space and time; of the
/// latter only the share is applied that leaves nothing negative (flux-corrected transport: Boris & Book 1973, J Comput
/// Phys 11:38; Zalesak 1979, 31:335; here with the lower bound 0 and no upper one). Equations, stability and sign:
/// docs/advection.md. Pure: pointers only.
#include <array>
#include <cstddef>

namespace vesicast {

/// A voxel that holds less than this [vesicle] keeps it until more arrives: all products stay far from underflow, where
/// rounding errors are not small against their numbers.
inline constexpr double smallest_mobile_content = 1e-250;

/// Arrays over one box with its rim, x fastest. A face belongs to the voxel above it. An axis without faces has stride
/// 0 and arrays of zeros for `flux` and `antidiffusive`.
struct AdvectionArrays {
  std::array<std::ptrdiff_t, 3> stride{};
  std::array<const double*, 3> flux{};     ///< U [um^3/s]
  const double* inverse_volume = nullptr;  ///< 1/(alpha V) [1/um^3]; 0 in obstacles and outside the domain
  double* content = nullptr;               ///< N [vesicle], of the start of the sub-step, then of its end
  double* concentration = nullptr;         ///< C [1/um^3]; beyond a face of the domain what flows in there
  double* upwind = nullptr;                ///< N after first-order upwind alone [vesicle]
  double* bends = nullptr;                 ///< what the curvature of C along all three axes adds to a face [1/um^3]
  std::array<double*, 3> antidiffusive{};  ///< flux to be added to upwind's, times dt [vesicle]
  double* share = nullptr;                 ///< of the antidiffusive fluxes out of a voxel, what is applied; 0 to 1
};

/// Concentration from content, in n voxels from offset `at`.
void concentration_row(const AdvectionArrays& a, std::size_t at, std::size_t n);

/// Upwind content after dt [s]. Needs the concentrations next to the row. >= 0 exactly where content is and no voxel
/// loses more than 0.999 of it: dt x (outflow of the voxel) x inverse_volume <= 0.999.
void upwind_row(const AdvectionArrays& a, double dt, std::size_t at, std::size_t n);

/// Antidiffusive flux through n faces of one axis. Needs two voxels on either side with their concentrations, and the
/// upwind contents of the nearer ones.
void antidiffusive_row(const AdvectionArrays& a, std::size_t axis, double dt, std::size_t at, std::size_t n);

/// Shares from upwind contents and the antidiffusive fluxes of all faces of the row's voxels.
void share_row(const AdvectionArrays& a, std::size_t at, std::size_t n);

/// The content after the sub-step. Needs the shares of all neighbours. >= 0 exactly where the upwind content is.
void update_row(const AdvectionArrays& a, std::size_t at, std::size_t n);

/// What is applied of an antidiffusive flux: the share of the voxel it leaves.
[[nodiscard]] inline double limited(double antidiffusive, double share_below, double share_above) {
  return antidiffusive * (antidiffusive > 0.0 ? share_below : share_above);
}

}  // namespace vesicast
