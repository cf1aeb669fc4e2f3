// The command line of vesicast.
#include <mpi.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <new>

#include "decomposition/memory.hpp"
#include "decomposition/petsc.hpp"
#include "io/checkpoint/interruption.hpp"
#include "io/commands/commands.hpp"
#include "io/commands/launcher.hpp"
#include "io/compare/compare.hpp"
#include "io/config/describe.hpp"
#include "io/log/standard_streams.hpp"
#include "io/run_folder/provenance.hpp"
#include "io/text/nearest.hpp"
#include "vesicast_version.hpp"

namespace {

using vesicast::ExitCode;
using vesicast::io::launched_rank;
using vesicast::io::PlanOptions;
using vesicast::io::ResumeOptions;
using vesicast::io::RunOptions;

/// Maps are read onto a domain, which needs MPI: all processes of a launcher start it, and the first one validates.
void validate_once(const std::string& config, const std::vector<std::string>& overrides, int ranks,
                   std::vector<char*> petsc_arguments) {
  const int count = static_cast<int>(petsc_arguments.size());
  petsc_arguments.push_back(nullptr);
  const int rank = launched_rank();
  const vesicast::petsc::Session session(count, petsc_arguments.data());
  if (rank == 0) vesicast::io::validate(config, overrides, ranks, std::cout);
}

/// Starts MPI, runs on all ranks, and turns an error into an exit code. An error all ranks agreed on ends in good order
/// and is told once; one that a rank met alone ends the job, because the others may be waiting for it.
int on_all_ranks(const std::function<vesicast::ExitCode()>& command, std::vector<char*> petsc_arguments) {
  const vesicast::io::Launch launch;
  try {
    launch.require_joinable();
  } catch (const vesicast::Error& e) {
    if (launch.rank() == 0) std::cerr << "vesicast: " << e.what() << std::endl;
    return static_cast<int>(e.code());
  }
  const int count = static_cast<int>(petsc_arguments.size());
  petsc_arguments.push_back(nullptr);        // MPI reads the list to its null pointer, as a shell makes it
  const vesicast::io::SignalsNoted signals;  // from the first moment on: a batch system may send one as the run begins
  const vesicast::petsc::Session session(count, petsc_arguments.data());
  int rank = 0, size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  try {
    launch.require_joined(size);
    return static_cast<int>(command());
  } catch (const vesicast::AgreedError& e) {
    if (rank == 0) std::cerr << "vesicast: " << e.what() << std::endl;
    return static_cast<int>(e.code());
  } catch (const vesicast::Error& e) {
    if (size == 1) {
      if (launch.rank() == 0) std::cerr << "vesicast: " << e.what() << std::endl;
      return static_cast<int>(e.code());
    }
    std::cerr << "vesicast: rank " << rank << ": " << e.what() << std::endl;
    MPI_Abort(MPI_COMM_WORLD, static_cast<int>(e.code()));
  } catch (const std::bad_alloc&) {
    std::cerr << "vesicast: rank " << rank << ": " << vesicast::out_of_memory() << std::endl;
    MPI_Abort(MPI_COMM_WORLD, static_cast<int>(ExitCode::internal));
  } catch (const std::exception& e) {
    std::cerr << "vesicast: rank " << rank << ": internal error: " << e.what() << std::endl;
    MPI_Abort(MPI_COMM_WORLD, static_cast<int>(ExitCode::internal));
  }
  return static_cast<int>(ExitCode::internal);
}

/// `result`, unless what was said of it could not be written. A reader that went away had enough.
int after_output(int result) {
  // What PETSc and MPI flushed in vain only the C stream knows.
  if ((std::cout.flush() && std::ferror(stdout) == 0) || vesicast::io::nobody_reads()) return result;
  std::cerr << "vesicast: standard output cannot be written" << std::endl;
  return static_cast<int>(ExitCode::output_failed);
}

}  // namespace

