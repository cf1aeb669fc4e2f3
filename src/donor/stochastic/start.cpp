#include "src/donor/stochastic/start.hpp"

namespace vesicast::donor::stochastic {

Mvbs draw_start(const Mvbs& steady, double burst_dispersion, Draws& draws) {
  Mvbs m;
  for (std::size_t s = 0; s < living_stages; ++s) {
    const Count mvbs = poisson(steady.count[s], draws);
    m.count[s] = static_cast<double>(mvbs);
    std::array<double, ilv_routes> mean{};
    double all = 0.0;
    for (std::size_t x = 0; x < ilv_routes; ++x) all += mean[x] = steady.vesicles[x][s];
    if (!(steady.count[s] > 0.0)) continue;
    const ByRoute held = divide(sizes_of_mvbs(mvbs, all / steady.count[s], burst_dispersion, draws), mean, draws);
    for (std::size_t x = 0; x < ilv_routes; ++x) m.vesicles[x][s] = static_cast<double>(held[x]);
  }
  return m;
}

}  // namespace vesicast::donor::stochastic
