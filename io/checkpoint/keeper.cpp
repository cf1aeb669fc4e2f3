#include "io/checkpoint/keeper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "decomposition/collectively.hpp"
#include "io/checkpoint/checkpoints.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

/// How often the file STOP is looked for [s]: a file system of many hosts is slow to ask.
constexpr double look_every = 1.0;

/// Before one has been measured, at the speed of a slow disk [s].
double foretold_checkpoint(const Simulation& s) {
  constexpr double bytes_per_second = 1e8;
  double values = 0.0;
  for (const auto& bound : s.state.bound_fields)
    values += (bound ? 2.0 : 1.0) * static_cast<double>(s.domain->grid().size());
  for (const auto& of_array : s.model.cell_arrays.has)
    values += static_cast<double>(s.state.cells.size()) * s.domain->size() * static_cast<double>(of_array.size());
  return 8.0 * values / bytes_per_second;
}

}  // namespace

CheckpointKeeper::CheckpointKeeper(Options options, std::span<Observer* const> outputs, std::function<void()> flush,
                                   Log& log)
    : options_(std::move(options)),
      outputs_(outputs.begin(), outputs.end()),
      flush_(std::move(flush)),
      log_(log),
      kept_at_(Clock::now()),
      asked_at_(kept_at_) {}

double CheckpointKeeper::seconds_since(Clock::time_point then) const {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

void CheckpointKeeper::resumed(std::int64_t steps, Ticks time) {
  kept_steps_ = steps;
  kept_time_ = time;
}

int CheckpointKeeper::urgency_on_rank_0(const Simulation& s) {
  longest_step_ = std::max(longest_step_, seconds_since(asked_at_));
  asked_at_ = Clock::now();
  if (seconds_since(looked_at_) >= look_every) {
    looked_at_ = asked_at_;
    std::error_code none;
    if (fs::exists(fs::symlink_status(options_.run_folder / stop_file, none))) return stop_file_found;
  }
  if (options_.max_walltime) {
    // Another step, what follows it, and the checkpoint, each with room for a bad moment of the disk.
    const double checkpoint = kept_steps_ >= 0 && last_checkpoint_ > 0.0 ? last_checkpoint_ : foretold_checkpoint(s);
    const double needed = 2.0 * longest_step_ + 2.0 * checkpoint + 1.0;
    if (seconds_since(options_.begin) + needed >= *options_.max_walltime) return wall_time;
  }
  const Ticks every = options_.parameters.every_wall;
  return every > 0 && seconds_since(kept_at_) >= to_seconds(every) ? checkpoint_due : nothing;
}

Keeper::Wish CheckpointKeeper::asked(const Simulation& s) {
  const int noted = SignalsNoted::noted();
  int urgency = noted != 0 ? signal + noted : nothing;
  if (urgency == nothing && s.domain->rank() == 0) urgency = urgency_on_rank_0(s);
  MPI_Allreduce(MPI_IN_PLACE, &urgency, 1, MPI_INT, MPI_MAX, s.comm());
  if (urgency > signal)
    reason_ = signal_name(urgency - signal);
  else if (urgency == stop_file_found)
    reason_ = fmt::format("the file {}", stop_file);
  else if (urgency == wall_time)
    reason_ = "--max-walltime";
  if (!reason_.empty()) return Wish::stop;
  const Ticks every = options_.parameters.every;
  const bool due = every > 0 && s.state.time / every > kept_time_ / every;
  return due || urgency == checkpoint_due ? Wish::keep : Wish::go_on;
}

void CheckpointKeeper::keep(const Simulation& s, const Schedule& schedule) {
  if (s.state.steps == kept_steps_) return;
  const bool writes = s.domain->rank() == 0;
  const auto begin = Clock::now();
  const fs::path folder = checkpoint_folder(options_.run_folder, s.state.steps);
  collectively(s.comm(), [&] {
    flush_();
    if (writes) make_room(options_.run_folder, s.state.steps);
  });
  CheckpointNotes notes{{}, options_.config, options_.petsc_options};
  for (std::size_t i = 0; i < outputs_.size(); ++i)
    if (const Schedule::Due& due = schedule.observers[i]; !outputs_[i]->name().empty())
      notes.outputs.push_back({outputs_[i]->name(), due.seen, due.last});
  const std::uint64_t bytes = write_checkpoint(s, folder, notes);
  collectively(s.comm(), [&] {
    if (writes) keep_newest(options_.run_folder, static_cast<std::size_t>(options_.parameters.keep), s.state.steps);
  });
  kept_steps_ = s.state.steps;
  kept_time_ = s.state.time;
  kept_at_ = Clock::now();
  last_checkpoint_ = seconds_since(begin);
  log_.info(fmt::format("checkpoint at t = {:g} s, step {}: {:.3g} MB in {:.2g} s", to_seconds(s.state.time),
                        s.state.steps, static_cast<double>(bytes) / 1e6, last_checkpoint_));
  asked_at_ = Clock::now();
}

void CheckpointKeeper::ended(bool is_rank_0) const {
  if (is_rank_0) keep_newest(options_.run_folder, 1, kept_steps_);
}

}  // namespace vesicast::io
