// Cells that leave the tissue in mid run: what they did stays in the ledger and in the communication matrix.
#include "src/state/depart.hpp"

#include <gtest/gtest.h>

#include "decomposition/base/error.hpp"
#include "src/ledger/communication.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/recut.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/everything.hpp"

namespace vesicast::depart_test {
namespace {

/// A third of the first cells, of all types; then another.
void let_leave(test::Scene& s, std::int64_t which = 0) {
  std::vector<std::size_t> leaving;
  for (std::size_t c = 0; c < s.state.cells.size(); ++c)
    if (s.state.cells.id[c] / 3 % 3 == which) leaving.push_back(c);
  depart(s.state, std::move(leaving), *s.domain);
}

void run(test::Scene& s, double end) {
  Timings t;
  simulate(s, to_ticks(end), to_ticks(30.0), {}, t);
}

void expect_kept(const Balance& before, const Balance& after) {
  for (const LedgerLine& l : before.lines)
    if (l.side != Side::pool) {
      EXPECT_EQ(after[l.account], l.value) << before.name << ": " << l.account;
    }
  EXPECT_NEAR(after.sum(Side::pool) + after[left_with_cells], before.sum(Side::pool),
              1e-13 * std::max(1.0, before.sum(Side::in)))
      << before.name;
}

void expect_identical(const Ledger& a, const Ledger& b) {
  const auto all = a.balances(), others = b.balances();
  ASSERT_EQ(all.size(), others.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_EQ(all[i]->lines.size(), others[i]->lines.size());
    for (std::size_t l = 0; l < all[i]->lines.size(); ++l)
      EXPECT_EQ(all[i]->lines[l].value, others[i]->lines[l].value) << all[i]->name << ": " << all[i]->lines[l].account;
  }
}

void check(RunMode mode) {
  Parameters p = test::everything_with_a_switch({11, 9, 7});
  p.run.mode = mode;
  test::Scene shared = test::make_scene(p, test::cells_of(p));
  test::Scene alone = test::make_scene(p, test::cells_of(p), nullptr, MPI_COMM_SELF);
  for (test::Scene* s : {&shared, &alone}) {
    run(*s, 300.0);
    const MPI_Comm comm = s->domain->comm();
    const Ledger before = measure_ledger(s->state, s->model, comm);
    const auto matrix = measure_communication(s->state, s->model, comm);
    let_leave(*s);
    EXPECT_LT(s->state.cells.size(), 120u);

    // At once: the same sums of what was, to the bit; what was held has left.
    const Ledger after = measure_ledger(s->state, s->model, comm);
    EXPECT_LE(after.worst_residual(), 1e-12);
    ASSERT_EQ(after.balances().size(), before.balances().size());
    double left = 0.0;
    for (std::size_t i = 0; i < before.balances().size(); ++i) {
      expect_kept(*before.balances()[i], *after.balances()[i]);
      left += (*after.balances()[i])[left_with_cells];
    }
    EXPECT_GT(left, 0.0);
    const auto matrix_after = measure_communication(s->state, s->model, comm);
    ASSERT_EQ(matrix_after.size(), matrix.size());
    for (std::size_t i = 0; i < matrix.size(); ++i)
      if (matrix[i].route == info(CellArray::bound).name) {
        EXPECT_LE(matrix_after[i].amount, matrix[i].amount);
      } else {
        EXPECT_EQ(matrix_after[i].amount, matrix[i].amount) << matrix[i].donor << " " << matrix[i].recipient;
      }

    // And the run goes on.
    reseat(*s);
    run(*s, 600.0);
    let_leave(*s, 1);
    reseat(*s);
    run(*s, 900.0);
    EXPECT_LE(measure_ledger(s->state, s->model, comm).worst_residual(), 1e-12);
  }
  expect_identical(measure_ledger(shared.state, shared.model, MPI_COMM_WORLD),
                   measure_ledger(alone.state, alone.model, MPI_COMM_SELF));
  const auto a = measure_communication(shared.state, shared.model, MPI_COMM_WORLD);
  const auto b = measure_communication(alone.state, alone.model, MPI_COMM_SELF);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].amount, b[i].amount);
  std::int64_t gone = shared.state.departed.count();
  MPI_Allreduce(MPI_IN_PLACE, &gone, 1, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(gone, alone.state.departed.count());
  EXPECT_TRUE(std::ranges::any_of(alone.state.departed.cells, [](const DepartedCells& d) {
    return d.type != d.first_type && d.count > 0;
  })) << "no cell that had changed its type";
}

}  // namespace

TEST(Depart, TheLedgerAndTheMatrixKeepWhatCellsDid) {
  check(RunMode::deterministic);
}

TEST(Depart, InWholeVesiclesToo) {
  check(RunMode::stochastic_release);
}

TEST(Depart, NoCellTwiceAndNoneThatIsNot) {
  const Parameters p = test::everything({5, 4, 3});
  test::Scene s = test::make_scene(p, test::cells_of(p, 12));
  const std::size_t n = s.state.cells.size();
  EXPECT_THROW(depart(s.state, {n}, *s.domain), InternalError);
  if (n > 0) {
    EXPECT_THROW(depart(s.state, {0, 0}, *s.domain), InternalError);
  }
  EXPECT_EQ(s.state.cells.size(), n);
  EXPECT_EQ(s.state.departed.count(), 0);
}

TEST(Depart, ALineOfTheLedgerOnlyWhereCellsHaveLeft) {
  const Parameters p = test::everything({5, 4, 3});
  test::Scene s = test::make_scene(p, test::cells_of(p, 12));
  run(s, 60.0);
  for (const bool any : {false, true}) {
    const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
    for (const Balance* b : ledger.balances())
      EXPECT_EQ(std::ranges::count(b->lines, left_with_cells, &LedgerLine::account), any ? 1 : 0) << b->name;
    if (!any) let_leave(s);
  }
}

}  // namespace vesicast::depart_test
