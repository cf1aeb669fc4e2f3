#pragma once
/// \file
/// What fields and cells have in common as outputs: a numbered series of states, at an interval.
#include <filesystem>
#include <utility>
#include <vector>

#include "decomposition/domain.hpp"
#include "io/output/arrays.hpp"
#include "io/vtk/form.hpp"
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
  void resume(const Simulation& s, std::int64_t number) override {
    series_.reset();
    cut_series(s.comm(), run_folder_, name(), number);
  }

 protected:
  [[nodiscard]] const Domain& domain() const { return domain_; }
  [[nodiscard]] const std::filesystem::path& run_folder() const { return run_folder_; }
  [[nodiscard]] const std::vector<Note>& notes() const { return notes_; }
  [[nodiscard]] KnownSeries& series() { return series_; }

 private:
  const Domain& domain_;
  std::filesystem::path run_folder_;
  std::vector<Note> notes_;
  Ticks interval_;
  KnownSeries series_;
};

/// The values that the makers make, with their names; the values are in `store`.
[[nodiscard]] inline std::vector<NamedValues> made(const std::vector<ArrayMaker>& makers,
                                                   std::vector<std::vector<double>>& store) {
  store.reserve(makers.size());
  std::vector<NamedValues> arrays;
  for (const ArrayMaker& m : makers) {
    store.push_back(m.values());
    arrays.push_back({m.name, store.back()});
  }
  return arrays;
}

[[nodiscard]] inline VtkForm form_of(const OutputParameters& output) {
  return {output.writers, output.compression, output.precision};
}

}  // namespace vesicast::io
