#pragma once
/// \file
/// The rates that genes, drugs and perturbations act on, by the names that users write. A perturbation multiplies the
/// constant of the configuration by a factor; docs/perturbations.md. Which constant: the row of its key names the rate.
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "src/parameters/rate.hpp"

namespace vesicast {

/// Whose rate it is: of a cell type that releases or takes up vesicles, or of the matrix in the whole tissue.
enum class RatePlace { donor, recipient, extracellular };

[[nodiscard]] constexpr std::string_view words(RatePlace place) {
  return place == RatePlace::donor ? "donor" : place == RatePlace::recipient ? "recipient" : "extracellular";
}

struct RateInfo {
  std::string_view name;
  RatePlace where = RatePlace::donor;
  std::string_view unit;     ///< as biology.md has it; "": none
  std::string_view meaning;  ///< in words
};

/// All rates, in the order of `vesicast describe rate`: of donors, recipients, and outside cells. The lists stand
/// beside the rows of the keys. Where the constants come from: biology.md sections 2 (donor), 3 (extracellular), 4
/// (recipient).
[[nodiscard]] std::span<const RateInfo> named_rates();

[[nodiscard]] inline const RateInfo& info(Rate rate) {
  return named_rates()[rate.index];
}

/// The rate that users call `name`, capitals as written, or nothing.
[[nodiscard]] std::optional<Rate> find_rate(std::string_view name);

/// What each rate is multiplied by; 1 unless something acts on it. Never below 0.
struct RateFactors {
  RateFactors() { value.fill(1.0); }
  std::array<double, 64> value{};  ///< room for more than named_rates()

  [[nodiscard]] double operator[](Rate rate) const { return value[rate.index]; }
  [[nodiscard]] double& operator[](Rate rate) { return value[rate.index]; }
  bool operator==(const RateFactors&) const = default;
};

}  // namespace vesicast
