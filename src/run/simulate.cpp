#include "src/run/simulate.hpp"

#include <algorithm>

#include "decomposition/base/cpu_clock.hpp"
#include "decomposition/base/fault.hpp"
#include "decomposition/collectively.hpp"
#include "decomposition/halo_message.hpp"
#include "src/ledger/ledger.hpp"
#include "src/parameters/parameters.hpp"
#include "src/step/advance.hpp"

namespace vesicast {
namespace {

/// One going through the loop.
class Loop {
 public:
  Loop(Simulation& s, Ticks end, const StepLength& length, const Lookers& lookers, Schedule& schedule, Timings& timings)
      : s_(s),
        stepper_(s.model, s.site, s.seats),
        end_(end),
        length_(length),
        lookers_(lookers),
        schedule_(schedule),
        timings_(timings) {}

  RunEnd run() {
    begin();
    while (s_.state.time < end_) {
      const Ticks whole = next_step(), dt = std::min(whole, end_ - s_.state.time);
      if (dt < whole) keep();
      step(dt);
      check();
      show();
      if (s_.state.time < end_ && asked_to_stop()) return RunEnd::stopped;
      cut_ = dt < whole;
    }
    if (!cut_) keep();
    show_the_end();
    return RunEnd::done;
  }

 private:
  void begin() {
    if (schedule_.observers.empty()) {
      schedule_.observers.assign(lookers_.observers.size(), {.at = s_.state.time});
      return show();
    }
    if (schedule_.observers.size() != lookers_.observers.size())
      throw InternalError("a schedule of other observers than the run has");
    for (std::size_t i = 0; i < lookers_.observers.size(); ++i) {
      Observer& o = *lookers_.observers[i];
      Schedule::Due& due = schedule_.observers[i];
      due.at = due.last < 0 ? s_.state.time : Schedule::next(due.last, o.interval());  // it may be another now
      o.resume(s_, due.seen);
    }
  }

  /// What the state asks for, whatever the run's end is.
  [[nodiscard]] Ticks next_step() {
    if (const Ticks* step = std::get_if<Ticks>(&length_)) return *step;
    StepChoice choice;
    {
      const Stopwatch watch(timings_.step_control), in_steps(timings_.steps);
      StepControl& control = std::get<std::reference_wrapper<StepControl>>(length_);
      choice = control.choose(s_.state, s_.model, s_.site, s_.seats);
    }
    for (Observer* o : lookers_.observers) o->chosen(s_, choice);
    return choice.step;
  }

  void step(Ticks dt) {
    const Stopwatch watch(timings_.steps);
    const double waited = HaloMessage::totals().waited, begin = cpu_seconds();
    stepper_.advance(s_.state, dt, timings_);
    timings_.busy += cpu_seconds() - begin - (HaloMessage::totals().waited - waited);
    // What is drawn may fail on one rank alone.
    if (s_.model.parameters().run.mode == RunMode::stochastic_release)
      collectively(s_.comm(), [] {
        if (const std::string fault = take_fault(); !fault.empty()) throw NumericsError(fault);
      });
    for (Observer* o : lookers_.observers) o->stepped(s_);
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

  /// To those whose time it is.
  void show() {
    const Stopwatch watch(timings_.output);
    for (std::size_t i = 0; i < lookers_.observers.size(); ++i) {
      Schedule::Due& due = schedule_.observers[i];
      if (s_.state.time < due.at) continue;
      lookers_.observers[i]->observe(s_, due.seen);
      Schedule::shown(due, s_.state.time, lookers_.observers[i]->interval());
    }
  }

  /// To those whose time it is not, for there is no later one. They have not seen it where the run is taken further.
  void show_the_end() {
    const Stopwatch watch(timings_.output);
    for (std::size_t i = 0; i < lookers_.observers.size(); ++i)
      if (const Schedule::Due& due = schedule_.observers[i]; due.last != s_.state.time)
        lookers_.observers[i]->observe(s_, due.seen);
  }

  void keep() {
    if (lookers_.keeper == nullptr) return;
    const Stopwatch watch(timings_.checkpoint);
    lookers_.keeper->keep(s_, schedule_);
  }

  [[nodiscard]] bool asked_to_stop() {
    if (lookers_.keeper == nullptr) return false;
    const Keeper::Wish wish = lookers_.keeper->asked(s_);
    if (wish != Keeper::Wish::go_on) keep();
    return wish == Keeper::Wish::stop;
  }

  Simulation& s_;
  Stepper stepper_;
  Ticks end_;
  const StepLength& length_;
  const Lookers& lookers_;
  Schedule& schedule_;
  Timings& timings_;
  bool cut_ = false;  ///< was the last step cut to the end?
};

}  // namespace

RunEnd simulate(Simulation& s, Ticks end, const StepLength& length, const Lookers& lookers, Schedule& schedule,
                Timings& timings) {
  return Loop(s, end, length, lookers, schedule, timings).run();
}

void simulate(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers,
              Schedule& schedule, Timings& timings) {
  static_cast<void>(simulate(s, end, length, Lookers{observers}, schedule, timings));
}

void simulate(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers,
              Timings& timings) {
  Schedule schedule;
  simulate(s, end, length, observers, schedule, timings);
}

}  // namespace vesicast
