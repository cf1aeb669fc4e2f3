#pragma once
/// \file
/// The donor pathway of one cell over a step, put together from its processes. Pure: no MPI, no PETSc.
#include <algorithm>
#include <optional>

#include "src/donor/cargo.hpp"
#include "src/donor/ilv_formation.hpp"
#include "src/donor/mvb.hpp"

namespace vesicast::donor {

/// What a step made and where it went [vesicle], routes together, and fusions of MVBs; of one cell or of several.
template <class Real>
struct MadeOf {
  Real formed{};      ///< intraluminal vesicles
  Real back_fused{};  ///< with the limiting membrane
  Real digested{};    ///< in the cell's own lysosomes
  Real burst{};       ///< released by fusion with the plasma membrane
  Real expelled{};    ///< released with amphisomes
  Real fusions{};     ///< MVBs that fused
};
using Made = MadeOf<double>;

/// A step of `dt` [s] of one population: what is the same in all cells with the same rates. Throws NumericsError as
/// Moves do.
struct PopulationStep {
  PopulationStep(const Biogenesis& b, double dt);

  FormationStep maturing_mvbs, waiting_mvbs;  ///< half a step of formation
  double back_fusion, half;                   ///< [1/s], [s]
  FateCoupling coupling;
  Moves moves;
  std::optional<Transitions> uncoupled;    ///< where what MVBs hold does not change their fate
  std::optional<TransitionSeries> series;  ///< where it does, and a series is exact
  double burst_dispersion;

  /// With the fate coupling of what `m` hold.
  template <class Real>
  [[nodiscard]] TransitionsOf<Real> transitions(const MvbsOf<Real>& m) const {
    const Real transport = coupling.transport(m);
    return series ? series->at(transport) : moves.at(transport);
  }
};

/// Advances every population `m` (its fates are 0 before and after) of a cell, or of several side by side: half a step
/// of formation, all moves with the fate coupling of the middle of the step, half a step of formation in the opposite
/// order (Strang 1968). Second order; formed = change of what the MVBs hold + all that left them, to round-off. Each
/// `cargo` is loaded and moved along, as the `loading` says, [cargo][population] in a row. Sets what each population
/// `made`.
template <class Real>
void step_pathway(std::span<MvbsOf<Real>> m, std::span<const PopulationStep> steps, std::span<MadeOf<Real>> made,
                  std::span<DonorCargoOf<Real>> cargo, std::span<const CargoLoading> loading);

/// One cell. Returns what each population made.
std::vector<Made> step_pathway(std::span<Mvbs> m, std::span<const Biogenesis> rates, double dt,
                               std::span<DonorCargo> cargo = {}, std::span<const CargoLoading> loading = {});
/// One population.
Made step_pathway(Mvbs& m, const Biogenesis& b, double dt, std::span<DonorCargo> cargo = {},
                  std::span<const CargoLoading> loading = {});

/// The step for steady_pathway() in a run with steps of `dt` [s]: the run's own, but not so short that it takes long.
[[nodiscard]] inline double settling_step(double dt) {
  return std::max(dt, 10.0);
}

/// Where the pathway settles in steps of `dt` [s]: stepped from empty until nothing changes by more than 1e-13 of
/// itself; long steps first. Throws InputError if it does not.
[[nodiscard]] Mvbs steady_pathway(const Biogenesis& b, double dt);

/// Mean release at the cell's surface where the pathway, or one population of it, settles [vesicle/s]: 0 where it does
/// not.
struct SteadyRelease {
  double exosome = 0.0, microvesicle = 0.0, ectosome = 0.0;
  bool settles = true;
};
[[nodiscard]] SteadyRelease steady_release(const Biogenesis& b);

/// Formation and loading in the MVBs of one stage.
template <class Real>
void form(MvbsOf<Real>& m, const PopulationStep& step, std::size_t p, std::size_t populations, Stage stage,
          MadeOf<Real>& made, std::span<DonorCargoOf<Real>> cargo, std::span<const CargoLoading> loading) {
  std::array<Real, ilv_routes> here;
  for (std::size_t x = 0; x < ilv_routes; ++x) here[x] = m.vesicles[x][stage];
  const FormationOf<Real> f =
      form_vesicles(here, m.count[stage], stage == maturing ? step.maturing_mvbs : step.waiting_mvbs);
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    m.vesicles[x][stage] = here[x];
    made.formed += f.formed[x];
    made.back_fused += f.back_fused[x];
  }
  for (std::size_t q = 0; q < cargo.size(); ++q)
    load(cargo[q].pool, cargo[q].mvbs[p], loading[q * populations + p], stage, m.count[stage], f.formed,
         step.back_fusion, step.half);
}

/// Population by population and stage by stage, `backwards` in the second half of a step, so that the whole is
/// symmetric in the pools that cargo comes from.
template <class Real>
void form_all(std::span<MvbsOf<Real>> m, std::span<const PopulationStep> steps, bool backwards,
              std::span<MadeOf<Real>> made, std::span<DonorCargoOf<Real>> cargo,
              std::span<const CargoLoading> loading) {
  constexpr std::array<Stage, 3> forming{maturing, peripheral, docked};
  for (std::size_t i = 0; i < m.size(); ++i) {
    const std::size_t p = backwards ? m.size() - 1 - i : i;
    for (std::size_t s = 0; s < forming.size(); ++s)
      form(m[p], steps[p], p, m.size(), forming[backwards ? forming.size() - 1 - s : s], made[p], cargo, loading);
  }
}

template <class Real>
void step_pathway(std::span<MvbsOf<Real>> m, std::span<const PopulationStep> steps, std::span<MadeOf<Real>> made,
                  std::span<DonorCargoOf<Real>> cargo, std::span<const CargoLoading> loading) {
  std::ranges::fill(made, MadeOf<Real>{});
  form_all(m, steps, false, made, cargo, loading);
  for (std::size_t p = 0; p < m.size(); ++p) {
    const auto moves = [&](const auto& t) {
      move(m[p], t);
      for (DonorCargoOf<Real>& q : cargo) q.joining += move(q.mvbs[p], t);
    };
    if (steps[p].uncoupled)
      moves(*steps[p].uncoupled);
    else
      moves(steps[p].transitions(m[p]));
  }
  for (DonorCargoOf<Real>& q : cargo) bud_and_join(q);
  form_all(m, steps, true, made, cargo, loading);
  for (std::size_t p = 0; p < m.size(); ++p) {
    made[p].fusions = m[p].count[fused];
    for (StagesOf<Real>& x : m[p].vesicles) {
      made[p].digested += x[digested];
      made[p].burst += x[fused];
      made[p].expelled += x[expelled];
    }
    for (const Stage fate : {digested, fused, expelled}) {
      m[p].count[fate] = Real{};
      for (StagesOf<Real>& x : m[p].vesicles) x[fate] = Real{};
    }
  }
}

}  // namespace vesicast::donor
