#pragma once
/// \file
/// Concentrations of all fields to ParaView, at an interval.
#include "io/output/snapshot_output.hpp"

namespace vesicast::io {

class FieldOutput : public SnapshotOutput {
 public:
  using SnapshotOutput::SnapshotOutput;
  [[nodiscard]] std::string name() const override { return "fields"; }
  /// Writes concentration per volume of interstitial fluid, C = N/(alpha V) [1/um^3], per field, summed per vesicle
  /// class or soluble factor, and over the size bins of a class; then, of a class that binds to the matrix, what is
  /// bound, likewise. Of them what output.fields chooses. Throws OutputError on every rank. Collective.
  void observe(const Simulation& s, std::int64_t number) override;
};

/// The names of these arrays, with their units, all of them.
[[nodiscard]] std::vector<std::string> field_array_names(const Model& model);

/// The voxels that output.fields.lower, upper and stride leave: those whose centres lie in the box, the faces included.
[[nodiscard]] Sample field_sample(const OutputParameters& output, const Grid& grid);

}  // namespace vesicast::io
