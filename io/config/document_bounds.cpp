#include "io/config/document_bounds.hpp"

#include <fmt/format.h>

namespace vesicast::io {
namespace {

/// Where the string that begins at `at` ends: behind its last quote, or where the text or, of one that is not written
/// over several lines, the line does.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string_view three = text.substr(at, 3);
  const bool over_lines = three.size() == 3 && three[1] == quote && three[2] == quote;
  for (std::size_t i = at + (over_lines ? 3 : 1); i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (over_lines) {
      if (text.substr(i, 3) == three) return i + 3;
    } else if (text[i] == quote) {
      return i + 1;
    } else if (text[i] == '\n') {
      return i;
    }
  }
  return text.size();
}

}  // namespace

std::optional<BoundExceeded> exceeded_bound(std::string_view text) {
  std::size_t depth = 0, parts = 1, line = 1, line_start = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const auto here = [&](std::string what) {
      return BoundExceeded{static_cast<int>(line), static_cast<int>(i - line_start) + 1, std::move(what)};
    };
    if (c == '"' || c == '\'') {
      const std::size_t end = end_of_string(text, i);
      for (; i < end; ++i)
        if (text[i] == '\n') {
          ++line;
          line_start = i + 1;
        }
      continue;
    }
    if (c == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
      continue;
    }
    if (c == '\n') {
      ++line;
      line_start = i + 1;
      parts = 1;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest_nesting)
        return here(fmt::format("arrays and tables are nested more than {} deep", deepest_nesting));
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    } else if (c == '.') {
      if (++parts > longest_key) return here(fmt::format("a key has more than {} parts", longest_key));
    }
    if (c == '=' || c == ',' || c == '{') parts = 1;
    ++i;
  }
  return std::nullopt;
}

}  // namespace vesicast::io
