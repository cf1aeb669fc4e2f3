#include "io/commands/run_record.hpp"

#include <array>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"

namespace vesicast::io {

RunRecord::RunRecord(const std::filesystem::path& folder, const RunOptions& options, const Input& input,
                     const Simulation& s, std::chrono::steady_clock::time_point begin)
    : folder_(folder), begin_(begin), writes_(s.domain->rank() == 0) {
  MPI_Comm_size(s.comm(), &provenance_.ranks);
  provenance_.command_line = options.command_line;
  provenance_.seed = input.parameters().run.seed;
  provenance_.hosts = host_names(s.comm());
  provenance_.petsc_version = petsc::version();
  provenance_.petsc_options = petsc::all_options();
  provenance_.integrator = s.site.transport->integrator();
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> mpi{};
  int length = 0;
  MPI_Get_library_version(mpi.data(), &length);
  provenance_.mpi_version = mpi.data();
  provenance_.started = std::chrono::system_clock::now();
  collectively(s.comm(), [&] {
    if (!writes_) return;
    for (const std::string& file : input.files) provenance_.tables.push_back(record_input(file));
    provenance_.config = record_input(options.config);
    write_provenance(folder_, provenance_);
    write_file_atomically(folder_ / run_files::config, input.resolved.toml);
  });
}

double RunRecord::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void RunRecord::end(ExitCode code) {
  provenance_.finished = std::chrono::system_clock::now();
  provenance_.wall_seconds = seconds();
  provenance_.exit_status = code;
  if (writes_) write_provenance(folder_, provenance_);
}

}  // namespace vesicast::io
