#include "src/step_control/step_control.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decomposition/collectively.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// Calls visit(TimeSeries) for what stands beyond each face that vesicles of `v` enter by.
template <class Visit>
void for_each_outside(const VesicleClass& v, Visit&& visit) {
  for (const auto& axis : v.boundary)
    for (const FaceBoundary& face : axis)
      if (face.kind == BoundaryKind::fixed || face.kind == BoundaryKind::clearance) visit(face.value);
}

/// Relative error of taking the mean of what is outside over a step.
double face_error(const VesicleClass& v, double hop_rate, double time, double dt) {
  double change = 0.0;
  for_each_outside(v, [&](const TimeSeries& outside) {
    if (outside.largest() > 0.0) change = std::max(change, outside.spread(time, time + dt) / outside.largest());
  });
  return change * std::min(hop_rate * dt, 2.0) / 12.0;
}

bool arrives(const VesicleClass& v, double time) {
  bool any = false;
  for_each_outside(v, [&](const TimeSeries& outside) { any = any || outside.at(time) > 0.0; });
  return any;
}

}  // namespace

Ticks aligned_step(Ticks time, Ticks wanted, Ticks smallest, Ticks stop) {
  Ticks step = wanted;
  while (step > smallest && time % step != 0) step /= 2;
  if (time % smallest != 0) step = smallest - time % smallest;
  return std::min(step, stop - time);
}

StepChoice pick_step(const CouplingBounds& bounds, const Parameters& p, const AutomaticStep& automatic,
                     std::span<const double> hop_rate, Ticks time, Ticks stop) {
  const double now = to_seconds(time);
  StepChoice choice;
  choice.wanted = automatic.smallest;
  const auto estimate = [&](Ticks step) {
    const double dt = to_seconds(step);
    std::vector<double> face;
    for (std::size_t j = 0; j < p.vesicles.size(); ++j) face.push_back(face_error(p.vesicles[j], hop_rate[j], now, dt));
    return bounds.estimate(dt, face);
  };
  const auto blame = [&](StepLimit limit, std::size_t vesicle, std::size_t type) {
    choice.limit = limit;
    choice.vesicle = vesicle;
    choice.type = type;
  };
  CouplingEstimate here = estimate(choice.wanted);
  choice.error = here.error;
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    if (bounds.awaits(j, arrives(p.vesicles[j], now))) {
      blame(StepLimit::first, j, 0);
      choice.step = aligned_step(time, choice.wanted, automatic.smallest, stop);
      return choice;
    }
  blame(here.limit, here.vesicle, here.type);
  while (here.error <= automatic.tolerance && 2 * choice.wanted <= automatic.largest) {
    here = estimate(2 * choice.wanted);
    blame(here.limit, here.vesicle, here.type);
    if (!(here.error <= automatic.tolerance)) break;
    choice.wanted *= 2;
    choice.error = here.error;
  }
  if (here.error <= automatic.tolerance) blame(StepLimit::largest, 0, 0);
  choice.step = aligned_step(time, choice.wanted, automatic.smallest, stop);
  return choice;
}

std::string limit_text(const StepChoice& choice, const Parameters& p) {
  if (choice.limit == StepLimit::largest) return "run.largest_step";
  const std::string& vesicle = p.vesicles[choice.vesicle].name;
  const auto type = [&] { return p.cell_types[choice.type].name; };
  switch (choice.limit) {
    case StepLimit::receptors:
      return fmt::format("receptors of {} filling with {}", type(), vesicle);
    case StepLimit::uptake:
      return fmt::format("binding and uptake of {} by {}", vesicle, type());
    case StepLimit::given_back:
      return fmt::format("{} that {} gives back", vesicle, type());
    case StepLimit::face:
      return fmt::format("the concentration of {} outside a face", vesicle);
    default:
      return fmt::format("{} that no cell has met yet", vesicle);
  }
}

StepControl::StepControl(const AutomaticStep& automatic, const Site& site)
    : automatic_(automatic), comm_(site.domain->comm()), sample_(site) {}

StepChoice StepControl::choose(const State& u, const Model& model, const Site& site, const Seats& seats) {
  const Parameters& p = model.parameters();
  const auto& cells = sample_.measure(u, model, site, seats);
  CouplingBounds bounds(p.cell_types.size(), p.vesicles.size());
  collectively(comm_, [&] {
    for (std::size_t c = 0; c < cells.size(); ++c) bounds.add(static_cast<std::size_t>(u.cells.type[c]), cells[c]);
  });
  bounds.finish(comm_);
  return pick_step(bounds, p, automatic_, site.hop_rate, u.time, model.next_change(u.time).value_or(no_stop));
}

}  // namespace vesicast
