#pragma once
/// \file
/// One step of a time polynomial for all fields together: sweeps in cache-sized tiles, one exchange of a deep rim per
/// several sweeps with all fields in one message per neighbour, overlapped with the work that needs no rim.
#include <memory>
#include <span>

#include "decomposition/base/exact_sum.hpp"
#include "decomposition/halo_message.hpp"
#include "src/extracellular/operator/exchange_voxels.hpp"
#include "src/extracellular/sweep/work_array.hpp"
#include "src/extracellular/weights/polynomial.hpp"

namespace vesicast {

/// What one field brings to a step and takes from it.
struct FieldStep {
  std::span<double> content;  ///< N over the owned box, advanced in place
  Operator* op = nullptr;
  std::span<const double> release;    ///< S [vesicle/s] and
  std::span<const double> clearance;  ///< K [um^3/s] at the step's ExchangeVoxels
  Outside outside{};                  ///< what comes in, mean over the step
  double hop_rate = 0.0;              ///< Operator::largest_hop_rate over all ranks [1/s]
  double bound = 0.0;                 ///< Operator::largest_rate over all ranks, cells included [1/s]
  SparseTerms terms;                  ///< out: integral per place
  BinnedSum decayed;                  ///< out: what decayed on this rank
};

class PolynomialStepper {
 public:
  /// `-ts_vesicast_single 0`: no sums in single precision. Collective.
  explicit PolynomialStepper(const Domain& domain);
  PolynomialStepper(const PolynomialStepper&) = delete;
  PolynomialStepper& operator=(const PolynomialStepper&) = delete;
  ~PolynomialStepper();
  /// The rim of the sweeps, for ExchangeVoxels.
  [[nodiscard]] const Halo& halo() const { return halo_; }

  /// Takes every field on by `dt` [s]. `scheme` null: the cheapest for each field. Collective.
  void step(std::span<FieldStep> fields, const ExchangeVoxels& voxels, const TimeScheme* scheme, double tolerance,
            double dt);

  /// Sweeps of the stencil so far, and exchanges of the halo; for the log and the benchmarks.
  [[nodiscard]] std::int64_t sweeps() const { return sweeps_; }
  [[nodiscard]] std::int64_t exchanges() const { return exchanges_; }
  /// Voxels of this rank that were kept from going negative so far; 0 with weights >= 0.
  [[nodiscard]] std::int64_t limited() const { return limited_; }
  /// How the first field was advanced last.
  [[nodiscard]] const TimePlan& last_plan() const { return last_plan_; }

 private:
  struct Work;
  struct Stage;
  struct Block;
  [[nodiscard]] const TimePlan& plan_for(const FieldStep& field, const TimeScheme* scheme, double tolerance, double dt);
  [[nodiscard]] std::vector<Block> program(const TimePlan& plan) const;
  void run(const Block& block, FieldStep& field, Work& work, const TimePlan& plan, double dt, bool before_arrival);
  template <class Real>
  void run_in(const Block& block, FieldStep& field, Work& work, const TimePlan& plan, double dt, bool before_arrival);
  /// Rows that arrived from others end at walls in x too.
  template <class Real>
  void mirror_rim(Real* u) const;

  SumPrecision precision_;
  Halo halo_;
  HaloMessage message_;
  SweepShape shape_;
  std::vector<std::unique_ptr<Work>> work_;
  struct CachedPlan {
    const TimeScheme* scheme;
    double q, dt, tolerance;
    TimePlan plan;
  };
  std::vector<std::unique_ptr<CachedPlan>> plans_;
  WorkArray limit_;
  TimePlan last_plan_;
  std::int64_t sweeps_ = 0, exchanges_ = 0, limited_ = 0;
};

}  // namespace vesicast
