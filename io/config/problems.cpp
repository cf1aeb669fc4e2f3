#include "io/config/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace vesicast::io {
namespace {

/// As many as a person reads; of what is very long, the beginning and the end.
std::string lines(const std::vector<Problem>& problems) {
  constexpr std::size_t most_problems = 50, longest = 2000;
  std::string text;
  for (std::size_t i = 0; i < std::min(most_problems, problems.size()); ++i) {
    const Problem& p = problems[i];
    const std::string message = p.message.size() <= longest
                                    ? p.message
                                    : fmt::format("{} ... {}", p.message.substr(0, longest / 2),
                                                  p.message.substr(p.message.size() - longest / 4));
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", p.where, message);
  }
  if (problems.size() > most_problems) text += fmt::format("\n... and {} more", problems.size() - most_problems);
  return text;
}

}  // namespace

InvalidConfig::InvalidConfig(std::vector<Problem> problems)
    : InputError(lines(problems)), problems_(std::move(problems)) {}

void Problems::add(const Position& where, std::string_view path, std::string_view message) {
  found_.push_back(
      {where, std::string(path), path.empty() ? std::string(message) : fmt::format("{}: {}", path, message)});
}

bool Problems::any_in(std::string_view path) const {
  return std::ranges::any_of(found_, [&](const Found& f) {
    return f.path.starts_with(path) && (f.path.size() == path.size() || f.path[path.size()] == '.');
  });
}

void Problems::throw_if_any() const {
  if (found_.empty()) return;
  std::vector<Found> sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Found& a, const Found& b) {
    const auto order = [](const Found& f) {
      return std::tuple(f.where.overridden, f.where.source != nullptr, f.where.line, f.where.column);
    };
    return order(a) < order(b);
  });
  std::vector<Problem> problems;
  for (const Found& f : sorted) problems.push_back({f.where.text(file_), f.message});
  throw InvalidConfig(std::move(problems));
}

}  // namespace vesicast::io
