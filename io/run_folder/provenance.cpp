#include "io/run_folder/provenance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <vtkVersion.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <boost/version.hpp>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>
#include <utility>

#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"
#include "vesicast_version.hpp"

namespace vesicast::io {
namespace {

using Json = nlohmann::ordered_json;

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string boost_version() {
  return fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
}

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("g++ {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

/// What of the compiler's flags can change a result or its checks.
Json build_class() {
  Json flags = Json::object();
#if defined(__OPTIMIZE__)
  flags["optimised"] = true;
#else
  flags["optimised"] = false;
#endif
#if defined(NDEBUG)
  flags["assertions"] = false;
#else
  flags["assertions"] = true;
#endif
#if defined(VESICAST_AUDIT)
  flags["audit"] = true;
#else
  flags["audit"] = false;
#endif
#if defined(__SANITIZE_ADDRESS__)
  flags["sanitized"] = true;
#else
  flags["sanitized"] = false;
#endif
#if defined(__AVX512F__)
  flags["instructions"] = "AVX-512";
#elif defined(__AVX2__)
  flags["instructions"] = "AVX2";
#elif defined(__AVX__)
  flags["instructions"] = "AVX";
#elif defined(__SSE4_2__)
  flags["instructions"] = "SSE4.2";
#else
  flags["instructions"] = "baseline";
#endif
  return flags;
}

/// The batch system's job id, from the variable each sets; null outside of a job.
Json job() {
  constexpr std::array<std::pair<const char*, const char*>, 3> systems{
      {{"Slurm", "SLURM_JOB_ID"}, {"PBS", "PBS_JOBID"}, {"LSF", "LSB_JOBID"}}};
  for (const auto& [system, variable] : systems)
    if (const char* id = std::getenv(variable); id != nullptr && *id != '\0') return {{"system", system}, {"id", id}};
  return nullptr;
}

Json to_json(const InputRecord& input) {
  return {{"path", input.path}, {"xxh64", input.xxh64}};
}

std::string quoted(std::string_view argument) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
  if (!argument.empty() && argument.find_first_not_of(plain) == std::string_view::npos) return std::string(argument);
  std::string text = "'";
  for (const char c : argument) {
    if (c == '\'')
      text += "'\\''";
    else
      text += c;
  }
  return text += '\'';
}

}  // namespace

InputRecord record_input(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const auto unreadable = [&] {
    return InputError(fmt::format("cannot read {}: {}", file.string(), std::generic_category().message(errno)));
  };
  if (!stream) throw unreadable();
  const std::unique_ptr<XXH64_state_t, decltype(&XXH64_freeState)> state(XXH64_createState(), &XXH64_freeState);
  if (!state || XXH64_reset(state.get(), 0) != XXH_OK) throw InternalError("xxhash cannot start");
  std::vector<char> buffer(std::size_t{1} << 20);
  do {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (stream.bad() || (stream.gcount() == 0 && !stream.eof())) throw unreadable();
    XXH64_update(state.get(), buffer.data(), static_cast<std::size_t>(stream.gcount()));
  } while (stream);
  return {file.string(), fmt::format("{:016x}", XXH64_digest(state.get()))};
}

std::string quoted_command_line(int argc, const char* const* argv) {
  std::string line;
  for (int i = 0; i < argc; ++i) {
    if (i > 0) line += ' ';
    line += quoted(argv[i]);
  }
  return line;
}

std::vector<std::string> host_names(MPI_Comm comm) {
  using Name = std::array<char, MPI_MAX_PROCESSOR_NAME>;
  int rank = 0, size = 1, length = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  Name mine{};
  MPI_Get_processor_name(mine.data(), &length);
  std::vector<Name> all(rank == 0 ? static_cast<std::size_t>(size) : 0);
  MPI_Gather(mine.data(), MPI_MAX_PROCESSOR_NAME, MPI_CHAR, all.data(), MPI_MAX_PROCESSOR_NAME, MPI_CHAR, 0, comm);
  std::vector<std::string> hosts;
  for (const Name& name : all) hosts.emplace_back(name.data());
  std::ranges::sort(hosts);
  hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
  return hosts;
}

std::string to_json(const Provenance& p) {
  Json record;
  record["program"] = "vesicast";
  record["version"] = VESICAST_VERSION;
  record["commit"] = VESICAST_COMMIT;
  record["command_line"] = p.command_line;
  record["config"] = p.config ? to_json(*p.config) : Json(nullptr);
  record["tables"] = Json::array();
  for (const InputRecord& table : p.tables) record["tables"].push_back(to_json(table));
  record["seed"] = p.seed;
  record["integrator"] = p.integrator;
  record["PETSc options"] = p.petsc_options;
  record["ranks"] = p.ranks;
  record["hosts"] = p.hosts;
  record["job"] = job();
  record["compiler"] = compiler();
  record["build"] = build_class();
  record["libraries"] = {{"PETSc", p.petsc_version},
                         {"MPI", p.mpi_version},
                         {"VTK", vtkVersion::GetVTKVersion()},
                         {"Boost", boost_version()}};
  record["started"] = utc(p.started);
  record["finished"] = p.finished ? Json(utc(*p.finished)) : Json(nullptr);
  record["wall_seconds"] = p.wall_seconds ? Json(*p.wall_seconds) : Json(nullptr);
  record["exit_status"] = p.exit_status ? Json(static_cast<int>(*p.exit_status)) : Json(nullptr);
  // Arguments and paths may hold any bytes: those that are not UTF-8 are marked instead of failing the run.
  return record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_provenance(const std::filesystem::path& run_folder, const Provenance& provenance) {
  write_file_atomically(run_folder / run_files::provenance, to_json(provenance));
}

}  // namespace vesicast::io
