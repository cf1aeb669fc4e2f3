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
    loading_.push_back(rates_[q]->ilv);
    content_.push_back(donor::get_cargo(u.cells, model.parameters.cargo[q].kind, q, c));
    donor::DonorCargo& in = in_.emplace_back(content_.back().in);
    for (std::size_t f = 0; f < model.carriers; ++f)
      in.leaving += rates_[q]->at_surface[model.fields[f].vesicle] * surface[f][c];
  }
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
  Division bursts(in.burst, draws_of(u, model_, cell_, Purpose::cargo_loading, 4 * q + 2)),
      expulsions(in.expelled, draws_of(u, model_, cell_, Purpose::cargo_loading, 4 * q + 3));
  for (std::size_t k = 0; k < pathway.exosome.size(); ++k) {
    const double share = pathway.copies[q][k], burst = bursts.next(share), expelled = expulsions.next(share);
    release_from_mvbs(u, model_, *rates, *model_.copies_in[q][pathway.exosome[k].field], burst, expelled, cell_, dt,
                      out);
  }
}

void CargoStep::release_given(State& u, std::size_t q, const Biogenesis* rates, const donor::Made& made, double dt,
                              Released& out) const {
  double given = 0.0;
  for (std::size_t f = 0; f < model_.carriers; ++f) {
    const double copies = given_copies(model_.parameters, q, model_.fields[f].vesicle) * surface_[f][cell_];
    if (!model_.copies_in[q][f] || !(copies > 0.0)) continue;
    release_at_surface(u, *model_.copies_in[q][f], copies, cell_, out);
    given += copies;
  }
  if (rates != nullptr)
    for (const ReleaseTarget& to : model_.pathways[type_]->exosome) {
      const double copies = given_copies(model_.parameters, q, model_.fields[to.field].vesicle) * to.share;
      if (!model_.copies_in[q][to.field] || !(copies > 0.0)) continue;
      release_from_mvbs(u, model_, *rates, *model_.copies_in[q][to.field], copies * made.burst, copies * made.expelled,
                        cell_, dt, out);
      given += copies * (made.burst + made.expelled);
    }
  if (given > 0.0) u.cells.at(CellArray::given, q)[cell_] += given;
}

void CargoStep::finish(State& u, const Biogenesis* rates, const donor::Made& made, double dt, Released& out) {
  for (std::size_t i = 0; i < own_.size(); ++i) {
    const std::size_t q = own_[i];
    content_[i].in = in_[i];
    donor::put_cargo(u.cells, model_.parameters.cargo[q].kind, q, cell_, content_[i]);
    if (const auto digested = u.cells.at(CellArray::digested_cargo, q); !digested.empty())
      digested[cell_] += in_[i].digested;
    release_own(u, i, rates, dt, out);
  }
  for (std::size_t q = 0; q < rates_.size(); ++q)
    if (!rates_[q]) release_given(u, q, rates, made, dt, out);
}

}  // namespace vesicast
