#include "src/extracellular/multigrid/galerkin.hpp"

#include <petscis.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vesicast {
namespace {

/// Coarse rows that are made at once: what they are made of is copied for so many alone.
constexpr std::size_t rows_at_once = 4096;

/// Rows of a sparse matrix, one after the other.
struct Rows {
  std::vector<std::size_t> first{0};
  std::vector<PetscInt> column;
  std::vector<double> value;
};

/// Rows of this rank, and those of others that were asked for.
class RowSource {
 public:
  /// `foreign`: ascending, without repetition. Collective.
  RowSource(Mat m, std::vector<PetscInt> foreign, const MultigridLevel& columns)
      : m_(m), foreign_(std::move(foreign)), columns_(columns) {
    using IndexSet = petsc::Handle<IS, ISDestroy>;
    PetscInt width = 0;
    petsc::check(MatGetSize(m, nullptr, &width));
    petsc::check(MatGetOwnershipRange(m, &begin_, &end_));
    IndexSet wanted, all;
    petsc::check(ISCreateGeneral(PETSC_COMM_SELF, static_cast<PetscInt>(foreign_.size()), foreign_.data(),
                                 PETSC_COPY_VALUES, wanted.out()));
    petsc::check(ISCreateStride(PETSC_COMM_SELF, width, 0, 1, all.out()));
    IS r = wanted.get(), c = all.get();
    petsc::check(MatCreateSubMatrices(m, 1, &r, &c, MAT_INITIAL_MATRIX, &fetched_));
  }
  RowSource(const RowSource&) = delete;
  RowSource& operator=(const RowSource&) = delete;
  ~RowSource() { static_cast<void>(MatDestroySubMatrices(1, &fetched_)); }

  /// Adds a row, sorted by the places of its columns.
  void append(Rows& to, PetscInt row) {
    visit(row, [&](std::span<const PetscInt> found, std::span<const double> values) {
      order_.clear();
      for (std::size_t k = 0; k < found.size(); ++k) order_.emplace_back(columns_.place(found[k]), k);
      std::ranges::sort(order_);
      for (const auto& [place, k] : order_) {
        to.column.push_back(found[k]);
        to.value.push_back(values[k]);
      }
    });
    to.first.push_back(to.column.size());
  }
  [[nodiscard]] Rows gather(std::span<const PetscInt> rows) {
    Rows gathered;
    for (const PetscInt row : rows) append(gathered, row);
    return gathered;
  }
  /// Of all its rows, the columns outside [begin, end).
  [[nodiscard]] std::vector<PetscInt> columns_outside(PetscInt begin, PetscInt end) const {
    std::vector<PetscInt> outside;
    const auto look = [&](std::span<const PetscInt> found, std::span<const double>) {
      for (const PetscInt c : found)
        if (c < begin || c >= end) outside.push_back(c);
    };
    for (PetscInt row = begin_; row < end_; ++row) visit(row, look);
    for (const PetscInt row : foreign_) visit(row, look);
    return distinct(std::move(outside));
  }
  [[nodiscard]] static std::vector<PetscInt> distinct(std::vector<PetscInt> of) {
    std::ranges::sort(of);
    of.erase(std::unique(of.begin(), of.end()), of.end());
    return of;
  }

 private:
  template <class Look>
  void visit(PetscInt row, Look&& look) const {
    const bool own = row >= begin_ && row < end_;
    Mat m = own ? m_ : fetched_[0];
    const PetscInt at = own ? row : static_cast<PetscInt>(std::ranges::lower_bound(foreign_, row) - foreign_.begin());
    PetscInt n = 0;
    const PetscInt* found = nullptr;
    const double* values = nullptr;
    petsc::check(MatGetRow(m, at, &n, &found, &values));
    look(std::span(found, static_cast<std::size_t>(n)), std::span(values, static_cast<std::size_t>(n)));
    petsc::check(MatRestoreRow(m, at, &n, &found, &values));
  }

