#pragma once
/// \file
/// For tests of the configurations in tests/data/config.
#include <filesystem>
#include <string>
#include <vector>

#include "io/config/resolve.hpp"

namespace vesicast::io {

/// The folder of the configurations.
inline const std::filesystem::path data = std::filesystem::path(VESICAST_SOURCE_DIR) / "tests" / "data" / "config";

/// How good configurations that tests write out begin: six lines, what is run and where.
inline const std::string run_and_domain = R"([run]
end = "24 h"
step = "30 s"
[domain]
size = ["600 um", "600 um", "200 um"]
voxel = "10 um"
)";

[[nodiscard]] std::string read(const std::string& name);
[[nodiscard]] Resolved resolved_file(const std::string& name, const std::vector<std::string>& overrides = {});

/// Every number and word of a resolved configuration but its text, to the last bit.
[[nodiscard]] std::string dump(const Resolved& resolved);

}  // namespace vesicast::io
