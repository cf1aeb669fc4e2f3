#include "src/donor/cargo.hpp"

#include <algorithm>
#include <cmath>

namespace vesicast::donor {

void bud(DonorCargo& cargo) {
  cargo.budded = std::min(cargo.pool, cargo.pool * -std::expm1(-cargo.leaving));
  cargo.pool -= cargo.budded;
}

void divide_endosomes(DonorCargo& cargo, std::span<const double> shares) {
  if (cargo.mvbs.size() < 2) return;
  const double all = cargo.mvbs[0].limiting[endosome];
  for (std::size_t p = 0; p < cargo.mvbs.size(); ++p) cargo.mvbs[p].limiting[endosome] = shares[p] * all;
}

void join_endosomes(DonorCargo& cargo) {
  for (std::size_t p = 1; p < cargo.mvbs.size(); ++p) {
    cargo.mvbs[0].limiting[endosome] += cargo.mvbs[p].limiting[endosome];
    cargo.mvbs[p].limiting[endosome] = 0.0;
  }
}

void load(double& cell, CargoInMvbs& cargo, const CargoLoading& loading, Stage stage, double mvbs,
          const std::array<double, ilv_routes>& formed, double back_fusion, double dt) {
  double taken = 0.0;  // l, share of the pool per step
  for (std::size_t x = 0; x < ilv_routes; ++x) taken += loading.per_ilv[x] * formed[x];
  double* pool = &cell;
  if (loading.kind == CargoKind::membrane) {
    pool = &cargo.limiting[stage];
    taken = mvbs > 0.0 ? taken / mvbs : 0.0;
  }
  double& loaded = cargo.loaded[stage];
  const double back = back_fusion * dt, x = taken + back;
  const double mean = x > 1e-8 ? -std::expm1(-x) / x : 1.0 - 0.5 * x;
  const double moved = std::clamp(mean * (taken * *pool - back * loaded), -loaded, *pool);
  *pool -= moved;
  loaded += moved;
}

void move(DonorCargo& cargo, std::span<const Transitions> t) {
  double joins = 0.0;
  for (std::size_t p = 0; p < cargo.mvbs.size(); ++p) {
    CargoInMvbs& in = cargo.mvbs[p];
    apply(t[p], in.limiting);
    apply(t[p], in.loaded);
    joins += in.limiting[fused] + in.limiting[expelled];
    in.digested = in.limiting[digested] + in.loaded[digested];
    in.burst = in.loaded[fused];
    in.expelled = in.loaded[expelled];
    for (const Stage fate : {digested, fused, expelled}) in.limiting[fate] = in.loaded[fate] = 0.0;
  }
  // Half of what joins the plasma membrane does so before vesicles bud from it, half after: second order.
  cargo.pool += 0.5 * joins;
  bud(cargo);
  cargo.pool += 0.5 * joins;
}

}  // namespace vesicast::donor
