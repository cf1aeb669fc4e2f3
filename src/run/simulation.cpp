#include "src/run/simulation.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "decomposition/collectively.hpp"
#include "src/ledger/ledger.hpp"
#include "src/step/advance.hpp"

namespace vesicast {
namespace {

void check_ledger(const State& u, const Model& model, const Domain& domain, Timings& timings) {
  const Stopwatch watch(timings.ledger);
  const Ledger ledger = measure_ledger(u, model, domain.comm());
  collectively(domain.comm(), [&] { require_closed(ledger, model.transport->ledger_allowance()); });
}

/// Steps of next(stop) until `end`, where `stop` is the next time at which someone wants to see the state.
void simulate_by(State& u, const Model& model, const Domain& domain, Ticks end,
                 const std::function<Ticks(Ticks stop)>& next, std::span<Observer* const> observers, Timings& timings) {
  std::vector<Ticks> due(observers.size(), u.time);
  Ticks stop = end;
  const auto show = [&](bool last) {
    const Stopwatch watch(timings.output);
    stop = end;
    for (std::size_t i = 0; i < observers.size(); ++i) {
      const Ticks every = observers[i]->interval();
      if (u.time >= due[i] || last) {
        observers[i]->observe(u, model);
        due[i] = every > 0 ? (u.time / every + 1) * every : end;
      }
      stop = std::min(stop, due[i]);
    }
  };
  show(u.time >= end);
  while (u.time < end) {
    advance(u, model, next(stop), timings);
#ifdef VESICAST_AUDIT
    audit(u, model, domain);
    check_ledger(u, model, domain, timings);
#else
    if (u.steps % ledger_every_steps == 0 || u.time >= end) check_ledger(u, model, domain, timings);
#endif
    for (Observer* o : observers) o->stepped(u, model);
    show(u.time >= end);
  }
}

}  // namespace

void simulate(State& u, const Model& model, const Domain& domain, Ticks end, Ticks step,
              std::span<Observer* const> observers, Timings& timings) {
  simulate_by(
      u, model, domain, end, [&](Ticks) { return step; }, observers, timings);
}

void simulate(State& u, const Model& model, const Domain& domain, Ticks end, StepControl& control,
              std::span<Observer* const> observers, Timings& timings) {
  const auto next = [&](Ticks stop) {
    StepChoice choice;
    {
      const Stopwatch watch(timings.step_control);
      choice = control.choose(u, model, stop);
    }
    for (Observer* o : observers) o->chosen(u, model, choice);
    return choice.step;
  };
  simulate_by(u, model, domain, end, next, observers, timings);
}

}  // namespace vesicast
