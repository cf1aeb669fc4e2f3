// A library to be preloaded (LD_PRELOAD): it makes one call to the operating system go wrong, so that a test meets the
// moment which on a real machine comes once in a thousand runs. The program knows nothing of it.
//
//   FAULT_FOLDER  only files in this folder count
//   FAULT_TRACE   a file: every call that counts is written there, a line "NUMBER CALL PATH"
//   FAULT_AT      the number of the call, as in the trace, at which the fault comes; or "CALL PATTERN [N]": the Nth
//   such
//                 call on a path that matches as a shell pattern
//   FAULT_KIND    kill: the process is killed before the call; half: within it, where it writes; pause: it stops until
//                 SIGCONT; a number: the call fails with this errno, half done where it writes, and from then on so
//                 does every call that needs space
//   FAULT_RANK    the rank that it happens to; without it, each
//   FAULT_STRUCK  a file that is made when the fault has come
#include <dlfcn.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

const char* setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool concerns_me() {
  const std::string rank = setting("FAULT_RANK"), mine = setting("OMPI_COMM_WORLD_RANK");
  return rank.empty() || rank == (mine.empty() ? "0" : mine);
}

struct Faults {
  std::string folder = setting("FAULT_FOLDER"), trace = setting("FAULT_TRACE"), kind = setting("FAULT_KIND");
  std::string struck_file = setting("FAULT_STRUCK"), call, pattern;
  long at = 0, nth = 1;
  int error = std::atoi(setting("FAULT_KIND"));
  bool mine = concerns_me();
  std::atomic<long> number{0}, matches{0};
  std::atomic<bool> struck{false};

  Faults() {
    const std::string where = setting("FAULT_AT");
    if (where.empty()) return;
    at = std::atol(where.c_str());
    if (at > 0) return;
    std::array<char, 32> word{};
    std::array<char, PATH_MAX> path{};
    std::sscanf(where.c_str(), "%31s %4095s %ld", word.data(), path.data(), &nth);
    call = word.data();
    pattern = path.data();
  }
};

Faults& faults() {
  static Faults* const all = new Faults;  // calls come after the end of main too
  return *all;
}

template <class F>
F next(const char* name) {
  return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

void note(const std::string& file, const std::string& text) {
  const int descriptor =
      static_cast<int>(::syscall(SYS_openat, AT_FDCWD, file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (descriptor < 0) return;
  ::syscall(SYS_write, descriptor, text.data(), text.size());
  ::syscall(SYS_close, descriptor);
}

std::string path_of(int descriptor) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length =
      ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), target.data(), target.size() - 1);
  return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length)) : std::string();
}

enum class Verdict { go_on, fail, kill_half };

/// What becomes of a call on `path`; errno is set where it is to fail.
Verdict verdict(const char* call, const std::string& path, bool needs_space) {
  Faults& f = faults();
  if (!f.mine || f.folder.empty() || path.find(f.folder) != 0) return Verdict::go_on;
  const long number = ++f.number;
  if (!f.trace.empty()) note(f.trace, std::to_string(number) + ' ' + call + ' ' + path + '\n');
  if (f.struck) {
    if (f.error == 0 || !needs_space) return Verdict::go_on;
    errno = f.error;
    return Verdict::fail;
  }
  const bool hit = f.at > 0
                       ? number == f.at
                       : f.call == call && ::fnmatch(f.pattern.c_str(), path.c_str(), 0) == 0 && ++f.matches == f.nth;
  if (!hit) return Verdict::go_on;
  f.struck = true;
  if (!f.struck_file.empty()) note(f.struck_file, std::to_string(number) + ' ' + call + ' ' + path + '\n');
  if (f.kind == "kill" || (f.kind == "half" && std::strcmp(call, "write") != 0)) ::kill(::getpid(), SIGKILL);
  if (f.kind == "half") return Verdict::kill_half;
  if (f.kind == "pause") ::kill(::getpid(), SIGSTOP);
  if (f.error == 0) return Verdict::go_on;
  errno = f.error;
  return Verdict::fail;
}

template <class Open>
int opened(Open real, const char* path, int flags, mode_t mode) {
  if ((flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0 && verdict("open", path, (flags & O_CREAT) != 0) == Verdict::fail)
    return -1;
  return real(path, flags, mode);
}

mode_t mode_of(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return opened(next<int (*)(const char*, int, ...)>("open"), path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return opened(next<int (*)(const char*, int, ...)>("open64"), path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  const bool before = faults().struck;
  const Verdict v = descriptor > 2 ? verdict("write", path_of(descriptor), true) : Verdict::go_on;
  if (v == Verdict::go_on) return real(descriptor, bytes, count);
  const int error = errno;
  // The half that still fits is written.
  if (!before && count > 1) static_cast<void>(real(descriptor, bytes, count / 2));
  if (v == Verdict::kill_half) ::kill(::getpid(), SIGKILL);
  errno = error;
  return -1;
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64");
  if (verdict("pwrite", path_of(descriptor), true) == Verdict::fail) return -1;
  return real(descriptor, bytes, count, offset);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return pwrite64(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  return verdict("fsync", path_of(descriptor), true) == Verdict::fail ? -1 : real(descriptor);
}

int close(int descriptor) {
  static const auto real = next<int (*)(int)>("close");
  if (descriptor <= 2 || (::fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_RDONLY) return real(descriptor);
  const bool fails = verdict("close", path_of(descriptor), true) == Verdict::fail;
  const int error = errno, result = real(descriptor);
  if (!fails) return result;
  errno = error;
  return -1;
}

int ftruncate64(int descriptor, off64_t size) {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return verdict("ftruncate", path_of(descriptor), false) == Verdict::fail ? -1 : real(descriptor, size);
}
int ftruncate(int descriptor, off_t size) {
  return ftruncate64(descriptor, size);
}

int rename(const char* from, const char* to) {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return verdict("rename", to, false) == Verdict::fail ? -1 : real(from, to);
}

int remove(const char* path) {
  static const auto real = next<int (*)(const char*)>("remove");
  return verdict("remove", path, false) == Verdict::fail ? -1 : real(path);
}

int unlink(const char* path) {
  static const auto real = next<int (*)(const char*)>("unlink");
  return verdict("unlink", path, false) == Verdict::fail ? -1 : real(path);
}

int mkdir(const char* path, mode_t mode) {
  static const auto real = next<int (*)(const char*, mode_t)>("mkdir");
  return verdict("mkdir", path, true) == Verdict::fail ? -1 : real(path, mode);
}

}  // extern "C"
