#include "src/exchange/donor_events.hpp"

namespace vesicast {

void DonorEvents::divide_endosomes(donor::DonorCargo& cargo, std::span<const double> shares, std::size_t q) const {
  if (cargo.mvbs.size() < 2) return;
  Division copies = divide(cargo.mvbs[0].limiting[donor::endosome], Purpose::cargo_loading, 4 * q, 1);
  for (std::size_t p = 0; p < shares.size(); ++p) cargo.mvbs[p].limiting[donor::endosome] = copies.next(shares[p]);
}

void DonorEvents::bud(std::span<donor::DonorCargo> cargo) const {
  for (std::size_t i = 0; i < cargo.size(); ++i) {
    Draws chance = draws(Purpose::cargo_loading, 4 * i);
    donor::stochastic::draw_bud(cargo[i], chance);
  }
}

void DonorEvents::step_pathway(std::span<donor::Mvbs> mvbs, std::span<const donor::PopulationStep> steps,
                               std::span<donor::Made> made, std::span<donor::DonorCargo> cargo,
                               std::span<const donor::CargoLoading> loading) {
  events_.clear();
  for (std::size_t p = 0; p < mvbs.size(); ++p) {
    DrawKey key = key_of(u_, model_, cell_);
    key.stream = static_cast<std::uint32_t>(p);
    events_.push_back(donor::stochastic::step_pathway(mvbs[p], steps[p], key));
    made[p] = totals(events_.back());
  }
  for (std::size_t i = 0; i < cargo.size(); ++i)
    donor::stochastic::draw_cargo(cargo[i], loading.subspan(i * mvbs.size(), mvbs.size()), events_,
                                  draws(Purpose::cargo_loading, 4 * i));
}

}  // namespace vesicast
