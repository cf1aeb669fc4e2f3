#include "decomposition/redistribute.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "decomposition/base/error.hpp"
#include "decomposition/collectively.hpp"

namespace vesicast {
namespace {

constexpr int tag = 100;  // apart from those of the halo

void check_cuts(const Layout& from, const Layout& to, int ranks, const Holders& holders) {
  const Index3 a = from.voxels(), b = to.voxels();
  if (a != b)
    throw InputError(fmt::format("a grid of {} x {} x {} voxels cannot be redistributed to one of {} x {} x {}", a[0],
                                 a[1], a[2], b[0], b[1], b[2]));
  if (to.size() != ranks) throw InputError(fmt::format("the new cut is for {} ranks, but {} run", to.size(), ranks));
  if (static_cast<int>(holders.size()) != from.size())
    throw InputError(fmt::format("the old cut has {} parts, but {} are held", from.size(), holders.size()));
  for (const int rank : holders)
    if (rank < 0 || rank >= ranks)
      throw InputError(fmt::format("a part of the old cut is held by rank {} of {}", rank, ranks));
}

/// The values of `shared` in an array over `all`, as MPI reads or writes them in place.
class PartOfArray {
 public:
  PartOfArray(const Box& all, const Box& shared, MPI_Datatype value) {
    std::array<int, 3> sizes{}, counts{}, starts{};
    for (std::size_t a = 0; a < 3; ++a) {
      sizes[a] = static_cast<int>(all.extent(a));
      counts[a] = static_cast<int>(shared.extent(a));
      starts[a] = static_cast<int>(shared.lower[a] - all.lower[a]);
    }
    MPI_Type_create_subarray(3, sizes.data(), counts.data(), starts.data(), MPI_ORDER_FORTRAN, value, &type_);
    MPI_Type_commit(&type_);
  }
  PartOfArray(const PartOfArray&) = delete;
  PartOfArray& operator=(const PartOfArray&) = delete;
  ~PartOfArray() { MPI_Type_free(&type_); }
  [[nodiscard]] MPI_Datatype type() const { return type_; }

 private:
  MPI_Datatype type_ = MPI_DATATYPE_NULL;
};

}  // namespace

Holders deal_parts(int parts, int ranks) {
  Holders holders(static_cast<std::size_t>(parts));
  for (int p = 0; p < parts; ++p)
    holders[static_cast<std::size_t>(p)] =
        static_cast<int>(static_cast<std::int64_t>(p) * ranks / std::max(parts, ranks));
  return holders;
}

Redistribution::Redistribution(MPI_Comm comm, const Layout& from, const Layout& to, Centring centring,
                               const Holders& holders)
    : comm_(comm) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const Holders held_by = holders.empty() ? deal_parts(from.size(), ranks) : holders;
  check_cuts(from, to, ranks, held_by);

  // Voxels next to a box of faces own these faces, or have them as their upper ones.
  const auto voxels_around = [&](Box faces) {
    if (!centring.face_axis) return faces;
    --faces.lower[*centring.face_axis];
    return faces.intersect({{0, 0, 0}, to.voxels()});
  };
  // Both sides list what they share by the number of the old part: messages between two ranks keep their order.
  for (int part = 0; part < from.size(); ++part) {
    if (held_by[static_cast<std::size_t>(part)] != rank) continue;
    const Box all = values_of_part(from, part, centring), passed_on = values_passed_on(from, part, centring);
    for (const Overlap& with : overlaps(to, voxels_around(passed_on))) {
      const Box shared = passed_on.intersect(values_of_part(to, with.part, centring));
      if (!shared.empty()) send_.push_back({with.part, size_before_, all, shared});
    }
    size_before_ += static_cast<std::size_t>(all.volume());
  }
  const Box all = values_of_part(to, rank, centring);
  size_after_ = static_cast<std::size_t>(all.volume());
  for (const Overlap& with : overlaps(from, all.intersect({{0, 0, 0}, from.voxels()}))) {
    const Box shared = all.intersect(values_passed_on(from, with.part, centring));
    if (!shared.empty()) receive_.push_back({held_by[static_cast<std::size_t>(with.part)], 0, all, shared});
  }
}

void Redistribution::carry(const void* from, std::size_t n_from, void* into, std::size_t n_into,
                           std::size_t value_size) const {
  collectively(comm_, [&] {
    if (n_from != size_before_ || n_into != size_after_)
      throw InternalError(fmt::format("{} values to redistribute into {}; the cuts have {} and {}", n_from, n_into,
                                      size_before_, size_after_));
  });
  MPI_Datatype value = MPI_DATATYPE_NULL;
  MPI_Type_contiguous(static_cast<int>(value_size), MPI_BYTE, &value);
  std::vector<MPI_Request> requests;
  requests.reserve(send_.size() + receive_.size());
  for (const Link& link : receive_) {
    const PartOfArray part(link.all, link.shared, value);
    MPI_Irecv(static_cast<std::byte*>(into) + link.begin * value_size, 1, part.type(), link.rank, tag, comm_,
              &requests.emplace_back());
  }
  for (const Link& link : send_) {
    const PartOfArray part(link.all, link.shared, value);
    MPI_Isend(static_cast<const std::byte*>(from) + link.begin * value_size, 1, part.type(), link.rank, tag, comm_,
              &requests.emplace_back());
  }
  MPI_Type_free(&value);
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
}

Field redistribute(const Field& field, const Domain& from, const Domain& to) {
  Field result(to);
  const ReadScope values(field);
  const WriteScope into(result);
  Redistribution(to.comm(), from.layout(), to.layout())(values.values(), into.values());
  return result;
}

}  // namespace vesicast
