#pragma once
/// \file
/// Standard output that is closed, or whose reader goes away.
namespace vesicast::io {

/// To be called first of all. A reader that goes away (`| head -1`) ends no command: SIGPIPE is ignored. Streams that
/// the caller closed are put where nothing can be written, so that no file of a run takes their number and their text.
void guard_standard_streams();

/// Is standard output a pipe that nobody reads any more?
[[nodiscard]] bool nobody_reads();

}  // namespace vesicast::io
