#include "decomposition/collectively.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <new>

#include "decomposition/memory.hpp"

namespace vesicast {
namespace {

/// MPI counts are int: longer texts go in pieces.
void broadcast_bytes(MPI_Comm comm, char* data, std::uint64_t size, int root) {
  constexpr std::uint64_t piece = std::uint64_t{1} << 30;
  for (std::uint64_t done = 0; done < size; done += piece)
    MPI_Bcast(data + done, static_cast<int>(std::min(piece, size - done)), MPI_CHAR, root, comm);
}

std::string broadcast_from(MPI_Comm comm, std::string text, int root) {
  std::uint64_t size = text.size();
  MPI_Bcast(&size, 1, MPI_UINT64_T, root, comm);
  text.resize(size);
  broadcast_bytes(comm, text.data(), size, root);
  return text;
}

}  // namespace

LocalFailure describe_current_exception() {
  try {
    throw;
  } catch (const Error& e) {
    return {true, e.code(), e.what()};
  } catch (const std::bad_alloc&) {
    return {true, ExitCode::internal, out_of_memory()};
  } catch (const std::exception& e) {
    return {true, ExitCode::internal, e.what()};
  } catch (...) {
    return {true, ExitCode::internal, "unknown exception"};
  }
}

std::string broadcast(MPI_Comm comm, std::string text) {
  return broadcast_from(comm, std::move(text), 0);
}

void agree(MPI_Comm comm, const LocalFailure& mine) {
  int rank = 0, size = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  // Lowest failing rank, and how many failed.
  int first = mine.failed ? rank : std::numeric_limits<int>::max();
  int failed = mine.failed ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT, MPI_MIN, comm);
  if (first == std::numeric_limits<int>::max()) return;
  MPI_Allreduce(MPI_IN_PLACE, &failed, 1, MPI_INT, MPI_SUM, comm);

  int code = static_cast<int>(mine.code);
  MPI_Bcast(&code, 1, MPI_INT, first, comm);
  const std::string message = broadcast_from(comm, mine.message, first);
  int same = mine.failed && static_cast<int>(mine.code) == code && mine.message == message ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &same, 1, MPI_INT, MPI_MIN, comm);
  if (same == 1) throw AgreedError(static_cast<ExitCode>(code), message);
  throw AgreedError(static_cast<ExitCode>(code),
                    failed == 1 ? fmt::format("{} [rank {} of {}]", message, first, size)
                                : fmt::format("{} [rank {} of {}, and {} more]", message, first, size, failed - 1));
}

}  // namespace vesicast
