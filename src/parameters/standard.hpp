#pragma once
/// \file
/// The defaults of the structs of parameters.

namespace vesicast {

/// The default in the row (src/parameters/row.hpp) that sets `member`, in internal units: what the structs begin with.
/// Defined for the members of the structs that rows.hpp lists. \throws InternalError where no row sets it
template <class Struct, class Value>
[[nodiscard]] Value standard(Value Struct::*member);

}  // namespace vesicast
