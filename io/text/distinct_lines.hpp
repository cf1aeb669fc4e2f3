#pragma once
/// \file
/// What is wrong, said once.
#include <set>
#include <string>
#include <string_view>

namespace vesicast::io {

/// Lines in the order in which they came, each once.
class DistinctLines {
 public:
  void add(std::string_view lines) {
    while (!lines.empty()) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      if (const auto [line, is_new] = seen_.emplace(lines.substr(0, end)); is_new)
        text_ += text_.empty() ? *line : '\n' + *line;
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::set<std::string> seen_;
  std::string text_;
};

}  // namespace vesicast::io
