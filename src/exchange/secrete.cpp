#include "src/exchange/secrete.hpp"

#include "src/donor/budding.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/secretion.hpp"
#include "src/donor/state.hpp"
#include "src/donor/tether.hpp"

namespace vesicast {
namespace {

using PerCell = std::vector<std::vector<double>>;

/// Release at a given rate, steady or in bursts.
void secrete_at_rates(const State& u, const Model& model, const std::vector<Behaviour>& row, std::size_t c, double dt,
                      PerCell& secreted) {
  for (std::size_t j = 0; j < row.size(); ++j)
    if (row[j].secretion && row[j].secretion->mode != ReleaseMode::pathway)
      secreted[*row[j].own_field][c] = donor::secreted(*row[j].secretion, dt,
                                                       {.seed = model.parameters.run.seed,
                                                        .purpose = Purpose::secretion_events,
                                                        .id = static_cast<std::uint64_t>(u.cells.id[c]),
                                                        .step = static_cast<std::uint64_t>(u.time),
                                                        .stream = model.release_stream[j]});
}

/// A burst from MVBs, of vesicles or of the copies in them, leaves the surface but for what tetherin holds; some of that
/// goes back in. What is expelled with amphisomes leaves as it is.
void release(State& u, const Model& model, const Biogenesis& rates, std::size_t f, double burst, double expelled,
             std::size_t c, double dt, Released& out) {
  Cells& cells = u.cells;
  double& held = cells.at(CellArray::tethered, f)[c];
  const donor::Tethered t = donor::tether(held, burst, rates, dt);
  held = t.stays;
  cells.at(CellArray::reinternalised, f)[c] += t.back_in;
  const auto type = static_cast<std::size_t>(cells.type[c]);
  if (model.behaviour[type][model.fields[f].vesicle].uptake.has_value())
    out.reinternalised[f][c] += t.back_in;
  else
    cells.at(CellArray::degraded, f)[c] += t.back_in;
  cells.at(CellArray::secreted, f)[c] += burst + expelled;
  out.secreted[f][c] += t.free + expelled;
}

void bud(State& u, const DonorPathway& pathway, const Biogenesis& rates, std::size_t c, double dt, PerCell& secreted) {
  const auto add = [&](const std::vector<ReleaseTarget>& targets, double rate) {
    for (const ReleaseTarget& to : targets) {
      const double budded = to.share * (rate * dt);
      u.cells.at(CellArray::secreted, to.field)[c] += budded;
      secreted[to.field][c] += budded;
    }
  };
  add(pathway.microvesicle, donor::microvesicle_rate(rates));
  add(pathway.ectosome, donor::ectosome_rate(rates));
}

/// The cargo of one cell in a step of its donor side.
class CargoStep {
 public:
  /// Takes the cell's own cargo out of the state; `surface`: what it releases from its surface in the step.
  CargoStep(const State& u, const Model& model, std::size_t c, const PerCell& surface)
      : model_(model), cell_(c), type_(static_cast<std::size_t>(u.cells.type[c])) {
    const auto& rates = model.behaviour_at(u.time).cargo[type_];
    for (std::size_t q = 0; q < rates.size(); ++q) {
      if (!rates[q]) continue;
      own_.push_back(q);
      loading_.push_back(rates[q]->ilv);
      content_.push_back(donor::get_cargo(u.cells, model.parameters.cargo[q].kind, q, c));
      donor::DonorCargo& in = in_.emplace_back(content_.back().in);
      for (std::size_t f = 0; f < model.carriers; ++f)
        in.leaving += rates[q]->at_surface[model.fields[f].vesicle] * surface[f][c];
    }
  }
  [[nodiscard]] std::span<donor::DonorCargo> cargo() { return in_; }
  [[nodiscard]] std::span<const donor::CargoLoading> loading() const { return loading_; }

