#include "src/run/simulate.hpp"

#include "decomposition/collectively.hpp"
#include "src/ledger/ledger.hpp"
#include "src/step/advance.hpp"

namespace vesicast {
namespace {

/// One going through the loop.
class Loop {
 public:
  Loop(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers, Schedule& schedule,
       Timings& timings)
      : s_(s),
        stepper_(s.model, s.site, s.seats),
        end_(end),
        length_(length),
        observers_(observers),
        schedule_(schedule),
        timings_(timings) {}

  void run() {
    begin();
    while (s_.state.time < end_) {
      step();
      check();
      show();
    }
  }

 private:
  void begin() {
    if (schedule_.observers.empty()) {
      schedule_.observers.assign(observers_.size(), {.at = s_.state.time});
      return show();
    }
    if (schedule_.observers.size() != observers_.size())
      throw InternalError("a schedule of other observers than the run has");
    for (std::size_t i = 0; i < observers_.size(); ++i) observers_[i]->resume(s_, schedule_.observers[i].seen);
  }

  void step() {
    stepper_.advance(s_.state, next_step(), timings_);
    for (Observer* o : observers_) o->stepped(s_);
  }

  [[nodiscard]] Ticks next_step() {
    if (const Ticks* step = std::get_if<Ticks>(&length_)) return *step;
    StepChoice choice;
    {
      const Stopwatch watch(timings_.step_control);
      StepControl& control = std::get<std::reference_wrapper<StepControl>>(length_);
      choice = control.choose(s_.state, s_.model, s_.site, s_.seats, schedule_.next(end_));
    }
    for (Observer* o : observers_) o->chosen(s_, choice);
    return choice.step;
  }

  void check() {
#ifdef VESICAST_AUDIT
    audit(s_);
    const bool due = true;
#else
    const bool due = s_.state.steps % ledger_every_steps == 0 || s_.state.time >= end_;
#endif
    if (!due) return;
    const Stopwatch watch(timings_.ledger);
    const Ledger ledger = measure_ledger(s_.state, s_.model, s_.comm());
    collectively(s_.comm(), [&] { require_closed(ledger, s_.site.transport->ledger_allowance()); });
  }

  void show() {
    const Stopwatch watch(timings_.output);
    const bool last = s_.state.time >= end_;
    for (std::size_t i = 0; i < observers_.size(); ++i) {
      Schedule::Due& due = schedule_.observers[i];
      if (s_.state.time < due.at && !last) continue;
      observers_[i]->observe(s_, due.seen);
      Schedule::shown(due, s_.state.time, observers_[i]->interval(), end_);
    }
  }

  Simulation& s_;
  Stepper stepper_;
  Ticks end_;
  const StepLength& length_;
  std::span<Observer* const> observers_;
  Schedule& schedule_;
  Timings& timings_;
};

}  // namespace

void simulate(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers,
              Schedule& schedule, Timings& timings) {
  Loop(s, end, length, observers, schedule, timings).run();
}

void simulate(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers,
              Timings& timings) {
  Schedule schedule;
  simulate(s, end, length, observers, schedule, timings);
}

}  // namespace vesicast
