#include "src/extracellular/multigrid/gauss_seidel.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace vesicast {
namespace {

constexpr int sweep_tag = 7301;

}  // namespace

GaussSeidel::GaussSeidel(const OrderFreeMatrix& a, const MultigridLevel& level)
    : a_(a), comm_(PetscObjectComm(reinterpret_cast<PetscObject>(a.mat()))), values_(a.rows().number.size(), 0.0) {
  find_neighbours(level);
}

/// A rank asks the owners of the cells that its rows reach; along the axis on which two boxes touch, all cells of one
/// stand before all of the other.
void GaussSeidel::find_neighbours(const MultigridLevel& level) {
  int ranks = 1;
  MPI_Comm_size(comm_, &ranks);
  const OrderFreeMatrix::Rows& r = a_.rows();
  const std::size_t owned = r.first.size() - 1;
  std::map<int, Neighbour> found;
  std::map<int, std::vector<std::int64_t>> wanted;  // places in the grid
  const auto cell = [&](std::int64_t place) {
    return Index3{place % level.cells[0], place / level.cells[0] % level.cells[1],
                  place / (level.cells[0] * level.cells[1])};
  };
  std::vector<bool> before(values_.size(), false);
  for (std::size_t i = 0; i < owned; ++i)
    for (std::size_t k = r.first[i]; k < r.first[i + 1]; ++k)
      if (r.column[k] >= owned) before[r.column[k]] = r.number[r.column[k]] < r.number[i];
  for (std::size_t c = owned; c < values_.size(); ++c) {
    const int owner = level.layout.owner(cell(r.number[c]));
    Neighbour& n = found[owner];
    n.rank = owner;
    n.before = before[c];
    n.seen.push_back(c);
    wanted[owner].push_back(r.number[c]);
  }
  // Rows of a flow need not reach both ways between two cells, so who is asked is learnt from who asks.
  std::vector<int> asks(static_cast<std::size_t>(ranks), 0), asked(asks.size());
  for (const auto& [rank, places] : wanted) asks[static_cast<std::size_t>(rank)] = static_cast<int>(places.size());
  MPI_Alltoall(asks.data(), 1, MPI_INT, asked.data(), 1, MPI_INT, comm_);
  const auto starts = [](const std::vector<int>& counts) {
    std::vector<int> first(counts.size(), 0);
    std::partial_sum(counts.begin(), counts.end() - 1, first.begin() + 1);
    return first;
  };
  std::vector<std::int64_t> out;
  for (const auto& [rank, places] : wanted) out.insert(out.end(), places.begin(), places.end());
  std::vector<std::int64_t> in(static_cast<std::size_t>(std::accumulate(asked.begin(), asked.end(), 0)));
  const auto out_first = starts(asks), in_first = starts(asked);
  MPI_Alltoallv(out.data(), asks.data(), out_first.data(), MPI_INT64_T, in.data(), asked.data(), in_first.data(),
                MPI_INT64_T, comm_);
  for (std::size_t rank = 0; rank < asked.size(); ++rank)
    for (int k = 0; k < asked[rank]; ++k) {
      const auto place = in[static_cast<std::size_t>(in_first[rank] + k)];
      Neighbour& n = found[static_cast<int>(rank)];
      n.rank = static_cast<int>(rank);
      n.given.push_back(static_cast<std::size_t>(level.owned.offset(cell(place))));
      if (n.seen.empty()) {
        const Box other = level.layout.owned_by(n.rank);
        n.before = false;
        for (std::size_t a = 0; a < 3; ++a) n.before = n.before || other.upper[a] <= level.owned.lower[a];
      }
    }
  for (auto& [rank, n] : found) neighbours_.push_back(std::move(n));
}

void GaussSeidel::configure(PC pc) {
  petsc::check(PCSetType(pc, PCSHELL));
  petsc::check(PCShellSetContext(pc, this));
  petsc::check(PCShellSetName(pc, "symmetric Gauss-Seidel in the order of the whole grid"));
  petsc::check(PCShellSetApply(pc, &apply_shell));
}

void GaussSeidel::relax(std::size_t row, double b) {
  const OrderFreeMatrix::Rows& r = a_.rows();
  for (std::size_t k = r.first[row]; k < r.first[row + 1]; ++k)
    if (k != r.diagonal[row]) b -= r.value[k] * values_[r.column[k]];
  values_[row] = b / r.value[r.diagonal[row]];
}

void GaussSeidel::receive(bool from_before) {
  for (Neighbour& n : neighbours_) {
    if (n.before != from_before || n.seen.empty()) continue;
    n.received.resize(n.seen.size());
    MPI_Recv(n.received.data(), static_cast<int>(n.received.size()), MPI_DOUBLE, n.rank, sweep_tag, comm_,
             MPI_STATUS_IGNORE);
    for (std::size_t i = 0; i < n.seen.size(); ++i) values_[n.seen[i]] = n.received[i];
  }
}

/// Without waiting for the receiver: it may be waiting for another rank before this one.
void GaussSeidel::send(bool to_before) {
  for (Neighbour& n : neighbours_) {
    if (n.before != to_before || n.given.empty()) continue;
    n.sent.clear();
    for (const std::size_t i : n.given) n.sent.push_back(values_[i]);
    sends_.emplace_back();
    MPI_Isend(n.sent.data(), static_cast<int>(n.sent.size()), MPI_DOUBLE, n.rank, sweep_tag, comm_, &sends_.back());
  }
}

void GaussSeidel::apply(Vec b, Vec y) {
  const ReadScope rest(b);
  const std::size_t owned = rest.values().size();
  std::ranges::fill(values_, 0.0);
  receive(true);
  for (std::size_t i = 0; i < owned; ++i) relax(i, rest.values()[i]);
  send(false);
  receive(false);
  for (std::size_t i = owned; i-- > 0;) relax(i, rest.values()[i]);
  send(true);
  std::copy_n(values_.begin(), owned, WriteScope(y).values().begin());
  MPI_Waitall(static_cast<int>(sends_.size()), sends_.data(), MPI_STATUSES_IGNORE);
  sends_.clear();
}

PetscErrorCode GaussSeidel::apply_shell(PC pc, Vec x, Vec y) {
  void* context = nullptr;
  PetscCall(PCShellGetContext(pc, &context));
  try {
    static_cast<GaussSeidel*>(context)->apply(x, y);
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return 0;
}

}  // namespace vesicast
