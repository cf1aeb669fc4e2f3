#pragma once
/// \file
/// A run folder belongs to one run at a time.
#include <filesystem>
#include <optional>
#include <string>

#include "io/run_folder/atomic_file.hpp"

namespace vesicast::io {

/// Who holds a lock.
struct LockHolder {
  std::string host;
  std::int64_t pid = 0;
  std::int64_t started = 0;  ///< of the process, in clock ticks since its machine was: no later process has both
  std::string job;           ///< "Slurm 4711"; empty outside of a batch system
  /// "process 123 on host a, job Slurm 4711".
  [[nodiscard]] std::string text() const;
};

/// The lock on a run folder, held as long as this lives: a file run.lock that says who holds it, locked by the
/// operating system (fcntl, which network file systems pass on) and so free again when its holder is no more, however
/// that came.
class FolderLock {
 public:
  /// Throws InputError, naming the holder, where another process holds the lock: the operating system says so, or, on a
  /// file system without locks, a process of that number and start lives on this host, or the holder is on another
  /// host. Likewise, and leaves it as it is, where a file of that name is no such lock. A lock that nobody holds any
  /// more is taken over; `stale()` says whose it was. OutputError if it cannot be made.
  explicit FolderLock(const std::filesystem::path& run_folder);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  /// Removes the file.
  ~FolderLock();
  [[nodiscard]] const std::optional<LockHolder>& stale() const { return stale_; }

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::optional<LockHolder> stale_;
};

}  // namespace vesicast::io
