#include "src/ledger/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/error.hpp"

namespace vesicast {
namespace {

/// Per field: free, entered, left, decayed, and one sum per cell array.
constexpr std::size_t field_sums = 4;
constexpr std::size_t sums_per_field = field_sums + cell_array_count;

Side side_of(Role role) { return role == Role::made ? Side::in : role == Role::pool ? Side::pool : Side::fate; }

std::vector<ExactSum> local_sums(const State& u, const Model& model) {
  std::vector<ExactSum> sums(model.fields.size() * sums_per_field + 2 * model.parameters.cargo.size());
  std::size_t at = 0;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const ReadScope scope(u.fields[f]);
    sums[at++].add(scope.values());
    sums[at++] = u.flows[f].entered;
    sums[at++] = u.flows[f].left;
    sums[at++] = u.flows[f].decayed;
    for (std::size_t a = 0; a < cell_array_count; ++a, ++at)
      if (cell_arrays[a].role != Role::flow) sums[at].add(u.cells.at(static_cast<CellArray>(a), f));
  }
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) {
    sums[at++].add(u.cells.cytosol[q]);
    sums[at++].add(u.cells.cargo_lost[q]);
  }
  return sums;
}

}  // namespace

double Balance::sum(Side side) const {
  double s = 0.0;
  for (const LedgerLine& l : lines)
    if (l.side == side) s += l.value;
  return s;
}

double Balance::residual() const {
  const double in = sum(Side::in);
  return std::abs(in - (sum(Side::pool) + sum(Side::fate))) / std::max(1.0, in);
}

double Balance::operator[](std::string_view account) const {
  for (const LedgerLine& l : lines)
    if (l.account == account) return l.value;
  return 0.0;
}

double Ledger::worst_residual() const {
  double worst = 0.0;
  for (const auto* balances : {&fields, &cargo})
    for (const Balance& b : *balances) worst = std::max(worst, b.residual());
  return worst;
}

Ledger measure_ledger(const State& u, const Model& model, MPI_Comm comm) {
  std::vector<ExactSum> sums = local_sums(u, model);
  sum_over_ranks(comm, sums);
  Ledger ledger;
  ledger.time = u.time;
  std::size_t at = 0;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    Balance b{model.field_name(f), "vesicle", {}};
    b.lines.push_back({"initial", Side::in, u.initial[f]});
    const double free = sums[at++].value();
    const double entered = sums[at++].value(), left = sums[at++].value(), decayed = sums[at++].value();
    std::vector<LedgerLine> cells;
    for (std::size_t a = 0; a < cell_array_count; ++a, ++at)
      if (cell_arrays[a].role != Role::flow)
        cells.push_back({std::string(cell_arrays[a].name), side_of(cell_arrays[a].role), sums[at].value()});
    const auto take = [&](Side side) {
      for (const LedgerLine& l : cells)
        if (l.side == side) b.lines.push_back(l);
    };
    take(Side::in);
    b.lines.push_back({"entered", Side::in, entered});
    b.lines.push_back({"free", Side::pool, free});
    take(Side::pool);
    take(Side::fate);
    b.lines.push_back({"decayed", Side::fate, decayed});
    b.lines.push_back({"left", Side::fate, left});
    ledger.fields.push_back(std::move(b));
  }
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) {
    // A vesicle carries a fixed mean number of copies, so they follow the vesicles until they are delivered.
    Balance b{model.parameters.cargo[q].name, "copies", {}};
    double in = 0.0, carried = 0.0, degraded = 0.0, decayed = 0.0, left = 0.0;
    for (std::size_t f = 0; f < model.fields.size(); ++f) {
      const double copies = model.copies[q][model.fields[f].vesicle];
      const Balance& v = ledger.fields[f];
      in += copies * v.sum(Side::in);
      carried += copies * v.sum(Side::pool);
      degraded += copies * v[info(CellArray::degraded).name];
      decayed += copies * v["decayed"];
      left += copies * v["left"];
    }
    b.lines = {{"loaded", Side::in, in},           {"carried", Side::pool, carried},   {"cytosol", Side::pool, sums[at].value()},
               {"degraded", Side::fate, degraded}, {"decayed", Side::fate, decayed},   {"left", Side::fate, left},
               {"lost in cytosol", Side::fate, sums[at + 1].value()}};
    at += 2;
    ledger.cargo.push_back(std::move(b));
  }
  return ledger;
}

void require_closed(const Ledger& ledger, double allowance) {
  const double limit = std::max(ledger_tolerance, allowance);
  for (const auto* balances : {&ledger.fields, &ledger.cargo})
    for (const Balance& b : *balances) {
      const double r = b.residual();
      if (r <= limit) continue;
      std::string text = fmt::format("the ledger of \"{}\" does not close at t = {} s: residual {:.3e}, allowed {:.1e}\n", b.name,
                                     to_seconds(ledger.time), r, limit);
      for (const LedgerLine& l : b.lines) text += fmt::format("  {:<16} {:>24} {}\n", l.account, l.value, b.unit);
      throw NumericsError(text);
    }
}

}  // namespace vesicast
