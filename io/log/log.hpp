#pragma once
/// \file
/// What rank 0 tells the user: on the console and in the run folder's log.txt. The other ranks say nothing.
#include <filesystem>
#include <memory>
#include <string>

namespace vesicast::io {

class Log {
 public:
  /// `speaks`: is this rank 0? `console`: also write to standard output.
  Log(bool speaks, bool console);
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  ~Log();

  /// From here on lines go to `file` too; what was said so far is written there first. An older file is emptied, or,
  /// with `append`, goes on. OutputError if it cannot be made.
  void also_to(const std::filesystem::path& file, bool append = false);
  void info(const std::string& text);
  void warning(const std::string& text);
  void error(const std::string& text);
  /// A line that the next one replaces, if standard output is a terminal; else nothing.
  void transient(const std::string& text);
  /// Is standard output a terminal?
  [[nodiscard]] bool terminal() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vesicast::io
