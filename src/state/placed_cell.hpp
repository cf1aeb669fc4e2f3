#pragma once
/// \file
/// A cell as placement or a table gives it, before it is handed to its rank.
#include <cstdint>

#include "decomposition/base/box.hpp"

namespace vesicast {

struct PlacedCell {
  std::int64_t id = -1;    ///< global, 0...n-1 over all groups in the order of the config
  Vector3 position{};      ///< centre [um]
  std::int32_t type = -1;  ///< index into Parameters::cell_types
};

}  // namespace vesicast
