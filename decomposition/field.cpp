#include "decomposition/field.hpp"

#include <algorithm>

namespace vesicast {

Field::Field(const Domain& domain)
    : vec_(make_vector(domain.comm(), domain.owned_voxels())), size_(domain.owned_voxels()) {}

ReadScope::ReadScope(const Field& field) : ReadScope(field.vec()) {}

ReadScope::ReadScope(Vec vec) : vec_(vec) {
  PetscInt n = 0;
  petsc::check(VecGetLocalSize(vec_, &n));
  petsc::check(VecGetArrayRead(vec_, &data_));
  values_ = {data_, static_cast<std::size_t>(n)};
}

ReadScope::~ReadScope() {
  static_cast<void>(VecRestoreArrayRead(vec_, &data_));
}

WriteScope::WriteScope(Field& field) : WriteScope(field.vec()) {}

WriteScope::WriteScope(Vec vec) : vec_(vec) {
  PetscInt n = 0;
  petsc::check(VecGetLocalSize(vec_, &n));
  petsc::check(VecGetArray(vec_, &data_));
  values_ = {data_, static_cast<std::size_t>(n)};
}

WriteScope::~WriteScope() {
  static_cast<void>(VecRestoreArray(vec_, &data_));
}

void sum_over_ranks(MPI_Comm comm, std::span<ExactSum> sums) {
  std::vector<std::int64_t> words;
  words.reserve(sums.size() * ExactSum::limbs);
  for (ExactSum& s : sums) {
    const auto& limbs = s.normalised();
    words.insert(words.end(), limbs.begin(), limbs.end());
  }
  MPI_Allreduce(MPI_IN_PLACE, words.data(), static_cast<int>(words.size()), MPI_INT64_T, MPI_SUM, comm);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    ExactSum::Limbs limbs;
    std::copy_n(words.begin() + static_cast<std::ptrdiff_t>(i * ExactSum::limbs), ExactSum::limbs, limbs.begin());
    sums[i].assign(limbs);
  }
}

}  // namespace vesicast
