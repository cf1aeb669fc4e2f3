#include "io/text/read_text.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "decomposition/base/error.hpp"

namespace vesicast::io {

std::string read_text(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) throw InputError(fmt::format("{}: is a folder, not a file", file.string()));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw InputError(fmt::format("{}: cannot be read to its end", file.string()));
  return text;
}

}  // namespace vesicast::io
