#include "io/output/step_log.hpp"

#include <fmt/format.h>

#include "src/parameters/parameters.hpp"

namespace vesicast::io {

std::string step_text(const StepChoice& choice, const Parameters& p) {
  return fmt::format("{:g} s, limited by {} ({:.1e} of {:.1e})", to_seconds(choice.wanted), limit_text(choice, p),
                     choice.error, p.run.automatic->tolerance);
}

void StepLog::chosen(const Simulation& s, const StepChoice& choice) {
  const State& u = s.state;
  chosen_at_ = u.time;
  if (choice.error > parameters_.run.automatic->tolerance) ++too_long_;
  if (told_) {
    const bool same = told_->limit == choice.limit && told_->vesicle == choice.vesicle && told_->type == choice.type;
    if (same || 50 * (u.time - told_at_) < parameters_.run.end) return;
  }
  told_ = choice;
  told_at_ = u.time;
  log_.info(fmt::format("t = {:g} s: step {}", to_seconds(u.time), step_text(choice, parameters_)));
}

void StepLog::stepped(const Simulation& s) {
  ++taken_[s.state.time - chosen_at_];  // the last one may have been cut to the end
}

void StepLog::summarise() const {
  if (taken_.empty()) return;
  std::string text;
  std::int64_t cut = 0, all = 0;
  const Ticks smallest = parameters_.run.automatic->smallest;
  Ticks power = smallest;
  for (const auto& [step, count] : taken_) {
    all += count;
    while (power < step) power *= 2;
    if (step == power)
      text += fmt::format("{}{} of {:g} s", text.empty() ? "" : ", ", count, to_seconds(step));
    else
      cut += count;
  }
  if (cut > 0) text += fmt::format("{}{} cut short for the edge of a window or the end", text.empty() ? "" : ", ", cut);
  log_.info(fmt::format("steps taken: {}", text));
  if (too_long_ > 0)
    log_.warning(fmt::format("{} of {} steps were above run.coupling_tolerance at run.smallest_step, {:g} s", too_long_,
                             all, to_seconds(smallest)));
}

}  // namespace vesicast::io
