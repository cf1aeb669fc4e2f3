#include "src/simulation.hpp"

#include <vector>

#include "decomposition/collectively.hpp"
#include "src/advance.hpp"
#include "src/ledger/ledger.hpp"

namespace vesicast {
namespace {

void check_ledger(const State& u, const Model& model, const Domain& domain, Timings& timings) {
  const Stopwatch watch(timings.ledger);
  const Ledger ledger = measure_ledger(u, model, domain.comm());
  collectively(domain.comm(), [&] { require_closed(ledger, model.transport->ledger_allowance()); });
}

}  // namespace

void simulate(State& u, const Model& model, const Domain& domain, Ticks end, Ticks step,
              std::span<Observer* const> observers, Timings& timings) {
  std::vector<Ticks> due(observers.size(), u.time);
  const auto show = [&](bool last) {
    const Stopwatch watch(timings.output);
    for (std::size_t i = 0; i < observers.size(); ++i) {
      if (u.time < due[i] && !last) continue;
      observers[i]->observe(u, model);
      const Ticks every = observers[i]->interval();
      due[i] = every > 0 ? (u.time / every + 1) * every : end;
    }
  };
  show(u.time >= end);
  while (u.time < end) {
    advance(u, model, step, timings);
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

}  // namespace vesicast
