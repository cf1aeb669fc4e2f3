#include "src/extracellular/multigrid/order_free_matrix.hpp"

#include <petscis.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace vesicast {
namespace {

using IndexSet = petsc::Handle<IS, ISDestroy>;

/// One row of an assembled matrix, given back by the destructor.
class AssembledRow {
 public:
  AssembledRow(Mat m, PetscInt row) : m_(m), row_(row) { petsc::check(MatGetRow(m, row, &n_, &columns_, &values_)); }
  AssembledRow(const AssembledRow&) = delete;
  AssembledRow& operator=(const AssembledRow&) = delete;
  ~AssembledRow() { static_cast<void>(MatRestoreRow(m_, row_, &n_, &columns_, &values_)); }
  [[nodiscard]] std::span<const PetscInt> columns() const { return {columns_, static_cast<std::size_t>(n_)}; }
  [[nodiscard]] std::span<const double> values() const { return {values_, static_cast<std::size_t>(n_)}; }

 private:
  Mat m_;
  PetscInt row_, n_ = 0;
  const PetscInt* columns_ = nullptr;
  const double* values_ = nullptr;
};

}  // namespace

OrderFreeMatrix::OrderFreeMatrix(Mat entries, const MultigridLevel& columns) : parts_(std::make_unique<Parts>()) {
  PetscInt rows = 0, owned = 0;
  petsc::check(MatGetLocalSize(entries, &rows, &owned));
  petsc::check(MatCreateShell(PetscObjectComm(reinterpret_cast<PetscObject>(entries)), rows, owned, PETSC_DETERMINE,
                              PETSC_DETERMINE, parts_.get(), shell_.out()));
  petsc::check(MatShellSetVecType(shell_.get(), order_free_vectors()));
  petsc::check(MatShellSetOperation(shell_.get(), MATOP_MULT, reinterpret_cast<void (*)()>(&multiply_shell)));
  petsc::check(
      MatShellSetOperation(shell_.get(), MATOP_GET_DIAGONAL, reinterpret_cast<void (*)()>(&diagonal_of_shell)));
  fill(entries, columns);
}

