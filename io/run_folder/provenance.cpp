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
#include "io/run_folder/job.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/text/read_text.hpp"
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

Json job_json() {
  const std::optional<Job> job = batch_job();
  if (!job) return nullptr;
  return {{"system", job->system}, {"id", job->id}};
}

Json to_json(const InputRecord& input) {
  Json json{{"path", input.path}, {"xxh64", input.xxh64}};
  if (!input.copy.empty()) json["copy"] = input.copy;
  return json;
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
  return {file.string(), {}, fmt::format("{:016x}", XXH64_digest(state.get()))};
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
  record["job"] = job_json();
  record["compiler"] = compiler();
  record["build"] = build_class();
  record["libraries"] = {{"PETSc", p.petsc_version},
                         {"MPI", p.mpi_version},
                         {"VTK", vtkVersion::GetVTKVersion()},
                         {"Boost", boost_version()}};
  record["started"] = utc(p.started);
  record["from_s"] = p.from;
  record["finished"] = p.finished ? Json(utc(*p.finished)) : Json(nullptr);
  record["wall_seconds"] = p.wall_seconds ? Json(*p.wall_seconds) : Json(nullptr);
  record["reached_s"] = p.reached ? Json(*p.reached) : Json(nullptr);
  record["stopped_by"] = p.stopped_by.empty() ? Json(nullptr) : Json(p.stopped_by);
  record["exit_status"] = p.exit_status ? Json(static_cast<int>(*p.exit_status)) : Json(nullptr);
  record["earlier"] = Json::parse(p.earlier);
  // Arguments and paths may hold any bytes: those that are not UTF-8 are marked instead of failing the run.
  return record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

namespace {

Json provenance_of(const std::filesystem::path& run_folder) {
  const std::filesystem::path file = run_folder / run_files::provenance;
  Json json = Json::parse(read_text(file), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) throw InputError(fmt::format("{}: is no record of a run", file.string()));
  return json;
}

InputRecord input_from(const Json& json) {
  return {json.at("path").get<std::string>(), json.value("copy", std::string()), json.at("xxh64").get<std::string>()};
}

}  // namespace

Provenance read_provenance(const std::filesystem::path& run_folder) {
  Json json = provenance_of(run_folder);
  Provenance p;
  try {
    if (json.contains("config") && !json["config"].is_null()) p.config = input_from(json["config"]);
    for (const Json& table : json.value("tables", Json::array())) p.tables.push_back(input_from(table));
    Json earlier = json.contains("earlier") ? json["earlier"] : Json::array();
    for (const char* key : {"config", "tables", "earlier", "seed", "program"}) json.erase(key);
    if (json.contains("exit_status") && json["exit_status"].is_null()) json["stopped_by"] = "killed";
    earlier.push_back(json);
    p.earlier = earlier.dump();
  } catch (const Json::exception& e) {
    throw InputError(fmt::format("{}: {}", (run_folder / run_files::provenance).string(), e.what()));
  }
  return p;
}

LastAttempt last_attempt(const std::filesystem::path& run_folder) {
  const Json json = provenance_of(run_folder);
  const auto text = [&](const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  const auto number = [&](const char* key) -> std::optional<double> {
    const auto at = json.find(key);
    return at != json.end() && at->is_number() ? std::optional(at->get<double>()) : std::nullopt;
  };
  LastAttempt last{
      {}, number("reached_s"), text("stopped_by"), static_cast<int>(number("ranks").value_or(0)), text("started")};
  if (const auto status = number("exit_status")) last.exit_status = static_cast<int>(*status);
  return last;
}

std::string LastAttempt::text() const {
  const std::string who = fmt::format("the last attempt{}{}", started.empty() ? "" : fmt::format(", begun {}", started),
                                      ranks > 0 ? fmt::format(" on {} rank{}", ranks, ranks == 1 ? "" : "s") : "");
  if (!exit_status)
    return who +
           ", was killed: it left no exit status. A launcher says 137 of a rank that got SIGKILL, from a person, a "
           "batch "
           "system or the operating system when memory ran out; a machine that is lost says nothing";
  return fmt::format("{}, ended{}{}, exit code {}", who, reached ? fmt::format(" at t = {:g} s", *reached) : "",
                     stopped_by.empty() ? "" : fmt::format(" by {}", stopped_by), *exit_status);
}

void record_lone_failure(const std::filesystem::path& run_folder, int rank, ExitCode code, const std::string& message,
                         double reached) noexcept {
  try {
    Json json = provenance_of(run_folder);
    json["finished"] = utc(std::chrono::system_clock::now());
    json["reached_s"] = reached;
    json["stopped_by"] = fmt::format("rank {}: {}", rank, message);
    json["exit_status"] = static_cast<int>(code);
    // Under a name of this rank's own: another may write at the same time.
    StagedFile mine(run_folder / fmt::format("rank_{:04}", rank));
    mine.write(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    mine.commit_as(run_folder / run_files::provenance);
  } catch (const std::exception&) {
    // The failure itself is told all the same.
  }
}

void write_provenance(const std::filesystem::path& run_folder, const Provenance& provenance) {
  write_file_atomically(run_folder / run_files::provenance, to_json(provenance));
}

}  // namespace vesicast::io
