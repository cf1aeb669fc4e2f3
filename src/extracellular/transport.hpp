#pragma once
/// \file
/// T(N, S, K, dt): vesicles spread, decay and cross the faces of the domain and the walls of vessels for one step,
/// while the voxels listed in an Exchange receive S and lose to their cells K x C. Second order in space; in time exact
/// to a tolerance for frozen S and K with the default integrator. Every integrator honours this signature, PETSc's own
/// included. Where the fluid flows, half a step of advection stands before all that and half a step behind it (Strang
/// 1968), second order in time.
#include <memory>
#include <span>
#include <string>

#include "decomposition/field.hpp"
#include "src/extracellular/flow/flow_field.hpp"
#include "src/extracellular/implicit/stationary.hpp"
#include "src/extracellular/operator/exchange_voxels.hpp"
#include "src/state/transport_flows.hpp"

namespace vesicast {

/// The step's exchange with the cells of this rank, frozen over the step, at the ExchangeVoxels.
struct VoxelExchange {
  std::span<const double> release;    ///< S [vesicle/s]
  std::span<const double> clearance;  ///< K [um^3/s]
  std::span<double> integral;         ///< out: time integral of C over the step [s/um^3]
};

/// One field in a step.
struct FieldTransport {
  Field* field = nullptr;
  Operator* op = nullptr;
  VoxelExchange exchange;
  double hop_rate = 0.0;  ///< Operator::largest_hop_rate, the maximum over the ranks [1/s]
  /// At least the largest rate at which any voxel of the whole domain loses what it holds: Operator::largest_rate with
  /// all that the cells may take, the maximum over the ranks [1/s].
  double bound = 0.0;
  double inflow =
      0.0;  ///< of what comes from outside, through faces and from vessels: 1 all vesicles, 0 none, or copies
  TransportFlows* flows = nullptr;
};

class Transport {
 public:
  /// `integrator`: "exponential" or the name of a time scheme (polynomial.hpp); `-ts_type` in PETSc's options overrides
  /// it, and then `-ts_dt` bounds its sub-steps. `tolerance` is relative. `-ts_vesicast_halo_depth N` asks for another
  /// rim than the default's, `-ts_vesicast_simd v2|v3|v4` for other vector instructions; neither changes a bit of the
  /// result. Throws InputError for an unknown integrator or level. Collective.
  Transport(const Domain& domain, const std::string& integrator, double tolerance);
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  ~Transport();

  /// What a step needs to know of the voxels that exchange with cells: offsets in the owned box, strictly increasing.
  /// `operators`: those of the fields that will be advanced, which must outlive it. Collective.
  [[nodiscard]] ExchangeVoxels exchange_voxels(std::span<const std::int64_t> voxel,
                                               std::span<const Operator* const> operators) const;

  /// Lets `flow` carry the vesicles of every field from now on; `inverse_volume` as Advection has it. Throws as its
  /// constructor does. Collective.
  void use_flow(const FlowField& flow, std::span<const double> inverse_volume);
  /// Sub-steps of advection in a step of dt [s]; 0 without a flow. Local.
  [[nodiscard]] int advection_substeps(double dt) const;

  /// Takes all `fields` from `time` on by `dt` [s]. Throws NumericsError if a solver fails. Collective.
  void spread(std::span<const FieldTransport> fields, const ExchangeVoxels& voxels, double time, double dt);

  /// Replaces the field's contents by those that its exchange, the boundaries at `time` and `further_loss` [1/s] of
  /// every owned voxel (empty: none) would keep as they are, carried by the flow too. Throws as solve_stationary()
  /// does. Collective.
  StationarySolve find_stationary(const FieldTransport& field, const ExchangeVoxels& voxels,
                                  std::span<const double> further_loss, double time);

  /// Name of the TS type in use.
  [[nodiscard]] const std::string& integrator() const;
  /// Relative error a step may leave in the ledger: 0 for the polynomial integrators, which conserve to round-off; ten
  /// times the solver's tolerance for PETSc's own.
  [[nodiscard]] double ledger_allowance() const;
  /// The most negative content of a voxel of this rank so far [vesicle]; 0 with the polynomial integrators.
  [[nodiscard]] double most_negative() const;
  /// Sweeps of the stencil and exchanges of the halo so far, for the log and the benchmarks.
  [[nodiscard]] std::int64_t sweeps() const;
  [[nodiscard]] std::int64_t exchanges() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vesicast
