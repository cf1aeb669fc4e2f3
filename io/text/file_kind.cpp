#include "io/text/file_kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

struct Signature {
  std::string_view bytes;
  const char* what;
};

using namespace std::string_view_literals;

constexpr Signature signatures[] = {
    {"\x1f\x8b"sv, "is compressed with gzip; unpack it first (gunzip)"},
    {"BZh"sv, "is compressed with bzip2; unpack it first (bunzip2)"},
    {"\xfd"
     "7zXZ\0"sv,
     "is compressed with xz; unpack it first (unxz)"},
    {"\x28\xb5\x2f\xfd"sv, "is compressed with zstd; unpack it first (unzstd)"},
    {"7z\xbc\xaf\x27\x1c"sv, "is a 7-Zip archive; unpack it first"},
    {"PK\x03\x04"sv, "is a ZIP archive or a spreadsheet (.xlsx, .ods); unpack it, or save the sheet as CSV (UTF-8)"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "is an old Excel file (.xls); save the sheet as CSV (UTF-8)"},
    {"PAR1"sv, "is a Parquet table; write it as CSV, for example with pandas"},
    {"ARROW1"sv, "is an Arrow table; write it as CSV, for example with pandas"},
    {"\x89HDF\r\n\x1a\n"sv, "is an HDF5 file (.h5, .h5ad); write its table as CSV, for example with anndata"},
    {"\x93NUMPY"sv, "is a NumPy array; write it as CSV"},
    {"SQLite format 3\0"sv, "is an SQLite database; export the table as CSV"},
    {"\x89PNG\r\n\x1a\n"sv, "is a PNG image, not a table"},
    {"\xff\xd8\xff"sv, "is a JPEG image, not a table"},
    {"II*\0"sv, "is a TIFF image, not a table"},
    {"MM\0*"sv, "is a TIFF image, not a table"},
    {"II+\0"sv, "is a TIFF image, not a table"},
    {"%PDF-"sv, "is a PDF, not a table"},
    {"\xff\xfe"sv, "is UTF-16; save it as UTF-8 text"},
    {"\xfe\xff"sv, "is UTF-16; save it as UTF-8 text"},
    {"<?xml"sv, "is XML, not a table"},
    {"RDX"sv, "is data of R; write the table with write.csv"},
};

/// UTF-16 of plain letters has a zero in every second byte.
bool looks_like_utf16(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 2000);
  if (start.size() < 8) return false;
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < start.size(); ++i)
    if (start[i] == '\0') ++(i % 2 == 0 ? even : odd);
  return std::max(even, odd) * 5 > start.size() && std::min(even, odd) * 20 < start.size();
}

std::size_t line_of(std::string_view bytes, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::ranges::count(bytes.substr(0, at), '\n'));
}

/// Bytes of the UTF-8 letter that begins here; 0 where none does (RFC 3629).
std::size_t letter_at(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(at + 1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const unsigned low = first == 0xe0 ? 0xa0 : 0x80, high = first == 0xed ? 0x9f : 0xbf;
    return follows(at + 1, low, high) && follows(at + 2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const unsigned low = first == 0xf0 ? 0x90 : 0x80, high = first == 0xf4 ? 0x8f : 0xbf;
    return follows(at + 1, low, high) && follows(at + 2) && follows(at + 3) ? 4 : 0;
  }
  return 0;
}

std::optional<std::size_t> first_that_is_no_text(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = letter_at(bytes, at);
    if (length == 0 || bytes[at] == '\0') return at;
    at += length;
  }
  return std::nullopt;
}

}  // namespace

std::string_view text_in(const std::string& file, std::string_view bytes) {
  for (const Signature& one : signatures)
    if (bytes.starts_with(one.bytes)) throw InputError(fmt::format("{}: {}", file, one.what));
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (looks_like_utf16(bytes)) throw InputError(fmt::format("{}: is UTF-16; save it as UTF-8 text", file));
  if (const auto at = first_that_is_no_text(bytes)) {
    const auto value = static_cast<unsigned char>(bytes[*at]);
    const std::size_t line = line_of(bytes, *at);
    if (value == 0) throw InputError(fmt::format("{}:{}: holds a zero byte: it is not text", file, line));
    throw InputError(
        fmt::format("{}:{}: is not UTF-8 (byte 0x{:02x}), perhaps Latin-1 or Windows-1252; save it as UTF-8, or: iconv "
                    "-f WINDOWS-1252 -t UTF-8 {} > NEW",
                    file, line, value, file));
  }
  return bytes;
}

}  // namespace vesicast::io
