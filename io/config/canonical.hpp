#pragma once
/// \file
/// One layout for all resolved configurations, so that two of them can be compared line by line.
#include "io/config/tree.hpp"

namespace vesicast::io {

/// Puts the keys of every table in the order of the registry and its tables under headers or on one line as the
/// registry says. Names chosen by the user keep their order, on which the numbering of types and classes rests.
void put_in_canonical_form(Node& root);

}  // namespace vesicast::io
