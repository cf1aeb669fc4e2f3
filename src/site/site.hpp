#pragma once
/// \file
/// What stands on one cut of the grid: the tissue between the cells, the flow through it, and the operators, solvers
/// and buffers of what happens there. It is made again when the cut changes; until then its buffers change in every
/// step.
#include <memory>
#include <optional>
#include <vector>

#include "src/extracellular/flow/steady_flow.hpp"
#include "src/extracellular/matrix/matrix_binding.hpp"
#include "src/extracellular/transport.hpp"
#include "src/interstitium/interstitium.hpp"
#include "src/model/model.hpp"

namespace vesicast {

struct Site {
  const Domain* domain = nullptr;
  Interstitium interstitium;
  std::optional<SteadyFlow> flow;
  std::vector<Operator> operators;  ///< [vesicle]
  std::vector<double> hop_rate;     ///< [vesicle], Operator::largest_hop_rate over the whole domain [1/s]
  std::unique_ptr<Transport> transport;
  std::vector<std::unique_ptr<MatrixExchange>> matrix;  ///< [vesicle]; null for a class that does not bind
};

/// What make_interstitium() and make_flow() made of the model's parameters on `domain`, or what redistribute() brought
/// from another cut of the same grid, made ready for steps. `domain` must outlive the site. Throws as the makers of
/// operators and of Transport do. Collective.
[[nodiscard]] Site make_site(const Model& model, const Domain& domain, Interstitium interstitium,
                             std::optional<SteadyFlow> flow);

}  // namespace vesicast
