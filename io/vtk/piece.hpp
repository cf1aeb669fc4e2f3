#pragma once
/// \file
/// What the pieces of fields and cells have in common. VTK's types appear by name only.
#include <span>
#include <string>

#include "io/vtk/named_values.hpp"

class vtkDataSetAttributes;
class vtkFieldData;
class vtkXMLWriter;

namespace vesicast::io {

/// Adds the arrays without copying their values. InternalError if one has not `size` values or a name comes twice.
void add_arrays(vtkDataSetAttributes& attributes, std::span<const NamedValues> arrays, std::size_t size);

/// Adds TimeValue [s] and the notes.
void add_notes(vtkFieldData& data, double time_s, std::span<const Note> notes);

/// Adds one array of texts.
void add_texts(vtkFieldData& data, const std::string& name, std::span<const std::string> texts);

/// The writer's input as the text of a VTK file: inline base64, zlib, the encoding that every ParaView reads. It goes
/// through memory because VTK 9.1's poly data writer crashes where a file cannot be written, and because its Write()
/// returns success all the same. OutputError if VTK reports an error or the text is not complete.
[[nodiscard]] std::string piece_text(vtkXMLWriter& writer);

}  // namespace vesicast::io
