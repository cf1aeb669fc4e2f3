#include "src/ledger/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "decomposition/collectively.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

Side side_of(Role role) {
  return role == Role::made ? Side::in : role == Role::pool ? Side::pool : Side::fate;
}

/// Sums of the cell arrays that the ledger counts, in the list's order, for one field or cargo of so `many`;
/// populations of MVBs together. Then what left with cells.
void add_cells(const State& u, Scope scope, std::size_t which, std::size_t many, std::vector<ExactSum>& sums) {
  ExactSum left;
  for_each_cell_array(scope, [&](CellArray a) {
    if (info(a).role == Role::flow) return;
    ExactSum& sum = sums.emplace_back();
    for (std::size_t i = which; i < u.cells.count(a); i += many) {
      sum.add(u.cells.at(a, i));  // 0 where the run has none
      for (const DepartedCells& d : u.departed.cells) (info(a).role == Role::pool ? left : sum) += d.at(a, i);
    }
  });
  sums.push_back(left);
}

/// What a field gains and loses outside its voxels and cells, as the ledger lists it. Vessels that no region of the run
/// has are left out.
struct FlowAccount {
  const char* name;
  Side side;
  ExactSum TransportFlows::*flow;
  std::optional<Vessels> Region::*vessels;  ///< which vessels it needs; null: none
};
constexpr std::array<FlowAccount, 7> flow_accounts{{
    {"entered", Side::in, &TransportFlows::entered, nullptr},
    {"from blood", Side::in, &TransportFlows::from_blood, &Region::blood},
    {"from lymph", Side::in, &TransportFlows::from_lymph, &Region::lymph},
    {"decayed", Side::fate, &TransportFlows::decayed, nullptr},
    {"left", Side::fate, &TransportFlows::left, nullptr},
    {"to blood", Side::fate, &TransportFlows::to_blood, &Region::blood},
    {"to lymph", Side::fate, &TransportFlows::to_lymph, &Region::lymph},
}};

/// Calls visit(account) for the accounts of the run on one side.
template <class Visit>
void for_each_flow(const Model& model, Side side, Visit&& visit) {
  const auto any_region = [&](std::optional<Vessels> Region::*vessels) {
    return std::ranges::any_of(model.parameters().regions,
                               [&](const Region& r) { return !r.obstacle && (r.*vessels).has_value(); });
  };
  for (const FlowAccount& a : flow_accounts)
    if (a.side == side && (a.vessels == nullptr || any_region(a.vessels))) visit(a);
}

/// The arrays of a donor's intraluminal vesicles that count, in the list's order.
template <class Visit>
void for_each_ilv_array(Visit&& visit) {
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const ArrayInfo& array = cell_arrays[a];
    const bool counts = array.role == Role::made || array.role == Role::pool || array.role == Role::fate;
    if (counts && (array.scope == Scope::cell || array.scope == Scope::cell_route)) visit(static_cast<CellArray>(a));
  }
}

/// Has the cell type a donor pathway, or one that its cells may become?
bool makes_ilvs(const Model& model, std::size_t type) {
  for (std::size_t n = 0; n <= model.becomes.size(); ++n) {
    if (model.pathways[type]) return true;
    if (!model.becomes[type]) return false;
    type = model.becomes[type]->to;
  }
  return false;
}

/// Per cell type with a pathway, those arrays over the cells that began as such, populations and routes together. Then
/// what left with cells.
void add_ilvs(const State& u, const Model& model, std::vector<ExactSum>& sums) {
  for (std::size_t t = 0; t < model.pathways.size(); ++t) {
    if (!makes_ilvs(model, t)) continue;
    ExactSum left;
    for_each_ilv_array([&](CellArray a) {
      ExactSum& sum = sums.emplace_back();
      for (std::size_t x = 0; x < u.cells.count(a); ++x) {
        const auto values = u.cells.at(a, x);
        for (std::size_t c = 0; c < values.size(); ++c)
          if (static_cast<std::size_t>(u.cells.first_type[c]) == t) sum.add(values[c]);
        for (const DepartedCells& d : u.departed.cells)
          if (static_cast<std::size_t>(d.first_type) == t) (info(a).role == Role::pool ? left : sum) += d.at(a, x);
      }
    });
    sums.push_back(left);
  }
}

