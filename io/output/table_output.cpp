#include "io/output/table_output.hpp"

#include <fmt/format.h>

#include "decomposition/collectively.hpp"
#include "io/run_folder/run_folder.hpp"
#include "src/ledger/communication.hpp"

namespace vesicast::io {
namespace {

std::string side_name(Side side) {
  return side == Side::in ? "in" : side == Side::pool ? "pool" : "fate";
}

void write_communication(const std::filesystem::path& folder, const std::vector<CommunicationRow>& rows) {
  TableText text({"vesicle", "donor", "recipient", "kind", "route", "amount", "unit", "class"});
  for (const CommunicationRow& r : rows) {
    text.add(r.vesicle)
        .add(r.donor)
        .add(r.recipient)
        .add(r.kind)
        .add(r.route)
        .add(r.amount)
        .add(r.unit)
        .add(r.of_class);
    text.end_row();
  }
  write_file_atomically(folder / run_files::communication, text.text());
}

}  // namespace

TableOutput::TableOutput(const Domain& domain, std::filesystem::path run_folder, Ticks interval)
    : domain_(domain), run_folder_(std::move(run_folder)), interval_(interval) {}

void TableOutput::observe(const Simulation& s, std::int64_t /*number*/) {
  ledger_ = measure_ledger(s.state, s.model, s.comm());
  const auto communication = measure_communication(s.state, s.model, s.comm());
  collectively(domain_.comm(), [&] {
    require_closed(ledger_, s.site.transport->ledger_allowance());
    if (domain_.rank() != 0) return;
    write_series();
    write_ledger();
    write_communication(run_folder_, communication);
  });
}

void TableOutput::resume(const Simulation& s, std::int64_t number) {
  ledger_ = measure_ledger(s.state, s.model, s.comm());
  collectively(domain_.comm(), [&] {
    if (domain_.rank() == 0 && number > 0)
      series_ = std::make_unique<TableWriter>(run_folder_ / run_files::series, series_columns(), number);
  });
}

void TableOutput::flush() {
  if (series_) series_->flush();
}

void TableOutput::close() {
  if (series_) series_->close();
}

std::vector<std::string> TableOutput::series_columns() const {
  std::vector<std::string> columns{"time [s]"};
  for (const Balance* b : ledger_.balances())
    for (const LedgerLine& l : b->lines) columns.push_back(fmt::format("{} {} [{}]", b->name, l.account, b->unit));
  columns.emplace_back("ledger residual");
  return columns;
}

void TableOutput::write_series() {
  const auto all = ledger_.balances();
  if (!series_) series_ = std::make_unique<TableWriter>(run_folder_ / run_files::series, series_columns());
  series_->add(to_seconds(ledger_.time));
  for (const Balance* b : all)
    for (const LedgerLine& l : b->lines) series_->add(l.value);
  series_->add(ledger_.worst_residual());
  series_->end_row();
  series_->commit();
}

void TableOutput::write_ledger() const {
  TableText text({"time [s]", "balance", "side", "account", "value", "unit"});
  for (const Balance* b : ledger_.balances()) {
    for (const LedgerLine& l : b->lines) {
      text.add(to_seconds(ledger_.time)).add(b->name).add(side_name(l.side)).add(l.account).add(l.value).add(b->unit);
      text.end_row();
    }
    text.add(to_seconds(ledger_.time)).add(b->name).add("residual").add("residual").add(b->residual()).add("1");
    text.end_row();
  }
  write_file_atomically(run_folder_ / run_files::ledger, text.text());
}

}  // namespace vesicast::io
