#pragma once
/// \file
/// The donor side of cells over a step: what their pathways do, and what they release.
#include "src/exchange/cargo_step.hpp"

namespace vesicast {

/// `Process`: DonorMeans or DonorEvents, which say how many cells are taken side by side.
template <class Process>
class DonorStep {
 public:
  using Real = typename Process::Real;

  explicit DonorStep(DonorTables& tables)
      : tables_(tables),
        process_(tables.state, tables.model),
        surface_(tables),
        cargo_(tables, surface_),
        budded_(tables.model.carriers) {}

  /// Cells of one kind. Local.
  void take(const CellPack& pack) {
    const DonorKind& kind = tables_.kind(pack);
    if (!kind.acts) return;
    process_.take(pack.cell[0]);
    bud(pack, kind);
    cargo_.take(pack, kind, process_, budded_);
    made_.clear();
    if (kind.pathway != nullptr)
      step_pathway(pack, kind);
    else
      process_.bud(cargo_.cargo());
    cargo_.finish(pack, kind, process_, budded_, made_);
  }

 private:
  /// What leaves the surface without MVBs: at given rates, steady or in bursts, and microvesicles and ectosomes.
  void bud(const CellPack& pack, const DonorKind& kind) {
    for (const std::size_t f : kind.at_surface) budded_[f] = Real{};
    for (const DonorKind::AtRate& one : kind.at_rate)
      budded_[one.field] += pack.each<Real>([&](std::size_t c) { return tables_.released(one, c); });
    if (kind.pathway != nullptr) {
      bud_from_pathway(kind.pathway->microvesicle, in_all<Real>(kind.microvesicles), 0);
      if (!kind.pathway->ectosome.empty()) bud_from_pathway(kind.pathway->ectosome, mean_ectosomes(pack, kind), 1);
    }
    for (const std::size_t f : kind.at_surface) surface_.release(pack, f, budded_[f]);
  }

  void bud_from_pathway(const std::vector<ReleaseTarget>& targets, const Real& mean, std::size_t which) {
    if (targets.empty()) return;
    auto all = process_.divide(process_.budded(mean, which), Purpose::release_division, 2 + which);
    for (const ReleaseTarget& to : targets) budded_[to.field] += all.next(to.share);
  }

  /// q_sPM VPS4 P/P0 dt, biology.md section 2: P of the cargo that the ectosomes follow, half a step ahead and after
  /// the release that is known so far, so that the ectosomes of a step are of second order; P0 is that of the type that
  /// the cells are of now.
  Real mean_ectosomes(const CellPack& pack, const DonorKind& kind) {
    if (!kind.pathway->follows) return in_all<Real>(kind.ectosomes);
    const std::size_t q = kind.pathway->follows->cargo;
    const double at_rest = kind.pathway->follows->at_rest;
    const std::vector<double>& per_vesicle = kind.cargo[q]->at_surface;
    cargo_.get(pack, q, followed_);
    followed_.leaving = Real{};
    for (const std::size_t f : kind.at_surface)
      followed_.leaving += per_vesicle[tables_.model.fields[f].vesicle] * budded_[f];
    const Real ectosomes = kind.ectosomes * (followed_.pool / at_rest);
    for (const ReleaseTarget& to : kind.pathway->ectosome)
      followed_.leaving += per_vesicle[tables_.model.fields[to.field].vesicle] * to.share * ectosomes;
    return kind.ectosomes * donor::pool_in_mid_step<Real>(followed_, kind.half_fusions) / at_rest;
  }

  void step_pathway(const CellPack& pack, const DonorKind& kind) {
    const DonorPathway& pathway = *kind.pathway;
    const std::size_t populations = pathway.places.size();
    m_.resize(populations);
    made_.assign(populations, {});
    for (std::size_t p = 0; p < populations; ++p) m_[p] = tables_.mvbs[pathway.places[p]].get<Real>(pack);
    process_.step_pathway(m_, kind.populations, made_, cargo_.cargo(), kind.loading);
    burst_.assign(pathway.fields.size(), Real{});
    expelled_.assign(pathway.fields.size(), Real{});
    for (std::size_t p = 0; p < populations; ++p) {
      tables_.mvbs[pathway.places[p]].put(pack, m_[p]);
      book(pack, pathway, p);
    }
    for (std::size_t i = 0; i < pathway.fields.size(); ++i)
      surface_.release_from_mvbs(pack, process_, *kind.tether, pathway.fields[i], burst_[i], expelled_[i]);
    let_go(pack, kind);
  }

  void book(const CellPack& pack, const DonorPathway& pathway, std::size_t p) {
    const DonorTables::Books& books = tables_.books[pathway.places[p]];
    const donor::MadeOf<Real>& made = made_[p];
    pack.add<Real>(books.formed, made.formed);
    pack.add<Real>(books.back_fused, made.back_fused);
    pack.add<Real>(books.digested, made.digested);
    pack.add<Real>(books.released, made.burst + made.expelled);
    pack.add<Real>(books.expelled, made.expelled);
    pack.add<Real>(books.fusions, made.fusions);
    auto bursts = process_.divide(made.burst, Purpose::release_division, 0, p);
    auto expulsions = process_.divide(made.expelled, Purpose::release_division, 1, p);
    for (const ReleaseTarget& to : pathway.populations[p].exosome) {
      burst_[pathway.place_of(to.field)] += bursts.next(to.share);
      expelled_[pathway.place_of(to.field)] += expulsions.next(to.share);
    }
  }

  /// What tetherin holds of a cell's release as another type, copies included, goes on coming off.
  void let_go(const CellPack& pack, const DonorKind& kind) {
    bool another = false;
    for (std::size_t i = 0; i < pack.size; ++i)
      another |= tables_.state.cells.type[pack.cell[i]] != tables_.state.cells.first_type[pack.cell[i]];
    if (!another) return;
    for (const std::size_t f : kind.held_as_another)
      surface_.release_from_mvbs(pack, process_, *kind.tether, f, Real{}, Real{});
  }

  DonorTables& tables_;
  Process process_;
  Surface<Process> surface_;
  CargoStep<Process> cargo_;
  donor::DonorCargoOf<Real> followed_;     ///< by ectosomes
  std::vector<Real> budded_;               ///< [field], those of DonorKind::at_surface
  std::vector<donor::MvbsOf<Real>> m_;     ///< [population]
  std::vector<donor::MadeOf<Real>> made_;  ///< likewise
  std::vector<Real> burst_, expelled_;     ///< [DonorPathway::fields]
};

}  // namespace vesicast
