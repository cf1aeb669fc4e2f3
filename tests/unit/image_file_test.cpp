// Images as other programs write them, and as disks and networks damage them.
#include "io/vtk/image_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "decomposition/base/error.hpp"
#include "io/maps/image_map.hpp"

namespace vesicast::io::image_file_test {
namespace {

namespace fs = std::filesystem;
const Grid line{{4, 1, 1}, {10.0, 10.0, 10.0}, 2};

class ImageFileOf : public testing::Test {
 protected:
  ImageFileOf() : folder(fs::path(testing::TempDir()) / ("vesicast-image-" + std::to_string(::getpid()))) {
    fs::create_directories(folder);
  }
  ~ImageFileOf() override { fs::remove_all(folder); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
    return (folder / name).string();
  }
  fs::path folder;
};

/// Four voxels in a row; `array` is the DataArray, `rest` what follows the image, `head` attributes of the file.
std::string image(const std::string& array, const std::string& rest = "", const std::string& head = "") {
  return "<?xml version=\"1.0\"?>\n<VTKFile type=\"ImageData\" version=\"1.0\" byte_order=\"LittleEndian\" " + head +
         ">\n<ImageData WholeExtent=\"0 4 0 1 0 0\" Origin=\"0 0 0\" Spacing=\"10 10 1\">\n<Piece Extent=\"0 4 0 1 0 "
         "0\">\n"
         "<CellData>" +
         array + "</CellData>\n</Piece>\n</ImageData>\n" + rest + "</VTKFile>\n";
}

std::string bytes_of(std::uint32_t length, const std::vector<std::uint8_t>& values) {
  std::string out(reinterpret_cast<const char*>(&length), 4);
  out.append(values.begin(), values.end());
  return out;
}

const std::vector<double> expected{7, 8, 9, 200};

std::vector<double> read(const std::string& file) {
  return read_image_map({file, "a"}, line, line.box(), 1);
}

std::string refusal(const std::string& file) {
  try {
    (void)read(file);
  } catch (const InputError& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST_F(ImageFileOf, NumbersComeInEveryForm) {
  const std::string array = R"(<DataArray type="UInt8" Name="a" )";
  EXPECT_EQ(read(write("ascii.vti", image(array + "format=\"ascii\"> 7 8\n9 200 </DataArray>"))), expected);
  // 4, 0, 0, 0, 7, 8, 9, 200 in base64, at once and with the length apart
  EXPECT_EQ(read(write("binary.vti", image(array + "format=\"binary\">BAAAAAcICcg=</DataArray>"))), expected);
  EXPECT_EQ(read(write("apart.vti", image(array + "format=\"binary\">\n BAAAAA== BwgJyA==</DataArray>"))), expected);
  EXPECT_EQ(read(write("wide.vti",
                       image(array + "format=\"binary\">BAAAAAAAAAAHCAnI</DataArray>", "", "header_type=\"UInt64\""))),
            expected);
  const std::string appended = array + "format=\"appended\" offset=\"2\"/>";
  EXPECT_EQ(read(write("raw.vti", image(appended, "<AppendedData encoding=\"raw\">\n_xx" + bytes_of(4, {7, 8, 9, 200}) +
                                                      "</AppendedData>"))),
            expected);
  EXPECT_EQ(
      read(write("base64.vti", image(appended, "<AppendedData encoding=\"base64\">_  BAAAAAcICcg=</AppendedData>"))),
      expected);
  EXPECT_EQ(
      read(write("zlib.vti", image(array + "format=\"binary\">AQAAAAQAAAAAAAAADAAAAA==eJxj5+A8AQABEgDh</DataArray>", "",
                                   "compressor=\"vtkZLibDataCompressor\""))),
      expected);
}

TEST_F(ImageFileOf, PiecesAreJoinedAndGapsTold) {
  const auto piece = [](int from, int to, const std::string& values) {
    const std::string extent = std::to_string(from) + " " + std::to_string(to) + " 0 1 0 0";
    return "<VTKFile type=\"ImageData\"><ImageData WholeExtent=\"" + extent +
           "\" Spacing=\"10 10 1\"><Piece Extent=\"" + extent +
           "\"><CellData><DataArray type=\"Float64\" Name=\"a\" format=\"ascii\">" + values +
           "</DataArray></CellData></Piece></ImageData></VTKFile>";
  };
  write("p0.vti", piece(0, 3, "7 8 9"));
  write("p1.vti", piece(3, 4, "200"));
  const auto parallel = [](const std::string& pieces) {
    return "<VTKFile type=\"PImageData\"><PImageData WholeExtent=\"0 4 0 1 0 0\" Spacing=\"10 10 "
           "1\"><PCellData><PDataArray "
           "type=\"Float64\" Name=\"a\"/></PCellData>" +
           pieces + "</PImageData></VTKFile>";
  };
  const std::string first = "<Piece Extent=\"0 3 0 1 0 0\" Source=\"p0.vti\"/>";
  EXPECT_EQ(read(write("all.pvti", parallel(first + "<Piece Extent=\"3 4 0 1 0 0\" Source=\"p1.vti\"/>"))), expected);
  EXPECT_NE(refusal(write("gap.pvti", parallel(first))).find("no piece has voxel (3, 0, 0)"), std::string::npos)
      << refusal((folder / "gap.pvti").string());
  EXPECT_NE(refusal(write("none.pvti", parallel("<Piece Extent=\"0 4 0 1 0 0\" Source=\"p9.vti\"/>")))
                .find("p9.vti: there is no such file"),
            std::string::npos);
}

TEST_F(ImageFileOf, WhatIsWrongNamesFileAndArray) {
  const std::string array = R"(<DataArray type="UInt8" Name="a" )";
  for (const auto& [text, word] :
       {std::pair(image(array + "format=\"ascii\">7 8 9</DataArray>"), "it has 3 values instead of 4"),
        std::pair(image(array + "format=\"ascii\">7 8 9 1 2</DataArray>"), "it has more than 4 values"),
        std::pair(image(array + "format=\"ascii\">7 8\"1e300 um\" 9 10</DataArray>"), "\"8\"1e300\" is not a number"),
        std::pair(image(array + "format=\"binary\">BAAAAAcI</DataArray>"), "it ends before its data do"),
        std::pair(image(array + "format=\"binary\">BQAAAAcICcg=</DataArray>"), "another number of values"),
        std::pair(image(array + "format=\"binary\">B*AAAAcICcg=</DataArray>"), "not base64"),
        std::pair(
            image(array + "format=\"appended\" offset=\"99\"/>", "<AppendedData encoding=\"raw\">_</AppendedData>"),
            "behind the file's end"),
        std::pair(image(array + "format=\"curly\">1</DataArray>"), "format \"curly\" is not read"),
        std::pair(image(R"(<DataArray type="Complex" Name="a" format="binary">BAAAAAcICcg=</DataArray>)"),
                  "\"Complex\", which is not read"),
        std::pair(image(array + "format=\"binary\">AQAAAAQAAAAAAAAADAAAAA==AAAAAAAAAAAAAAAA</DataArray>", "",
                        "compressor=\"vtkZLibDataCompressor\""),
                  "cannot be unpacked"),
        std::pair(image(array + "format=\"binary\">AAAAAAAA</DataArray>", "", "compressor=\"vtkLZMADataCompressor\""),
                  "vtkLZMADataCompressor, which is not read")}) {
    const std::string message = refusal(write("bad.vti", text));
    EXPECT_NE(message.find(word), std::string::npos) << message;
    EXPECT_NE(message.find("bad.vti: array \"a\": "), std::string::npos) << message;
  }
  for (const auto& [text, word] :
       {std::pair(std::string("<VTKFile type=\"PolyData\"/>"), "not an image"),
        std::pair(std::string("<html/>"), "it is no VTK file"),
        std::pair(std::string("<VTKFile type=\"ImageData\"/>"), "it has no image"),
        std::pair(std::string("<VTKFile type=\"ImageData\"><ImageData WholeExtent=\"0 1e99 0 1 0 1\"/></VTKFile>"),
                  "is no box"),
        std::pair(std::string("<!DOCTYPE a [<!ENTITY b \"b\">]><VTKFile type=\"ImageData\"/>"), "declares entities")})
    EXPECT_NE(refusal(write("bad.vti", text)).find(word), std::string::npos) << refusal((folder / "bad.vti").string());
}

TEST_F(ImageFileOf, AnyDamageIsRefusedOrReadAndNeverMore) {
  // Every byte turned round, and every length: whatever comes of it, it comes as values or as an error.
  const std::string array = R"(<DataArray type="UInt8" Name="a" )";
  for (const std::string& whole :
       {image(array + "format=\"binary\">BAAAAAcICcg=</DataArray>"),
        image(array + "format=\"appended\" offset=\"0\"/>",
              "<AppendedData encoding=\"raw\">_" + bytes_of(4, {7, 8, 9, 200}) + "</AppendedData>")}) {
    int refused = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      for (const int flip : {1, 0x20, 0x80}) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ flip);
        const std::string message = refusal(write("d.vti", damaged));
        if (message != "no error") ++refused;
      }
      const std::string message = refusal(write("d.vti", whole.substr(0, i)));
      if (message != "no error") ++refused;
    }
    EXPECT_GT(refused, static_cast<int>(whole.size()));
  }
}

}  // namespace vesicast::io::image_file_test
