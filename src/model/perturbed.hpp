#pragma once
/// \file
/// The constants of a cell type with the factors of its perturbations on them: the one place that says which constant
/// a named rate is. A factor of 1 changes no bit. Soluble factors are left as they are. Pure.
#include <span>

#include "src/parameters/cell_type.hpp"
#include "src/parameters/rates.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {

struct Parameters;

[[nodiscard]] Uptake perturbed(Uptake uptake, const RateFactors& factors);
/// `acidity` a moves every pH of the gate towards neutral: pH = 7 - a (7 - pH).
[[nodiscard]] AcidGate perturbed(AcidGate gate, const RateFactors& factors);
/// Early endosomes form in proportion to `k_endo`, too; shares stay at most 1.
[[nodiscard]] Biogenesis perturbed(Biogenesis pathway, const RateFactors& factors);
[[nodiscard]] Secretion perturbed(Secretion secretion, const RateFactors& factors);
[[nodiscard]] MatrixBinding perturbed(MatrixBinding binding, const RateFactors& factors);

/// All of the above for what a cell type does with the vesicles among `classes`.
[[nodiscard]] CellType perturbed(CellType type, const RateFactors& factors, std::span<const VesicleClass> classes);

/// Is there anything that the rate could change: some constant above 0, in the cell types called `cell_types` (empty:
/// all), or in the matrix?
[[nodiscard]] bool in_use(Rate rate, const Parameters& parameters, const std::vector<std::string>& cell_types);

}  // namespace vesicast
