#pragma once
/// \file
/// The checkpoints of a run folder: which there are, and which of them are kept.
#include <cstdint>
#include <filesystem>
#include <vector>

namespace vesicast::io {

/// checkpoints/000000012345, by the number of steps.
[[nodiscard]] std::filesystem::path checkpoint_folder(const std::filesystem::path& run_folder, std::int64_t steps);

/// The finished ones, the newest first; none where there is no such folder. Local.
[[nodiscard]] std::vector<std::filesystem::path> checkpoints_of(const std::filesystem::path& run_folder);

/// Makes checkpoints/ ready for one of `steps`: nothing of that name, nothing half written. Throws OutputError. Local.
void make_room(const std::filesystem::path& run_folder, std::int64_t steps);

/// Removes all but the newest `count` of up to `steps` steps, the last one's; those of more were damaged, and the run
/// went on from before them. Files that no checkpoint has stay. Throws OutputError. Local.
void keep_newest(const std::filesystem::path& run_folder, std::size_t count, std::int64_t steps);

}  // namespace vesicast::io
