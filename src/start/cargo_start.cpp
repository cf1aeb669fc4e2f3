#include "src/start/cargo_start.hpp"

#include <cmath>

#include "src/cells/donor_state.hpp"
#include "src/donor/stochastic/distributions.hpp"
#include "src/exchange/draws.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// `content` in whole copies, with the MVBs `mvbs` that the cell has in the place of the mean ones.
donor::CargoContent in_whole_copies(donor::CargoContent content, std::span<const donor::Mvbs> mean,
                                    std::span<const donor::Mvbs> mvbs, Draws& draws) {
  const auto drawn = [&](double copies, double there, double usual) {
    return usual > 0.0 ? static_cast<double>(donor::stochastic::poisson(copies * (there / usual), draws)) : 0.0;
  };
  content.golgi = std::floor(content.golgi + draws.uniform());
  content.in.pool = std::floor(content.in.pool + draws.uniform());
  double& endosomes = content.in.mvbs[0].limiting[donor::endosome];
  endosomes = std::floor(endosomes + draws.uniform());
  for (std::size_t k = 0; k < content.in.mvbs.size(); ++k)
    for (std::size_t s = donor::maturing; s < donor::living_stages; ++s) {
      donor::CargoInMvbs& in = content.in.mvbs[k];
      double there = 0.0, usual = 0.0;
      for (std::size_t x = 0; k < mean.size() && x < ilv_routes; ++x) {
        there += mvbs[k].vesicles[x][s];
        usual += mean[k].vesicles[x][s];
      }
      in.loaded[s] = drawn(in.loaded[s], there, usual);
      in.limiting[s] = k < mean.size() ? drawn(in.limiting[s], mvbs[k].count[s], mean[k].count[s]) : 0.0;
    }
  return content;
}

/// Copies that tetherin holds in every field of copies of one cell, as many as go with the vesicles it holds.
void start_tethered(State& u, const Model& model, const DonorPathway& pathway, std::size_t c,
                    std::span<ExactSum> totals) {
  const auto type = static_cast<std::size_t>(u.cells.type[c]);
  for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q) {
    const auto& supply = model.supply[type][q];
    auto chance = draws_of(u, model, c, Purpose::donor_start, 2 + q);  // one stream for all size bins
    // Where tetherin holds as many vesicles as usual.
    std::vector<double> usual(pathway.fields.size(), 0.0);
    for (std::size_t k = 0; supply && k < pathway.populations.size(); ++k)
      for (std::size_t i = 0; i < pathway.populations[k].exosome.size(); ++i)
        usual[pathway.place_of(pathway.populations[k].exosome[i].field)] +=
            pathway.populations[k].copies[q][i] * supply->tethered[k];
    for (std::size_t i = 0; i < pathway.fields.size(); ++i) {
      const std::size_t f = pathway.fields[i];
      const auto g = model.copies_in[q][f];
      if (!g) continue;
      const double held = u.cells.at(CellArray::tethered, f)[c], mean = pathway.tethered[i];
      double copies = supply ? (mean > 0.0 ? usual[i] * (held / mean) : 0.0)
                             : given_copies(model.parameters(), q, model.fields[f].vesicle) * held;
      if (supply && chance) copies = static_cast<double>(donor::stochastic::poisson(copies, *chance));
      u.cells.at(CellArray::tethered, *g)[c] = copies;
      totals[*g].add(copies);
    }
  }
}

}  // namespace

void start_cargo(State& u, const Model& model, std::span<ExactSum> totals) {
  for (std::size_t c = 0; c < u.cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(u.cells.type[c]);
    const auto& pathway = model.pathways[type];
    for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q) {
      const auto& supply = model.supply[type][q];
      if (!supply) continue;
      donor::CargoContent start = supply->start;
      const auto places = model.places(type);
      if (auto chance = draws_of(u, model, c, Purpose::donor_start, 1 + q, 1)) {
        std::vector<donor::Mvbs> mvbs;
        for (const std::size_t place : places)
          mvbs.push_back(donor::MvbArrays(u.cells, place).get<double>(one_cell(c)));
        start = in_whole_copies(start, pathway ? pathway->start : std::vector<donor::Mvbs>{}, mvbs, *chance);
      }
      donor::put_cargo(u.cells, model.parameters().cargo[q].kind, q, places, c, start);
    }
    if (pathway) start_tethered(u, model, *pathway, c, totals);
  }
}

}  // namespace vesicast
