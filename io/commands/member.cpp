#include "io/commands/member.hpp"

#include <fmt/format.h>

#include <bit>
#include <functional>

#include "decomposition/collectively.hpp"
#include "io/config/resolve.hpp"
#include "io/output/output_names.hpp"
#include "io/output/planned.hpp"
#include "src/interstitium/obstacle_test.hpp"
#include "src/ledger/ledger.hpp"
#include "src/model/cargo_supply.hpp"
#include "src/parameters/parameters.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/plan/weighted_cut.hpp"
#include "src/run/assemble.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "src/tissue/placement.hpp"

namespace vesicast::io {
namespace {

std::vector<double> no_file(const MapFile& map, const Domain&, int) {
  throw InputError(fmt::format("{}: a member reads no file", map.file));
}

/// Looks at every step.
class Auditor : public Observer {
 public:
  explicit Auditor(Ticks every) : every_(every) {}
  [[nodiscard]] Ticks interval() const override { return every_; }
  void observe(const Simulation& s, std::int64_t) override { audit(s); }

 private:
  Ticks every_;
};

/// The bits of a value and of its place, mixed (the finaliser of SplitMix64).
std::uint64_t mixed(std::uint64_t place, double value) {
  std::uint64_t x = std::bit_cast<std::uint64_t>(value) + 0x9e3779b97f4a7c15ULL * (place + 1);
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

std::uint64_t sum(MPI_Comm comm, std::uint64_t value) {
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_UINT64_T, MPI_SUM, comm);
  return value;
}

std::uint64_t print_of_fields(const Simulation& s) {
  std::uint64_t print = 0, which = 0;
  const auto add = [&](const Field& field) {
    const ReadScope scope(field);
    const Box& owned = s.domain->owned();
    for (std::int64_t i = 0; i < owned.volume(); ++i)
      print += mixed(static_cast<std::uint64_t>(s.domain->grid().global_index(owned.voxel(i))) + (which << 40U),
                     scope.values()[static_cast<std::size_t>(i)]);
    ++which;
  };
  for (const Field& field : s.state.fields) add(field);
  for (const std::optional<Field>& field : s.state.bound_fields)
    if (field) add(*field);
  return sum(s.comm(), print);
}

std::uint64_t print_of_cells(const Simulation& s) {
  const Cells& cells = s.state.cells;
  std::uint64_t print = 0;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    std::uint64_t which = 0;
    const auto add = [&](double value) {
      print += mixed(static_cast<std::uint64_t>(cells.id[c]) + (which++ << 40U), value);
    };
    add(cells.type[c]);
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t i = 0; i < cells.count(static_cast<CellArray>(a)); ++i)
        if (const auto values = cells.at(static_cast<CellArray>(a), i); !values.empty()) add(values[c]);
  }
  return sum(s.comm(), print);
}

std::string text_of(const Ledger& ledger) {
  std::string text;
  for (const Balance* b : ledger.balances())
    for (const LedgerLine& l : b->lines) text += fmt::format("{},{},{}\n", b->name, l.account, l.value);
  return text;
}

class MemberRun {
 public:
  MemberRun(MPI_Comm comm, MemberResult& result) : comm_(comm), result_(result) {
    MPI_Comm_rank(comm, &rank_);
    MPI_Comm_size(comm, &ranks_);
  }

  void run(const std::string& text, const std::vector<std::string>& overrides, double longest) {
    result_.refused = true;
    collectively(comm_, [&] { validate(text, overrides, longest); });
    result_.refused = false;
    Simulation s = assemble(p_, comm_, cells_, no_file);
    if (p_.run.steady)
      collectively(comm_, [&] { static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats)); });
    Auditor auditor(1);
    Observer* const observers[] = {&auditor};
    Timings timings;
    if (p_.run.automatic) {
      StepControl control(*p_.run.automatic, s.site);
      simulate(s, p_.run.end, std::ref(control), observers, timings);
    } else {
      simulate(s, p_.run.end, p_.run.step, observers, timings);
    }
    result_.steps = s.state.steps;
    const Ledger ledger = measure_ledger(s.state, s.model, s.comm());
    collectively(comm_, [&] { require_closed(ledger, s.site.transport->ledger_allowance()); });
    result_.tables = text_of(ledger);
    result_.fields = print_of_fields(s);
    result_.cells = print_of_cells(s);
  }

 private:
  void validate(const std::string& text, const std::vector<std::string>& overrides, double longest) {
    Resolved resolved = resolve(text, "member.toml", overrides);
    p_ = with_size_bins(std::move(resolved.parameters));
    check_starts(p_);
    const Grid grid = make_grid(p_.domain);
    Domain::require_indexable(grid);
    check_output_names(p_);
    check_chosen_output(p_);
    static_cast<void>(uniform_layout(grid, ranks_));
    const auto obstacles = obstacle_test(p_, grid, no_file);
    std::vector<PlacedCell> cells =
        place_cells(p_, grid, std::vector<std::vector<PlacedCell>>(p_.tissue.size()), obstacles);
    if (obstacles)
      for (const PlacedCell& c : cells)
        if (obstacles(grid.voxel_of(c.position))) throw InputError("a cell lies in an obstacle");
    const RunNumbers numbers = derive_numbers(p_, constant_summary(p_), cells, ranks_);
    require_bearable(numbers);
    if (numbers.step_seconds * static_cast<double>(p_.run.end) > longest * static_cast<double>(numbers.step))
      throw InputError("it would take longer than a member may");
    if (rank_ == 0) cells_ = std::move(cells);
  }

  MPI_Comm comm_;
  MemberResult& result_;
  int rank_ = 0, ranks_ = 1;
  Parameters p_;
  std::vector<PlacedCell> cells_;
};

}  // namespace

MemberResult run_member(MPI_Comm comm, const std::string& text, const std::vector<std::string>& overrides,
                        double longest) {
  MemberResult result;
  try {
    MemberRun(comm, result).run(text, overrides, longest);
  } catch (const Error& e) {  // agreed by all ranks: it is thrown collectively
    result.code = e.code();
    result.message = e.what();
  }
  return result;
}

}  // namespace vesicast::io
