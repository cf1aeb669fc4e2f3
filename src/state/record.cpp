// Cells as records: in and out of the arrays, and in order.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <type_traits>

#include "decomposition/base/error.hpp"
#include "src/state/state.hpp"

namespace vesicast {
namespace {

/// What a record begins with; the doubles of the arrays follow.
struct Head {
  std::uint64_t plan;  ///< CellPlan::fingerprint()
  std::int64_t id;
  std::int32_t type, first_type;
  Vector3 position;
};
static_assert(std::is_trivially_copyable_v<Head> && sizeof(Head) == 48);

/// Calls visit(array's values) for every array of the plan, in the order of the list.
template <class Values, class Visit>
void for_each_array(const CellPlan& plan, Values& values, Visit&& visit) {
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (std::size_t which = 0; which < values[a].size(); ++which)
      if (plan(static_cast<CellArray>(a), which)) visit(values[a][which]);
}

template <class T>
void reorder(std::vector<T>& values, const std::vector<std::size_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(order.size());
  for (const std::size_t from : order) sorted.push_back(values[from]);
  values = std::move(sorted);
}

template <class T>
void move_last_to(std::vector<T>& values, std::size_t place) {
  values[place] = values.back();
  values.pop_back();
}

}  // namespace

std::uint64_t CellPlan::fingerprint() const {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a (Fowler, Noll & Vo)
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3ULL; };
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    for (const char c : cell_arrays[a].name) add(static_cast<unsigned char>(c));
    add('\n');
    for (const bool flag : has[a]) add(flag ? '1' : '0');
    add('\n');
  }
  return hash;
}

Record Cells::record(std::size_t cell) const {
  std::vector<double> numbers;
  for_each_array(plan_, values_, [&](const std::vector<double>& values) { numbers.push_back(values[cell]); });
  const Head head{fingerprint_, id[cell], type[cell], first_type[cell], position[cell]};
  Record record{head.id, std::vector<std::byte>(sizeof head + numbers.size() * sizeof(double)), {}};
  std::memcpy(record.bytes.data(), &head, sizeof head);
  if (!numbers.empty()) std::memcpy(record.bytes.data() + sizeof head, numbers.data(), numbers.size() * sizeof(double));
  return record;
}

Record Cells::take_out(std::size_t cell) {
  Record taken = record(cell);
  move_last_to(id, cell);
  move_last_to(type, cell);
  move_last_to(first_type, cell);
  move_last_to(position, cell);
  for_each_array(plan_, values_, [&](std::vector<double>& values) { move_last_to(values, cell); });
  return taken;
}

void Cells::put_in(const Record& record) {
  std::size_t arrays = 0;
  for_each_array(plan_, values_, [&](const std::vector<double>&) { ++arrays; });
  const std::size_t expected = sizeof(Head) + arrays * sizeof(double);
  if (record.bytes.size() != expected)
    throw InternalError(fmt::format("the record of cell {} has {} bytes; {} arrays per cell make {}", record.id,
                                    record.bytes.size(), arrays, expected));
  if (!record.ragged.empty())
    throw InternalError(fmt::format("the record of cell {} has {} arrays of a size of its own; cells have none",
                                    record.id, record.ragged.size()));
  Head head;
  std::memcpy(&head, record.bytes.data(), sizeof head);
  if (head.plan != fingerprint_)
    throw InternalError(
        fmt::format("the record of cell {} is of other arrays than the cells here have: of another "
                    "configuration, or written by another version of the program",
                    record.id));
  if (head.id != record.id) throw InternalError(fmt::format("the record of cell {} holds cell {}", record.id, head.id));
  id.push_back(head.id);
  type.push_back(head.type);
  first_type.push_back(head.first_type);
  position.push_back(head.position);
  const std::byte* from = record.bytes.data() + sizeof head;
  for_each_array(plan_, values_, [&](std::vector<double>& values) {
    std::memcpy(&values.emplace_back(), from, sizeof(double));
    from += sizeof(double);
  });
}

void Cells::sort(const Domain& domain) {
  std::vector<std::int64_t> voxel(size());
  for (std::size_t c = 0; c < size(); ++c) {
    const Index3 v = domain.grid().voxel_of(position[c]);
    if (!domain.owned().contains(v))
      throw InternalError(fmt::format("cell {} at ({:.6g}, {:.6g}, {:.6g}) um is not in the box of rank {}", id[c],
                                      position[c][0], position[c][1], position[c][2], domain.rank()));
    voxel[c] = domain.owned().offset(v);
  }
  std::vector<std::size_t> order(size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto place = [&](std::size_t c) { return std::pair(voxel[c], id[c]); };
  std::ranges::sort(order, {}, place);
  const auto twice = std::ranges::adjacent_find(order, {}, place);
  if (twice != order.end()) throw InternalError(fmt::format("cell {} is here twice", id[*twice]));
  if (!std::ranges::is_sorted(order)) {
    reorder(id, order);
    reorder(type, order);
    reorder(first_type, order);
    reorder(position, order);
    for_each_array(plan_, values_, [&](std::vector<double>& values) { reorder(values, order); });
  }
}

}  // namespace vesicast
