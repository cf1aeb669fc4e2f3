#include "io/vtk/snapshot.hpp"

#include <fmt/format.h>

#include <optional>
#include <system_error>

#include "decomposition/collectively.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/vtk/pvd.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

/// One level only: a run folder that was removed must not come back half filled.
void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) throw cannot_write(folder, error.value());
}

std::vector<SeriesEntry> series_so_far(const fs::path& file) {
  try {
    return read_pvd(file);
  } catch (const InputError& e) {  // our own file: the user's input is not to blame
    throw OutputError(fmt::format("cannot add to the series: {}", e.what()));
  }
}

/// The files one rank contributes, under temporary names until commit.
struct Staged {
  std::optional<StagedFile> piece, index, series;
  void discard() {
    piece.reset();
    index.reset();
    series.reset();
  }
};

}  // namespace

fs::path SnapshotName::series() const {
  return fmt::format("{}.pvd", kind);
}
fs::path SnapshotName::index_file() const {
  return fs::path(kind) / fmt::format("{}_{:06}.p{}", kind, index, extension);
}
fs::path SnapshotName::piece_folder() const {
  return fs::path(kind) / fmt::format("{}_{:06}", kind, index);
}
fs::path SnapshotName::piece(int writer) const {
  return piece_folder() / fmt::format("piece_{:04}.{}", writer, extension);
}
std::string SnapshotName::piece_from_index(int writer) const {
  return fmt::format("{}_{:06}/piece_{:04}.{}", kind, index, writer, extension);
}

void write_snapshot(MPI_Comm comm, const fs::path& run_folder, const SnapshotName& name, double time_s, int piece,
                    const std::function<void(StagedFile*)>& write_piece, const std::function<std::string()>& index_text,
                    KnownSeries& series) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const fs::path pieces = run_folder / name.piece_folder();
  collectively(comm, [&] {
    if (rank != 0) return;
    make_folder(run_folder / name.kind);
    make_folder(pieces);
  });

  Staged staged;
  KnownSeries now;
  try {
    collectively(comm, [&] {
      if (piece >= 0) staged.piece.emplace(run_folder / name.piece(piece));
    });
    collectively(comm, [&] {
      write_piece(staged.piece ? &*staged.piece : nullptr);
      if (rank != 0) return;
      staged.index.emplace(run_folder / name.index_file());
      staged.index->write(index_text());
      staged.series.emplace(run_folder / name.series());
      now = with_entry(series ? *series : series_so_far(staged.series->target()),
                       {time_s, name.index_file().generic_string()});
      staged.series->write(pvd_text(*now));
    });
  } catch (...) {
    staged.discard();
    std::error_code ignored;
    fs::remove(pieces, ignored);  // goes with the last rank's temporary file, if nothing else is in it
    throw;
  }
  collectively(comm, [&] {
    if (staged.piece) staged.piece->commit();
  });
  collectively(comm, [&] {
    if (rank != 0) return;
    flush_folder(pieces);
    staged.index->commit();
    flush_folder(run_folder / name.kind);
    staged.series->commit();
    flush_folder(run_folder);
  });
  series = std::move(now);
}

void cut_series(MPI_Comm comm, const fs::path& run_folder, const std::string& kind, std::int64_t number) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  collectively(comm, [&] {
    if (rank != 0) return;
    const SnapshotName name{kind, "", 0};
    const fs::path series = run_folder / name.series();
    std::vector<SeriesEntry> entries = series_so_far(series);
    const std::size_t before = entries.size();
    std::erase_if(entries, [&](const SeriesEntry& e) { return number_of_output(e.file, kind) >= number; });
    if (entries.size() != before) write_file_atomically(series, pvd_text(entries));
    remove_outputs(run_folder, kind, number);
  });
}

}  // namespace vesicast::io
