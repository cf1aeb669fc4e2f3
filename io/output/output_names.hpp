#pragma once
/// \file
/// What outputs are called, checked before a run begins.
namespace vesicast {
struct Parameters;
}

namespace vesicast::io {

/// Throws InputError, naming each name, where two arrays of fields or of cells, or two balances of the tables, would be
/// called alike: names of classes, cell types and cargo are parts of them. Local.
void check_output_names(const Parameters& parameters);

}  // namespace vesicast::io
