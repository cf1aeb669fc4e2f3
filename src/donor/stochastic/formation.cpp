#include "src/donor/stochastic/formation.hpp"

#include <algorithm>
#include <cmath>

namespace vesicast::donor::stochastic {

FormationEvents draw_formation(const ByRoute& present, Count mvbs, const FormationStep& step, Draws& draws) {
  FormationEvents e{.present = present};
  const Count total = sum(present);
  const auto means = step.means(static_cast<double>(total), static_cast<double>(mvbs));
  for (std::size_t x = 0; x < ilv_routes; ++x) e.back_fused[x] = binomial(present[x], step.gone, draws);
  const double room =
      std::floor(step.capacity * static_cast<double>(mvbs)) - static_cast<double>(total - sum(e.back_fused));
  Count formed = poisson(means.formed, draws);
  if (static_cast<double>(formed) > room) formed = static_cast<Count>(std::max(0.0, room));
  e.formed = divide(formed, step.own, draws);
  if (means.formed > 0.0) e.turned_over = divide(poisson(means.turned_over, draws), step.own, draws);
  return e;
}

}  // namespace vesicast::donor::stochastic
