#include "src/site/site.hpp"

#include <utility>

#include "src/extracellular/flow/vessels.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// Constant coefficients where they are, else maps; and vessels where there are any. Collective.
Operator make_operator(const Parameters& p, const Site& site, std::size_t vesicle) {
  const Interstitium& in = site.interstitium;
  const Domain& domain = *site.domain;
  const VesicleClass& v = p.vesicles[vesicle];
  const auto make = [&]() -> Operator {
    if (in.alpha.empty() && in.diffusivity[vesicle].empty())
      return {domain, v, p.domain.extracellular_fraction, v.diffusivity};
    std::vector<double> alpha(static_cast<std::size_t>(domain.owned_voxels())), diffusivity(alpha.size());
    for (std::size_t i = 0; i < alpha.size(); ++i) {
      alpha[i] = in.fraction(p, i);
      diffusivity[i] = in.diffusivity_of(p, vesicle, i);
    }
    return {domain, v, alpha, diffusivity};
  };
  Operator op = make();
  const auto add = [&](Channel channel, std::optional<Vessels> Region::*kind, std::span<const std::int16_t> region,
                       VesselFlow FlowField::*fluid) {
    if (region.empty()) return;
    const VesselTransport t =
        vessel_transport(p.regions, kind, region, site.flow ? site.flow->field.*fluid : VesselFlow{}, v.name,
                         domain.grid().voxel_volume());
    op.add_vessels(domain, channel, t.clearance, t.inflow);
  };
  add(Channel::blood, &Region::blood, in.blood, &FlowField::blood);
  add(Channel::lymph, &Region::lymph, in.lymph, &FlowField::lymph);
  return op;
}

/// 1/(alpha V) per owned voxel, 0 in obstacles, or one for all [1/um^3].
std::vector<double> inverse_volumes(const Parameters& p, const Site& site) {
  const Interstitium& in = site.interstitium;
  std::vector<double> inverse(in.alpha.empty() ? 1 : in.alpha.size(), 0.0);
  for (std::size_t i = 0; i < inverse.size(); ++i)
    if (const double alpha = in.fraction(p, i); alpha > 0.0)
      inverse[i] = 1.0 / (alpha * site.domain->grid().voxel_volume());
  return inverse;
}

}  // namespace

Site make_site(const Model& model, const Domain& domain, Interstitium interstitium, std::optional<SteadyFlow> flow) {
  const Parameters& p = model.parameters();
  Site site;
  site.domain = &domain;
  site.interstitium = std::move(interstitium);
  site.flow = std::move(flow);
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    const VesicleClass& v = p.vesicles[j];
    site.operators.push_back(make_operator(p, site, j));
    site.matrix.push_back(
        v.matrix ? std::make_unique<MatrixExchange>(*v.matrix, v.decay, site.interstitium.binding_sites[j]) : nullptr);
    site.hop_rate.push_back(site.operators.back().largest_hop_rate());
  }
  MPI_Allreduce(MPI_IN_PLACE, site.hop_rate.data(), static_cast<int>(site.hop_rate.size()), MPI_DOUBLE, MPI_MAX,
                domain.comm());
  site.transport = std::make_unique<Transport>(domain, p.transport.integrator, p.transport.tolerance);
  if (site.flow) site.transport->use_flow(site.flow->field, inverse_volumes(p, site));
  return site;
}

}  // namespace vesicast
