#include "io/vtk/binary_values.hpp"

#include <fmt/format.h>
#include <lz4.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace vesicast::io {
namespace {

using Bytes = std::vector<unsigned char>;

std::runtime_error wrong(const std::string& what) {
  return std::runtime_error(what);
}

constexpr std::size_t not_there = std::numeric_limits<std::size_t>::max();

/// Bytes as they come out of a text, from its start on.
class Source {
 public:
  Source(std::string_view text, bool base64) : text_(text), base64_(base64) {
    if (base64_) skip_blanks();
  }

  /// The next `size` bytes. In base64 what is written as one begins with a group of its own.
  Bytes take(std::size_t size) {
    if (size > text_.size()) throw wrong("it ends before its data do");  // base64 is longer still
    Bytes bytes;
    bytes.reserve(size);
    if (!base64_) {
      bytes.assign(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(size));
      text_.remove_prefix(size);
      return bytes;
    }
    while (bytes.size() < size) {
      if (left_ == 0) decode_group();
      bytes.push_back(group_[width_ - left_--]);
    }
    return bytes;
  }
  /// What follows begins with a group of its own.
  void next_group() { left_ = 0; }

 private:
  void skip_blanks() {
    while (!text_.empty() && std::string_view(" \t\r\n").find(text_.front()) != std::string_view::npos)
      text_.remove_prefix(1);
  }

  static int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }

  void decode_group() {
    std::array<int, 4> v{};
    for (int& one : v) {
      skip_blanks();
      if (text_.empty()) throw wrong("it ends before its data do");
      one = text_.front() == '=' ? 64 : value_of(text_.front());
      if (one < 0) throw wrong("it holds a letter that is not base64");
      text_.remove_prefix(1);
    }
    if (v[0] == 64 || v[1] == 64 || (v[2] == 64 && v[3] != 64)) throw wrong("its base64 is damaged");
    const auto bits = static_cast<unsigned>(v[0] << 18 | v[1] << 12 | (v[2] & 63) << 6 | (v[3] & 63));
    group_ = {static_cast<unsigned char>(bits >> 16U), static_cast<unsigned char>(bits >> 8U),
              static_cast<unsigned char>(bits)};
    width_ = v[2] == 64 ? 1 : v[3] == 64 ? 2 : 3;
    left_ = width_;
  }

  std::string_view text_;
  bool base64_;
  std::array<unsigned char, 3> group_{};
  std::size_t width_ = 3, left_ = 0;  ///< bytes of the group, and how many of them are still to be taken
};

std::size_t size_of(const std::string& type) {
  for (const auto& [name, size] :
       {std::pair("Int8", 1), std::pair("UInt8", 1), std::pair("Int16", 2), std::pair("UInt16", 2),
        std::pair("Int32", 4), std::pair("UInt32", 4), std::pair("Int64", 8), std::pair("UInt64", 8),
        std::pair("Float32", 4), std::pair("Float64", 8)})
    if (type == name) return static_cast<std::size_t>(size);
  throw wrong(fmt::format("its numbers are of type \"{}\", which is not read", type.substr(0, 40)));
}

/// An unsigned number of a header.
std::uint64_t length(Source& source, const ValueFormat& f) {
  const std::size_t size = f.wide_headers ? 8 : 4;
  Bytes bytes = source.take(size);
  if (f.big_endian) std::ranges::reverse(bytes);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  return value;
}

/// One block, `size` bytes when unpacked.
void unpack(const Bytes& packed, std::size_t size, const std::string& compressor, Bytes& into) {
  const std::size_t at = into.size();
  // Neither packs more tightly than this: a length that is more is damaged.
  const std::size_t most = compressor == "vtkLZ4DataCompressor" ? 256 : 1100;
  if (size / most > packed.size()) throw wrong("a block of it cannot hold as much as it says");
  into.resize(at + size);
  bool whole = false;
  if (compressor == "vtkLZ4DataCompressor") {
    whole = LZ4_decompress_safe(reinterpret_cast<const char*>(packed.data()), reinterpret_cast<char*>(&into[at]),
                                static_cast<int>(packed.size()), static_cast<int>(size)) == static_cast<int>(size);
  } else {
    auto got = static_cast<uLongf>(size);
    whole = uncompress(&into[at], &got, packed.data(), static_cast<uLong>(packed.size())) == Z_OK && got == size;
  }
  if (!whole) throw wrong("a block of it cannot be unpacked");
}

