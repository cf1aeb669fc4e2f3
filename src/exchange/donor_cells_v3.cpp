// Donors 4 side by side: AVX2.
#include "src/exchange/donor_cells.hpp"
#include "src/exchange/donor_means.hpp"

namespace vesicast {

void step_donors_v3(DonorTables& tables) {
  step_donors<DonorMeans<Lanes4>>(tables);
}

}  // namespace vesicast