void OrderFreeMatrix::fill(Mat entries, const MultigridLevel& columns) {
  PetscInt first_row = 0, end_row = 0, first_column = 0, end_column = 0;
  petsc::check(MatGetOwnershipRange(entries, &first_row, &end_row));
  petsc::check(MatGetOwnershipRangeColumn(entries, &first_column, &end_column));
  Parts& p = *parts_;
  Rows& r = p.rows;
  r = {};
  p.owned_columns = static_cast<std::size_t>(end_column - first_column);
  std::map<PetscInt, std::size_t> others;  // columns of other ranks and their places behind the owned ones
  for (PetscInt row = first_row; row < end_row; ++row)
    for (const PetscInt c : AssembledRow(entries, row).columns())
      if (c < first_column || c >= end_column) others.emplace(c, 0);
  r.number.reserve(p.owned_columns + others.size());
  for (PetscInt c = first_column; c < end_column; ++c) r.number.push_back(columns.place(c));
  std::vector<PetscInt> wanted;
  for (auto& [column, place] : others) {
    place = r.number.size();
    r.number.push_back(columns.place(column));
    wanted.push_back(column);
  }

  struct Entry {
    std::size_t column;
    double value;
  };
  MatInfo info{};
  petsc::check(MatGetInfo(entries, MAT_LOCAL, &info));
  r.column.reserve(static_cast<std::size_t>(info.nz_used));
  r.value.reserve(static_cast<std::size_t>(info.nz_used));
  const auto own_rows = static_cast<std::size_t>(end_row - first_row);
  r.first.reserve(own_rows + 1);
  r.diagonal.reserve(own_rows);
  std::vector<Entry> sorted;
  r.first.push_back(0);
  for (PetscInt row = first_row; row < end_row; ++row) {
    sorted.clear();
    {
      const AssembledRow stored(entries, row);
      for (std::size_t k = 0; k < stored.columns().size(); ++k) {
        const PetscInt c = stored.columns()[k];
        const bool own = c >= first_column && c < end_column;
        sorted.push_back({own ? static_cast<std::size_t>(c - first_column) : others.at(c), stored.values()[k]});
      }
    }
    std::ranges::sort(sorted, {}, [&](const Entry& e) { return r.number[e.column]; });
    std::size_t diagonal = r.value.size();
    for (const Entry& e : sorted) {
      if (e.column == static_cast<std::size_t>(row - first_row)) diagonal = r.value.size();
      r.column.push_back(static_cast<std::uint32_t>(e.column));
      r.value.push_back(e.value);
    }
    r.diagonal.push_back(diagonal);
    r.first.push_back(r.value.size());
  }

  p.seen.assign(r.number.size(), 0.0);
  petsc::check(VecCreateSeqWithArray(PETSC_COMM_SELF, 1, static_cast<PetscInt>(wanted.size()),
                                     p.seen.data() + p.owned_columns, p.others.out()));
  IndexSet from, to;
  const auto n = static_cast<PetscInt>(wanted.size());
  petsc::check(ISCreateGeneral(PETSC_COMM_SELF, n, wanted.data(), PETSC_COPY_VALUES, from.out()));
  petsc::check(ISCreateStride(PETSC_COMM_SELF, n, 0, 1, to.out()));
  const VecHandle x = make_vector(PetscObjectComm(reinterpret_cast<PetscObject>(entries)), end_column - first_column);
  petsc::check(VecScatterCreate(x.get(), from.get(), p.others.get(), to.get(), p.scatter.out()));
  // Solvers take what they made of a matrix anew when it says that it has changed.
  petsc::check(MatAssemblyBegin(shell_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(shell_.get(), MAT_FINAL_ASSEMBLY));
}

void OrderFreeMatrix::set_diagonal(Vec diagonal) {
  const ReadScope d(diagonal);
  Rows& r = parts_->rows;
  for (std::size_t i = 0; i < d.values().size(); ++i) r.value[r.diagonal[i]] = d.values()[i];
  petsc::check(MatAssemblyBegin(shell_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(shell_.get(), MAT_FINAL_ASSEMBLY));
}

void OrderFreeMatrix::Parts::see(Vec x) {
  petsc::check(VecScatterBegin(scatter.get(), x, others.get(), INSERT_VALUES, SCATTER_FORWARD));
  {
    const ReadScope owned(x);
    std::ranges::copy(owned.values(), seen.begin());
  }
  petsc::check(VecScatterEnd(scatter.get(), x, others.get(), INSERT_VALUES, SCATTER_FORWARD));
}

void OrderFreeMatrix::Parts::multiply(Vec x, Vec y) {
  see(x);
  const WriteScope out(y);
  for (std::size_t i = 0; i < out.values().size(); ++i) {
    double sum = 0.0;
    for (std::size_t k = rows.first[i]; k < rows.first[i + 1]; ++k) sum += rows.value[k] * seen[rows.column[k]];
    out.values()[i] = sum;
  }
}

void OrderFreeMatrix::multiply(Vec x, Vec y) const {
  parts_->multiply(x, y);
}

PetscErrorCode OrderFreeMatrix::multiply_shell(Mat a, Vec x, Vec y) {
  void* context = nullptr;
  PetscCall(MatShellGetContext(a, &context));
  try {
    static_cast<Parts*>(context)->multiply(x, y);
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

PetscErrorCode OrderFreeMatrix::diagonal_of_shell(Mat a, Vec d) {
  void* context = nullptr;
  PetscCall(MatShellGetContext(a, &context));
  const Rows& r = static_cast<Parts*>(context)->rows;
  try {
    const WriteScope out(d);
    for (std::size_t i = 0; i < out.values().size(); ++i) out.values()[i] = r.value[r.diagonal[i]];
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

}  // namespace vesicast
