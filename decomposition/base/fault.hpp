#pragma once
/// \file
/// What goes wrong on one rank in the middle of a step that others take with it: it is noted, the step goes on with
/// harmless values so that nobody waits for a rank that has left, and then all ranks agree on it
/// (src/run/simulate.cpp).
#include <string>

namespace vesicast {

/// Notes what went wrong on this process; the first one counts until it is taken.
void note_fault(const std::string& what);
/// What was noted, and forgets it; empty: nothing.
[[nodiscard]] std::string take_fault();

}  // namespace vesicast
