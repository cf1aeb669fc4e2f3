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
  /// bound, likewise. Throws OutputError on every rank. Collective.
  void observe(const Simulation& s, std::int64_t number) override;
};

}  // namespace vesicast::io
