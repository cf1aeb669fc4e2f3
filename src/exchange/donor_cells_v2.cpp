// Donors 2 side by side: SSE2, or what else 16-byte vectors become.
#include "src/exchange/donor_cells.hpp"
#include "src/exchange/donor_means.hpp"

namespace vesicast {

void step_donors_v2(DonorTables& tables) {
  step_donors<DonorMeans<Lanes2>>(tables);
}

}  // namespace vesicast
