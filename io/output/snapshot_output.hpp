#pragma once
/// \file
/// What fields and cells have in common as outputs: a numbered series of states, at an interval.
#include <filesystem>
#include <utility>
#include <vector>

#include "decomposition/domain.hpp"
#include "io/vtk/named_values.hpp"
#include "io/vtk/snapshot.hpp"
#include "src/run/observer.hpp"

namespace vesicast::io {

class SnapshotOutput : public Observer {
 public:
  /// `interval` in ticks; 0: start and end only. `notes` travel in every file.
  SnapshotOutput(const Domain& domain, std::filesystem::path run_folder, Ticks interval, std::vector<Note> notes)
      : domain_(domain), run_folder_(std::move(run_folder)), notes_(std::move(notes)), interval_(interval) {}
  [[nodiscard]] Ticks interval() const override { return interval_; }
  /// Takes back what was written after the `number`th output. Collective.
  void resume(const Simulation& s, std::int64_t number) override { cut_series(s.comm(), run_folder_, name(), number); }

 protected:
  [[nodiscard]] const Domain& domain() const { return domain_; }
  [[nodiscard]] const std::filesystem::path& run_folder() const { return run_folder_; }
  [[nodiscard]] const std::vector<Note>& notes() const { return notes_; }

 private:
  const Domain& domain_;
  std::filesystem::path run_folder_;
  std::vector<Note> notes_;
  Ticks interval_;
};

}  // namespace vesicast::io