Bytes compressed(Source source, const ValueFormat& f, std::size_t wanted) {
  if (f.compressor != "vtkZLibDataCompressor" && f.compressor != "vtkLZ4DataCompressor")
    throw wrong(fmt::format("it is packed with {}, which is not read", f.compressor.substr(0, 40)));
  const std::uint64_t blocks = length(source, f), size = length(source, f), last = length(source, f);
  const std::uint64_t whole = blocks == 0 ? 0 : last == 0 ? blocks : blocks - 1;
  const bool sound = size < (1U << 30U) && (blocks == 0 || (size > 0 && blocks <= wanted / size + 1)) && last <= size &&
                     whole * size + (blocks == 0 ? 0 : last) == wanted;
  if (!sound) throw wrong("it holds another number of values than the image has");
  std::vector<std::uint64_t> packed;
  for (std::uint64_t b = 0; b < blocks; ++b) packed.push_back(length(source, f));
  source.next_group();
  Bytes bytes;
  for (std::uint64_t b = 0; b < blocks; ++b)
    unpack(source.take(static_cast<std::size_t>(packed[b])), static_cast<std::size_t>(b < whole ? size : last),
           f.compressor, bytes);
  return bytes;
}

Bytes plain(Source source, const ValueFormat& f, std::size_t wanted) {
  if (length(source, f) != wanted) throw wrong("it holds another number of values than the image has");
  return source.take(wanted);
}

template <class T>
void convert(const Bytes& bytes, bool big_endian, std::vector<double>& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::array<unsigned char, sizeof(T)> one{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(T)), sizeof(T), one.begin());
    if (big_endian) std::ranges::reverse(one);
    T value;
    std::memcpy(&value, one.data(), sizeof(T));
    out[i] = static_cast<double>(value);
  }
}

std::vector<double> from_ascii(std::string_view text, const std::string& type, std::size_t count) {
  if (count > text.size()) throw wrong(fmt::format("it has fewer than {} values", count));
  std::vector<double> values;
  values.reserve(count);
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    while (at != end && std::string_view(" \t\r\n").find(*at) != std::string_view::npos) ++at;
    if (at == end) break;
    double value = 0.0;
    const auto [stop, error] = std::from_chars(at, end, value);
    const bool ended = stop == end || std::string_view(" \t\r\n").find(*stop) != std::string_view::npos;
    if (error == std::errc::invalid_argument || !ended) {
      const std::string_view word(at, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end - at, 20)));
      throw wrong(fmt::format("\"{}\" is not a number", word.substr(0, word.find_first_of(" \t\r\n"))));
    }
    if (values.size() == count) throw wrong(fmt::format("it has more than {} values", count));
    values.push_back(value);
    at = stop;
  }
  static_cast<void>(size_of(type));
  if (values.size() != count) throw wrong(fmt::format("it has {} values instead of {}", values.size(), count));
  return values;
}

}  // namespace

std::vector<double> read_values(std::string_view text, const ValueFormat& f, std::size_t count) {
  if (f.format == "ascii") return from_ascii(text, f.type, count);
  const std::size_t size = size_of(f.type);
  if (count > not_there / size) throw wrong("it has more values than any file");
  const Source source(text, f.format == "binary" || f.base64);
  const Bytes bytes = f.compressor.empty() ? plain(source, f, count * size) : compressed(source, f, count * size);
  std::vector<double> out(count);
  const auto into = [&]<class T>(T) { convert<T>(bytes, f.big_endian, out); };
  if (f.type == "Int8") into(std::int8_t{});
  if (f.type == "UInt8") into(std::uint8_t{});
  if (f.type == "Int16") into(std::int16_t{});
  if (f.type == "UInt16") into(std::uint16_t{});
  if (f.type == "Int32") into(std::int32_t{});
  if (f.type == "UInt32") into(std::uint32_t{});
  if (f.type == "Int64") into(std::int64_t{});
  if (f.type == "UInt64") into(std::uint64_t{});
  if (f.type == "Float32") into(float{});
  if (f.type == "Float64") into(double{});
  return out;
}

}  // namespace vesicast::io
