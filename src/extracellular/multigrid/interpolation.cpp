#include "src/extracellular/multigrid/interpolation.hpp"

namespace vesicast {
namespace {

/// Along one axis: the parent's weight, and the next coarse cell with its weight.
struct AxisWeights {
  double parent = 1.0, other_weight = 0.0;
  std::int64_t other = 0;  ///< coarse index, not wrapped
};

/// Resistances in units of cell edge / area: from the parent's centre to the cell's 1/(2 K), from there to the centre
/// of the other coarse cell 1/(2 K) + 1/(2 K'), and 1/(2 K') more if that is a pair.
double weight_of_other(double k, double k_next, bool pair) {
  return k > 0.0 ? 0.5 * k_next / (k_next + (pair ? 1.0 : 0.5) * k) : 0.0;
}

}  // namespace

MatHandle interpolation(MPI_Comm comm, const MultigridLevel& fine, const MultigridLevel& coarse,
                        const std::array<bool, 3>& axes, const HeldFaces& held) {
  const Box& owned = fine.owned;
  const Box rim = owned.empty() ? owned : owned.grown({1, 1, 1});
  std::array<std::vector<double>, 3> k;
  for (std::size_t a = 0; a < 3; ++a)
    k[a] = axes[a] ? gather_box(fine, fine.conductivity[a].get(), rim) : std::vector<double>{};
  Box parents;
  for (std::size_t a = 0; a < 3; ++a) {
    const std::int64_t factor = axes[a] ? 2 : 1;
    parents.lower[a] = owned.lower[a] / factor - 1;
    parents.upper[a] = owned.empty() ? parents.lower[a] : (owned.upper[a] - 1) / factor + 2;
  }
  const auto parent_alive = gather_box(coarse, coarse.alive.get(), parents);

  const auto along = [&](const Index3& v, std::size_t a) {
    AxisWeights w;
    if (!axes[a] || (v[a] % 2 == 0 && v[a] == fine.cells[a] - 1))
      return w;  // the cell is its own parent along the axis
    const auto side = static_cast<std::size_t>(v[a] % 2);
    Index3 next = v;
    next[a] += side == 0 ? -1 : 1;
    w.other = v[a] / 2 + (side == 0 ? -1 : 1);
    const bool outside = !fine.periodic[a] && (next[a] < 0 || next[a] >= fine.cells[a]);
    if (outside) {
      if (held[a][side]) w.parent = 0.5;
      return w;
    }
    const std::int64_t wrapped = (w.other + coarse.cells[a]) % coarse.cells[a];
    const bool pair = 2 * wrapped + 1 < fine.cells[a];
    w.other_weight = weight_of_other(k[a][static_cast<std::size_t>(rim.offset(v))],
                                     k[a][static_cast<std::size_t>(rim.offset(next))], pair);
    w.parent = 1.0 - w.other_weight;
    return w;
  };

  MatHandle p;
  const auto foreign = foreign_entries(owned, 8);
  petsc::check(MatCreateAIJ(comm, static_cast<PetscInt>(owned.volume()), static_cast<PetscInt>(coarse.owned.volume()),
                            PETSC_DETERMINE, PETSC_DETERMINE, 8, nullptr, 0, foreign.data(), p.out()));
  const ReadScope alive(fine.alive.get());
  const auto first = static_cast<PetscInt>(owned.empty() ? 0 : fine.row(owned.lower));
  for (std::int64_t i = 0; i < owned.volume(); ++i) {
    const Index3 v = owned.voxel(i);
    const PetscInt row = first + static_cast<PetscInt>(i);
    const Index3 parent{axes[0] ? v[0] / 2 : v[0], axes[1] ? v[1] / 2 : v[1], axes[2] ? v[2] / 2 : v[2]};
    if (alive.values()[static_cast<std::size_t>(i)] == 0.0) {
      // A coarse cell of obstacles alone keeps the equation of its voxels, unknown = 0.
      const PetscInt column = coarse.row(parent);
      if (parent_alive[static_cast<std::size_t>(parents.offset(parent))] == 0.0)
        petsc::check(MatSetValue(p.get(), row, column, 1.0, ADD_VALUES));
      continue;
    }
    const std::array<AxisWeights, 3> w{along(v, 0), along(v, 1), along(v, 2)};
    std::array<PetscInt, 8> columns{};
    std::array<double, 8> weights{};
    int n = 0;
    double kept = 0.0, all = 0.0;
    for (unsigned corner = 0; corner < 8; ++corner) {
      Index3 c = parent;
      double weight = 1.0;
      for (std::size_t a = 0; a < 3; ++a) {
        const bool other = (corner >> a & 1U) != 0;
        weight *= other ? w[a].other_weight : w[a].parent;
        if (other) c[a] = w[a].other;
      }
      if (weight == 0.0) continue;
      all += weight;
      if (parent_alive[static_cast<std::size_t>(parents.offset(c))] == 0.0) continue;
      kept += weight;
      columns[static_cast<std::size_t>(n)] = coarse.row(c);
      weights[static_cast<std::size_t>(n++)] = weight;
    }
    for (double& weight : weights) weight *= all / kept;
    petsc::check(MatSetValues(p.get(), 1, &row, n, columns.data(), weights.data(), ADD_VALUES));
  }
  petsc::check(MatAssemblyBegin(p.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(p.get(), MAT_FINAL_ASSEMBLY));
  return p;
}

}  // namespace vesicast
