#pragma once
/// \file
/// What the pieces of fields and cells have in common. VTK's types appear by name only.
#include <span>
#include <string>
#include <vector>

#include "io/run_folder/atomic_file.hpp"
#include "io/vtk/form.hpp"
#include "io/vtk/named_values.hpp"

class vtkDataSetAttributes;
class vtkFieldData;
class vtkXMLWriter;

namespace vesicast::io {

/// InternalError if an array has not `size` values.
void require_sizes(std::span<const NamedValues> arrays, std::size_t size);

/// Adds arrays without copying their values, which must outlive the use of `attributes`. Each
/// has `size` values. InternalError if a name comes twice.
template <class T>
void add_arrays(vtkDataSetAttributes& attributes, std::span<const NamedValues> names,
                const std::vector<std::vector<T>>& values, std::size_t size);

/// Adds TimeValue [s] and the notes.
void add_notes(vtkFieldData& data, double time_s, std::span<const Note> notes);

/// Adds one array of texts.
void add_texts(vtkFieldData& data, const std::string& name, std::span<const std::string> texts);

/// The writer's input as the text of a VTK file: inline base64, the encoding that every ParaView reads. It goes
/// through memory because VTK 9.1's poly data writer crashes where a file cannot be written, and because its Write()
/// returns success all the same. OutputError if VTK reports an error or the text is not complete.
[[nodiscard]] std::string piece_text(vtkXMLWriter& writer, Compression compression);

/// "Float32" or "Float64".
[[nodiscard]] const char* vtk_type(Precision precision);
/// The attribute of a VTKFile element, with a blank before it; empty for none.
[[nodiscard]] std::string compressor_attribute(Compression compression);

/// A file put together of the texts of several, each of which has a part of the data: one head, a Piece of each.
class PieceFile {
 public:
  /// `whole_extent`: what stands in the head for the whole file; empty where a head has none.
  PieceFile(StagedFile& file, std::string whole_extent) : file_(file), whole_extent_(std::move(whole_extent)) {}
  /// Adds the pieces of one text. Throws OutputError.
  void add(const std::string& text);
  /// Writes the end. Throws OutputError.
  void finish();

 private:
  StagedFile& file_;
  std::string whole_extent_, end_;
};

}  // namespace vesicast::io
