#include "io/commands/run_record.hpp"

#include <array>
#include <utility>
#include <vector>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "io/commands/input_copies.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"

namespace vesicast::io {

namespace {

int rank_of(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

}  // namespace

RunRecord::RunRecord(std::filesystem::path folder, const std::string& command_line, const RunFacts& run,
                     Provenance provenance, std::chrono::steady_clock::time_point begin)
    : folder_(std::move(folder)), provenance_(std::move(provenance)), begin_(begin), writes_(rank_of(run.comm) == 0) {
  MPI_Comm_size(run.comm, &provenance_.ranks);
  provenance_.command_line = command_line;
  provenance_.seed = run.seed;
  provenance_.hosts = host_names(run.comm);
  provenance_.petsc_version = petsc::version();
  provenance_.petsc_options = petsc::all_options();
  provenance_.integrator = run.integrator;
  provenance_.from = to_seconds(run.from);
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> mpi{};
  int length = 0;
  MPI_Get_library_version(mpi.data(), &length);
  provenance_.mpi_version = mpi.data();
  provenance_.started = std::chrono::system_clock::now();
}

RunRecord RunRecord::of_new_run(const std::filesystem::path& folder, const RunOptions& options,
                                const std::vector<std::string>& files, const std::string& toml, const RunFacts& run,
                                std::chrono::steady_clock::time_point begin) {
  RunRecord record(folder, options.command_line, run, {}, begin);
  collectively(run.comm, [&] {
    if (!record.writes_) return;
    for (const std::string& file : files) record.provenance_.tables.push_back(record_input(file));
    record.provenance_.config = record_input(options.config);
    const std::vector<InputCopy> copies = copies_of(files);
    for (InputRecord& table : record.provenance_.tables)
      for (const InputCopy& one : copies)
        if (one.from == table.path) table.copy = one.copy;
    // From here on the folder is known as a run's, and what is copied into it as its own.
    write_provenance(folder, record.provenance_);
    copy_inputs(folder, copies);
    record.config_ = with_copies(toml, copies);
    write_file_atomically(folder / run_files::config, record.config_);
  });
  record.config_ = broadcast(run.comm, record.config_);
  return record;
}

RunRecord RunRecord::of_resumed_run(const std::filesystem::path& folder, const std::string& command_line,
                                    const std::string& config, const RunFacts& run,
                                    std::chrono::steady_clock::time_point begin) {
  Provenance before;
  collectively(run.comm, [&] {
    if (rank_of(run.comm) == 0) before = read_provenance(folder);
  });
  RunRecord record(folder, command_line, run, std::move(before), begin);
  record.config_ = config;
  collectively(run.comm, [&] {
    if (!record.writes_) return;
    write_file_atomically(folder / run_files::config, config);
    write_provenance(folder, record.provenance_);
  });
  return record;
}

double RunRecord::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void RunRecord::end(ExitCode code, Ticks reached, const std::string& stopped_by) {
  provenance_.reached = to_seconds(reached);
  provenance_.stopped_by = stopped_by;
  provenance_.finished = std::chrono::system_clock::now();
  provenance_.wall_seconds = seconds();
  provenance_.exit_status = code;
  if (writes_) write_provenance(folder_, provenance_);
}

}  // namespace vesicast::io
