#include "src/state/hand_over.hpp"

#include "decomposition/collectively.hpp"

namespace vesicast {

void hand_over(Cells& cells, const Domain& domain) {
  std::vector<Record> leaving;
  std::vector<int> to;
  for (std::size_t c = cells.size(); c-- > 0;) {
    const int owner = domain.owner(cells.position[c]);
    if (owner == domain.rank()) continue;
    leaving.push_back(cells.take_out(c));
    to.push_back(owner);
  }
  const std::vector<Record> arrived = migrate(domain.comm(), std::move(leaving), to);
  collectively(domain.comm(), [&] {
    for (const Record& record : arrived) cells.put_in(record);
    cells.sort(domain);
  });
}

}  // namespace vesicast
