#pragma once
/// \file
/// The exceptions that end a run, each with the exit code the command line returns for it.
#include <stdexcept>
#include <string>

namespace vesicast {

/// What the process returns to the shell; a batch script can act on each.
enum class ExitCode : int {
  done = 0,
  different = 1,  ///< `vesicast compare` found a difference
  bad_input = 2,
  stopped_early = 3,
  output_failed = 4,
  numerics_failed = 5,
  internal = 70,
};

/// Base of every error that carries an exit code across the ranks.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] ExitCode code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

/// The user's configuration, table or command line is wrong. The message says where and what.
class InputError : public Error {
 public:
  explicit InputError(const std::string& message) : Error(ExitCode::bad_input, message) {}
};

/// A file could not be written: disk full, folder missing, permission.
class OutputError : public Error {
 public:
  explicit OutputError(const std::string& message) : Error(ExitCode::output_failed, message) {}
};

/// The numbers are wrong: a ledger that does not close, a negative concentration, a diverged solver.
class NumericsError : public Error {
 public:
  explicit NumericsError(const std::string& message) : Error(ExitCode::numerics_failed, message) {}
};

/// A broken promise inside the program, or a failing library.
class InternalError : public Error {
 public:
  explicit InternalError(const std::string& message) : Error(ExitCode::internal, message) {}
};

/// A rank has no memory left. More ranks, or fewer per host, leave more for each.
class MemoryError : public Error {
 public:
  explicit MemoryError(const std::string& message) : Error(ExitCode::internal, message) {}
};

/// An error that every rank has agreed on (collectively.hpp): all ranks throw it, so each may end in good order.
class AgreedError : public Error {
 public:
  using Error::Error;
};

}  // namespace vesicast
