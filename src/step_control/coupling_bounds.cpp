#include "src/step_control/coupling_bounds.hpp"

#include <algorithm>

#include "decomposition/base/error.hpp"
#include "decomposition/collectively.hpp"
#include "decomposition/field.hpp"

namespace vesicast {

CouplingBounds::CouplingBounds(std::size_t types, std::size_t vesicles)
    : types_(types),
      vesicles_(vesicles),
      sums_(types * vesicles * sum_count),
      noted_(sums_.size()),
      errors_(vesicles) {}

void CouplingBounds::add(std::size_t type, std::span<const CellExchange> classes) {
  coupling_error(classes, errors_);
  const auto note = [&](std::size_t place) {  // only whether there are any counts: one per rank will do
    if (!noted_[place]) sums_[place].add(1.0);
    noted_[place] = true;
  };
  for (std::size_t j = 0; j < vesicles_; ++j) {
    const auto add_to = [&](Sum what, double value) {
      if (value != 0.0) sums_[at(type, j, what)].add(value);
    };
    if (classes[j].secretion > 0.0) note(at(type, j, secretion));
    if (classes[j].uptake == nullptr) continue;
    const CouplingError& e = errors_[j];
    note(at(type, j, recipients));
    add_to(flow, e.flow);
    add_to(flow_change, e.flow_change);
    add_to(receptors, e.receptors);
    add_to(uptake, e.uptake);
    add_to(given_back, e.given_back);
    add_to(release_slow, e.release_slow);
    add_to(release_fast, e.release_fast);
  }
}

void CouplingBounds::finish(MPI_Comm comm) {
  sum_over_ranks(comm, sums_);
  collectively(comm, [&] { finish(); });
}

void CouplingBounds::finish() {
  value_.clear();
  for (const ExactSum& sum : sums_) {
    if (!sum.finite()) throw NumericsError("what cells and tissue exchange is not finite");
    value_.push_back(sum.value());
  }
}

double CouplingBounds::total(std::size_t vesicle, Sum what) const {
  double sum = 0.0;
  for (std::size_t t = 0; t < types_; ++t) sum += value_[at(t, vesicle, what)];
  return sum;
}

bool CouplingBounds::awaits(std::size_t j, bool arrives) const {
  const bool met = total(j, flow) > 0.0 || total(j, flow_change) > 0.0;
  return total(j, recipients) > 0.0 && !met && (arrives || total(j, secretion) > 0.0);
}

CouplingEstimate CouplingBounds::estimate(double dt, std::span<const double> face) const {
  constexpr double least_share = 0.01;
  CouplingEstimate worst;
  for (std::size_t j = 0; j < vesicles_; ++j) {
    if (face[j] > worst.error) worst = {face[j], StepLimit::face, j, 0};
    const double all = total(j, flow) + 0.5 * dt * total(j, flow_change);
    for (std::size_t t = 0; t < types_ && all > 0.0; ++t) {
      const double own = value_[at(t, j, flow)] + 0.5 * dt * value_[at(t, j, flow_change)];
      const double exchanged = std::max(own, least_share * all);
      const auto relative = [&](Sum what) { return value_[at(t, j, what)] * dt / exchanged; };
      const double of_receptors = dt * relative(receptors), of_uptake = dt * relative(uptake);
      const double of_return =
          dt * relative(given_back) + std::min(dt * relative(release_slow), relative(release_fast));
      CouplingEstimate here{face[j] + of_receptors + of_uptake + of_return, StepLimit::receptors, j, t};
      if (of_uptake > of_receptors) here.limit = StepLimit::uptake;
      if (of_return > std::max(of_receptors, of_uptake)) here.limit = StepLimit::given_back;
      if (face[j] > std::max({of_receptors, of_uptake, of_return})) here.limit = StepLimit::face;
      if (here.error > worst.error) worst = here;
    }
  }
  return worst;
}

}  // namespace vesicast
