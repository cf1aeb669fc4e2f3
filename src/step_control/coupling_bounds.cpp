#include "src/step_control/coupling_bounds.hpp"

#include <array>

namespace vesicast {

CouplingBounds::CouplingBounds(std::size_t types, std::size_t vesicles)
    : types_(types),
      vesicles_(vesicles),
      largest_(vesicles * per_class + types * vesicles * per_type, 0.0),
      errors_(vesicles) {}

void CouplingBounds::add(std::size_t type, std::span<const CellExchange> classes, double total, const AcidGate& gate) {
  coupling_error(classes, total, gate, errors_);
  for (std::size_t j = 0; j < vesicles_; ++j) {
    raise(at(j, secretion), classes[j].secretion);
    if (classes[j].uptake == nullptr) continue;
    const CouplingError& e = errors_[j];
    raise(at(j, recipients), 1.0);
    raise(at(j, flow), e.flow);
    raise(at(j, flow_change), e.flow_change);
    raise(at(type, j, receptors), e.receptors);
    raise(at(type, j, uptake), e.uptake);
    raise(at(type, j, given_back), e.given_back);
    raise(at(type, j, release_slow), e.release_slow);
    raise(at(type, j, release_fast), e.release_fast);
  }
}

void CouplingBounds::reduce(MPI_Comm comm) {
  MPI_Allreduce(MPI_IN_PLACE, largest_.data(), static_cast<int>(largest_.size()), MPI_DOUBLE, MPI_MAX, comm);
}

bool CouplingBounds::awaits(std::size_t j, bool arrives) const {
  const bool met = largest_[at(j, flow)] > 0.0 || largest_[at(j, flow_change)] > 0.0;
  return largest_[at(j, recipients)] > 0.0 && !met && (arrives || largest_[at(j, secretion)] > 0.0);
}

CouplingEstimate CouplingBounds::estimate(double dt, std::span<const double> face) const {
  CouplingEstimate worst;
  for (std::size_t j = 0; j < vesicles_; ++j) {
    const double exchanged = largest_[at(j, flow)] + 0.5 * dt * largest_[at(j, flow_change)];
    CouplingEstimate of_class;
    double largest_part = 0.0;
    const auto add_part = [&](double error, StepLimit limit, std::size_t type) {
      of_class.error += error;
      if (!(error > largest_part)) return;
      largest_part = error;
      of_class = {of_class.error, limit, j, type};
    };
    add_part(face[j], StepLimit::face, 0);
    for (std::size_t t = 0; t < types_ && exchanged > 0.0; ++t) {
      const auto relative = [&](OfType what) { return largest_[at(t, j, what)] * dt / exchanged; };
      const double release = std::min(dt * relative(release_slow), relative(release_fast));
      add_part(dt * relative(receptors), StepLimit::receptors, t);
      add_part(dt * relative(uptake), StepLimit::uptake, t);
      add_part(dt * relative(given_back) + release, StepLimit::given_back, t);
    }
    if (of_class.error > worst.error) worst = of_class;
  }
  return worst;
}

}  // namespace vesicast
