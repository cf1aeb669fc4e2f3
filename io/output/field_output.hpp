#pragma once
/// \file
/// Concentrations of all fields to ParaView, at an interval.
#include <filesystem>
#include <vector>

#include "decomposition/domain.hpp"
#include "io/vtk/named_values.hpp"
#include "src/observer.hpp"

namespace vesicast::io {

class FieldOutput : public Observer {
 public:
  /// `interval` in ticks; 0: start and end only.
  FieldOutput(const Domain& domain, std::filesystem::path run_folder, Ticks interval, std::vector<Note> notes);
  [[nodiscard]] Ticks interval() const override { return interval_; }
  /// Writes concentration per volume of interstitial fluid, C = N/(alpha V) [1/um^3], per field and summed per vesicle
  /// class. Throws OutputError on every rank. Collective.
  void observe(const State& u, const Model& model) override;

 private:
  const Domain& domain_;
  std::filesystem::path run_folder_;
  Ticks interval_;
  std::vector<Note> notes_;
  int written_ = 0;
};

}  // namespace vesicast::io
