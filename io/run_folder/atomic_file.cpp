#include "io/run_folder/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace vesicast::io {
namespace {

constexpr int permissions = 0666;  // less the user's umask

}  // namespace

OutputError cannot_write(const std::filesystem::path& file, int error_number) {
  return OutputError(fmt::format("cannot write {}: {}", file.string(), std::generic_category().message(error_number)));
}

OpenFile OpenFile::opened(const std::filesystem::path& file, int flags) {
  int descriptor = -1;
  do {
    descriptor = ::open(file.c_str(), flags | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, permissions);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) throw cannot_write(file, errno);
  return {file, descriptor};
}

OpenFile OpenFile::create(const std::filesystem::path& file) {
  return opened(file, O_CREAT | O_TRUNC);
}

OpenFile OpenFile::open(const std::filesystem::path& file) {
  return opened(file, O_APPEND);
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OpenFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      throw cannot_write(file_, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool OpenFile::cut(std::uintmax_t size) noexcept {
  const auto end = static_cast<off_t>(size);
  return ::ftruncate(descriptor_, end) == 0 && ::lseek(descriptor_, end, SEEK_SET) == end;
}

void OpenFile::flush() {
  while (::fsync(descriptor_) != 0) {
    if (errno == EINTR) continue;
    if (errno == EINVAL || errno == ENOTSUP) return;  // a pipe or a device: nothing to wait for
    throw cannot_write(file_, errno);
  }
}

void OpenFile::close() {
  if (descriptor_ < 0) return;
  // After EINTR Linux has closed the descriptor all the same.
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) throw cannot_write(file_, errno);
}

StagedFile::StagedFile(std::filesystem::path target) : target_(std::move(target)), temporary_(target_) {
  temporary_ += temporary_suffix;
}

StagedFile::~StagedFile() {
  if (!pending_) return;
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

void StagedFile::append(std::string_view bytes) {
  if (!file_) file_ = OpenFile::create(temporary_);
  file_->write(bytes);
}

void StagedFile::finish() {
  if (!file_) file_ = OpenFile::create(temporary_);
  file_->flush();
  file_->close();
  file_.reset();
}

void StagedFile::write(std::string_view contents) {
  append(contents);
  finish();
}

void StagedFile::commit_as(const std::filesystem::path& file) {
  std::error_code error;
  std::filesystem::rename(temporary_, file, error);
  if (error) throw cannot_write(file, error.value());
  pending_ = false;
}

void flush_folder(const std::filesystem::path& folder) noexcept {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void write_file_atomically(const std::filesystem::path& file, std::string_view contents) {
  StagedFile staged(file);
  staged.write(contents);
  staged.commit();
  flush_folder(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."));
}

}  // namespace vesicast::io
