#pragma once
/// \file
/// Signalling at the surface without uptake: signal = B/(B + K_sig); biology.md section 4.
namespace vesicast::recipient {

/// `bound` vesicles of all classes and sources on one cell; in [0, 1).
[[nodiscard]] inline double receptor_signal(double bound_vesicles, double half_signal) {
  return bound_vesicles > 0.0 ? bound_vesicles / (bound_vesicles + half_signal) : 0.0;
}

}  // namespace vesicast::recipient
