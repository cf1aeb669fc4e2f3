#pragma once
/// \file
/// Values per voxel or face, carried from one cut of the grid to another, bit for bit.
#include <mpi.h>

#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "decomposition/base/overlap.hpp"
#include "decomposition/domain.hpp"
#include "decomposition/field.hpp"

namespace vesicast {

/// Who holds which part of a cut: [part] the rank. A rank may hold several parts or none.
using Holders = std::vector<int>;

/// Deals `parts` to `ranks` in order, as evenly as it goes: one each, where the numbers are the same. Local.
[[nodiscard]] Holders deal_parts(int parts, int ranks);

/// Which values travel from whom to whom when a grid cut by one layout is cut by another, made once for any number of
/// arrays. A rank talks only to those that hold or will own something of what it needs or has, and knows all of it
/// beforehand; nothing is gathered, and nothing is copied on the way out or in but by MPI itself.
class Redistribution {
 public:
  /// `to` has one part per rank of `comm`; `from` may have any number, held as `holders` says (deal_parts() if empty).
  /// Throws InputError on every rank if the layouts are not of the same grid, `to` is for another number of ranks, or
  /// the holders are not one rank for every part. Local.
  Redistribution(MPI_Comm comm, const Layout& from, const Layout& to, Centring centring = in_voxels,
                 const Holders& holders = {});

  /// How many values this rank has in each cut. Of voxels, those that it owns; of faces along an axis, those of its
  /// voxels, lower and upper, as an array over values_of_part(). Before: of all parts that it holds, one after the
  /// other by their numbers.
  [[nodiscard]] std::size_t size_before() const { return size_before_; }
  [[nodiscard]] std::size_t size_after() const { return size_after_; }

  /// The values of this rank under the cut `to`, x fastest. Throws AgreedError (internal) if there are not
  /// size_before() of them on some rank. Collective.
  template <class T>
  [[nodiscard]] std::vector<T> operator()(std::span<const T> values) const {
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<T> result(size_after_);
    carry(values.data(), values.size(), result.data(), result.size(), sizeof(T));
    return result;
  }
  /// The same into an array of size_after() that is there already. Collective.
  template <class T>
  void operator()(std::span<const T> values, std::span<T> into) const {
    static_assert(std::is_trivially_copyable_v<T>);
    carry(values.data(), values.size(), into.data(), into.size(), sizeof(T));
  }

 private:
  /// One message: where an array over the box `all` begins, and which box of it travels.
  struct Link {
    int rank = 0;
    std::size_t begin = 0;  ///< in values
    Box all, shared;
  };
  void carry(const void* from, std::size_t n_from, void* into, std::size_t n_into, std::size_t value_size) const;

  MPI_Comm comm_;
  std::vector<Link> send_, receive_;
  std::size_t size_before_ = 0, size_after_ = 0;
};

/// Values of the owned voxels of `from`, as `to` owns them. Both domains cut the same grid over the same communicator;
/// throws as Redistribution does. Collective.
template <class T>
[[nodiscard]] std::vector<T> redistribute(std::span<const T> values, const Domain& from, const Domain& to) {
  return Redistribution(to.comm(), from.layout(), to.layout())(values);
}
/// An array that is empty on all ranks stays empty: a map that the run does not have. Collective.
template <class T>
[[nodiscard]] std::vector<T> redistribute(const std::vector<T>& values, const Domain& from, const Domain& to) {
  if (values.empty()) return {};
  return redistribute(std::span<const T>(values), from, to);
}
/// A field, which keeps its values by voxel. Collective.
[[nodiscard]] Field redistribute(const Field& field, const Domain& from, const Domain& to);

/// Values of the faces along `axis` of the owned voxels of `from`, lower and upper: an array over the owned box with
/// one layer more at its upper side. A face between two ranks is with both, and taken from the rank above it.
/// Collective.
template <class T>
[[nodiscard]] std::vector<T> redistribute_faces(std::span<const T> values, std::size_t axis, const Domain& from,
                                                const Domain& to) {
  return Redistribution(to.comm(), from.layout(), to.layout(), on_faces(axis))(values);
}

}  // namespace vesicast
