#include "io/compare/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text;
  if (stream) text.assign(std::istreambuf_iterator<char>(stream), {});
  if (stream.fail() && !stream.eof())
    throw InputError(fmt::format("cannot read {}: {}", file.string(), std::generic_category().message(errno)));
  return text;
}

/// The line around byte `at`, or what stands for it at the end of the file.
std::string line_at(std::string_view text, std::size_t at) {
  if (at >= text.size() && (at == 0 || text[at - 1] == '\n')) return "(the file ends here)";
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = text.find('\n', at);
  std::string line(text.substr(start, end == std::string_view::npos ? end : end - start));
  if (end == std::string_view::npos) line += " (without a line end)";
  return line;
}

}  // namespace

std::optional<std::string> compare_tables(const std::filesystem::path& a, const std::filesystem::path& b) {
  const std::string text_a = contents(a), text_b = contents(b);
  if (text_a == text_b) return std::nullopt;
  const auto [in_a, in_b] = std::ranges::mismatch(text_a, text_b);
  const auto at = static_cast<std::size_t>(in_a - text_a.begin());
  const auto line = 1 + std::count(text_a.begin(), in_a, '\n');
  return fmt::format("{}: differs first in line {}\n  A: {}\n  B: {}", a.filename().string(), line, line_at(text_a, at),
                     line_at(text_b, at));
}

}  // namespace vesicast::io
