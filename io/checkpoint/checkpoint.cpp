#include "io/checkpoint/checkpoint.hpp"

#include <fmt/format.h>

#include <deque>
#include <optional>
#include <system_error>
#include <utility>

#include "decomposition/collectively.hpp"
#include "io/checkpoint/checksum.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/text/read_text.hpp"
#include "vesicast_version.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;
using Bytes = std::span<const std::byte>;

template <class T>
Bytes bytes_of(std::span<const T> values) {
  return std::as_bytes(values);
}
template <class T>
Bytes bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span(values));
}

/// Calls visit(name, array, place) for every array of the plan, in the order of the list.
template <class Visit>
void for_each_array(const CellPlan& plan, Visit&& visit) {
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const auto array = static_cast<CellArray>(a);
    for (std::size_t which = 0; which < plan.has[a].size(); ++which)
      if (plan(array, which)) visit(fmt::format("cells/{}/{}", cell_array_words[a], which), array, which);
  }
}

/// The blocks of a rank, borrowed from the state as long as this lives.
class Blocks {
 public:
  explicit Blocks(const Simulation& s) {
    const State& u = s.state;
    for (std::size_t f = 0; f < u.fields.size(); ++f) add(fmt::format("field/{}", f), u.fields[f]);
    for (std::size_t f = 0; f < u.bound_fields.size(); ++f)
      if (u.bound_fields[f]) add(fmt::format("bound/{}", f), *u.bound_fields[f]);
    if (s.site.flow && s.site.flow->darcy) add("pressure", s.site.flow->darcy->pressure);
    add("cells/id", bytes_of(u.cells.id));
    add("cells/type", bytes_of(u.cells.type));
    add("cells/first_type", bytes_of(u.cells.first_type));
    add("cells/position", bytes_of(u.cells.position));
    for_each_array(s.model.cell_arrays, [&](const std::string& name, CellArray array, std::size_t which) {
      add(name, bytes_of(u.cells.at(array, which)));
    });
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<Bytes>& bytes() const { return bytes_; }

 private:
  void add(std::string name, Bytes bytes) {
    names_.push_back(std::move(name));
    bytes_.push_back(bytes);
  }
  void add(std::string name, const Field& field) {
    add(std::move(name), bytes_of(scopes_.emplace_back(field).values()));
  }

  std::deque<ReadScope> scopes_;
  std::vector<std::string> names_;
  std::vector<Bytes> bytes_;
};

/// Writes `bytes` behind what is there, and where that is.
BlockPlace append(OpenFile& file, std::uint64_t offset, Bytes bytes) {
  file.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return {offset, bytes.size(), checksum(bytes)};
}

std::uint64_t end_of(const BlockPlace& place) {
  return place.offset + place.bytes;
}

void write_file(const fs::path& file, std::string_view text) {
  OpenFile open = OpenFile::create(file);
  open.write(text);
  open.flush();
  open.close();
}

/// A folder in the making, which is gone again unless it is finished.
class Staged {
 public:
  explicit Staged(fs::path folder) : folder_(std::move(folder)), temporary_(folder_) { temporary_ += temporary_suffix; }
  Staged(const Staged&) = delete;
  Staged& operator=(const Staged&) = delete;
  ~Staged() {
    if (!pending_) return;
    std::error_code ignored;
    for (const std::string_view name : {run_files::checkpoint_data, run_files::checkpoint_manifest})
      fs::remove(temporary_ / name, ignored);
    fs::remove(temporary_, ignored);
  }
  void make() {
    std::error_code error;
    pending_ = true;
    fs::create_directory(temporary_, error);
    if (error) throw cannot_write(temporary_, error.value());
  }
  void finish() {
    std::error_code error;
    flush_folder(temporary_);
    fs::rename(temporary_, folder_, error);
    if (error) throw cannot_write(folder_, error.value());
    pending_ = false;
    flush_folder(folder_.parent_path());
  }
  [[nodiscard]] fs::path file(std::string_view name) const { return temporary_ / name; }

 private:
  fs::path folder_, temporary_;
  bool pending_ = false;
};

/// Reads the blocks of the parts that this rank holds, by name.
class BlockReader {
 public:
  BlockReader(const BlockFile& file, const Manifest& manifest, std::vector<int> parts)
      : file_(file), names_(manifest.blocks), parts_(std::move(parts)) {
    const std::size_t count = static_cast<std::size_t>(manifest.layout.size()) * names_.size();
    if (manifest.index.bytes != count * sizeof(BlockPlace))
      throw InputError(fmt::format("{}: its index is of another size", file_.path().string()));
    file_.require_within(manifest.index);
    places_.resize(count);
    file_.read(manifest.index, std::as_writable_bytes(std::span(places_)));
    for (const BlockPlace& place : places_) file_.require_within(place);
  }
  /// How many values of T there are in all parts of a block.
  template <class T>
  [[nodiscard]] std::size_t count(const std::string& name) const {
    std::uint64_t bytes = 0;
    for (const int part : parts_) bytes += place(name, part).bytes;
    return static_cast<std::size_t>(bytes / sizeof(T));
  }
  /// Part after part. Throws InputError.
  template <class T>
  void read(const std::string& name, std::span<T> into) const {
    const auto bytes = std::as_writable_bytes(into);
    std::size_t begin = 0;
    for (const int part : parts_) {
      const BlockPlace& from = place(name, part);
      if (begin + from.bytes > bytes.size())
        throw InputError(fmt::format("{}: \"{}\" is larger than its cells or voxels", file_.path().string(), name));
      file_.read(from, bytes.subspan(begin, static_cast<std::size_t>(from.bytes)));
      begin += static_cast<std::size_t>(from.bytes);
    }
    if (begin != bytes.size())
      throw InputError(fmt::format("{}: \"{}\" is smaller than its cells or voxels", file_.path().string(), name));
  }
  template <class T>
  [[nodiscard]] std::vector<T> values(const std::string& name, std::size_t count) const {
    std::vector<T> result(count);
    read(name, std::span(result));
    return result;
  }