/// How many cells left; per field: free, its flows, what was turned over, what is on the matrix where the class binds,
/// and the cells'; then per cargo the cells', and per donor type the intraluminal vesicles.
std::vector<ExactSum> local_sums(const State& u, const Model& model) {
  std::vector<ExactSum> sums;
  sums.emplace_back().add(static_cast<double>(u.departed.count()));
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const ReadScope scope(u.fields[f]);
    sums.emplace_back().add(scope.values());
    for (const Side side : {Side::in, Side::fate})
      for_each_flow(model, side, [&](const FlowAccount& a) { sums.push_back(u.flows[f].*a.flow); });
    sums.push_back(u.flows[f].turned_over);
    if (u.bound_fields[f]) sums.emplace_back().add(ReadScope(*u.bound_fields[f]).values());
    add_cells(u, Scope::cell_field, f, model.fields.size(), sums);
  }
  for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q)
    add_cells(u, Scope::cell_cargo, q, model.parameters().cargo.size(), sums);
  add_ilvs(u, model, sums);
  return sums;
}

/// The lines that local_sums' cell arrays become, those that `shown` allows, read off from `sum` on; the last is what
/// left with cells, where any did.
template <class Shown>
std::vector<LedgerLine> cell_lines(Scope scope, bool any_left, std::vector<ExactSum>::const_iterator& sum,
                                   Shown&& shown) {
  std::vector<LedgerLine> lines;
  for_each_cell_array(scope, [&](CellArray a) {
    if (info(a).role == Role::flow) return;
    const double value = (sum++)->value();
    if (shown(a)) lines.push_back({std::string(info(a).name), side_of(info(a).role), value});
  });
  const double left = (sum++)->value();
  if (any_left) lines.push_back({left_with_cells, Side::fate, left});
  return lines;
}

void append_side(Balance& b, const std::vector<LedgerLine>& lines, Side side) {
  for (const LedgerLine& l : lines)
    if (l.side == side) b.lines.push_back(l);
}

/// What a cargo has in vesicles: in fields of copies, and in vesicles that carry a given mean number of them, where the
/// copies follow the vesicles until they are delivered.
Balance cargo_balance(const State& u, const Model& model, const Ledger& ledger, const std::vector<Balance>& copies,
                      std::size_t q, const std::vector<LedgerLine>& cells) {
  Balance b{model.parameters().cargo[q].name, std::string(info(CellArray::cytosol).unit), {}, 0.0};
  double loaded = 0.0, carried = 0.0, degraded = 0.0, initial = u.initial_cargo[q];
  const bool any_left = !cells.empty() && cells.back().account == left_with_cells;
  double left_in_vesicles = 0.0;
  std::vector<LedgerLine> gone, came;
  for_each_flow(model, Side::fate, [&](const FlowAccount& a) { gone.push_back({a.name, Side::fate, 0.0}); });
  for_each_flow(model, Side::in, [&](const FlowAccount& a) { came.push_back({a.name, Side::in, 0.0}); });
  bool any_given = false;
  for (std::size_t f = 0; f < model.carriers; ++f) {
    const double per_vesicle = model.copies[q][model.fields[f].vesicle];
    any_given = any_given || per_vesicle > 0.0;
    const Balance& v = ledger.fields[f];
    loaded += per_vesicle * v.sum(Side::in);
    carried += per_vesicle * v.sum(Side::pool);
    degraded += per_vesicle * v[info(CellArray::degraded).name];
    if (any_left) left_in_vesicles += per_vesicle * v[left_with_cells];
    for (LedgerLine& l : gone) l.value += per_vesicle * v[l.account];
    b.turned_over += per_vesicle * v.turned_over;
  }
  bool in_fields = false;
  for (std::size_t g = model.carriers; g < model.fields.size(); ++g) {
    if (model.fields[g].cargo != q) continue;
    in_fields = true;
    const Balance& v = copies[g - model.carriers];
    initial += u.initial[g];
    carried += v.sum(Side::pool);
    degraded += v[info(CellArray::degraded).name];
    if (any_left) left_in_vesicles += v[left_with_cells];
    for (auto* lines : {&gone, &came})
      for (LedgerLine& l : *lines) l.value += v[l.account];
    b.turned_over += v.turned_over;
  }
  if (in_fields || model.cell_arrays(CellArray::synthesised, q)) b.lines.push_back({"initial", Side::in, initial});
  if (any_given || !in_fields) b.lines.push_back({"loaded", Side::in, loaded});
  append_side(b, cells, Side::in);
  if (in_fields) append_side(b, came, Side::in);
  b.lines.push_back({"carried", Side::pool, carried});
  append_side(b, cells, Side::pool);
  b.lines.push_back({"degraded", Side::fate, degraded});
  b.lines.insert(b.lines.end(), gone.begin(), gone.end());
  append_side(b, cells, Side::fate);
  if (any_left) b.lines.back().value += left_in_vesicles;
  return b;
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
  return std::abs(in - (sum(Side::pool) + sum(Side::fate))) / std::max(1.0, in + turnover_weight * turned_over);
}

