#pragma once
/// \file
/// What the output tests share: a scratch folder that all ranks see, and a small run whose values are pure functions of
/// the global voxel and the cell id.
#include <gtest/gtest.h>
#include <mpi.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "decomposition/base/grid.hpp"
#include "decomposition/collectively.hpp"
#include "io/vtk/cells.hpp"
#include "io/vtk/fields.hpp"

namespace output_test {

namespace fs = std::filesystem;
using vesicast::Box;
using vesicast::Grid;

inline int rank() {
  int r = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &r);
  return r;
}
inline int ranks() {
  int n = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &n);
  return n;
}
inline void barrier() {
  MPI_Barrier(MPI_COMM_WORLD);
}

/// A new empty folder, the same on every rank, gone at the end. Collective.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "vesicast-output-XXXXXX").string();
    if (rank() == 0 && mkdtemp(name.data()) == nullptr) name.clear();
    path_ = vesicast::broadcast(MPI_COMM_WORLD, name);
  }
  ~Scratch() {
    barrier();
    if (rank() == 0) fs::remove_all(path_);
    barrier();
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

inline std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Every regular file below `folder` with what it holds.
inline std::map<std::string, std::string> snapshot_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = contents(entry.path());
  return files;
}

/// Runs something collective that must fail with `code` on every rank; returns this rank's message.
inline std::string failure(vesicast::ExitCode code, const std::function<void()>& action) {
  try {
    action();
  } catch (const vesicast::Error& e) {
    EXPECT_EQ(e.code(), code) << e.what();
    return e.what();
  }
  ADD_FAILURE() << "no error on rank " << rank();
  return "";
}

inline constexpr const char* awkward_name = "exosome from CD4+ \"T\" & <B> cells' [1/um^3]";

/// 11 x 5 x 3 voxels; x is cut among the first `owners` ranks, the others own nothing.
struct SmallRun {
  Grid grid{{11, 5, 3}, {10.0, 10.0, 5.0}, 3};
  int owners = ranks();
  std::int64_t cells = 23;
  vesicast::io::VtkForm form{.writers = ranks()};
  /// Planted changes, for compare.
  std::optional<std::int64_t> changed_voxel, changed_cell, left_out_cell;

  [[nodiscard]] Box owned() const {
    const std::int64_t n = owners, r = std::min<std::int64_t>(rank(), n);
    const auto cut = [&](std::int64_t i) { return i >= n ? grid.voxels[0] : grid.voxels[0] * i / n; };
    return {{cut(r), 0, 0}, {cut(r + 1), grid.voxels[1], grid.voxels[2]}};
  }
  [[nodiscard]] double field(std::int64_t global) const {
    if (changed_voxel == global) return 1234.5;
    if (global == 7) return -0.0;
    if (global == 8) return std::numeric_limits<double>::quiet_NaN();
    return 1.0 / (3.0 + static_cast<double>(global));
  }
  [[nodiscard]] double bound(std::int64_t id) const {
    return changed_cell == id ? 99.0 : 0.1 * static_cast<double>(id);
  }
  [[nodiscard]] vesicast::Vector3 position(std::int64_t id) const {
    const auto x = static_cast<double>(id);
    return {x * 4.0 + 0.1, 20.0 + 0.3 * x, 7.7};
  }

  /// Collective.
  void write_fields(const fs::path& run, int index, double time_s) const {
    const Box box = owned();
    std::vector<double> values, squares;
    for (std::int64_t i = 0; i < box.volume(); ++i) {
      values.push_back(field(grid.global_index(box.voxel(i))));
      squares.push_back(values.back() * values.back());
    }
    const std::vector<vesicast::io::NamedValues> arrays{{awkward_name, values}, {"exosome [1/um^3]", squares}};
    const std::vector<vesicast::io::Note> notes{{"seed", "1"}};
    vesicast::io::KnownSeries unknown;
    vesicast::io::write_voxels(MPI_COMM_WORLD, run, "fields", index, time_s, {grid, box, {grid.box(), 1}}, arrays,
                               notes, form, unknown);
  }
  /// Cells are dealt round the owners, so that ids are mixed over the ranks. Collective.
  void write_cells(const fs::path& run, int index, double time_s) const {
    std::vector<std::int64_t> ids;
    std::vector<vesicast::Vector3> positions;
    std::vector<std::int32_t> types;
    std::vector<double> values;
    for (std::int64_t id = cells - 1; id >= 0; --id) {
      if (id % owners != rank() || left_out_cell == id) continue;
      ids.push_back(id + (std::int64_t{1} << 40));
      positions.push_back(position(id));
      types.push_back(static_cast<std::int32_t>(id % 2));
      values.push_back(bound(id));
    }
    const std::vector<vesicast::io::NamedValues> arrays{{"bound exosome [vesicle]", values}};
    const std::vector<std::string> cell_types{"tumour", "CD4+ & \"T\" <cells>"};
    vesicast::io::KnownSeries unknown;
    vesicast::io::write_cells(MPI_COMM_WORLD, run, index, time_s, {ids, positions, types}, arrays, cell_types, {}, form,
                              unknown);
  }
};

}  // namespace output_test
