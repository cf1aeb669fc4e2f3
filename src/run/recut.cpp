#include "src/run/recut.hpp"

#include <utility>

#include "decomposition/redistribute.hpp"
#include "src/extracellular/flow/redistribute_flow.hpp"
#include "src/interstitium/redistribute_interstitium.hpp"
#include "src/state/hand_over.hpp"

namespace vesicast {

void recut(Simulation& s, const Layout& layout) {
  auto domain = std::make_unique<Domain>(s.comm(), s.domain->grid(), s.domain->periodic(), layout);
  for (Field& field : s.state.fields) field = redistribute(field, *s.domain, *domain);
  for (std::optional<Field>& field : s.state.bound_fields)
    if (field) field = redistribute(*field, *s.domain, *domain);
  hand_over(s.state.cells, *domain);
  std::optional<SteadyFlow> flow;
  if (s.site.flow) flow = redistribute(*s.site.flow, *s.domain, *domain);
  s.site = make_site(s.model, *domain, redistribute(s.site.interstitium, *s.domain, *domain), std::move(flow));
  s.domain = std::move(domain);
  reseat(s);
}

void reseat(Simulation& s) {
  s.seats = seat(s.model, s.site, s.state.cells);
}

}  // namespace vesicast
