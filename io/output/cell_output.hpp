#pragma once
/// \file
/// Cells with what they hold to ParaView, at an interval.
#include "io/output/snapshot_output.hpp"

namespace vesicast::io {

class CellOutput : public SnapshotOutput {
 public:
  using SnapshotOutput::SnapshotOutput;
  [[nodiscard]] std::string name() const override { return "cells"; }
  /// Writes radius, every state array (those of a field summed over the sources of a vesicle class or soluble
  /// factor) and the receptor signal of the vesicles. Of them what output.cells.arrays chooses. Throws OutputError on
  /// every rank. Collective.
  void observe(const Simulation& s, std::int64_t number) override;
};

/// The names of these arrays, with their units, all of them.
[[nodiscard]] std::vector<std::string> cell_array_names(const Model& model);

}  // namespace vesicast::io
