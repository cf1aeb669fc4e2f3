#include "decomposition/order_free_vector.hpp"

#include <petsc/private/vecimpl.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "decomposition/base/exact_sum.hpp"

namespace vesicast {
namespace {

constexpr const char* type_name = "orderfree";

/// A vector's values for reading; restored by the destructor. PETSc's errors inside end the run.
class Values {
 public:
  explicit Values(Vec v) : vec_(v) {
    PetscInt n = 0;
    petsc::check(VecGetLocalSize(v, &n));
    petsc::check(VecGetArrayRead(v, &data_));
    size_ = static_cast<std::size_t>(n);
  }
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;
  ~Values() { static_cast<void>(VecRestoreArrayRead(vec_, &data_)); }
  [[nodiscard]] std::size_t size() const { return size_; }
  double operator[](std::size_t i) const { return data_[i]; }

 private:
  Vec vec_;
  const double* data_ = nullptr;
  std::size_t size_ = 0;
};

class Target {
 public:
  explicit Target(Vec v) : vec_(v) {
    PetscInt n = 0;
    petsc::check(VecGetLocalSize(v, &n));
    petsc::check(VecGetArray(v, &data_));
    size_ = static_cast<std::size_t>(n);
  }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  ~Target() { static_cast<void>(VecRestoreArray(vec_, &data_)); }
  [[nodiscard]] std::size_t size() const { return size_; }
  double& operator[](std::size_t i) const { return data_[i]; }

 private:
  Vec vec_;
  double* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Exceptions do not cross PETSc's C.
template <class Body>
PetscErrorCode guarded(Body&& body) {
  try {
    body();
    return 0;
  } catch (const std::bad_alloc&) {
    return PETSC_ERR_MEM;
  } catch (...) {
    return PETSC_ERR_LIB;
  }
}

/// Several sums over all ranks at once, each with the number of its terms that are not finite.
class Sums {
 public:
  explicit Sums(std::size_t count) : sums_(count), strange_(count, 0) {}

  void add(std::size_t which, double term) {
    if (std::isfinite(term))
      sums_[which].add(term);
    else
      ++strange_[which];
  }
  /// Collective.
  void reduce(MPI_Comm comm) {
    std::vector<std::int64_t> words;
    words.reserve(sums_.size() * (ExactSum::limbs + 1));
    for (std::size_t k = 0; k < sums_.size(); ++k) {
      const auto& limbs = sums_[k].normalised();
      words.insert(words.end(), limbs.begin(), limbs.end());
      words.push_back(strange_[k]);
    }
    MPI_Allreduce(MPI_IN_PLACE, words.data(), static_cast<int>(words.size()), MPI_INT64_T, MPI_SUM, comm);
    const std::int64_t* at = words.data();
    for (std::size_t k = 0; k < sums_.size(); ++k, at += ExactSum::limbs + 1) {
      ExactSum::Limbs limbs;
      std::copy_n(at, ExactSum::limbs, limbs.begin());
      sums_[k].assign(limbs);
      strange_[k] = at[ExactSum::limbs];
    }
  }
  [[nodiscard]] double value(std::size_t which) const {
    return strange_[which] != 0 ? std::numeric_limits<double>::quiet_NaN() : sums_[which].value();
  }

