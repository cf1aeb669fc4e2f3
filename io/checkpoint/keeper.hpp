#pragma once
/// \file
/// Keeps a run in its folder: when checkpoints are due, and when the run is to stop.
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "io/checkpoint/checkpoint.hpp"
#include "io/checkpoint/interruption.hpp"
#include "io/log/log.hpp"
#include "src/parameters/run.hpp"
#include "src/run/keeper.hpp"
#include "src/run/observer.hpp"

namespace vesicast::io {

/// A file of this name in a run folder stops the run.
inline constexpr std::string_view stop_file = "STOP";

class CheckpointKeeper : public Keeper {
 public:
  using Clock = std::chrono::steady_clock;
  struct Options {
    std::filesystem::path run_folder;
    CheckpointParameters parameters;
    std::optional<double> max_walltime;  ///< [s] since `begin`
    Clock::time_point begin;             ///< of the program
    std::string config, petsc_options;
  };
  /// `outputs`: the observers of the loop, in its order; `flush` brings what they have written to the device (on every
  /// rank, before each checkpoint).
  CheckpointKeeper(Options options, std::span<Observer* const> outputs, std::function<void()> flush, Log& log);

  /// Stops after a signal that any rank got (where a SignalsNoted lives), where there is a file STOP, and before the
  /// time on the wall runs out, as the longest step so far and the last checkpoint foretell. Collective.
  [[nodiscard]] Wish asked(const Simulation& s) override;
  /// Writes a checkpoint, unless this state is kept already, and removes what is too old. Throws OutputError on every
  /// rank. Collective.
  void keep(const Simulation& s, const Schedule& schedule) override;

  /// A run that has been taken up from a checkpoint of so many steps, at this time. Local.
  void resumed(std::int64_t steps, Ticks time);
  /// Why the run stopped, "SIGTERM", "the file STOP"; empty: it did not.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  /// Only the newest is of use when a run has ended. Local; rank 0 removes.
  void ended(bool is_rank_0) const;

 private:
  /// What rank 0 alone sees; the number of a signal counts beyond.
  enum Urgency : int { nothing, checkpoint_due, wall_time, stop_file_found, signal };
  [[nodiscard]] int urgency_on_rank_0(const Simulation& s);
  [[nodiscard]] double seconds_since(Clock::time_point then) const;

  Options options_;
  std::vector<Observer*> outputs_;
  std::function<void()> flush_;
  Log& log_;
  std::string reason_;
  std::int64_t kept_steps_ = -1;
  Ticks kept_time_ = 0;
  Clock::time_point kept_at_, looked_at_, asked_at_;
  double longest_step_ = 0.0, last_checkpoint_ = 0.0;  ///< [s]
};

}  // namespace vesicast::io
