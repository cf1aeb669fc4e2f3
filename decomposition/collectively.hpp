#pragma once
/// \file
/// One rank's failure becomes everybody's, so that no rank waits for ever in a collective call for one that has left.
#include <mpi.h>

#include <exception>
#include <functional>
#include <string>
#include <utility>

#include "decomposition/base/error.hpp"

namespace vesicast {

/// What a rank brings to the decision: nothing, or its error.
struct LocalFailure {
  bool failed = false;
  ExitCode code = ExitCode::done;
  std::string message;
};

/// Translates the exception in flight; to be called inside a catch block.
[[nodiscard]] LocalFailure describe_current_exception();

/// Throws the same AgreedError on every rank if any rank brings a failure: that of the lowest failing rank, with the
/// rank and how many failed. An error that all ranks report alike keeps its text. Collective.
void agree(MPI_Comm comm, const LocalFailure& mine);

/// Runs `f` on every rank; if it throws on any, every rank throws the lowest failing rank's error. `f` itself must not
/// contain collective calls after a point where it may throw on some ranks only. Collective.
template <class F>
void collectively(MPI_Comm comm, F&& f) {
  LocalFailure mine;
  try {
    std::invoke(std::forward<F>(f));
  } catch (...) {
    mine = describe_current_exception();
  }
  agree(comm, mine);
}

/// Rank 0's text on every rank. Collective.
[[nodiscard]] std::string broadcast(MPI_Comm comm, std::string text);

}  // namespace vesicast
