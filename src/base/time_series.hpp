#pragma once
/// \file
/// A value that may change with time. Pure: no MPI, no PETSc.
#include <vector>

namespace vesicast {

/// Constant, or linear between the rows of a table and constant beyond its ends.
class TimeSeries {
 public:
  TimeSeries(double constant = 0.0) : value_{constant} {}  // NOLINT: a number is a series
  /// `time` [s] strictly increasing, as many as values, at least one. Throws InputError otherwise.
  TimeSeries(std::vector<double> time, std::vector<double> value);

  [[nodiscard]] bool constant() const { return value_.size() == 1; }
  [[nodiscard]] double at(double time) const;
  /// Mean over [from, to], exact for what is linear between rows. Pre: from < to.
  [[nodiscard]] double mean(double from, double to) const;
  [[nodiscard]] double largest() const;
  /// Largest value less the smallest in [from, to]. Pre: from <= to.
  [[nodiscard]] double spread(double from, double to) const;
  /// `factor` times this, at every time.
  [[nodiscard]] TimeSeries times(double factor) const;

 private:
  std::vector<double> time_;
  std::vector<double> value_;
};

}  // namespace vesicast
