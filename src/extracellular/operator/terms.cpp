#include "src/extracellular/operator/terms.hpp"

#include <algorithm>

namespace vesicast {
namespace {

double inverse_volume(const Operator& op, std::int64_t at) {
  return std::visit([&](const auto& s) { return s.inverse_volume(static_cast<std::size_t>(at)); }, op.stencil());
}

}  // namespace

TermPlaces place_terms(const Operator& op, std::span<const std::int64_t> voxel, const SparseRim& rim) {
  const SweepShape& shape = op.shape();
  const Box& covered = shape.covered;
  std::vector<std::int64_t> of_exchange;
  for (const std::int64_t v : voxel) of_exchange.push_back(covered.offset(shape.owned.voxel(v)));
  TermPlaces p;
  p.at = of_exchange;
  p.at.insert(p.at.end(), rim.received().begin(), rim.received().end());
  for (const LocalTerm& t : op.terms()) p.at.push_back(t.at);
  std::sort(p.at.begin(), p.at.end());
  p.at.erase(std::unique(p.at.begin(), p.at.end()), p.at.end());

  const auto position = [&](std::int64_t at) {
    return static_cast<std::size_t>(std::lower_bound(p.at.begin(), p.at.end(), at) - p.at.begin());
  };
  for (const std::int64_t at : of_exchange) p.of_exchange.push_back(position(at));
  for (const std::int64_t at : rim.received()) p.of_rim.push_back(position(at));
  for (const LocalTerm& t : op.terms()) p.of_term.push_back(position(t.at));

  p.row_begin.assign(static_cast<std::size_t>(covered.extent(1) * covered.extent(2)) + 1, 0);
  for (const std::int64_t at : p.at) {
    const Index3 v = covered.voxel(at);
    p.owned.push_back(shape.owned.contains(v) ? shape.owned.offset(v) : -1);
    p.rate.push_back(op.rate_within_walls(at));
    ++p.row_begin[static_cast<std::size_t>(at / covered.extent(0)) + 1];
  }
  for (std::size_t r = 1; r < p.row_begin.size(); ++r) p.row_begin[r] += p.row_begin[r - 1];
  return p;
}

void fill_terms(SparseTerms& t, const Operator& op, std::span<const double> release, std::span<const double> clearance,
                const Outside& outside) {
  const TermPlaces& p = *t.places;
  t.loss.assign(p.at.size(), 0.0);
  t.source.assign(p.at.size(), 0.0);
  t.integral.assign(p.at.size(), 0.0);
  for (std::size_t i = 0; i < p.of_term.size(); ++i) {
    t.loss[p.of_term[i]] += op.terms()[i].loss;
    t.source[p.of_term[i]] += outside.inflow(op.terms()[i]);
  }
  for (std::size_t e = 0; e < p.of_exchange.size(); ++e) {
    t.loss[p.of_exchange[e]] += clearance[e] * inverse_volume(op, p.at[p.of_exchange[e]]);
    t.source[p.of_exchange[e]] += release[e];
  }
}

void fill_rim_terms(SparseTerms& t, const Operator& op, std::span<const double> release,
                    std::span<const double> clearance) {
  const TermPlaces& p = *t.places;
  for (std::size_t r = 0; r < p.of_rim.size(); ++r) {
    t.loss[p.of_rim[r]] += clearance[r] * inverse_volume(op, p.at[p.of_rim[r]]);
    t.source[p.of_rim[r]] += release[r];
  }
}

void set_pace(SparseTerms& t, const Operator& op, double q) {
  const TermPlaces& p = *t.places;
  t.pace.resize(p.at.size());
  t.sweep.resize(p.at.size());
  std::visit(
      [&](const auto& stencil) {
        for (std::size_t i = 0; i < p.at.size(); ++i) {
          // A margin against round-off in the diagonal of P, as the sweep's own rate has.
          t.pace[i] = std::min(1.0, q / ((p.rate[i] + t.loss[i]) * (1.0 + 5e-4)));
          const double to_u = stencil.content_to_u(static_cast<std::size_t>(p.at[i]));
          t.sweep[i] = {p.at[i], t.loss[i], t.pace[i] * t.source[i] * to_u, t.pace[i]};
        }
      },
      op.stencil());
}

}  // namespace vesicast
