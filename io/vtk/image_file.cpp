#include "io/vtk/image_file.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <stdexcept>

#include "io/text/read_text.hpp"
#include "io/vtk/read_xml.hpp"

namespace vesicast::io {
namespace {

using Attributes = std::map<std::string, std::string, std::less<>>;

constexpr std::int64_t most_voxels_along = 1 << 30;

/// A walk through the elements of one file.
class Walk {
 public:
  void open(const std::string& name, const Attributes& of) {
    path_.push_back(name);
    if (path_.size() == 1) {
      if (name != "VTKFile") throw std::runtime_error("it is no VTK file");
      const std::string type = get(of, "type");
      if (type != "ImageData" && type != "PImageData")
        throw std::runtime_error(fmt::format("it holds \"{}\", not an image", type.substr(0, 40)));
      kind_ = type;
      common_.big_endian = get(of, "byte_order") == "BigEndian";
      common_.wide_headers = get(of, "header_type") == "UInt64";
      common_.compressor = get(of, "compressor");
    } else if (path_.size() == 2 && name == kind_) {
      image.voxels = box(get(of, "WholeExtent"));
      image.spacing = numbers<3>(get(of, "Spacing"), "Spacing", {1.0, 1.0, 1.0});
      const auto axes = numbers<9>(get(of, "Direction"), "Direction", {1, 0, 0, 0, 1, 0, 0, 0, 1});
      image.turned = axes != std::array<double, 9>{1, 0, 0, 0, 1, 0, 0, 0, 1};
      found_ = true;
    } else if (path_.size() == 3 && name == "Piece") {
      ImagePiece& piece = image.pieces.emplace_back();
      piece.voxels = box(get(of, "Extent"));
      piece.source = get(of, "Source");
    } else if (name == "DataArray" && in("Piece") && path_.size() == 5) {
      const std::string& data = path_[3];
      if (data == "CellData") {
        array_ = &image.pieces.back().cell_data.emplace_back(array_of(of));
        array_->format.type = get(of, "type");
        array_->format.format = get(of, "format").empty() ? "ascii" : get(of, "format");
        if (array_->format.format == "appended") array_->offset = whole_number(get(of, "offset"), "offset");
      } else if (data == "PointData") {
        image.pieces.back().point_data.push_back(get(of, "Name"));
      }
    } else if (name == "PDataArray" && path_.size() == 4 && path_[2] == "PCellData") {
      image.listed.push_back(array_of(of));
    }
  }

  void close() {
    array_ = nullptr;
    path_.pop_back();
  }

  void text(std::string_view piece) {
    if (array_ != nullptr && array_->format.format != "appended") array_->text += piece;
  }

  [[nodiscard]] bool whole() const { return found_; }
  void appended(bool base64) {
    for (ImagePiece& piece : image.pieces)
      for (ImageArray& array : piece.cell_data)
        if (array.format.format == "appended") array.format.base64 = base64;
  }

  ImageFile image;

 private:
  [[nodiscard]] bool in(std::string_view name) const { return path_.size() > 2 && path_[2] == name; }

  static std::string get(const Attributes& of, std::string_view name) {
    const auto it = of.find(name);
    return it == of.end() ? std::string() : it->second;
  }

  ImageArray array_of(const Attributes& of) const {
    ImageArray array;
    array.name = get(of, "Name");
    array.format = common_;
    if (const std::string n = get(of, "NumberOfComponents"); !n.empty()) {
      const std::size_t components = whole_number(n, "NumberOfComponents");
      if (components < 1 || components > 1000) throw std::runtime_error("NumberOfComponents is not 1 to 1000");
      array.components = static_cast<int>(components);
    }
    return array;
  }

  static std::size_t whole_number(const std::string& text, const char* what) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
      throw std::runtime_error(fmt::format("{} = \"{}\" is not a whole number", what, text.substr(0, 40)));
    return value;
  }

  template <std::size_t n>
  static std::array<double, n> numbers(const std::string& text, const char* what, const std::array<double, n>& absent) {
    if (text.empty()) return absent;
    std::array<double, n> values{};
    const char* at = text.data();
    const char* const end = at + text.size();
    for (double& value : values) {
      while (at != end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) ++at;
      const auto [stop, error] = std::from_chars(at, end, value);
      if (error != std::errc{} || !std::isfinite(value))
        throw std::runtime_error(fmt::format("{} = \"{}\" is not {} numbers", what, text.substr(0, 40), n));
      at = stop;
    }
    return values;
  }

  /// An extent of points as a box of voxels.
  static Box box(const std::string& extent) {
    if (extent.empty()) throw std::runtime_error("an extent is missing");
    const auto e = numbers<6>(extent, "an extent", {});
    Box b;
    for (std::size_t a = 0; a < 3; ++a) {
      const double lower = e[2 * a], upper = e[2 * a + 1];
      const bool sound = lower == std::floor(lower) && upper == std::floor(upper) && upper >= lower &&
                         std::abs(lower) < most_voxels_along && std::abs(upper) < most_voxels_along;
      if (!sound) throw std::runtime_error(fmt::format("an extent, \"{}\", is no box", extent.substr(0, 60)));
      b.lower[a] = static_cast<std::int64_t>(lower);
      b.upper[a] = std::max(b.lower[a] + 1, static_cast<std::int64_t>(upper));
    }
    return b;
  }

