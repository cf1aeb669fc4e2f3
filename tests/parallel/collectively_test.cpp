#include "decomposition/collectively.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <new>
#include <string>

#include "decomposition/petsc.hpp"

namespace vesicast::collectively_test {
namespace {

int my_rank() {
  int r = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &r);
  return r;
}
int ranks() {
  int n = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n);
  return n;
}

/// The error every rank gets when `f` runs collectively.
template <class F>
Error error_of(F&& f) {
  try {
    collectively(MPI_COMM_WORLD, f);
  } catch (const Error& e) {
    return e;
  }
  return {ExitCode::done, "nothing was thrown"};
}

}  // namespace

TEST(Collectively, LetsSuccessThrough) {
  int ran = 0;
  EXPECT_NO_THROW(collectively(MPI_COMM_WORLD, [&] { ++ran; }));
  EXPECT_EQ(ran, 1);
}

TEST(Collectively, OneRanksFailureIsEverybodysWithItsCodeAndPlace) {
  const int last = ranks() - 1;
  const Error e = error_of([&] {
    if (my_rank() == last) throw OutputError("disk full");
  });
  EXPECT_EQ(e.code(), ExitCode::output_failed);
  if (ranks() == 1)
    EXPECT_STREQ(e.what(), "disk full");
  else
    EXPECT_EQ(std::string(e.what()), fmt::format("disk full [rank {} of {}]", last, ranks()));
}

TEST(Collectively, MemoryThatRunsOutIsToldAsSuch) {
  const Error e = error_of([] { throw std::bad_alloc(); });
  EXPECT_EQ(e.code(), ExitCode::internal);
  EXPECT_EQ(std::string(e.what()).find("out of memory: this rank holds "), 0u) << e.what();
  // PETSc gives a code of no meaning of its own where its memory runs out.
  void* none = nullptr;
  EXPECT_THROW(petsc::check(PetscMalloc(std::size_t{1} << 60, &none)), MemoryError);
}

TEST(Collectively, TheLowestFailingRankSpeaks) {
  const Error e = error_of([&] {
    if (my_rank() >= ranks() / 2) throw NumericsError(fmt::format("voxel of {}", my_rank()));
  });
  EXPECT_EQ(e.code(), ExitCode::numerics_failed);
  EXPECT_EQ(std::string(e.what()).find(fmt::format("voxel of {}", ranks() / 2)), 0u) << e.what();
}

TEST(Collectively, TheSameErrorOnAllRanksIsToldOnce) {
  const Error e = error_of([] { throw InputError("config.toml:3:1: no"); });
  EXPECT_EQ(e.code(), ExitCode::bad_input);
  EXPECT_STREQ(e.what(), "config.toml:3:1: no");
}

TEST(Collectively, ForeignExceptionsBecomeInternalErrors) {
  const Error e = error_of([] { throw std::logic_error("broken promise"); });
  EXPECT_EQ(e.code(), ExitCode::internal);
  EXPECT_EQ(std::string(e.what()).find("broken promise"), 0u);
}

TEST(Broadcast, BringsRankZerosTextEverywhere) {
  const std::string text(100000, 'v');
  EXPECT_EQ(broadcast(MPI_COMM_WORLD, my_rank() == 0 ? text : "other"), text);
  EXPECT_EQ(broadcast(MPI_COMM_WORLD, ""), "");
}

}  // namespace vesicast::collectively_test
