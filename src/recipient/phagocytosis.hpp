#pragma once
/// \file
/// "Don't eat me": CD47 on the vesicle holds phagocytosis back through SIRPa on the cell: k_int,phagocytosis is divided
/// by 1 + CD47/K47; biology.md section 4 (direction M, value L; exosomes: Kamerkar 2017).

namespace vesicast::recipient {

/// Share of phagocytosis that is left, in (0, 1]. `cd47` relative, on the vesicle; `half_cd47` in the same unit.
[[nodiscard]] inline double eaten_despite_cd47(double cd47, double half_cd47) {
  return cd47 > 0.0 ? 1.0 / (1.0 + cd47 / half_cd47) : 1.0;
}

}  // namespace vesicast::recipient
