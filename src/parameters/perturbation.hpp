#pragma once
/// \file
/// A gene, a drug or a rate that some cell types have more or less of in a window of time, as the rates that it
/// changes.
#include <optional>
#include <string>
#include <vector>

#include "src/base/time.hpp"
#include "src/parameters/rate.hpp"

namespace vesicast {

struct Perturbation {
  /// One of several genes that stand in for each other: what acts is the mean of their activities.
  struct Paralogue {
    std::string group;      ///< what they are called together
    std::string gene;       ///< the one that is perturbed
    double slope = 0.0;     ///< +w/n or -w/n: weight of the group over the number of its genes, with its direction
    double activity = 1.0;  ///< of this one
  };
  struct Change {
    Rate rate;
    double factor = 1.0;  ///< what it multiplies the rate by, >= 0; of a paralogue, where the others are untouched
    std::optional<Paralogue> paralogue = {};
  };

  std::string label;                    ///< "RAB27A at activity 0.15", for messages
  std::vector<Change> changes;          ///< none: an inert gene
  std::vector<std::string> cell_types;  ///< empty: all, and the tissue between them
  Ticks from = 0;                       ///< the first step that starts then or later is the first to feel it
  std::optional<Ticks> until;           ///< and this one no longer; nothing: to the end

  [[nodiscard]] bool acts_at(Ticks time) const { return time >= from && (!until || time < *until); }
};

}  // namespace vesicast