  Mat m_;
  std::vector<PetscInt> foreign_;
  const MultigridLevel& columns_;
  PetscInt begin_ = 0, end_ = 0;
  Mat* fetched_ = nullptr;
  std::vector<std::pair<std::int64_t, std::size_t>> order_;
};

/// Where each of `numbers` stands in `among`, ascending and without repetition.
std::vector<std::size_t> positions(std::span<const PetscInt> numbers, std::span<const PetscInt> among) {
  std::vector<std::size_t> found;
  found.reserve(numbers.size());
  for (const PetscInt n : numbers)
    found.push_back(static_cast<std::size_t>(std::ranges::lower_bound(among, n) - among.begin()));
  return found;
}

/// Adds these rows of R A P to `result`. Entry (I, J) is the sum over the fine cells i of I's restriction, and in it
/// over the cells k of i's row, in the order of the whole grid.
void multiply(std::span<const PetscInt> rows, RowSource& restriction, RowSource& op, RowSource& interpolation,
              Rows& result) {
  const Rows down = restriction.gather(rows);
  const auto fine = RowSource::distinct(down.column);
  const Rows operators = op.gather(fine);
  const auto beside = RowSource::distinct(operators.column);
  const Rows up = interpolation.gather(beside);
  const auto columns = RowSource::distinct(up.column);
  const auto operator_of = positions(down.column, fine), up_of = positions(operators.column, beside),
             column_of = positions(up.column, columns);
  std::vector<double> sum(columns.size(), 0.0);
  std::vector<bool> met(columns.size(), false);
  std::vector<std::size_t> reached;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t r = down.first[row]; r < down.first[row + 1]; ++r) {
      const std::size_t i = operator_of[r];
      for (std::size_t q = operators.first[i]; q < operators.first[i + 1]; ++q) {
        const double weight = down.value[r] * operators.value[q];
        const std::size_t k = up_of[q];
        for (std::size_t j = up.first[k]; j < up.first[k + 1]; ++j) {
          const std::size_t column = column_of[j];
          if (!met[column]) {
            met[column] = true;
            reached.push_back(column);
          }
          sum[column] += weight * up.value[j];
        }
      }
    }
    for (const std::size_t column : reached) {
      result.column.push_back(columns[column]);
      result.value.push_back(sum[column]);
      sum[column] = 0.0;
      met[column] = false;
    }
    reached.clear();
    result.first.push_back(result.column.size());
  }
}

}  // namespace

MatHandle galerkin_product(Mat a, const MultigridLevel& fine, const CoarserLevel& coarse) {
  PetscInt begin = 0, end = 0, fine_begin = 0, fine_end = 0;
  petsc::check(MatGetOwnershipRange(coarse.down_entries.get(), &begin, &end));
  petsc::check(MatGetOwnershipRange(a, &fine_begin, &fine_end));
  RowSource restriction(coarse.down_entries.get(), {}, fine);
  RowSource op(a, restriction.columns_outside(fine_begin, fine_end), fine);
  RowSource interpolation(coarse.up_entries.get(), op.columns_outside(fine_begin, fine_end), coarse.level);
  std::vector<PetscInt> own(static_cast<std::size_t>(end - begin));
  std::iota(own.begin(), own.end(), begin);
  Rows result;
  for (std::size_t from = 0; from < own.size(); from += rows_at_once)
    multiply(std::span(own).subspan(from, std::min(rows_at_once, own.size() - from)), restriction, op, interpolation,
             result);

  std::vector<PetscInt> own_entries, other_entries;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto columns = std::span(result.column).subspan(result.first[i], result.first[i + 1] - result.first[i]);
    const auto here =
        static_cast<PetscInt>(std::ranges::count_if(columns, [&](PetscInt c) { return c >= begin && c < end; }));
    own_entries.push_back(here);
    other_entries.push_back(static_cast<PetscInt>(columns.size()) - here);
  }
  MatHandle c;
  petsc::check(MatCreateAIJ(PetscObjectComm(reinterpret_cast<PetscObject>(a)), end - begin, end - begin,
                            PETSC_DETERMINE, PETSC_DETERMINE, 0, own_entries.data(), 0, other_entries.data(), c.out()));
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::size_t first = result.first[i];
    petsc::check(MatSetValues(c.get(), 1, &own[i], static_cast<PetscInt>(result.first[i + 1] - first),
                              result.column.data() + first, result.value.data() + first, INSERT_VALUES));
  }
  petsc::check(MatAssemblyBegin(c.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(c.get(), MAT_FINAL_ASSEMBLY));
  return c;
}

double largest_eigenvalue(const OrderFreeMatrix& a) {
  const OrderFreeMatrix::Rows& r = a.rows();
  double largest = 0.0;
  for (std::size_t i = 0; i + 1 < r.first.size(); ++i) {
    double sum = 0.0;
    for (std::size_t k = r.first[i]; k < r.first[i + 1]; ++k) sum += std::abs(r.value[k]);
    largest = std::max(largest, sum / r.value[r.diagonal[i]]);
  }
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX,
                PetscObjectComm(reinterpret_cast<PetscObject>(a.mat())));
  return largest;
}

}  // namespace vesicast