double Balance::operator[](std::string_view account) const {
  for (const LedgerLine& l : lines)
    if (l.account == account) return l.value;
  throw InternalError(fmt::format("the ledger of \"{}\" has no account \"{}\"", name, account));
}

std::vector<const Balance*> Ledger::balances() const {
  std::vector<const Balance*> all;
  for (const auto* group : {&fields, &cargo, &donors})
    for (const Balance& b : *group) all.push_back(&b);
  return all;
}

double Ledger::worst_residual() const {
  double worst = 0.0;
  for (const Balance* b : balances()) worst = std::max(worst, b->residual());
  return worst;
}

Ledger measure_ledger(const State& u, const Model& model, MPI_Comm comm) {
  std::vector<ExactSum> sums;
  collectively(comm, [&] { sums = local_sums(u, model); });
  sum_over_ranks(comm, sums);
  Ledger ledger;
  std::vector<Balance> copies;  // of the fields of copies, which belong to their cargo's balance
  ledger.time = u.time;
  ledger.steps = u.steps;
  auto sum = sums.cbegin();
  const bool any_left = (sum++)->value() > 0.0;
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const std::size_t j = model.fields[f].vesicle;
    Balance b{model.field_name(f), std::string(model.unit_of_field(f)), {}, 0.0};
    const double free = (sum++)->value();
    std::vector<LedgerLine> flows;
    for (const Side side : {Side::in, Side::fate})
      for_each_flow(model, side, [&](const FlowAccount& a) { flows.push_back({a.name, side, (sum++)->value()}); });
    b.turned_over = (sum++)->value();
    const bool binds = u.bound_fields[f].has_value();
    const double on_matrix = binds ? (sum++)->value() : 0.0;
    const std::vector<LedgerLine> cells =
        cell_lines(Scope::cell_field, any_left, sum, [&](CellArray a) { return model.has(j, a); });
    b.lines.push_back({"initial", Side::in, u.initial[f]});
    append_side(b, cells, Side::in);
    append_side(b, flows, Side::in);
    b.lines.push_back({std::string(free_vesicles.name), Side::pool, free});
    if (binds) b.lines.push_back({std::string(matrix_bound.name), Side::pool, on_matrix});
    append_side(b, cells, Side::pool);
    append_side(b, cells, Side::fate);
    append_side(b, flows, Side::fate);
    (f < model.carriers ? ledger.fields : copies).push_back(std::move(b));
  }
  for (std::size_t q = 0; q < model.parameters().cargo.size(); ++q)
    ledger.cargo.push_back(cargo_balance(
        u, model, ledger, copies, q,
        cell_lines(Scope::cell_cargo, any_left, sum, [&](CellArray a) { return model.cell_arrays(a, q); })));
  for (std::size_t t = 0; t < model.pathways.size(); ++t) {
    if (!makes_ilvs(model, t)) continue;
    Balance b{fmt::format("intraluminal vesicles of {}", model.parameters().cell_types[t].name), "vesicle", {}};
    std::vector<LedgerLine> lines;
    for_each_ilv_array([&](CellArray a) {
      lines.push_back({std::string(info(a).name), side_of(info(a).role), (sum++)->value()});
    });
    const double left = (sum++)->value();
    if (any_left) lines.push_back({left_with_cells, Side::fate, left});
    b.lines.push_back({"initial", Side::in, u.initial_ilvs[t]});
    for (const Side side : {Side::in, Side::pool, Side::fate}) append_side(b, lines, side);
    ledger.donors.push_back(std::move(b));
  }
  return ledger;
}

void require_closed(const Ledger& ledger, double allowance) {
  const double rounding = ledger_tolerance * std::max(1.0, static_cast<double>(ledger.steps) / ledger_tolerance_steps);
  const double limit = std::max(rounding, allowance);
  for (const Balance* b : ledger.balances())
    for (const LedgerLine& l : b->lines)
      if (!std::isfinite(l.value))
        throw NumericsError(
            fmt::format("\"{}\" at t = {} s: {} is not finite", b->name, to_seconds(ledger.time), l.account));
  const Balance* worst = nullptr;
  for (const Balance* b : ledger.balances())
    if (worst == nullptr || !(b->residual() <= worst->residual())) worst = b;
  if (worst == nullptr || worst->residual() <= limit) return;
  std::string text = fmt::format("the ledger of \"{}\" does not close at t = {} s: residual {:.3e}, allowed {:.1e}\n",
                                 worst->name, to_seconds(ledger.time), worst->residual(), limit);
  for (const LedgerLine& l : worst->lines) text += fmt::format("  {:<16} {:>24} {}\n", l.account, l.value, worst->unit);
  throw NumericsError(text);
}

}  // namespace vesicast
