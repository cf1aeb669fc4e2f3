#include "src/donor/cargo.hpp"

#include <algorithm>
#include <cmath>

namespace vesicast::donor {

void bud(DonorCargo& cargo) {
  cargo.budded = std::min(cargo.pool, cargo.pool * -std::expm1(-cargo.leaving));
  cargo.pool -= cargo.budded;
}

void load(DonorCargo& cargo, const CargoLoading& loading, Stage stage, double mvbs,
          const std::array<double, ilv_routes>& formed, double back_fusion, double dt) {
  double taken = 0.0;  // l, share of the pool per step
  for (std::size_t x = 0; x < ilv_routes; ++x) taken += loading.per_ilv[x] * formed[x];
  double* pool = &cargo.pool;
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

void move(DonorCargo& cargo, const Transitions& t) {
  apply(t, cargo.limiting);
  apply(t, cargo.loaded);
  // Half of what joins the plasma membrane does so before vesicles bud from it, half after: second order.
  const double joins = 0.5 * (cargo.limiting[fused] + cargo.limiting[expelled]);
  cargo.pool += joins;
  bud(cargo);
  cargo.pool += joins;
  cargo.digested = cargo.limiting[digested] + cargo.loaded[digested];
  cargo.burst = cargo.loaded[fused];
  cargo.expelled = cargo.loaded[expelled];
  for (const Stage fate : {digested, fused, expelled}) cargo.limiting[fate] = cargo.loaded[fate] = 0.0;
}

}  // namespace vesicast::donor
