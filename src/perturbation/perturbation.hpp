#pragma once
/// \file
/// A gene, a drug or a rate that some cell types have more or less of in a window of time, as the rates that it
/// changes.
#include <optional>
#include <string>
#include <vector>

#include "src/rates.hpp"
#include "src/time.hpp"

namespace vesicast {

struct Perturbation {
  struct Change {
    Rate rate = Rate::count_;
    double factor = 1.0;  ///< what it multiplies the rate by, >= 0
  };

  std::string label;                    ///< "RAB27A at activity 0.15", for messages
  std::vector<Change> changes;          ///< none: an inert gene
  std::vector<std::string> cell_types;  ///< empty: all, and the tissue between them
  Ticks from = 0;                       ///< the first step that starts then or later is the first to feel it
  std::optional<Ticks> until;           ///< and this one no longer; nothing: to the end

  [[nodiscard]] bool acts_at(Ticks time) const { return time >= from && (!until || time < *until); }
};

}  // namespace vesicast
