#include "io/vtk/gather.hpp"

#include <algorithm>
#include <cstring>
#include <exception>

#include "decomposition/collectively.hpp"

namespace vesicast::io {
namespace {

constexpr int slab_tag = 7411, cell_tag = 7412;

/// Runs `use` unless something was thrown before, and keeps what it throws.
template <class Action>
void unless_failed(std::exception_ptr& failure, Action&& action) {
  if (failure) return;
  try {
    action();
  } catch (...) {
    failure = std::current_exception();
  }
}

}  // namespace

Writers::Writers(MPI_Comm comm, int writers) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks_);
  count_ = std::clamp(writers, 1, ranks_);
  for (int w = 0; w < count_; ++w)
    if (this->rank(w) == rank) mine_ = w;
}

int Writers::rank(int writer) const {
  return static_cast<int>(static_cast<std::int64_t>(writer) * ranks_ / count_);
}

int Writers::writer_of(int rank) const {
  int w = 0;
  while (w + 1 < count_ && this->rank(w + 1) <= rank) ++w;
  return w;
}

SlabGather::SlabGather(MPI_Comm comm, const Box& owned, const Sample& sample, int writers, std::size_t bytes_per_voxel,
                       std::size_t bytes)
    : comm_(comm), writers_(comm, writers), sample_(sample) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  owned_.resize(static_cast<std::size_t>(ranks));
  MPI_Allgather(&owned, sizeof(Box), MPI_BYTE, owned_.data(), sizeof(Box), MPI_BYTE, comm);
  const Index3 n = sample.voxels();
  while (axis_ > 0 && n[axis_] == 1) --axis_;
  const auto layer =
      static_cast<std::size_t>(n[0] * n[1] * n[2] / n[axis_]) * std::max<std::size_t>(1, bytes_per_voxel);
  layers_ = static_cast<std::int64_t>(std::max<std::size_t>(1, bytes / std::max<std::size_t>(1, layer)));
  for (int w = 0; w < writers_.count(); ++w) {
    Box piece{{0, 0, 0}, n};
    piece.lower[axis_] = n[axis_] * w / writers_.count();
    piece.upper[axis_] = n[axis_] * (w + 1) / writers_.count();
    turns_ = std::max(turns_, (piece.extent(axis_) + layers_ - 1) / layers_);
    pieces_.push_back(piece);
  }
}

Box SlabGather::slab(int writer, std::int64_t turn) const {
  Box b = pieces_[static_cast<std::size_t>(writer)];
  const std::int64_t end = b.upper[axis_];
  b.lower[axis_] = std::min(end, b.lower[axis_] + turn * layers_);
  b.upper[axis_] = std::min(end, b.lower[axis_] + layers_);
  return b;
}

