#pragma once
/// \file
/// A few cells in a small closed domain that every rank has to itself, and what tests of exact values do with them: the
/// same numbers on any number of ranks.
#include <map>
#include <string>
#include <vector>

#include "src/parameters/parameters.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::test {

/// Each rank its own scene. Every cell stands in the middle of the voxel that `voxel` names for it, in all 0 by
/// default.
[[nodiscard]] Scene alone(const Parameters& p, const std::vector<std::int32_t>& types,
                          const std::vector<Index3>& voxel = {});

/// One step of `seconds`; many of equal length that take `seconds` in all.
void step(Scene& s, double seconds);
void steps(Scene& s, double seconds, int number);

/// The cell of an id, and its value in an array of a field, cargo, response or population.
[[nodiscard]] std::size_t cell_of(const Scene& s, std::int64_t id);
[[nodiscard]] double& at(Scene& s, CellArray array, std::size_t which = 0, std::int64_t id = 0);
[[nodiscard]] const std::string& type_of(const Scene& s, std::int64_t id = 0);

/// All fields, as they are told: "exosome", "exosome from tumour", "miR-21 in exosome".
[[nodiscard]] std::vector<std::string> field_names(const Scene& s);
/// The field of the vesicles of a class, or of the copies of a cargo in them; or what it is told as.
[[nodiscard]] std::size_t field_of(const Scene& s, const std::string& vesicle, const std::string& cargo = "");
/// In all voxels, free and on the matrix.
[[nodiscard]] double free_in(const Scene& s, std::size_t field);
[[nodiscard]] double on_matrix(const Scene& s, std::size_t field);
/// Largest rate at which a voxel may lose what it holds of the first class [1/s].
[[nodiscard]] double largest_rate(const Scene& s);
/// What crossed the faces and the walls of vessels so far, and decayed, by its name in the ledger; and "turned over":
/// what crossed the faces both ways.
[[nodiscard]] std::map<std::string, double> flows_of(const Scene& s, std::size_t field);
/// Sub-voxel 1/k_S of a cell [s/um^3].
[[nodiscard]] double resistance(const Scene& s, std::int64_t id = 0);

}  // namespace vesicast::test
