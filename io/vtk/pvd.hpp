#pragma once
/// \file
/// The .pvd series: which VTK file belongs to which simulated time.
#include <filesystem>
#include <string>
#include <vector>

namespace vesicast::io {

struct SeriesEntry {
  double time_s = 0.0;  ///< simulated time [s]
  std::string file;     ///< relative to the .pvd's own folder
};

/// The entries of `file`, in its order; none if there is no such file. InputError if it cannot be understood.
[[nodiscard]] std::vector<SeriesEntry> read_pvd(const std::filesystem::path& file);

/// `entries` with `entry` added (or in place of the one for the same file), in the order of time.
[[nodiscard]] std::vector<SeriesEntry> with_entry(std::vector<SeriesEntry> entries, SeriesEntry entry);

/// The .pvd's text.
[[nodiscard]] std::string pvd_text(const std::vector<SeriesEntry>& entries);

}  // namespace vesicast::io
