#include "src/step/advance.hpp"

#include <utility>

#include "decomposition/collectively.hpp"
#include "src/step/react.hpp"
#include "src/step/respond.hpp"
#include "src/step/route_flows.hpp"

namespace vesicast {
namespace {

void transport(State& u, const Model& model, Site& site, const Seats& seats, Exchange& x, double dt) {
  std::vector<FieldTransport> fields;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const std::size_t j = model.fields[f].vesicle;
    fields.push_back({&u.fields[f],
                      &site.operators[j],
                      {x.release[f], x.clearance[j], x.integral[f]},
                      site.hop_rate[j],
                      seats.largest_rate[j],
                      model.inflow[f],
                      &u.flows[f]});
  }
  site.transport->spread(fields, seats.exchange, to_seconds(u.time), dt);
}

void bind_to_matrix(State& u, const Model& model, Site& site, double dt) {
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    if (!u.bound_fields[f]) continue;
    const std::size_t j = model.fields[f].vesicle;
    site.matrix[j]->use(*now.matrix[j]);
    const WriteScope free(u.fields[f]), bound(*u.bound_fields[f]);
    site.matrix[j]->bind(dt, free.values(), bound.values(), u.flows[f].decayed);
  }
}

}  // namespace

void Stepper::advance(State& u, Ticks dt, Timings& timings) {
  const double seconds = to_seconds(dt);
  const Model& model = model_;
  Exchange x;
  {
    const Stopwatch watch(timings.cells);
    const EffectiveBehaviour& now = model.behaviour_at(u.time);
    if (tables_window_ != &now || tables_dt_ != dt) {
      // Of cells whose rates are their own: one rank's may be too fast for the step.
      collectively(site_.domain->comm(), [&] { tables_.emplace(model, now, seats_.varied, seconds); });
      tables_window_ = &now;
      tables_dt_ = dt;
    }
    react(u, model, seats_, *tables_, 0.5 * seconds, Half::first);
    respond(u, model, 0.5 * seconds);
  }
  {
    const Stopwatch watch(timings.transport);
    bind_to_matrix(u, model, site_, 0.5 * seconds);
  }
  {
    const Stopwatch watch(timings.cells);
    Released released = secrete(u, model, seats_, tables_->donors, seconds);
    x = predict(u, model, site_, seats_, tables_->uptake, std::move(released), seconds);
    seats_.polarised.add(u.cells, seats_.occupied, x.aside, x.release);
  }
  {
    const Stopwatch watch(timings.transport);
    transport(u, model, site_, seats_, x, seconds);
  }
  {
    const Stopwatch watch(timings.cells);
    settle(u, model, seats_, tables_->uptake, x, seconds);
  }
  {
    const Stopwatch watch(timings.transport);
    bind_to_matrix(u, model, site_, 0.5 * seconds);
  }
  {
    const Stopwatch watch(timings.cells);
    respond(u, model, 0.5 * seconds);
    react(u, model, seats_, *tables_, 0.5 * seconds, Half::second);
    book_routes(u, model, seats_, tables_->routes);
    change_phenotypes(u, model, seats_, seconds);
  }
  u.time += dt;
  ++u.steps;
}

void advance(State& u, const Model& model, Site& site, const Seats& seats, Ticks dt, Timings& timings) {
  Stepper(model, site, seats).advance(u, dt, timings);
}

}  // namespace vesicast
