#include "src/extracellular/polynomial/sign_limiter.hpp"

#include <mpi.h>

#include <algorithm>
#include <vector>

namespace vesicast {
namespace {

bool any_rank(MPI_Comm comm, bool here) {
  int flag = here ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &flag, 1, MPI_INT, MPI_LOR, comm);
  return flag != 0;
}

/// What moves in and out of single voxels in the piece.
template <class Stencil>
class Balance {
 public:
  Balance(const Stencil& stencil, const FinishedPiece& piece, const double* limit)
      : stencil_(stencil), piece_(piece), shape_(piece.op->shape()), limit_(limit) {}

  /// What leaves voxel `at` unlimited [vesicle]: through faces, by decay and, unless its clock is slowed, into sinks.
  [[nodiscard]] double outflow(std::size_t at, const Index3& v, std::ptrdiff_t term) const {
    double out = 0.0;
    for_each_face(at, v, [&](std::size_t, double outward) { out += std::max(0.0, outward); });
    return out + decay(at) + (fast(term) ? sink(at, term) : 0.0);
  }
  /// What voxel `at` had at the start.
  [[nodiscard]] double had(std::size_t at) const { return piece_.start[at] / unit(at); }
  /// What it holds at the end before a slowed sink takes its share, with the limits or as if there were none.
  [[nodiscard]] double content(std::size_t at, const Index3& v, std::ptrdiff_t term, bool limited = true) const {
    double in = 0.0;
    for_each_face(at, v, [&](std::size_t other, double outward) {
      in += (limited ? limit_[other] : 1.0) * std::max(0.0, -outward);
    });
    if (term >= 0) in += piece_.dt * piece_.terms->source[static_cast<std::size_t>(term)];
    return (had(at) - (limited ? limit_[at] : 1.0) * outflow(at, v, term)) + in;
  }
  [[nodiscard]] double decay(std::size_t at) const { return piece_.dt * stencil_.loss() * held(at); }
  [[nodiscard]] double held(std::size_t at) const { return piece_.average[at] / unit(at); }
  /// Is there a voxel with a limit beside this one?
  [[nodiscard]] bool touched(std::size_t at, const Index3& v) const {
    bool any = limit_[at] < 1.0;
    for_each_face(at, v, [&](std::size_t other, double) { any = any || limit_[other] < 1.0; });
    return any;
  }
  /// No sink, or one on the voxel's own clock.
  [[nodiscard]] bool fast(std::ptrdiff_t term) const {
    return term < 0 || piece_.terms->pace[static_cast<std::size_t>(term)] == 1.0;
  }

 private:
  [[nodiscard]] double unit(std::size_t at) const {
    const double u = stencil_.content_to_u(at);
    return u > 0.0 ? u : 1.0;
  }
  [[nodiscard]] double sink(std::size_t at, std::ptrdiff_t term) const {
    return term < 0 ? 0.0 : piece_.dt * piece_.terms->loss[static_cast<std::size_t>(term)] * held(at);
  }
  /// visit(neighbour, vesicles that leave towards it).
  template <class Visit>
  void for_each_face(std::size_t at, const Index3& v, Visit&& visit) const {
    const double* u = piece_.average;
    std::size_t stride = 1;
    for (std::size_t a = 0; a < 3; ++a) {
      if (!shape_.wall(a, 0) || v[a] > shape_.owned.lower[a])
        visit(at - stride, piece_.dt * stencil_.face(a, at) * (u[at] - u[at - stride]));
      if (!shape_.wall(a, 1) || v[a] < shape_.owned.upper[a] - 1)
        visit(at + stride, piece_.dt * stencil_.face(a, at + stride) * (u[at] - u[at + stride]));
      stride *= static_cast<std::size_t>(shape_.covered.extent(a));
    }
  }

  const Stencil& stencil_;
  const FinishedPiece& piece_;
  const SweepShape& shape_;
  const double* limit_;
};

/// Calls visit(at, v, owned offset, term or -1) for every owned voxel.
template <class Visit>
void for_each_owned(const SweepShape& shape, const SparseTerms& terms, Visit&& visit) {
  const TermPlaces& p = *terms.places;
  std::size_t term = 0;
  for (std::int64_t i = 0; i < shape.owned.volume(); ++i) {
    const Index3 v = shape.owned.voxel(i);
    const std::int64_t at = shape.covered.offset(v);
    while (term < p.at.size() && p.at[term] < at) ++term;
    const bool here = term < p.at.size() && p.at[term] == at;
    visit(static_cast<std::size_t>(at), v, static_cast<std::size_t>(i), here ? static_cast<std::ptrdiff_t>(term) : -1);
  }
}

template <class Stencil>
std::int64_t limit_outflow_of(const Stencil& stencil, const FinishedPiece& piece, const Halo& halo, double* limit) {
  const SweepShape& shape = piece.op->shape();
  SparseTerms& terms = *piece.terms;
  const Balance<Stencil> balance(stencil, piece, limit);
  std::int64_t limited = 0;
  for (bool first = true;; first = false) {
    bool more = false;
    for_each_owned(shape, terms, [&](std::size_t at, const Index3& v, std::size_t i, std::ptrdiff_t term) {
      if (limit[at] < 1.0) return;
      const bool below = first || !balance.touched(at, v) ? piece.content[i] < 0.0 : balance.content(at, v, term) < 0.0;
      if (!below) return;
      const double out = balance.outflow(at, v, term);
      // A hair below what it had, so that the difference cannot round below zero.
      limit[at] = out > 0.0 ? std::min(1.0, balance.had(at) / out) * (1.0 - 1e-15) : 0.0;
      more = true;
      ++limited;
    });
    if (!any_rank(halo.comm(), more)) break;
    halo.exchange(std::span<double* const>(&limit, 1));
  }
  if (!any_rank(halo.comm(), limited > 0)) return 0;
  for_each_owned(shape, terms, [&](std::size_t at, const Index3& v, std::size_t i, std::ptrdiff_t term) {
    if (!balance.touched(at, v)) return;
    const double less = 1.0 - limit[at];
    const double before = balance.content(at, v, term);
    const double not_decayed = -less * balance.decay(at);
    piece.decayed->add({&not_decayed, 1});
    if (balance.fast(term)) {
      piece.content[i] = before;
      if (term >= 0) terms.integral[static_cast<std::size_t>(term)] -= less * piece.dt * balance.held(at);
      return;
    }
    // A slowed sink keeps what it took, as far as there is anything left to take it from.
    const auto t = static_cast<std::size_t>(term);
    const double took = balance.content(at, v, term, false) - piece.content[i];
    const double takes = std::clamp(took, 0.0, before);
    piece.content[i] = before - takes;
    terms.integral[t] += (takes - took) / terms.loss[t];
  });
  return limited;
}

}  // namespace

std::int64_t limit_outflow(const FinishedPiece& piece, const Halo& halo, WorkArray& limit) {
  const bool negative = std::any_of(piece.content.begin(), piece.content.end(), [](double n) { return n < 0.0; });
  if (!any_rank(halo.comm(), negative)) return 0;
  const auto size = static_cast<std::size_t>(halo.covered().volume());
  limit.resize(size);
  std::fill_n(limit.data(), size, 1.0);
  return std::visit([&](const auto& stencil) { return limit_outflow_of(stencil, piece, halo, limit.data()); },
                    piece.op->stencil());
}

}  // namespace vesicast
