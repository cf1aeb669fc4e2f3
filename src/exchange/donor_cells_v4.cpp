// Donors 8 side by side: AVX-512.
#include "src/exchange/donor_cells.hpp"
#include "src/exchange/donor_means.hpp"

namespace vesicast {

void step_donors_v4(DonorTables& tables) {
  step_donors<DonorMeans<Lanes8>>(tables);
}

}  // namespace vesicast