  std::vector<std::string> path_;
  std::string kind_;
  ValueFormat common_;
  ImageArray* array_ = nullptr;
  bool found_ = false;
};

/// What the parser calls back; an exception waits until the parser has returned.
struct Parsing {
  Walk walk;
  XML_Parser parser = nullptr;
  std::string error;

  template <class F>
  void guarded(F&& f) {
    if (!error.empty()) return;
    try {
      f();
    } catch (const std::exception& e) {
      error = e.what();
      XML_StopParser(parser, XML_FALSE);
    }
  }
};

/// Where raw data begin that are no XML: the text before them is closed by hand.
struct Parts {
  std::string_view xml, appended;
  bool has_appended = false, base64 = false;
};

Parts parts_of(std::string_view text) {
  constexpr std::string_view tag = "<AppendedData";
  const std::size_t at = text.find(tag);
  if (at == std::string_view::npos) return {text, {}, false, false};
  Parts parts{text.substr(0, at), {}, true, false};
  const std::size_t end = text.find('>', at);
  if (end == std::string_view::npos) throw std::runtime_error("AppendedData does not begin");
  const std::string_view attributes = text.substr(at, end - at);
  parts.base64 = attributes.find("base64") != std::string_view::npos;
  const std::size_t mark = text.find('_', end);
  if (mark == std::string_view::npos) throw std::runtime_error("AppendedData have no \"_\"");
  parts.appended = text.substr(mark + 1);
  return parts;
}

}  // namespace

ImageFile read_image_file(const std::filesystem::path& file) {
  std::error_code none;
  if (!std::filesystem::exists(file, none)) throw unreadable(file, "there is no such file");
  const std::string text = read_text(file);
  Parsing parsing;
  try {
    const Parts parts = parts_of(text);
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
    if (!parser) throw std::runtime_error("the XML parser did not start");
    parsing.parser = parser.get();
    XML_SetUserData(parser.get(), &parsing);
    XML_SetElementHandler(
        parser.get(),
        [](void* data, const char* name, const char** pairs) {
          auto* p = static_cast<Parsing*>(data);
          p->guarded([&] {
            Attributes of;
            for (; *pairs != nullptr; pairs += 2) of.emplace(pairs[0], pairs[1]);
            p->walk.open(name, of);
          });
        },
        [](void* data, const char*) {
          auto* p = static_cast<Parsing*>(data);
          p->guarded([&] { p->walk.close(); });
        });
    XML_SetCharacterDataHandler(parser.get(), [](void* data, const char* letters, int count) {
      auto* p = static_cast<Parsing*>(data);
      p->guarded([&] { p->walk.text({letters, static_cast<std::size_t>(count)}); });
    });
    // Entities that grow are no part of such files.
    XML_SetEntityDeclHandler(parser.get(), [](void* data, const char*, int, const char*, int, const char*, const char*,
                                              const char*, const char*) {
      auto* p = static_cast<Parsing*>(data);
      p->guarded([] { throw std::runtime_error("it declares entities"); });
    });
    const std::string closing = parts.has_appended ? "</VTKFile>" : "";
    bool well_formed = true;
    constexpr std::size_t piece = 1 << 24;
    for (std::size_t at = 0; well_formed && at < parts.xml.size(); at += piece) {
      const std::string_view now = parts.xml.substr(at, piece);
      well_formed = XML_Parse(parser.get(), now.data(), static_cast<int>(now.size()), 0) == XML_STATUS_OK;
    }
    well_formed =
        well_formed && XML_Parse(parser.get(), closing.data(), static_cast<int>(closing.size()), 1) == XML_STATUS_OK;
    const auto line = static_cast<std::uint64_t>(XML_GetCurrentLineNumber(parser.get()));
    if (!parsing.error.empty()) throw std::runtime_error(fmt::format("line {}: {}", line, parsing.error));
    if (!well_formed)
      throw std::runtime_error(fmt::format("line {}: {}", line, XML_ErrorString(XML_GetErrorCode(parser.get()))));
    if (!parsing.walk.whole()) throw std::runtime_error("it has no image");
    parsing.walk.appended(parts.base64);
    parsing.walk.image.appended = parts.appended;
  } catch (const std::runtime_error& e) {
    throw unreadable(file, e.what());
  }
  return std::move(parsing.walk.image);
}

std::vector<double> image_values(const std::filesystem::path& file, const ImageFile& image, const ImagePiece& piece,
                                 const ImageArray& array) {
  try {
    const double voxels = static_cast<double>(piece.voxels.extent(0)) * static_cast<double>(piece.voxels.extent(1)) *
                          static_cast<double>(piece.voxels.extent(2)) * array.components;
    if (voxels > 1e12) throw std::runtime_error("its piece has more voxels than any file");
    std::string_view text = array.text;
    if (array.format.format == "appended") {
      if (array.offset >= image.appended.size()) throw std::runtime_error("its offset lies behind the file's end");
      text = std::string_view(image.appended).substr(array.offset);
    } else if (array.format.format != "ascii" && array.format.format != "binary") {
      throw std::runtime_error(fmt::format("format \"{}\" is not read", array.format.format.substr(0, 40)));
    }
    return read_values(text, array.format, static_cast<std::size_t>(voxels));
  } catch (const std::runtime_error& e) {
    throw unreadable(file, fmt::format("array \"{}\": {}", array.name, e.what()));
  }
}

}  // namespace vesicast::io
