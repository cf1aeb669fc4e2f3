#include "src/exchange/cargo_step.hpp"

#include "src/donor/state.hpp"
#include "src/donor/stochastic/release.hpp"
#include "src/exchange/draws.hpp"
#include "src/exchange/release.hpp"

namespace vesicast {

using donor::stochastic::Division;

CargoStep::CargoStep(const State& u, const Model& model, std::size_t c, const std::vector<std::vector<double>>& surface)
    : model_(model),
      surface_(surface),
      cell_(c),
      type_(static_cast<std::size_t>(u.cells.type[c])),
      rates_(model.behaviour_at(u.time).cargo[model.kind(u.cells, c)]) {
  for (std::size_t q = 0; q < rates_.size(); ++q) {
    if (!rates_[q]) continue;
    own_.push_back(q);
    loading_.insert(loading_.end(), rates_[q]->ilv.begin(), rates_[q]->ilv.end());
    content_.push_back(donor::get_cargo(u.cells, model.parameters.cargo[q].kind, q, model.places(type_), c));
    donor::DonorCargo& in = in_.emplace_back(content_.back().in);
    divide_endosomes(u, q, in);
    for (std::size_t f = 0; f < model.carriers; ++f)
      in.leaving += rates_[q]->at_surface[model.fields[f].vesicle] * surface[f][c];
  }
}

void CargoStep::divide_endosomes(const State& u, std::size_t q, donor::DonorCargo& in) const {
  if (in.mvbs.size() < 2) return;
  auto draws = draws_of(u, model_, cell_, Purpose::cargo_loading, 4 * q, 1);
  const std::vector<double>& shares = model_.pathways[type_]->shares;
  if (!draws) return donor::divide_endosomes(in, shares);
  Division copies(in.mvbs[0].limiting[donor::endosome], draws);
  for (std::size_t p = 0; p < shares.size(); ++p) in.mvbs[p].limiting[donor::endosome] = copies.next(shares[p]);
}

void CargoStep::release_with_mvbs(State& u, std::size_t q, const Biogenesis& rates, std::span<const double> burst,
                                  std::span<const double> expelled, double dt, Released& out) const {
  const std::vector<std::size_t>& fields = model_.pathways[type_]->fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (const auto g = model_.copies_in[q][fields[i]])
      release_from_mvbs(u, model_, rates, *g, burst[i], expelled[i], cell_, dt, out);
}

void CargoStep::release_own(State& u, std::size_t i, const Biogenesis* rates, double dt, Released& out) const {
  const std::size_t q = own_[i];
  const donor::DonorCargo& in = in_[i];
  if (in.leaving > 0.0) {
    Division budded(in.budded, draws_of(u, model_, cell_, Purpose::cargo_loading, 4 * q + 1));
    for (std::size_t f = 0; f < model_.carriers; ++f)
      if (const double part = rates_[q]->at_surface[model_.fields[f].vesicle] * surface_[f][cell_]; part > 0.0)
        release_at_surface(u, *model_.copies_in[q][f], budded.next(part / in.leaving), cell_, out);
  }
  if (rates == nullptr) return;
  const DonorPathway& pathway = *model_.pathways[type_];
  std::vector<double> burst(pathway.fields.size(), 0.0), expelled(burst);
  for (std::size_t p = 0; p < in.mvbs.size(); ++p) {
    const auto substep = static_cast<std::uint32_t>(p);
    Division bursts(in.mvbs[p].burst, draws_of(u, model_, cell_, Purpose::cargo_loading, 4 * q + 2, substep)),
        expulsions(in.mvbs[p].expelled, draws_of(u, model_, cell_, Purpose::cargo_loading, 4 * q + 3, substep));
    const MvbRelease& from = pathway.populations[p];
    for (std::size_t k = 0; k < from.exosome.size(); ++k) {
      const std::size_t at = pathway.place_of(from.exosome[k].field);
      burst[at] += bursts.next(from.copies[q][k]);
      expelled[at] += expulsions.next(from.copies[q][k]);
    }
  }
  release_with_mvbs(u, q, *rates, burst, expelled, dt, out);
}

void CargoStep::release_given(State& u, std::size_t q, const Biogenesis* rates, std::span<const donor::Made> made,
                              double dt, Released& out) const {
  double given = 0.0;
  for (std::size_t f = 0; f < model_.carriers; ++f) {
    const double copies = given_copies(model_.parameters, q, model_.fields[f].vesicle) * surface_[f][cell_];
    if (!model_.copies_in[q][f] || !(copies > 0.0)) continue;
    release_at_surface(u, *model_.copies_in[q][f], copies, cell_, out);
    given += copies;
  }
  if (rates != nullptr) {
    const DonorPathway& pathway = *model_.pathways[type_];
    std::vector<double> burst(pathway.fields.size(), 0.0), expelled(burst);
    for (std::size_t p = 0; p < made.size(); ++p)
      for (const ReleaseTarget& to : pathway.populations[p].exosome) {
        if (!model_.copies_in[q][to.field]) continue;
        const double copies = given_copies(model_.parameters, q, model_.fields[to.field].vesicle) * to.share;
        burst[pathway.place_of(to.field)] += copies * made[p].burst;
        expelled[pathway.place_of(to.field)] += copies * made[p].expelled;
        given += copies * (made[p].burst + made[p].expelled);
      }
    release_with_mvbs(u, q, *rates, burst, expelled, dt, out);
  }
  if (given > 0.0) u.cells.at(CellArray::given, q)[cell_] += given;
}

void CargoStep::finish(State& u, const Biogenesis* rates, std::span<const donor::Made> made, double dt, Released& out) {
  for (std::size_t i = 0; i < own_.size(); ++i) {
    const std::size_t q = own_[i];
    donor::join_endosomes(in_[i]);
    content_[i].in = in_[i];
    donor::put_cargo(u.cells, model_.parameters.cargo[q].kind, q, model_.places(type_), cell_, content_[i]);
    if (const auto digested = u.cells.at(CellArray::digested_cargo, q); !digested.empty())
      for (const donor::CargoInMvbs& in : in_[i].mvbs) digested[cell_] += in.digested;
    release_own(u, i, rates, dt, out);
  }
  for (std::size_t q = 0; q < rates_.size(); ++q)
    if (!rates_[q]) release_given(u, q, rates, made, dt, out);
}

}  // namespace vesicast