template <class T>
void SlabGather::gather(std::span<const NamedValues> arrays, const Use<T>& use) {
  int self = 0;
  MPI_Comm_rank(comm_, &self);
  const Box& own = owned_[static_cast<std::size_t>(self)];
  const Box shown = sample_.within(own);
  // One array's values of a box of the output, from this rank's.
  const auto pack = [&](const Box& box, const NamedValues& array, T* to) {
    for (std::int64_t i = 0; i < box.volume(); ++i)
      to[i] = static_cast<T>(array.values[static_cast<std::size_t>(own.offset(sample_.shown(box.voxel(i))))]);
  };
  const auto place = [](const Box& box, const T* from, const Box& slab, std::vector<T>& to) {
    const std::int64_t row = box.extent(0);
    for (std::int64_t i = 0; i < box.volume(); i += row)
      std::copy_n(from + i, row, to.data() + slab.offset(box.voxel(i)));
  };
  struct Message {
    std::vector<T> values;
    MPI_Request request = MPI_REQUEST_NULL;
  };
  std::vector<Message> sent(static_cast<std::size_t>(writers_.count()));
  std::vector<std::vector<T>> gathered(arrays.size());
  std::vector<T> received;
  // All memory before the first message: a rank that has none may not leave the others waiting for it.
  collectively(comm_, [&] {
    std::size_t most = 0, slab_most = 0;
    for (std::int64_t turn = 0; turn < turns_; ++turn) {
      for (int w = 0; w < writers_.count(); ++w)
        if (const Box part = slab(w, turn).intersect(shown); !part.empty() && w != writers_.mine())
          sent[static_cast<std::size_t>(w)].values.reserve(static_cast<std::size_t>(part.volume()) * arrays.size());
      if (writers_.mine() < 0) continue;
      const Box mine = slab(writers_.mine(), turn);
      slab_most = std::max(slab_most, static_cast<std::size_t>(mine.volume()));
      for (const Box& other : owned_)
        if (const Box part = mine.intersect(sample_.within(other)); !part.empty())
          most = std::max(most, static_cast<std::size_t>(part.volume()));
    }
    received.reserve(most * arrays.size());
    for (auto& g : gathered) g.reserve(slab_most);
  });
  std::exception_ptr failure;
  for (std::int64_t turn = 0; turn < turns_; ++turn) {
    for (int w = 0; w < writers_.count(); ++w) {
      const Box part = slab(w, turn).intersect(shown);
      if (part.empty() || w == writers_.mine()) continue;
      Message& m = sent[static_cast<std::size_t>(w)];
      const auto n = static_cast<std::size_t>(part.volume());
      m.values.resize(n * arrays.size());
      for (std::size_t k = 0; k < arrays.size(); ++k) pack(part, arrays[k], m.values.data() + k * n);
      MPI_Isend(m.values.data(), static_cast<int>(m.values.size() * sizeof(T)), MPI_BYTE, writers_.rank(w), slab_tag,
                comm_, &m.request);
    }
    if (writers_.mine() >= 0) {
      const Box mine = slab(writers_.mine(), turn);
      if (!mine.empty()) {
        for (auto& g : gathered) g.assign(static_cast<std::size_t>(mine.volume()), T{});
        for (std::size_t r = 0; r < owned_.size(); ++r) {
          const Box part = mine.intersect(sample_.within(owned_[r]));
          if (part.empty()) continue;
          const auto n = static_cast<std::size_t>(part.volume());
          received.resize(n * arrays.size());
          if (static_cast<int>(r) == self)
            for (std::size_t k = 0; k < arrays.size(); ++k) pack(part, arrays[k], received.data() + k * n);
          else
            MPI_Recv(received.data(), static_cast<int>(received.size() * sizeof(T)), MPI_BYTE, static_cast<int>(r),
                     slab_tag, comm_, MPI_STATUS_IGNORE);
          for (std::size_t k = 0; k < arrays.size(); ++k) place(part, received.data() + k * n, mine, gathered[k]);
        }
        unless_failed(failure, [&] { use(mine, gathered); });
      }
    }
    for (Message& m : sent) MPI_Wait(&m.request, MPI_STATUS_IGNORE);
  }
  if (failure) std::rethrow_exception(failure);
}

template void SlabGather::gather(std::span<const NamedValues>, const Use<float>&);
template void SlabGather::gather(std::span<const NamedValues>, const Use<double>&);

CellGather::CellGather(MPI_Comm comm, std::size_t count, int writers, std::size_t arrays, std::size_t bytes)
    : comm_(comm),
      writers_(comm, writers),
      arrays_(arrays),
      at_once_(std::max<std::size_t>(
          1, bytes / (sizeof(std::int64_t) + sizeof(Vector3) + sizeof(std::int32_t) + arrays * sizeof(double)))) {
  int ranks = 1;
  MPI_Comm_size(comm, &ranks);
  counts_.resize(static_cast<std::size_t>(ranks));
  const auto mine = static_cast<std::int64_t>(count);
  MPI_Allgather(&mine, 1, MPI_INT64_T, counts_.data(), 1, MPI_INT64_T, comm);
  of_writer_.assign(static_cast<std::size_t>(writers_.count()), 0);
  for (int r = 0; r < ranks; ++r)
    of_writer_[static_cast<std::size_t>(writers_.writer_of(r))] += counts_[static_cast<std::size_t>(r)];
}

