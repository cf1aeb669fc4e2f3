#pragma once
/// \file
/// What a launcher tells the processes that it starts, in their environment.
namespace vesicast::io {

/// This process's rank, known before MPI starts; 0 where there is no launcher. Open MPI, where it finds no launcher of
/// its own, changes what the environment says: to be asked before MPI starts.
[[nodiscard]] int launched_rank();

/// How this process was started, read once, before MPI starts.
class Launch {
 public:
  Launch();
  [[nodiscard]] int rank() const { return rank_; }
  /// Throws InputError if the launcher started more processes than one and gave them nothing to find each other by, as
  /// `srun` does without PMIx: before MPI starts, which would end the process with a message of its own. Local.
  void require_joinable() const;
  /// Throws InputError if the launcher started more processes than the `size` that MPI knows of, 1: they did not find
  /// each other, and each would run alone into the same folder. `mpirun -n 1` in a larger allocation is no such case.
  /// Local.
  void require_joined(int size) const;

 private:
  int rank_ = 0, processes_ = 1;
  const char* variable_ = "";  ///< that says how many processes
  bool can_meet_ = false;
};

}  // namespace vesicast::io
