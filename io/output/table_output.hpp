#pragma once
/// \file
/// series.csv, ledger.csv and communication.csv: no clock, rank or host in them, so that runs can be compared by byte.
#include <filesystem>
#include <memory>

#include "decomposition/domain.hpp"
#include "io/tables/csv_writer.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/observer.hpp"

namespace vesicast::io {

class TableOutput : public Observer {
 public:
  /// `interval` in ticks; 0: start and end only.
  TableOutput(const Domain& domain, std::filesystem::path run_folder, Ticks interval);
  [[nodiscard]] std::string name() const override { return "series"; }
  [[nodiscard]] Ticks interval() const override { return interval_; }
  /// Cuts series.csv back to its first `number` rows, and goes on behind them. Throws InputError on every rank where it
  /// has fewer, or other columns. Collective.
  void resume(const Simulation& s, std::int64_t number) override;
  /// Waits until all rows are on the device. Throws OutputError. Local; rank 0 holds the file.
  void flush();
  /// One more row of series.csv (every account of every balance, and the ledger's residual); ledger.csv and
  /// communication.csv are replaced by those of now. Throws OutputError, or NumericsError if the ledger does not close,
  /// on every rank. Collective.
  void observe(const Simulation& s, std::int64_t number) override;
  /// Brings series.csv to the device. Throws OutputError. Local; rank 0 holds the file.
  void close();
  /// The ledger last seen.
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

 private:
  [[nodiscard]] std::vector<std::string> series_columns() const;
  void write_series();
  void write_ledger() const;

  const Domain& domain_;
  std::filesystem::path run_folder_;
  Ticks interval_;
  Ledger ledger_;
  std::unique_ptr<TableWriter> series_;  ///< rank 0 only
};

}  // namespace vesicast::io
