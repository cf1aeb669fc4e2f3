#pragma once
/// \file
/// The rates that genes, drugs, perturbations and variation act on are named as in biology.md; the keys of a
/// configuration that set them mostly have other names.
#include <string>
#include <string_view>
#include <vector>

#include "src/parameters/rates.hpp"

namespace vesicast::io {

/// A key of the configuration, "donor.pathway.lysosome" of [cell_type.*], and a rate that multiplies it.
struct RateKey {
  std::string key;
  Rate rate;
};

/// Every key that a rate of another name multiplies, without the table of the cell type or class; a key may have
/// several.
[[nodiscard]] const std::vector<RateKey>& rate_keys();

/// What to append to `unknown rate "lysosome"`: where it is a key, the rate that acts on it, or that none does; else
/// the nearest name, or a few that are near, and where all are listed. \param more names that are no rates and may be
/// given all the same
[[nodiscard]] std::string rate_suggestion(std::string_view name, const std::vector<std::string>& more = {});

}  // namespace vesicast::io