 private:
  std::vector<ExactSum> sums_;
  std::vector<std::int64_t> strange_;
};

MPI_Comm comm_of(Vec v) {
  return PetscObjectComm(reinterpret_cast<PetscObject>(v));
}

PetscErrorCode dot(Vec x, Vec y, PetscScalar* result) {
  return guarded([&] {
    Sums sums(1);
    {
      const Values a(x), b(y);
      for (std::size_t i = 0; i < a.size(); ++i) sums.add(0, a[i] * b[i]);
    }
    sums.reduce(comm_of(x));
    *result = sums.value(0);
  });
}

PetscErrorCode several_dots(Vec x, PetscInt count, const Vec ys[], PetscScalar* results) {
  return guarded([&] {
    const auto n = static_cast<std::size_t>(count);
    Sums sums(n);
    {
      const Values a(x);
      for (std::size_t k = 0; k < n; ++k) {
        const Values b(ys[k]);
        for (std::size_t i = 0; i < a.size(); ++i) sums.add(k, a[i] * b[i]);
      }
    }
    sums.reduce(comm_of(x));
    for (std::size_t k = 0; k < n; ++k) results[k] = sums.value(k);
  });
}

PetscErrorCode dot_and_square(Vec s, Vec t, PetscScalar* product, PetscScalar* square) {
  return guarded([&] {
    Sums sums(2);
    {
      const Values a(s), b(t);
      for (std::size_t i = 0; i < a.size(); ++i) {
        sums.add(0, a[i] * b[i]);
        sums.add(1, b[i] * b[i]);
      }
    }
    sums.reduce(comm_of(s));
    *product = sums.value(0);
    *square = sums.value(1);
  });
}

PetscErrorCode norm(Vec x, NormType type, PetscReal* result) {
  return guarded([&] {
    Sums sums(2);
    double largest = 0.0;
    {
      const Values a(x);
      for (std::size_t i = 0; i < a.size(); ++i) {
        const double size = std::abs(a[i]);
        if (type == NORM_INFINITY)
          largest = std::isnan(size) ? std::numeric_limits<double>::infinity() : std::max(largest, size);
        if (type == NORM_1 || type == NORM_1_AND_2) sums.add(0, size);
        if (type == NORM_2 || type == NORM_FROBENIUS || type == NORM_1_AND_2) sums.add(1, size * size);
      }
    }
    if (type == NORM_INFINITY) {
      MPI_Allreduce(&largest, result, 1, MPI_DOUBLE, MPI_MAX, comm_of(x));
      return;
    }
    sums.reduce(comm_of(x));
    if (type == NORM_1_AND_2) {
      result[0] = sums.value(0);
      result[1] = std::sqrt(sums.value(1));
    } else {
      *result = type == NORM_1 ? sums.value(0) : std::sqrt(sums.value(1));
    }
  });
}

// Sums of multiples: in one place with the project's own rules of rounding (no contraction), so that the bits do not
// depend on where in a rank's array a value stands, as they may in a BLAS.

PetscErrorCode axpy(Vec y, PetscScalar a, Vec x) {
  return guarded([&] {
    const Values in(x);
    const Target out(y);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += a * in[i];
  });
}

PetscErrorCode axpby(Vec y, PetscScalar a, PetscScalar b, Vec x) {
  return guarded([&] {
    const Values in(x);
    const Target out(y);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = a * in[i] + b * out[i];
  });
}

PetscErrorCode aypx(Vec y, PetscScalar b, Vec x) {
  return guarded([&] {
    const Values in(x);
    const Target out(y);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = in[i] + b * out[i];
  });
}

PetscErrorCode waxpy(Vec w, PetscScalar a, Vec x, Vec y) {
  return guarded([&] {
    const Values first(x), second(y);
    const Target out(w);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = second[i] + a * first[i];
  });
}

PetscErrorCode axpbypcz(Vec z, PetscScalar a, PetscScalar b, PetscScalar c, Vec x, Vec y) {
  return guarded([&] {
    const Values first(x), second(y);
    const Target out(z);
    for (std::size_t i = 0; i < out.size(); ++i) {
      // A factor of 0 must not bring in what a vector that was never set holds.
      const double old = c == 0.0 ? 0.0 : c * out[i];
      out[i] = (a * first[i] + b * second[i]) + old;
    }
  });
}

PetscErrorCode maxpy(Vec y, PetscInt count, const PetscScalar* a, Vec* xs) {
  return guarded([&] {
    const Target out(y);
    for (PetscInt k = 0; k < count; ++k) {
      const Values in(xs[k]);
      for (std::size_t i = 0; i < out.size(); ++i) out[i] += a[k] * in[i];
    }
  });
}

/// VecDuplicate() copies the operations.
PetscErrorCode create(Vec v) {
  PetscCall(VecSetType(v, VECMPI));
  v->ops->dot = &dot;
  v->ops->tdot = &dot;
  v->ops->mdot = &several_dots;
  v->ops->mtdot = &several_dots;
  v->ops->dotnorm2 = &dot_and_square;
  v->ops->norm = &norm;
  v->ops->axpy = &axpy;
  v->ops->axpby = &axpby;
  v->ops->aypx = &aypx;
  v->ops->waxpy = &waxpy;
  v->ops->axpbypcz = &axpbypcz;
  v->ops->maxpy = &maxpy;
  return 0;
}

}  // namespace

const char* order_free_vectors() {
  static const bool registered = [] {
    petsc::check(VecRegister(type_name, &create));
    return true;
  }();
  static_cast<void>(registered);
  return type_name;
}

VecHandle make_vector(MPI_Comm comm, std::int64_t owned) {
  VecHandle v;
  petsc::check(VecCreate(comm, v.out()));
  petsc::check(VecSetSizes(v.get(), static_cast<PetscInt>(owned), PETSC_DETERMINE));
  petsc::check(VecSetType(v.get(), order_free_vectors()));
  return v;
}

}  // namespace vesicast
