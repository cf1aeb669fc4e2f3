#include "io/run_folder/lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "io/run_folder/job.hpp"
#include "io/run_folder/run_folder.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

/// When a process started, in clock ticks since the machine did (proc(5), field 22); 0 where that is not known.
std::int64_t start_of(std::int64_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::size_t name_ends = text.rfind(')');  // the name may hold blanks and brackets
  if (name_ends == std::string::npos) return 0;
  std::istringstream fields(text.substr(name_ends + 1));
  std::string field;
  for (int i = 3; i <= 22; ++i) fields >> field;
  return std::strtoll(field.c_str(), nullptr, 10);
}

LockHolder myself() {
  const std::int64_t pid = ::getpid();
  const std::optional<Job> job = batch_job();
  return {host_name(), pid, start_of(pid), job ? fmt::format("{} {}", job->system, job->id) : std::string()};
}

std::optional<LockHolder> holder_in(int descriptor) {
  std::string text(4096, '\0');
  const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
  if (got <= 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(got));
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  try {
    return LockHolder{json.at("host").get<std::string>(), json.at("pid").get<std::int64_t>(),
                      json.at("started").get<std::int64_t>(), json.at("job").get<std::string>()};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

/// Does the process live, as far as this host can tell?
bool may_live(const LockHolder& holder) {
  if (holder.host != host_name()) return true;
  return (::kill(static_cast<pid_t>(holder.pid), 0) == 0 || errno == EPERM) && start_of(holder.pid) == holder.started;
}

InputError held(const fs::path& folder, const std::optional<LockHolder>& holder, const fs::path& file) {
  return InputError(
      fmt::format("the folder {} belongs to a run that goes on: {}; choose another --output, or wait. If "
                  "that run is no more, remove {}",
                  folder.string(), holder ? holder->text() : "it does not say whose", file.string()));
}

}  // namespace

std::string LockHolder::text() const {
  return fmt::format("process {} on host {}{}", pid, host, job.empty() ? "" : fmt::format(", job {}", job));
}

FolderLock::FolderLock(const fs::path& run_folder) : file_(run_folder / run_files::lock) {
  for (;;) {
    do {
      descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    } while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ < 0) throw cannot_write(file_, errno);
    const std::optional<LockHolder> before = holder_in(descriptor_);
    if (!before && ::lseek(descriptor_, 0, SEEK_END) > 0) {
      ::close(std::exchange(descriptor_, -1));
      throw InputError(fmt::format("{} is no lock of vesicast; choose another --output", file_.string()));
    }
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    const bool locked = ::fcntl(descriptor_, F_OFD_SETLK, &whole) == 0;
    const bool without_locks =
        !locked && (errno == ENOLCK || errno == ENOSYS || errno == EINVAL || errno == EOPNOTSUPP);
    if ((!locked && !without_locks) || (without_locks && before && may_live(*before))) {
      ::close(std::exchange(descriptor_, -1));
      throw held(run_folder, before, file_);
    }
    // Whoever held it may have removed the file in between: then this is no longer the lock.
    struct stat here {
    }, there{};
    if (::fstat(descriptor_, &here) == 0 && ::stat(file_.c_str(), &there) == 0 && here.st_ino == there.st_ino) {
      stale_ = before;
      break;
    }
    ::close(std::exchange(descriptor_, -1));
  }
  const LockHolder me = myself();
  const nlohmann::ordered_json json{{"host", me.host}, {"pid", me.pid}, {"started", me.started}, {"job", me.job}};
  const std::string text = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    const int error = errno;
    ::close(std::exchange(descriptor_, -1));
    throw cannot_write(file_, error);
  }
}

FolderLock::~FolderLock() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());
  ::close(descriptor_);
}

}  // namespace vesicast::io
