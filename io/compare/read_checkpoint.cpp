#include "io/compare/read_checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "io/checkpoint/blocks.hpp"
#include "io/checkpoint/manifest.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/text/read_text.hpp"
#include "src/run/stored_sums.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

Manifest manifest_of(const fs::path& folder) {
  const fs::path file = folder / run_files::checkpoint_manifest;
  try {
    return manifest_from(read_text(file));
  } catch (const InputError& e) {
    throw InputError(fmt::format("{}: {}", file.string(), e.what()));
  }
}

/// The blocks of all ranks.
class Whole {
 public:
  Whole(const fs::path& folder, const Manifest& manifest)
      : file_(folder / run_files::checkpoint_data),
        blocks_(manifest.blocks.size()),
        places_(blocks_ * static_cast<std::size_t>(manifest.layout.size())) {
    if (manifest.index.bytes != places_.size() * sizeof(BlockPlace))
      throw InputError(fmt::format("{}: its index is of another size", file_.path().string()));
    file_.read(manifest.index, std::as_writable_bytes(std::span(places_)));
  }
  template <class T>
  [[nodiscard]] std::vector<T> part(int rank, std::size_t block) const {
    const BlockPlace& place = places_[static_cast<std::size_t>(rank) * blocks_ + block];
    file_.require_within(place);
    std::vector<T> values(static_cast<std::size_t>(place.bytes / sizeof(T)));
    file_.read(place, std::as_writable_bytes(std::span(values)));
    return values;
  }
  template <class T>
  [[nodiscard]] std::vector<T> all(int ranks, std::size_t block) const {
    std::vector<T> values;
    for (int r = 0; r < ranks; ++r) {
      const std::vector<T> more = part<T>(r, block);
      values.insert(values.end(), more.begin(), more.end());
    }
    return values;
  }
  [[nodiscard]] std::vector<std::byte> bytes(const BlockPlace& place) const {
    file_.require_within(place);
    std::vector<std::byte> values(static_cast<std::size_t>(place.bytes));
    file_.read(place, values);
    return values;
  }

 private:
  BlockFile file_;
  std::size_t blocks_;
  std::vector<BlockPlace> places_;
};

std::vector<double> voxels_of(const Whole& whole, const Layout& layout, std::size_t block) {
  const Box grid{{0, 0, 0}, layout.voxels()};
  std::vector<double> values(static_cast<std::size_t>(grid.volume()));
  for (int r = 0; r < layout.size(); ++r) {
    const Box box = layout.owned_by(r);
    const std::vector<double> part = whole.part<double>(r, block);
    if (static_cast<std::int64_t>(part.size()) != box.volume()) throw InputError("a field has not a value per voxel");
    for (std::int64_t i = 0; i < box.volume(); ++i)
      values[static_cast<std::size_t>(grid.offset(box.voxel(i)))] = part[static_cast<std::size_t>(i)];
  }
  return values;
}

template <class T>
std::vector<T> in_order(const std::vector<T>& values, const std::vector<std::size_t>& order) {
  std::vector<T> sorted;
  for (const std::size_t i : order) sorted.push_back(values.at(i));
  return sorted;
}

std::vector<OutputArray> sums_of(const Manifest& m, const StoredSums& sums) {
  std::vector<double> flows, departed;
  for (const TransportFlows& of_field : sums.flows)
    for (const auto sum : flow_sums) flows.push_back((of_field.*sum).value());
  for (const DepartedCells& d : sums.departed.cells) {
    departed.insert(departed.end(),
                    {static_cast<double>(d.first_type), static_cast<double>(d.type), static_cast<double>(d.count)});
    for (const auto& of_array : d.sums)
      for (const ExactSum& sum : of_array) departed.push_back(sum.value());
  }
  return {{"contents at t = 0", m.numbers.initial},
          {"intraluminal vesicles at t = 0", m.numbers.initial_ilvs},
          {"copies in cells at t = 0", m.numbers.initial_cargo},
          {"flows of fields", flows},
          {"departed cells", departed}};
}

}  // namespace

ReadCheckpoint read_whole_checkpoint(const fs::path& folder) {
  const Manifest m = manifest_of(folder);
  const Whole whole(folder, m);
  const int ranks = m.layout.size();
  ReadCheckpoint read{to_seconds(m.numbers.time),
                      m.numbers.steps,
                      {m.layout.voxels(), {}, {}},
                      {},
                      sums_of(m, sums_from(whole.bytes(m.sums)))};
  const auto ids = std::ranges::find(m.blocks, "cells/id");
  if (ids == m.blocks.end()) throw InputError(fmt::format("{}: has no cells", folder.string()));
  const std::vector<std::int64_t> id = whole.all<std::int64_t>(ranks, static_cast<std::size_t>(ids - m.blocks.begin()));
  std::vector<std::size_t> order(id.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return id[i]; });
  read.cells.ids = in_order(id, order);
  for (std::size_t b = 0; b < m.blocks.size(); ++b) {
    const std::string& name = m.blocks[b];
    if (!name.starts_with("cells/")) {
      read.fields.arrays.push_back({name, voxels_of(whole, m.layout, b)});
    } else if (name == "cells/type" || name == "cells/first_type") {
      const std::vector<std::int32_t> values = in_order(whole.all<std::int32_t>(ranks, b), order);
      read.cells.arrays.push_back({name, std::vector<std::int64_t>(values.begin(), values.end())});
    } else if (name == "cells/position") {
      const std::vector<Vector3> values = in_order(whole.all<Vector3>(ranks, b), order);
      for (std::size_t a = 0; a < 3; ++a) {
        std::vector<double> along;
        for (const Vector3& x : values) along.push_back(x[a]);
        read.cells.arrays.push_back({fmt::format("{}/{}", name, a), std::move(along)});
      }
    } else if (name != "cells/id") {
      read.cells.arrays.push_back({name, in_order(whole.all<double>(ranks, b), order)});
    }
  }
  return read;
}

}  // namespace vesicast::io
