#pragma once
/// \file
/// Which cargo travels in which vesicles, and how the cells of each type load it; biology.md section 5. Where any cell
/// type that releases a class has a cargo of its own, the copies in that class are fields of their own beside the
/// vesicles'; elsewhere a class carries the given mean copies, and what it carries follows from its vesicles. Pure.
#include <optional>
#include <vector>

#include "src/donor/cargo.hpp"
#include "src/parameters/cargo.hpp"

namespace vesicast {

struct CellType;
struct Parameters;

/// Does any cell type load the cargo `q` into the class `j` from what it has?
[[nodiscard]] bool is_loaded(const Parameters& p, std::size_t q, std::size_t j);

/// Mean copies that a vesicle of the class `j` has where no cell loads it.
[[nodiscard]] double given_copies(const Parameters& p, std::size_t q, std::size_t j);

/// How the cells of one type load one cargo.
struct CargoRates {
  std::vector<donor::CargoLoading> ilv;  ///< [population of MVBs]; one without a pathway
  std::vector<double> at_surface;  ///< [vesicle], share of the pool that one vesicle of the class takes at release
};

/// Nothing where the type does not have the cargo. `q` is the cargo's place in `p`. Throws InputError where a class
/// that the type releases has no diameter.
[[nodiscard]] std::optional<CargoRates> cargo_rates(const Parameters& p, const CellType& type, std::size_t q);

/// The classes that a pathway's exosomes are of: one, or its size bins; and the share of an exosome's copies that goes
/// with each bin, by lumen or surface. As DonorPathway::exosome lists them.
[[nodiscard]] std::vector<double> copies_by_bin(const Parameters& p, const std::vector<std::size_t>& classes,
                                                const std::vector<double>& shares, CargoKind kind);

/// The names of all responses, sorted.
[[nodiscard]] std::vector<std::string> response_names(const Parameters& p);

}  // namespace vesicast