int main(int argc, char** argv) {
  vesicast::io::guard_standard_streams();
  // What follows `--` is PETSc's; the program's name leads both lists.
  std::vector<char*> ours{argv, argv + argc}, petsc_arguments{argv[0]};
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--") {
      petsc_arguments.insert(petsc_arguments.end(), argv + i + 1, argv + argc);
      ours.resize(static_cast<std::size_t>(i));
      break;
    }

  CLI::App app{
      "How the cells of a tissue talk through extracellular vesicles.\n"
      "Exit codes: 0 done, 1 compare found a difference, 2 bad input, 3 stopped and resumable, 4 output failed, "
      "5 numerics failed, 70 internal or out of memory.",
      "vesicast"};
  app.set_version_flag("--version", std::string("vesicast ") + VESICAST_VERSION + " (" + VESICAST_COMMIT + ")");
  app.require_subcommand(1);

  RunOptions options;
  options.command_line = vesicast::io::quoted_command_line(argc, argv);
  ResumeOptions resume_options;
  resume_options.command_line = options.command_line;
  std::string config, run_a, run_b, key, name, file, walltime;
  std::vector<std::string> overrides;
  int ranks = 1;
  bool schema = false, reference = false;

  const char* walltime_help = "stop in time with a checkpoint and exit code 3: \"2 h\", 1:30:00";
  auto* run = app.add_subcommand(
      "run", "Run a configuration; under mpirun or srun on many ranks. PETSc options follow after --");
  run->add_option("CONFIG", config, "configuration file (TOML)")->required();
  run->add_option("--set", overrides, "override a key: run.end=\"2 h\" (may be repeated)")->allow_extra_args(false);
  run->add_option("--output", options.output, "run folder (default: runs/<name of CONFIG>)");
  run->add_flag("--overwrite", options.overwrite, "replace an earlier run in that folder");
  run->add_flag("--log-timing", options.log_timing, "report wall time by part of the step, and peak memory");
  run->add_flag("--quiet", options.quiet, "log to the run folder only");
  run->add_option("--max-walltime", walltime, walltime_help);
  auto* resume = app.add_subcommand(
      "resume",
      "Take a run that was stopped, or that is to go further, up from its newest checkpoint, on any number of ranks");
  resume->add_option("RUN", resume_options.folder, "run folder")->required();
  resume->add_option("--set", overrides, "change run.end, output or checkpoint: run.end=\"4 h\" (may be repeated)")
      ->allow_extra_args(false);
  resume->add_option("--max-walltime", walltime, walltime_help);
  resume->add_flag("--log-timing", resume_options.log_timing, "report wall time by part of the step, and peak memory");
  resume->add_flag("--quiet", resume_options.quiet, "log to the run folder only");
  auto* validate = app.add_subcommand("validate", "Check a configuration and print what it means; writes nothing");
  validate->add_option("CONFIG", config, "configuration file (TOML)")->required();
  validate->add_option("--set", overrides, "override a key (may be repeated)")->allow_extra_args(false);
  validate->add_option("--ranks", ranks, "ranks to plan memory for")->check(CLI::PositiveNumber);
  PlanOptions plan_options;
  auto* plan = app.add_subcommand(
      "plan", "How a configuration would run on so many ranks: cut, balance, messages, memory, time, disk");
  plan->add_option("CONFIG", config, "configuration file (TOML)")->required();
  plan->add_option("--set", overrides, "override a key (may be repeated)")->allow_extra_args(false);
  plan->add_option("--ranks", plan_options.ranks, "numbers of ranks: 1,8,64 (default: 1,2,4,8,16)")
      ->delimiter(',')
      ->check(CLI::PositiveNumber);
  plan->add_option("--per-node", plan_options.per_node, "ranks on one machine (default: its cores)")
      ->check(CLI::PositiveNumber);
  plan->add_flag("--measure", plan_options.measure,
                 "measure this machine first; under mpirun, all of its ranks side by side and their messages");
  plan->add_option("--machine", plan_options.machine, "file of the machine's numbers: written by --measure, else read");
  plan->add_option("--efficiency", plan_options.efficiency, "that the suggested number of ranks keeps (default: 0.7)");
  plan->add_flag("--json", plan_options.json, "print JSON, times in s and sizes in bytes");
  auto* describe = app.add_subcommand(
      "describe", "What a key means: type, unit, default, range, source; what a gene, drug or rate does; presets");
  describe->add_option("KEY", key, "key or its beginning; without it, all keys; or gene, drug, rate, preset");
  describe->add_option("NAME", name,
                       "of a gene, drug or rate: what it acts on, how strongly, and how that is known; of a preset: "
                       "its values and their sources");
  describe->add_flag("--schema", schema, "print a JSON Schema for editors");
  describe->add_flag("--markdown", reference, "print the reference of all keys as Markdown");
  auto* example = app.add_subcommand("example", "List the examples, or write one out");
  example->add_option("NAME", name, "example to write");
  example->add_option("--output", file, "file to write (default: NAME.toml here)");
  auto* compare = app.add_subcommand("compare", "Where two runs differ: fields by voxel, cells by id, tables by byte");
  compare->add_option("RUN", run_a, "run folder")->required();
  compare->add_option("OTHER", run_b, "run folder")->required();

  if (ours.size() > 1 && ours[1][0] != '-') {
    const std::string word = ours[1];
    const std::vector<std::string> known{"run", "resume", "validate", "plan", "describe", "example", "compare"};
    if (std::find(known.begin(), known.end(), word) == known.end()) {
      if (launched_rank() == 0)
        std::cerr << "vesicast: unknown command \"" << word << "\"" << vesicast::io::suggestion(word, known, "commands")
                  << std::endl;
      return static_cast<int>(ExitCode::bad_input);
    }
  }
  try {
    app.parse(static_cast<int>(ours.size()), ours.data());
  } catch (const CLI::ParseError& e) {
    if (launched_rank() == 0) app.exit(e);
    if (e.get_exit_code() != 0) return static_cast<int>(ExitCode::bad_input);
    return after_output(static_cast<int>(ExitCode::done));
  }
  // All but `run` and `resume` are serial: under a launcher one process does them, once.
  if (!*run && !*resume && !*validate && !*plan && launched_rank() != 0) return static_cast<int>(ExitCode::done);
  options.config = config;
  options.overrides = overrides;
  try {
    if (!walltime.empty())
      options.max_walltime = resume_options.max_walltime = vesicast::io::walltime_seconds(walltime);
    resume_options.overrides = overrides;
    if (*run) return on_all_ranks([&] { return vesicast::io::run(options); }, petsc_arguments);
    if (*resume) return on_all_ranks([&] { return vesicast::io::resume(resume_options); }, petsc_arguments);
    if (*plan) {
      plan_options.config = config;
      plan_options.overrides = overrides;
      if (plan_options.ranks.empty()) plan_options.ranks = {1, 2, 4, 8, 16};
      return on_all_ranks(
          [&] {
            vesicast::io::plan(plan_options, std::cout);
            if (!std::cout.flush()) throw vesicast::OutputError("standard output cannot be written");
            return ExitCode::done;
          },
          petsc_arguments);
    }
    if (*validate) validate_once(config, overrides, ranks, petsc_arguments);
    if (*describe)
      std::cout << (schema                                               ? vesicast::io::json_schema()
                    : reference                                          ? vesicast::io::reference_markdown()
                    : key == "preset"                                    ? vesicast::io::describe_preset(name)
                    : vesicast::io::is_effect_kind(key) || !name.empty() ? vesicast::io::describe_effect(key, name)
                                                                         : vesicast::io::describe(key));
    if (*example) vesicast::io::example(name, file, std::cout);
    const int result =
        *compare ? vesicast::io::compare_runs(run_a, run_b, std::cout) : static_cast<int>(ExitCode::done);
    return after_output(result);
  } catch (const vesicast::Error& e) {
    std::cerr << "vesicast: " << e.what() << std::endl;
    return static_cast<int>(e.code());
  } catch (const std::bad_alloc&) {
    std::cerr << "vesicast: " << vesicast::out_of_memory() << std::endl;
    return static_cast<int>(ExitCode::internal);
  } catch (const std::exception& e) {
    std::cerr << "vesicast: internal error: " << e.what() << std::endl;
    return static_cast<int>(ExitCode::internal);
  }
}
