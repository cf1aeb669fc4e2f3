#include "src/interstitium/redistribute_interstitium.hpp"

#include "decomposition/redistribute.hpp"

namespace vesicast {

Interstitium redistribute(const Interstitium& interstitium, const Domain& from, const Domain& to) {
  Interstitium result = interstitium;
  const auto carry = [&](auto& map) { map = redistribute(map, from, to); };
  carry(result.alpha);
  for (auto& map : result.diffusivity) carry(map);
  for (auto& map : result.binding_sites) carry(map);
  carry(result.conductivity);
  carry(result.obstacle);
  carry(result.blood);
  carry(result.lymph);
  return result;
}

}  // namespace vesicast
