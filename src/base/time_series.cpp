#include "src/base/time_series.hpp"

#include <algorithm>

#include "decomposition/base/error.hpp"

namespace vesicast {

TimeSeries::TimeSeries(std::vector<double> time, std::vector<double> value)
    : time_(std::move(time)), value_(std::move(value)) {
  if (value_.empty() || time_.size() != value_.size())
    throw InputError("a table of a value against time needs as many times as values, and at least one row");
  for (std::size_t i = 1; i < time_.size(); ++i)
    if (!(time_[i] > time_[i - 1])) throw InputError("the times of a table must increase from row to row");
}

double TimeSeries::at(double time) const {
  if (constant() || time <= time_.front()) return value_.front();
  if (time >= time_.back()) return value_.back();
  const auto after = static_cast<std::size_t>(std::upper_bound(time_.begin(), time_.end(), time) - time_.begin());
  const double share = (time - time_[after - 1]) / (time_[after] - time_[after - 1]);
  return value_[after - 1] + share * (value_[after] - value_[after - 1]);
}

double TimeSeries::mean(double from, double to) const {
  if (constant()) return value_.front();
  // Trapezoids between the ends and the rows that lie between them.
  double sum = 0.0, t = from, v = at(from);
  for (std::size_t i = 0; i <= time_.size(); ++i) {
    const double next = i < time_.size() ? time_[i] : to;
    if (next <= t) continue;
    const double end = std::min(next, to);
    const double w = at(end);
    sum += 0.5 * (v + w) * (end - t);
    t = end;
    v = w;
    if (t >= to) break;
  }
  return sum / (to - from);
}

TimeSeries TimeSeries::times(double factor) const {
  TimeSeries scaled = *this;
  for (double& v : scaled.value_) v *= factor;
  return scaled;
}

double TimeSeries::largest() const {
  return *std::max_element(value_.begin(), value_.end());
}

double TimeSeries::spread(double from, double to) const {
  if (constant()) return 0.0;
  double least = std::min(at(from), at(to)), most = std::max(at(from), at(to));
  for (std::size_t i = 0; i < time_.size(); ++i)
    if (time_[i] > from && time_[i] < to) {
      least = std::min(least, value_[i]);
      most = std::max(most, value_[i]);
    }
  return most - least;
}

}  // namespace vesicast
