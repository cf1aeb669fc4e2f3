#include "src/step/advance.hpp"

#include "src/exchange/exchange.hpp"
#include "src/exchange/secrete.hpp"
#include "src/step/react.hpp"
#include "src/step/respond.hpp"
#include "src/step/route_flows.hpp"

namespace vesicast {
namespace {

void transport(State& u, const Model& model, Exchange& x, double dt) {
  std::vector<FieldTransport> fields;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const std::size_t j = model.fields[f].vesicle;
    fields.push_back({&u.fields[f],
                      &model.operators[j],
                      {x.release[f], x.clearance[j], x.integral[f]},
                      model.hop_rate[j],
                      model.largest_rate[j],
                      model.inflow[f],
                      &u.flows[f]});
  }
  model.transport->advance(fields, to_seconds(u.time), dt);
}

void bind_to_matrix(State& u, const Model& model, double dt) {
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    if (!u.bound_fields[f]) continue;
    const std::size_t j = model.fields[f].vesicle;
    model.matrix[j]->use(*now.matrix[j]);
    const WriteScope free(u.fields[f]), bound(*u.bound_fields[f]);
    model.matrix[j]->advance(dt, free.values(), bound.values(), u.flows[f].decayed);
  }
}

}  // namespace

void advance(State& u, const Model& model, Ticks dt, Timings& timings) {
  const double seconds = to_seconds(dt);
  Exchange x;
  {
    const Stopwatch watch(timings.cells);
    react(u, model, 0.5 * seconds);
    respond(u, model, 0.5 * seconds);
  }
  {
    const Stopwatch watch(timings.transport);
    bind_to_matrix(u, model, 0.5 * seconds);
  }
  {
    const Stopwatch watch(timings.cells);
    x = predict(u, model, secrete(u, model, seconds), seconds);
    model.polarised.add(u.cells, x.aside, x.release);
  }
  {
    const Stopwatch watch(timings.transport);
    transport(u, model, x, seconds);
  }
  {
    const Stopwatch watch(timings.cells);
    settle(u, model, x, seconds);
  }
  {
    const Stopwatch watch(timings.transport);
    bind_to_matrix(u, model, 0.5 * seconds);
  }
  {
    const Stopwatch watch(timings.cells);
    respond(u, model, 0.5 * seconds);
    react(u, model, 0.5 * seconds, Half::second);
    book_routes(u, model);
    change_phenotypes(u, model, seconds);
  }
  u.time += dt;
  ++u.steps;
}

}  // namespace vesicast
