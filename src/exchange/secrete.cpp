#include "src/exchange/secrete.hpp"

#include "src/exchange/donor_cells.hpp"
#include "src/exchange/donor_events.hpp"
#include "src/extracellular/sweep/simd_level.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

void step_in_means(DonorTables& tables) {
  switch (simd_level()) {
    case SimdLevel::v2:
      return step_donors_v2(tables);
    case SimdLevel::v3:
      return step_donors_v3(tables);
    case SimdLevel::v4:
      return step_donors_v4(tables);
  }
}

}  // namespace

Released secrete(State& u, const Model& model, const Seats& seats, const DonorKinds& kinds, double dt) {
  const std::vector<std::vector<double>> none(model.fields.size(), std::vector<double>(u.cells.size(), 0.0));
  Released out{none, none};
  DonorTables tables(u, model, seats, kinds, dt, out);
  if (model.parameters().run.mode == RunMode::deterministic)
    step_in_means(tables);
  else
    step_donors<DonorEvents>(tables);
  return out;
}

}  // namespace vesicast
