#pragma once
/// \file
/// VTK's XML files in. VTK's types appear by name only.
#include <filesystem>
#include <string_view>

#include "decomposition/base/error.hpp"

class vtkXMLReader;

namespace vesicast::io {

/// "cannot read FILE: why".
[[nodiscard]] InputError unreadable(const std::filesystem::path& file, std::string_view why);

/// Reads `file` with `reader`; what VTK says goes into the error. InputError if it is missing or damaged, or no file of
/// the reader's kind. Local.
void read_xml(vtkXMLReader& reader, const std::filesystem::path& file);

}  // namespace vesicast::io
