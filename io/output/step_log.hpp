#pragma once
/// \file
/// How long automatic steps are and what limits them: a line at the start and where that changes, a histogram at the
/// end.
#include <map>
#include <optional>
#include <string>

#include "io/log/log.hpp"
#include "src/run/observer.hpp"

namespace vesicast::io {

/// "16 s, limited by receptors of macrophage filling with exosome (3.2e-04 of 1.0e-03)". Pre: the steps are automatic.
[[nodiscard]] std::string step_text(const StepChoice& choice, const Parameters& parameters);

class StepLog : public Observer {
 public:
  StepLog(Log& log, const Parameters& parameters) : log_(log), parameters_(parameters) {}
  [[nodiscard]] Ticks interval() const override { return 0; }
  void observe(const Simulation& /*s*/, std::int64_t /*number*/) override {}
  /// A line where what limits has changed, at most one in a fiftieth of the run.
  void chosen(const Simulation& s, const StepChoice& choice) override;
  /// Counts the step as it was taken.
  void stepped(const Simulation& s) override;
  /// Steps taken by length, and whether the smallest was too long; nothing if no step was chosen.
  void summarise() const;

 private:
  Log& log_;
  const Parameters& parameters_;
  std::optional<StepChoice> told_;
  Ticks told_at_ = 0, chosen_at_ = 0;
  std::map<Ticks, std::int64_t> taken_;  ///< steps by length
  std::int64_t too_long_ = 0;
};

}  // namespace vesicast::io
