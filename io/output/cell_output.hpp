#pragma once
/// \file
/// Cells with what they hold to ParaView, at an interval.
#include <filesystem>
#include <vector>

#include "decomposition/domain.hpp"
#include "io/vtk/named_values.hpp"
#include "src/observer.hpp"

namespace vesicast::io {

class CellOutput : public Observer {
 public:
  /// `interval` in ticks; 0: start and end only.
  CellOutput(const Domain& domain, std::filesystem::path run_folder, Ticks interval, std::vector<Note> notes);
  [[nodiscard]] Ticks interval() const override { return interval_; }
  /// Writes radius, every state array summed over the sources of a vesicle class, delivered copies and the receptor
  /// signal. Throws OutputError on every rank. Collective.
  void observe(const State& u, const Model& model) override;

 private:
  const Domain& domain_;
  std::filesystem::path run_folder_;
  Ticks interval_;
  std::vector<Note> notes_;
  int written_ = 0;
};

}  // namespace vesicast::io
