#pragma once
/// \file
/// The cargo of cells of one kind in a step of their donor side: loaded, moved and released with vesicles.
#include "src/exchange/surface.hpp"

namespace vesicast {

/// `Process`: DonorMeans or DonorEvents.
template <class Process>
class CargoStep {
 public:
  using Real = typename Process::Real;

  CargoStep(const DonorTables& tables, const Surface<Process>& surface)
      : tables_(tables), model_(tables.model), surface_(surface) {}

  /// What the cells have of the cargo `q`.
  void get(const CellPack& pack, std::size_t q, donor::DonorCargoOf<Real>& content) const {
    const donor::CargoArrays& arrays = tables_.cargo[pack.type][q];
    content.mvbs.assign(std::max<std::size_t>(1, arrays.populations()), {});
    arrays.get(pack, content);
  }

  /// Takes the own cargo of the cells out of the state. `budded`: the vesicles that they release in the step without
  /// MVBs, [field].
  void take(const CellPack& pack, const DonorKind& kind, const Process& process, std::span<const Real> budded) {
    in_.resize(kind.own.size());
    for (std::size_t i = 0; i < in_.size(); ++i) {
      const std::size_t q = kind.own[i];
      donor::DonorCargoOf<Real>& in = in_[i];
      get(pack, q, in);
      if (kind.pathway != nullptr) process.divide_endosomes(in, kind.pathway->shares, q);
      in.leaving = Real{};
      for (const std::size_t f : kind.at_surface)
        in.leaving += kind.cargo[q]->at_surface[model_.fields[f].vesicle] * budded[f];
    }
  }

  /// By DonorKind::own.
  [[nodiscard]] std::span<donor::DonorCargoOf<Real>> cargo() { return in_; }

  /// Puts it back into the state, and releases what vesicles took along; of cargo that the cells do not have, what
  /// their class is given. `made`: what their populations made.
  void finish(const CellPack& pack, const DonorKind& kind, const Process& process, std::span<const Real> budded,
              std::span<const donor::MadeOf<Real>> made) {
    for (std::size_t i = 0; i < in_.size(); ++i) {
      const std::size_t q = kind.own[i];
      donor::join_endosomes(in_[i]);
      tables_.cargo[pack.type][q].put(pack, in_[i]);
      if (double* const digested = tables_.array(CellArray::digested_cargo, q))
        for (const donor::CargoInMvbsOf<Real>& in : in_[i].mvbs) pack.add<Real>(digested, in.digested);
      release_own(pack, kind, process, budded, q, in_[i]);
    }
    for (std::size_t q = 0; q < kind.cargo.size(); ++q)
      if (!kind.cargo[q]) release_given(pack, kind, process, budded, made, q);
  }

 private:
  void release_own(const CellPack& pack, const DonorKind& kind, const Process& process, std::span<const Real> budded,
                   std::size_t q, const donor::DonorCargoOf<Real>& in) {
    const CargoRates& rates = *kind.cargo[q];
    auto parts = process.divide(in.budded, Purpose::cargo_loading, 4 * q + 1);
    for (const std::size_t f : kind.at_surface) {
      const double taken = rates.at_surface[model_.fields[f].vesicle];
      if (!(taken > 0.0)) continue;
      const Real share = select(in.leaving > 0.0, taken * budded[f] / in.leaving, Real{});
      surface_.release(pack, *model_.copies_in[q][f], parts.next(share));
    }
    if (kind.pathway == nullptr) return;
    start_release(*kind.pathway);
    for (std::size_t p = 0; p < in.mvbs.size(); ++p) {
      auto bursts = process.divide(in.mvbs[p].burst, Purpose::cargo_loading, 4 * q + 2, p);
      auto expulsions = process.divide(in.mvbs[p].expelled, Purpose::cargo_loading, 4 * q + 3, p);
      const MvbRelease& from = kind.pathway->populations[p];
      for (std::size_t k = 0; k < from.exosome.size(); ++k) {
        const std::size_t at = kind.pathway->place_of(from.exosome[k].field);
        burst_[at] += bursts.next(from.copies[q][k]);
        expelled_[at] += expulsions.next(from.copies[q][k]);
      }
    }
    release_with_mvbs(pack, kind, process, q);
  }

  void release_given(const CellPack& pack, const DonorKind& kind, const Process& process, std::span<const Real> budded,
                     std::span<const donor::MadeOf<Real>> made, std::size_t q) {
    Real given{};
    for (const std::size_t f : kind.at_surface) {
      const auto g = model_.copies_in[q][f];
      if (!g) continue;
      const Real copies = tables_.given[q][model_.fields[f].vesicle] * budded[f];
      surface_.release(pack, *g, copies);
      given += copies;
    }
    if (kind.pathway != nullptr) {
      start_release(*kind.pathway);
      for (std::size_t p = 0; p < made.size(); ++p)
        for (const ReleaseTarget& to : kind.pathway->populations[p].exosome) {
          if (!model_.copies_in[q][to.field]) continue;
          const double copies = tables_.given[q][model_.fields[to.field].vesicle] * to.share;
          const std::size_t at = kind.pathway->place_of(to.field);
          burst_[at] += copies * made[p].burst;
          expelled_[at] += copies * made[p].expelled;
          given += copies * (made[p].burst + made[p].expelled);
        }
      release_with_mvbs(pack, kind, process, q);
    }
    if (double* const all = tables_.array(CellArray::given, q)) pack.add<Real>(all, given);
  }

  void start_release(const DonorPathway& pathway) {
    burst_.assign(pathway.fields.size(), Real{});
    expelled_.assign(pathway.fields.size(), Real{});
  }
  /// Copies of the cargo `q` go with what the MVBs released, as far as there are fields of them.
  void release_with_mvbs(const CellPack& pack, const DonorKind& kind, const Process& process, std::size_t q) const {
    const std::vector<std::size_t>& fields = kind.pathway->fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (const auto g = model_.copies_in[q][fields[i]])
        surface_.release_from_mvbs(pack, process, *kind.tether, *g, burst_[i], expelled_[i]);
  }

  const DonorTables& tables_;
  const Model& model_;
  const Surface<Process>& surface_;
  std::vector<donor::DonorCargoOf<Real>> in_;  ///< by DonorKind::own
  std::vector<Real> burst_, expelled_;         ///< [DonorPathway::fields]
};

}  // namespace vesicast
