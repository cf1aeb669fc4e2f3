// Runs GoogleTest on every rank of MPI_COMM_WORLD; the result is the worst of all ranks. Only rank 0 reports passes.
#include <gtest/gtest.h>
#include <mpi.h>

#include "decomposition/petsc.hpp"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const vesicast::petsc::Session session(argc, argv);
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (rank != 0) {
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    // Failures on other ranks still have to be seen.
    class FailurePrinter : public testing::EmptyTestEventListener {
      void OnTestPartResult(const testing::TestPartResult& result) override {
        if (!result.failed()) return;
        int me = 0;
        MPI_Comm_rank(MPI_COMM_WORLD, &me);
        std::fprintf(stderr, "rank %d: %s:%d: %s\n", me, result.file_name() != nullptr ? result.file_name() : "?",
                     result.line_number(), result.summary());
      }
    };
    listeners.Append(new FailurePrinter);
  }
  int result = RUN_ALL_TESTS();
  MPI_Allreduce(MPI_IN_PLACE, &result, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  return result;
}
