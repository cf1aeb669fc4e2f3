#include "src/extracellular/multigrid/direct_solver.hpp"

#include <algorithm>
#include <type_traits>

namespace vesicast {
namespace {

/// An entry of the whole matrix, by its cells' places in the grid.
struct PlacedEntry {
  std::int64_t row, column;
  double value;
};
static_assert(std::is_trivially_copyable_v<PlacedEntry>);

}  // namespace

template <class T>
std::vector<T> DirectSolver::gather(std::span<const T> mine) const {
  const MPI_Comm comm = PetscObjectComm(reinterpret_cast<PetscObject>(a_.mat()));
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  const int bytes = static_cast<int>(mine.size_bytes());
  std::vector<int> counts(static_cast<std::size_t>(ranks)), starts(counts.size(), 0);
  MPI_Allgather(&bytes, 1, MPI_INT, counts.data(), 1, MPI_INT, comm);
  for (std::size_t r = 1; r < counts.size(); ++r) starts[r] = starts[r - 1] + counts[r - 1];
  std::vector<T> all(static_cast<std::size_t>(starts.back() + counts.back()) / sizeof(T));
  MPI_Allgatherv(mine.data(), bytes, MPI_BYTE, all.data(), counts.data(), starts.data(), MPI_BYTE, comm);
  return all;
}

void DirectSolver::configure(PC pc) {
  petsc::check(PCSetType(pc, PCSHELL));
  petsc::check(PCShellSetContext(pc, this));
  petsc::check(PCShellSetName(pc, "the whole grid on every rank"));
  petsc::check(PCShellSetSetUp(pc, &set_up_shell));
  petsc::check(PCShellSetApply(pc, &apply_shell));
}

void DirectSolver::factorise() {
  const OrderFreeMatrix::Rows& rows = a_.rows();
  std::vector<PlacedEntry> mine;
  for (std::size_t i = 0; i + 1 < rows.first.size(); ++i)
    for (std::size_t k = rows.first[i]; k < rows.first[i + 1]; ++k)
      mine.push_back({rows.number[i], rows.number[rows.column[k]], rows.value[k]});
  auto all = gather(std::span<const PlacedEntry>(mine));
  std::ranges::sort(all, {}, [](const PlacedEntry& e) { return std::pair(e.row, e.column); });
  const auto n = static_cast<PetscInt>(level_.first_row.back());
  std::vector<PetscInt> per_row(static_cast<std::size_t>(n), 0);
  for (const PlacedEntry& e : all) ++per_row[static_cast<std::size_t>(e.row)];
  petsc::check(MatCreateSeqAIJ(PETSC_COMM_SELF, n, n, 0, per_row.data(), whole_.out()));
  for (const PlacedEntry& e : all)
    petsc::check(MatSetValue(whole_.get(), static_cast<PetscInt>(e.row), static_cast<PetscInt>(e.column), e.value,
                             INSERT_VALUES));
  petsc::check(MatAssemblyBegin(whole_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(whole_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(KSPCreate(PETSC_COMM_SELF, ksp_.out()));
  petsc::check(KSPSetType(ksp_.get(), KSPPREONLY));
  petsc::check(KSPSetOperators(ksp_.get(), whole_.get(), whole_.get()));
  PC pc = nullptr;
  petsc::check(KSPGetPC(ksp_.get(), &pc));
  petsc::check(PCSetType(pc, PCLU));
  petsc::check(KSPSetUp(ksp_.get()));
  petsc::check(MatCreateVecs(whole_.get(), x_.out(), b_.out()));
}

void DirectSolver::apply(Vec x, Vec y) {
  const auto ranks = static_cast<int>(level_.first_row.size()) - 1;
  {
    const ReadScope mine(x);
    const auto all = gather(mine.values());
    const WriteScope b(b_.get());
    std::size_t at = 0;
    for (int r = 0; r < ranks; ++r) {
      const Box box = level_.layout.owned_by(r);
      for (std::int64_t i = 0; i < box.volume(); ++i, ++at)
        b.values()[static_cast<std::size_t>(level_.place_of(box.voxel(i)))] = all[at];
    }
  }
  petsc::check(KSPSolve(ksp_.get(), b_.get(), x_.get()));
  const ReadScope solution(x_.get());
  const WriteScope out(y);
  for (std::size_t i = 0; i < out.values().size(); ++i)
    out.values()[i] = solution.values()[static_cast<std::size_t>(a_.rows().number[i])];
}

PetscErrorCode DirectSolver::set_up_shell(PC pc) {
  void* context = nullptr;
  PetscCall(PCShellGetContext(pc, &context));
  try {
    static_cast<DirectSolver*>(context)->factorise();
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

PetscErrorCode DirectSolver::apply_shell(PC pc, Vec x, Vec y) {
  void* context = nullptr;
  PetscCall(PCShellGetContext(pc, &context));
  try {
    static_cast<DirectSolver*>(context)->apply(x, y);
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

}  // namespace vesicast
