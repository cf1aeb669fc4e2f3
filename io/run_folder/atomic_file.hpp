#pragma once
/// \file
/// Files that appear whole or not at all: written under a temporary name, flushed, then renamed.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "decomposition/base/error.hpp"

namespace vesicast::io {

/// What is added to a file's name while it is being written.
inline constexpr std::string_view temporary_suffix = ".tmp";

/// "cannot write FILE: No space left on device", from a value of errno.
[[nodiscard]] OutputError cannot_write(const std::filesystem::path& file, int error_number);

/// An open file; closed at the end of its life. Every failure is an OutputError that names the file.
class OpenFile {
 public:
  /// Creates or empties `file` for writing.
  [[nodiscard]] static OpenFile create(const std::filesystem::path& file);

  /// Opens a file that is there, for writing at its end.
  [[nodiscard]] static OpenFile open(const std::filesystem::path& file);

  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();

  /// Writes all bytes or throws; what got through before a failure stays in the file.
  void write(std::string_view bytes);
  /// Cuts the file to its first `size` bytes and goes on writing there; false if the file cannot be cut.
  bool cut(std::uintmax_t size) noexcept;
  /// Waits until the bytes are on the storage device, where late errors show.
  void flush();
  /// Closes; a failing close is an error like any other. Closing twice is allowed.
  void close();

 private:
  /// With open()'s `flags`; a link is not followed.
  [[nodiscard]] static OpenFile opened(const std::filesystem::path& file, int flags);
  OpenFile(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}

  std::filesystem::path file_;
  int descriptor_ = -1;
};

/// A file in the making. Until commit() the target keeps what it held; without commit() the temporary file is removed.
class StagedFile {
 public:
  explicit StagedFile(std::filesystem::path target);
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;
  ~StagedFile();

  [[nodiscard]] const std::filesystem::path& target() const { return target_; }
  /// Writes the whole file and flushes it to the device.
  void write(std::string_view contents);
  /// Adds to what was written so; finish() flushes and closes.
  void append(std::string_view bytes);
  void finish();
  /// Puts the temporary file in the target's place.
  void commit() { commit_as(target_); }
  /// Or in that of another file of its folder.
  void commit_as(const std::filesystem::path& file);

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  std::optional<OpenFile> file_;  ///< while it is being added to
  bool pending_ = true;
};

/// Makes the renames inside `folder` last through a power cut, where the file system can.
void flush_folder(const std::filesystem::path& folder) noexcept;

/// Replaces `file` by `contents`; on failure OutputError, and `file` is as it was.
void write_file_atomically(const std::filesystem::path& file, std::string_view contents);

}  // namespace vesicast::io
