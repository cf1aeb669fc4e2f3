// Maps from VTK images: what is read, and the message for each file that is refused.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "decomposition/base/error.hpp"
#include "io/maps/image_map.hpp"

namespace vesicast::io::maps_image_test {
namespace {

const Grid block{{3, 2, 1}, {10.0, 20.0, 30.0}, 3};
const Grid section{{2, 2, 1}, {10.0, 10.0, 12.0}, 2};

std::string path(const std::string& name) {
  return fmt::format("{}/tests/data/maps/{}", VESICAST_SOURCE_DIR, name);
}

/// The message without the folder.
std::string refusal(const std::string& file, const std::string& array, const Grid& grid, int components = 1) {
  try {
    (void)read_image_map({file, array}, grid, grid.box(), components);
  } catch (const InputError& error) {
    std::string message = error.what();
    const std::string folder = std::filesystem::path(file).parent_path().string() + "/";
    if (const auto at = message.find(folder); at != std::string::npos) message.erase(at, folder.size());
    return message;
  }
  return "no error";
}

TEST(ImageMap, ReadsOneComponentOfAnyNumberType) {
  EXPECT_EQ(read_image_map({path("fraction.vti"), "alpha"}, block, block.box(), 1),
            (std::vector<double>{0.1, 0.2, 0.3, 0.4, 0.5, 0.6}));
  EXPECT_EQ(read_image_map({path("fraction.vti"), "label"}, block, block.box(), 1),
            (std::vector<double>{0, 1, 1, 2, 3, 3}));
}

TEST(ImageMap, ReadsThreeComponentsOneAfterTheOther) {
  EXPECT_EQ(read_image_map({path("fraction.vti"), "velocity"}, block, {{1, 0, 0}, {3, 2, 1}}, 3),
            (std::vector<double>{4, 7, 13, 16, 5, 8, 14, 17, 6, 9, 15, 18}));
}

TEST(ImageMap, AFlatImageWithAnyOriginIsASection) {
  EXPECT_EQ(read_image_map({path("section.vti"), "label"}, section, section.box(), 1),
            (std::vector<double>{7, 8, 9, 10}));
}

TEST(ImageMap, AnotherGridIsRefusedAndBothAreNamed) {
  EXPECT_EQ(refusal(path("fraction.vti"), "alpha", {{3, 2, 2}, {10.0, 20.0, 30.0}, 3}),
            "fraction.vti: the image has 3 x 2 x 1 voxels of 10 x 20 x 30 um, the domain 3 x 2 x 2 voxels of 10 x 20 x "
            "30 um");
  EXPECT_EQ(refusal(path("fraction.vti"), "alpha", {{3, 2, 1}, {10.0, 20.0, 30.001}, 3}),
            "fraction.vti: the image has 3 x 2 x 1 voxels of 10 x 20 x 30 um, the domain 3 x 2 x 1 voxels of 10 x 20 x "
            "30.001 um");
  EXPECT_EQ(refusal(path("section.vti"), "label", {{2, 3, 1}, {10.0, 10.0, 12.0}, 2}),
            "section.vti: the image has 2 x 2 voxels of 10 x 10 um, the domain 2 x 3 voxels of 10 x 10 um");
}

TEST(ImageMap, AMissingArrayIsRefusedWithTheNearestName) {
  EXPECT_EQ(refusal(path("fraction.vti"), "lable", block),
            "fraction.vti: no cell data is called \"lable\"; did you mean \"label\"?");
  EXPECT_EQ(refusal(path("section.vti"), "D", section),
            "section.vti: no cell data is called \"D\"; cell data arrays: label");
  EXPECT_EQ(refusal(path("fraction.vti"), "corner", block),
            "fraction.vti: \"corner\" is point data; a map is cell data, one value per voxel");
}

TEST(ImageMap, TheNumberOfComponentsMustBeRight) {
  EXPECT_EQ(refusal(path("fraction.vti"), "velocity", block), "fraction.vti: \"velocity\" has 3 components, not 1");
  EXPECT_EQ(refusal(path("fraction.vti"), "alpha", block, 3), "fraction.vti: \"alpha\" has 1 component, not 3");
}

TEST(ImageMap, ValuesThatAreNotFiniteAreRefusedWhereverTheyAre) {
  EXPECT_EQ(refusal(path("fraction.vti"), "gap", block),
            "fraction.vti: \"gap\" is nan in voxel (1, 1, 0), centre (15, 30, 15) um");
  EXPECT_EQ(refusal(path("fraction.vti"), "endless", block),
            "fraction.vti: \"endless\" is inf in voxel (1, 0, 0), centre (15, 10, 15) um");
  EXPECT_THROW((void)read_image_map({path("fraction.vti"), "gap"}, block, {{0, 0, 0}, {1, 1, 1}}, 1), InputError);
}

TEST(ImageMap, FilesThatAreNoImagesAreRefused) {
  EXPECT_EQ(refusal(path("nowhere.vti"), "alpha", block), "cannot read nowhere.vti: there is no such file");
  const std::string folder = testing::TempDir() + "vesicast-maps-" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  std::ifstream whole(path("fraction.vti"));
  const std::string text{std::istreambuf_iterator<char>(whole), {}};
  std::ofstream(folder + "/cut.vti") << text.substr(0, text.size() / 2);
  std::ofstream(folder + "/noise.vti") << "this is no XML";
  EXPECT_EQ(refusal(folder + "/cut.vti", "alpha", block).substr(0, 21), "cannot read cut.vti: ");
  EXPECT_EQ(refusal(folder + "/noise.vti", "alpha", block).substr(0, 23), "cannot read noise.vti: ");
  std::string turned = text;
  turned.replace(turned.find("Spacing="), 0, "Direction=\"0 1 0 1 0 0 0 0 1\" ");
  std::ofstream(folder + "/turned.vti") << turned;
  EXPECT_EQ(refusal(folder + "/turned.vti", "alpha", block),
            "turned.vti: the image is turned; its axes must be x, y and z");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace vesicast::io::maps_image_test
