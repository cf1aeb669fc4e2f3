#include "io/log/log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

bool is_terminal(const std::filesystem::path& descriptor) {
  std::error_code none;
  const std::string target = std::filesystem::read_symlink(descriptor, none).string();
  return target.starts_with("/dev/pts/") || target.starts_with("/dev/tty");
}

/// Does a person watch standard output? mpirun gives each rank a pseudo-terminal even when its own output goes to a
/// file, so under a launcher the parent's output decides.
bool watched() {
  if (isatty(STDOUT_FILENO) == 0) return false;
  const bool launched = std::getenv("OMPI_COMM_WORLD_RANK") != nullptr || std::getenv("PMIX_RANK") != nullptr ||
                        std::getenv("SLURM_PROCID") != nullptr;
  return !launched || is_terminal(fmt::format("/proc/{}/fd/1", getppid()));
}

}  // namespace

struct Log::Impl {
  bool speaks = false;
  bool terminal = false;
  bool transient_shown = false;
  std::vector<std::pair<spdlog::level::level_enum, std::string>> said;  // until there is a file
  spdlog::logger logger{"vesicast"};

  void say(spdlog::level::level_enum level, const std::string& text) {
    if (!speaks) return;
    if (transient_shown) {
      std::fputs("\r\033[K", stdout);
      transient_shown = false;
    }
    logger.log(level, text);
    if (logger.sinks().size() < 2) said.emplace_back(level, text);
  }
};

Log::Log(bool speaks, bool console) : impl_(std::make_unique<Impl>()) {
  impl_->speaks = speaks;
  impl_->terminal = console && watched();
  if (speaks && console) {
    auto sink = std::make_shared<spdlog::sinks::stdout_color_sink_mt>(impl_->terminal ? spdlog::color_mode::automatic
                                                                                      : spdlog::color_mode::never);
    sink->set_color(spdlog::level::info, "");
    sink->set_pattern("%^%v%$");
    impl_->logger.sinks().push_back(sink);
  }
  impl_->logger.flush_on(spdlog::level::info);
  // A full disk must not end a run through its log: the tables and fields report it as what it is.
  impl_->logger.set_error_handler([](const std::string&) {});
}

Log::~Log() = default;

void Log::also_to(const std::filesystem::path& file, bool append) {
  if (!impl_->speaks) return;
  std::shared_ptr<spdlog::sinks::basic_file_sink_mt> sink;
  try {
    sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string(), !append);
  } catch (const spdlog::spdlog_ex& e) {
    throw OutputError(fmt::format("cannot write {}: {}", file.string(), e.what()));
  }
  sink->set_pattern("%Y-%m-%d %H:%M:%S %v");
  for (const auto& [level, text] : impl_->said) sink->log(spdlog::details::log_msg("vesicast", level, text));
  sink->flush();
  impl_->said.clear();
  impl_->logger.sinks().push_back(sink);
}

void Log::info(const std::string& text) {
  impl_->say(spdlog::level::info, text);
}
void Log::warning(const std::string& text) {
  impl_->say(spdlog::level::warn, "warning: " + text);
}
void Log::error(const std::string& text) {
  impl_->say(spdlog::level::err, "error: " + text);
}

void Log::transient(const std::string& text) {
  if (!impl_->speaks || !impl_->terminal) return;
  fmt::print("\r\033[K{}", text);
  std::fflush(stdout);
  impl_->transient_shown = true;
}

bool Log::terminal() const {
  return impl_->terminal;
}

}  // namespace vesicast::io