  /// Puts it back and releases what vesicles took along, `surface` as before.
  void finish(State& u, const DonorPathway* pathway, const Biogenesis* rates, const PerCell& surface, double dt,
              Released& out) {
    const auto& cargo_rates = model_.behaviour_at(u.time).cargo[type_];
    for (std::size_t i = 0; i < own_.size(); ++i) {
      const std::size_t q = own_[i];
      content_[i].in = in_[i];
      donor::put_cargo(u.cells, model_.parameters.cargo[q].kind, q, cell_, content_[i]);
      if (!u.cells.at(CellArray::digested_cargo, q).empty())
        u.cells.at(CellArray::digested_cargo, q)[cell_] += in_[i].digested;
      for (std::size_t f = 0; f < model_.carriers && in_[i].leaving > 0.0; ++f) {
        const double part = cargo_rates[q]->at_surface[model_.fields[f].vesicle] * surface[f][cell_];
        if (part > 0.0) at_surface(u, *model_.copies_in[q][f], in_[i].budded * (part / in_[i].leaving), out);
      }
      for (std::size_t k = 0; pathway != nullptr && k < pathway->exosome.size(); ++k)
        release(u, model_, *rates, *model_.copies_in[q][pathway->exosome[k].field],
                pathway->copies[q][k] * in_[i].burst, pathway->copies[q][k] * in_[i].expelled, cell_, dt, out);
    }
  }
  /// Copies that vesicles have without the cell's doing: per vesicle what the class is given.
  void give(State& u, const DonorPathway* pathway, const Biogenesis* rates, const donor::Made& made,
            const PerCell& surface, double dt, Released& out) const {
    for (std::size_t q = 0; q < model_.copies_in.size(); ++q) {
      if (model_.supply[type_][q]) continue;
      for (std::size_t f = 0; f < model_.carriers; ++f) {
        const double copies = given_copies(model_.parameters, q, model_.fields[f].vesicle);
        if (!model_.copies_in[q][f] || !(copies > 0.0) || !(surface[f][cell_] > 0.0)) continue;
        at_surface(u, *model_.copies_in[q][f], copies * surface[f][cell_], out);
        u.cells.at(CellArray::given, q)[cell_] += copies * surface[f][cell_];
      }
      for (std::size_t k = 0; pathway != nullptr && k < pathway->exosome.size(); ++k) {
        const ReleaseTarget& to = pathway->exosome[k];
        const double copies = given_copies(model_.parameters, q, model_.fields[to.field].vesicle) * to.share;
        if (!model_.copies_in[q][to.field] || !(copies > 0.0)) continue;
        release(u, model_, *rates, *model_.copies_in[q][to.field], copies * made.burst, copies * made.expelled, cell_,
                dt, out);
        u.cells.at(CellArray::given, q)[cell_] += copies * (made.burst + made.expelled);
      }
    }
  }

 private:
  void at_surface(State& u, std::size_t g, double copies, Released& out) const {
    u.cells.at(CellArray::secreted, g)[cell_] += copies;
    out.secreted[g][cell_] += copies;
  }

  const Model& model_;
  std::size_t cell_, type_;
  std::vector<std::size_t> own_;
  std::vector<donor::CargoLoading> loading_;
  std::vector<donor::CargoContent> content_;
  std::vector<donor::DonorCargo> in_;
};

donor::Made advance_pathway(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates,
                            std::size_t c, double dt, CargoStep& cargo, Released& out) {
  Cells& cells = u.cells;
  donor::Mvbs m = donor::get_mvbs(cells, c);
  const donor::Made made = donor::advance_pathway(m, rates, dt, cargo.cargo(), cargo.loading());
  donor::put_mvbs(cells, c, m);
  cells.at(CellArray::ilvs_formed, 0)[c] += made.formed;
  cells.at(CellArray::ilvs_back_fused, 0)[c] += made.back_fused;
  cells.at(CellArray::ilvs_digested, 0)[c] += made.digested;
  cells.at(CellArray::ilvs_released, 0)[c] += made.burst + made.expelled;
  cells.at(CellArray::fusions, 0)[c] += made.fusions;
  for (const ReleaseTarget& to : pathway.exosome)
    release(u, model, rates, to.field, to.share * made.burst, to.share * made.expelled, c, dt, out);
  return made;
}

}  // namespace

Released secrete(State& u, const Model& model, double dt) {
  Cells& cells = u.cells;
  const PerCell none(model.fields.size(), std::vector<double>(cells.size(), 0.0));
  Released out{none, none};
  PerCell surface = none;  // what leaves the surface without MVBs
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(cells.type[c]);
    secrete_at_rates(u, model, now.of[type], c, dt, surface);
    for (std::size_t f = 0; f < model.carriers; ++f) cells.at(CellArray::secreted, f)[c] += surface[f][c];
    const auto& pathway = model.pathways[type];
    const Biogenesis* rates = pathway ? &*now.cell_types[type].biogenesis : nullptr;
    if (pathway) bud(u, *pathway, *rates, c, dt, surface);
    for (std::size_t f = 0; f < model.carriers; ++f) out.secreted[f][c] = surface[f][c];
    CargoStep cargo(u, model, c, surface);
    donor::Made made;
    if (pathway) {
      made = advance_pathway(u, model, *pathway, *rates, c, dt, cargo, out);
    } else {
      for (donor::DonorCargo& q : cargo.cargo()) donor::bud(q);
    }
    cargo.finish(u, pathway ? &*pathway : nullptr, rates, surface, dt, out);
    cargo.give(u, pathway ? &*pathway : nullptr, rates, made, surface, dt, out);
  }
  return out;
}

}  // namespace vesicast