 private:
  [[nodiscard]] const BlockPlace& place(const std::string& name, int part) const {
    const auto at = std::ranges::find(names_, name);
    if (at == names_.end()) throw InputError(fmt::format("{}: has no \"{}\"", file_.path().string(), name));
    return places_[static_cast<std::size_t>(part) * names_.size() + static_cast<std::size_t>(at - names_.begin())];
  }

  const BlockFile& file_;
  std::vector<std::string> names_;
  std::vector<int> parts_;
  std::vector<BlockPlace> places_;
};

}  // namespace

std::uint64_t write_checkpoint(const Simulation& s, const fs::path& folder, const CheckpointNotes& notes) {
  const bool writes = s.domain->rank() == 0;
  const StoredSums sums = stored_sums(s);
  Staged staged(folder);
  std::optional<OpenFile> data;
  collectively(s.comm(), [&] {
    if (!writes) return;
    staged.make();
    data = OpenFile::create(staged.file(run_files::checkpoint_data));
  });
  const Blocks blocks(s);
  const std::vector<BlockPlace> places = write_blocks(s.comm(), data ? &*data : nullptr, blocks.bytes());
  std::uint64_t bytes = 0;
  collectively(s.comm(), [&] {
    if (!writes) return;
    Manifest m{.program_version = VESICAST_VERSION,
               .commit = VESICAST_COMMIT,
               .numbers = stored_numbers(s),
               .layout = s.domain->layout(),
               .arrays_of_cells = s.state.cells.fingerprint(),
               .blocks = blocks.names(),
               .sums = {},
               .index = {},
               .outputs = notes.outputs,
               .petsc_options = notes.petsc_options,
               .config = notes.config};
    m.sums = append(*data, places.empty() ? 0 : end_of(places.back()), sums_to_bytes(sums));
    m.index = append(*data, end_of(m.sums), bytes_of(places));
    data->flush();
    data->close();
    const std::string text = to_text(m);
    write_file(staged.file(run_files::checkpoint_manifest), text);
    staged.finish();
    bytes = end_of(m.index) + text.size();
  });
  return bytes;
}

Manifest read_manifest(MPI_Comm comm, const fs::path& folder) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const fs::path file = folder / run_files::checkpoint_manifest;
  std::string text;
  Manifest manifest;
  collectively(comm, [&] {
    if (rank == 0) text = read_text(file);
  });
  text = broadcast(comm, text);
  collectively(comm, [&] {
    try {
      manifest = manifest_from(text);
    } catch (const InputError& e) {
      throw InputError(fmt::format("{}: {}", file.string(), e.what()));
    }
  });
  return manifest;
}

Stored read_checkpoint(MPI_Comm comm, const fs::path& folder, const Manifest& manifest, const Model& model) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  Stored stored;
  collectively(comm, [&] {
    if (manifest.arrays_of_cells != model.cell_arrays.fingerprint())
      throw InputError(fmt::format("{}: its cells have other arrays than those of the configuration", folder.string()));
    stored.layout = manifest.layout;
    stored.numbers = manifest.numbers;
    stored.holders = deal_parts(manifest.layout.size(), ranks);
    std::vector<int> parts;
    std::size_t voxels = 0;
    for (int part = 0; part < manifest.layout.size(); ++part) {
      if (stored.holders[static_cast<std::size_t>(part)] != rank) continue;
      parts.push_back(part);
      voxels += static_cast<std::size_t>(manifest.layout.owned_by(part).volume());
    }
    const BlockFile file(folder / run_files::checkpoint_data);
    const BlockReader reader(file, manifest, parts);
    for (std::size_t f = 0; f < model.fields.size(); ++f) {
      stored.fields.push_back(reader.values<double>(fmt::format("field/{}", f), voxels));
      const bool binds = model.binds_to_matrix(model.fields[f].vesicle);
      stored.bound_fields.push_back(binds ? reader.values<double>(fmt::format("bound/{}", f), voxels)
                                          : std::vector<double>());
    }
    if (manifest.numbers.darcy) stored.pressure = reader.values<double>("pressure", voxels);
    const std::size_t cells = reader.count<std::int64_t>("cells/id");
    stored.cells = Cells(cells, model.cell_arrays);
    reader.read("cells/id", std::span(stored.cells.id));
    reader.read("cells/type", std::span(stored.cells.type));
    reader.read("cells/first_type", std::span(stored.cells.first_type));
    reader.read("cells/position", std::span(stored.cells.position));
    for_each_array(model.cell_arrays, [&](const std::string& name, CellArray array, std::size_t which) {
      reader.read(name, stored.cells.at(array, which));
    });
    stored.sums.flows.resize(model.fields.size());
    if (rank != 0) return;
    file.require_within(manifest.sums);
    std::vector<std::byte> bytes(static_cast<std::size_t>(manifest.sums.bytes));
    file.read(manifest.sums, bytes);
    stored.sums = sums_from(bytes);
  });
  return stored;
}

}  // namespace vesicast::io
