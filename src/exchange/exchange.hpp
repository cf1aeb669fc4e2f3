#pragma once
/// \file
/// What cells and voxels give each other in one step: predicted at the step's midpoint, settled after the transport.
#include <vector>

#include "src/exchange/secrete.hpp"
#include "src/exchange/uptake_lanes.hpp"
#include "src/site/site.hpp"

namespace vesicast {

/// The frozen exchange of a step, per occupied voxel and per cell of this rank.
struct Exchange {
  std::vector<std::vector<double>> release;    ///< S, [field][occupied voxel], vesicles per second
  std::vector<std::vector<double>> clearance;  ///< K, [vesicle][occupied voxel], um^3/s
  std::vector<std::vector<double>> integral;   ///< out of T: time integral of C, [field][occupied voxel], s/um^3
  std::vector<std::vector<double>>
      cell_clearance;                          ///< of K what each cell binds, [vesicle][cell]; CL_fluid is not in it
  std::vector<std::vector<double>> unbinding;  ///< k_off with the sub-voxel correction, [vesicle][cell], 1/s
  std::vector<std::vector<double>> secreted, reinternalised, recaptured, unbound, recycled,
      resecreted;  ///< vesicles in the step, [field][cell]; `secreted` without what goes beside the cell
  std::vector<std::vector<double>> aside;  ///< what does, per second, [field][cell]; empty where no type is polarised
};

/// Release and clearance at the midpoint of the coming step of `dt` [s], with what secrete() says cells release in it.
/// The receptors that will be free at the midpoint follow from the concentrations now; the error is second order in dt,
/// so the step stays second order. What polarised cells give beside them is in `aside` and not yet in S
/// (PolarisedRelease::add()). \param uptake of this step. Local.
[[nodiscard]] Exchange predict(const State& u, const Model& model, const Site& site, const Seats& seats,
                               const UptakeTable& uptake, Released released, double dt);

/// Books the step's exchange in the cells: each binds k_i times its voxel's integral of C, and swallows CL_fluid times
/// it, so what left the field is what enters the cells. Of what was bound, as much comes off as the step's true binding
/// says; S had the predicted amount, limited to what the cell held, and the rest goes straight to the voxel. So does
/// what a cell bound beyond its receptors, and what recycles of the swallowed ones where the endosome was too empty to
/// give it in advance. Local.
void settle(State& u, const Model& model, const Seats& seats, const UptakeTable& uptake, const Exchange& exchange,
            double dt);

}  // namespace vesicast
