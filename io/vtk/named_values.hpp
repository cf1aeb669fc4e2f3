#pragma once
/// \file
/// What VTK output is given: arrays by name, and notes that travel in the file.
#include <span>
#include <string>
#include <utility>

namespace vesicast::io {

/// One array of an output; the name carries the unit, e.g. "exosome [1/um^3]". The values are borrowed.
struct NamedValues {
  std::string name;
  std::span<const double> values;
};

/// A text stored beside the arrays: (name, text), e.g. ("seed", "1").
using Note = std::pair<std::string, std::string>;

}  // namespace vesicast::io