void CellGather::gather(std::span<const std::int64_t> ids, std::span<const Vector3> positions,
                        std::span<const std::int32_t> types, std::span<const NamedValues> arrays, const Use& use) {
  int self = 0;
  MPI_Comm_rank(comm_, &self);
  const int writer = writers_.rank(writers_.writer_of(self));
  const std::size_t each = sizeof(std::int64_t) + sizeof(Vector3) + sizeof(std::int32_t) + arrays_ * sizeof(double);
  std::vector<std::byte> message;
  const auto pack = [&](std::size_t from, std::size_t n) {
    message.resize(n * each);
    std::byte* at = message.data();
    const auto put = [&](const auto* values) {
      std::memcpy(at, values + from, n * sizeof(*values));
      at += n * sizeof(*values);
    };
    put(ids.data());
    put(positions.data());
    put(types.data());
    for (const NamedValues& a : arrays) put(a.values.data());
  };
  GatheredCells cells;
  collectively(comm_, [&] {  // as above
    std::int64_t most = counts_[static_cast<std::size_t>(self)], all = 0;
    if (self == writer) {
      all = of_writer_[static_cast<std::size_t>(writers_.mine())];
      for (std::size_t r = 0; r < counts_.size(); ++r)
        if (writers_.writer_of(static_cast<int>(r)) == writers_.mine()) most = std::max(most, counts_[r]);
    }
    const auto at_once = static_cast<std::int64_t>(at_once_);
    message.reserve(static_cast<std::size_t>(std::min(most, at_once)) * each);
    const auto held = static_cast<std::size_t>(std::min(all, at_once));
    cells.ids.reserve(held);
    cells.positions.reserve(held);
    cells.types.reserve(held);
    cells.arrays.resize(arrays_);
    for (auto& a : cells.arrays) a.reserve(held);
  });
  if (self != writer) {
    for (std::size_t from = 0; from < ids.size(); from += at_once_) {
      pack(from, std::min(at_once_, ids.size() - from));
      MPI_Send(message.data(), static_cast<int>(message.size()), MPI_BYTE, writer, cell_tag, comm_);
    }
    return;
  }
  std::exception_ptr failure;
  const auto hand_on = [&] {
    unless_failed(failure, [&] { use(cells); });
    cells.ids.clear();
    cells.positions.clear();
    cells.types.clear();
    for (auto& a : cells.arrays) a.clear();
  };
  const auto take = [&](std::size_t n) {
    const std::byte* at = message.data();
    const auto get = [&](auto& to) {
      const std::size_t before = to.size();
      to.resize(before + n);
      std::memcpy(to.data() + before, at, n * sizeof(to[0]));
      at += n * sizeof(to[0]);
    };
    get(cells.ids);
    get(cells.positions);
    get(cells.types);
    for (auto& a : cells.arrays) get(a);
  };
  for (std::size_t r = 0; r < counts_.size(); ++r) {
    if (writers_.writer_of(static_cast<int>(r)) != writers_.mine()) continue;
    const auto count = static_cast<std::size_t>(counts_[r]);
    for (std::size_t from = 0; from < count; from += at_once_) {
      const std::size_t n = std::min(at_once_, count - from);
      if (cells.ids.size() + n > at_once_) hand_on();
      if (static_cast<int>(r) == self) {
        pack(from, n);
      } else {
        message.resize(n * each);
        MPI_Recv(message.data(), static_cast<int>(message.size()), MPI_BYTE, static_cast<int>(r), cell_tag, comm_,
                 MPI_STATUS_IGNORE);
      }
      take(n);
    }
  }
  if (!cells.ids.empty()) hand_on();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace vesicast::io
