#pragma once
/// \file
/// All that is wrong with a configuration, gathered so that it can be told in one go.
#include <string>
#include <string_view>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/config/tree.hpp"

namespace vesicast::io {

/// One thing that is wrong: `where` is "file:line:column" or "--set", `message` names the key and what to do.
struct Problem {
  std::string where;
  std::string message;
};

/// A configuration that cannot be run. Its message has one line per problem, in the order of the file.
class InvalidConfig : public InputError {
 public:
  explicit InvalidConfig(std::vector<Problem> problems);
  [[nodiscard]] const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Collects problems while a configuration is read.
class Problems {
 public:
  explicit Problems(std::string file) : file_(std::move(file)) {}
  /// Notes what is wrong with the key `path`, written at `where`.
  void add(const Position& where, std::string_view path, std::string_view message);
  /// Adds all that was noted in `other`.
  void append(const Problems& other) { found_.insert(found_.end(), other.found_.begin(), other.found_.end()); }
  [[nodiscard]] bool empty() const { return found_.empty(); }
  /// Was anything noted of the key or table `path`, or of what is in it?
  [[nodiscard]] bool any_in(std::string_view path) const;
  /// \throws InvalidConfig with all that was noted, by line and column, presets and then --set last; nothing when there
  /// is none.
  void throw_if_any() const;

 private:
  struct Found {
    Position where;
    std::string path;
    std::string message;
  };
  std::string file_;
  std::vector<Found> found_;
};

}  // namespace vesicast::io
