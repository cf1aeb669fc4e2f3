#include "io/vtk/piece.hpp"

#include <fmt/format.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkErrorCode.h>
#include <vtkExecutive.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkStringArray.h>
#include <vtkXMLWriter.h>

#include <cstdlib>
#include <string_view>
#include <type_traits>

#include "decomposition/base/error.hpp"
#include "decomposition/memory.hpp"
#include "io/vtk/vtk_messages.hpp"
#include "io/vtk/xml.hpp"

namespace vesicast::io {

void require_sizes(std::span<const NamedValues> arrays, std::size_t size) {
  for (const NamedValues& array : arrays)
    if (array.values.size() != size)
      throw InternalError(
          fmt::format("output array '{}' has {} values for {} places", array.name, array.values.size(), size));
}

template <class T>
void add_arrays(vtkDataSetAttributes& attributes, std::span<const NamedValues> names,
                const std::vector<std::vector<T>>& values, std::size_t size) {
  for (std::size_t k = 0; k < names.size(); ++k) {
    const std::string name = xml_escaped(names[k].name);
    if (attributes.HasArray(name.c_str()) != 0)
      throw InternalError(fmt::format("two output arrays are called '{}'", names[k].name));
    vtkNew<std::conditional_t<std::is_same_v<T, float>, vtkFloatArray, vtkDoubleArray>> array;
    array->SetName(name.c_str());
    // VTK's interface is not const; a writer only reads. The last argument: VTK never frees this memory.
    array->SetArray(const_cast<T*>(values[k].data()), static_cast<vtkIdType>(size), 1);
    attributes.AddArray(array);
  }
}

template void add_arrays(vtkDataSetAttributes&, std::span<const NamedValues>, const std::vector<std::vector<float>>&,
                         std::size_t);
template void add_arrays(vtkDataSetAttributes&, std::span<const NamedValues>, const std::vector<std::vector<double>>&,
                         std::size_t);

void add_notes(vtkFieldData& data, double time_s, std::span<const Note> notes) {
  vtkNew<vtkDoubleArray> time;
  time->SetName("TimeValue");
  time->InsertNextValue(time_s);
  data.AddArray(time);
  for (const auto& [name, text] : notes) add_texts(data, name, std::span(&text, 1));
}

void add_texts(vtkFieldData& data, const std::string& name, std::span<const std::string> texts) {
  vtkNew<vtkStringArray> values;
  values->SetName(xml_escaped(name).c_str());
  for (const std::string& text : texts) values->InsertNextValue(text);
  data.AddArray(values);
}

std::string piece_text(vtkXMLWriter& writer, Compression compression) {
  // The ranks are the processes at work: threads beside them would take their cores, and memory that may be short.
  // (vtkSMPTools.h is no C++20.)
  static const int without_threads = ::setenv("VTK_SMP_BACKEND_IN_USE", "Sequential", /*overwrite=*/0);
  static_cast<void>(without_threads);
  VtkMessages messages;
  messages.listen(writer);
  messages.listen(*writer.GetExecutive());
  writer.WriteToOutputStringOn();
  writer.SetDataModeToBinary();
  switch (compression) {
    case Compression::lz4:
      writer.SetCompressorTypeToLZ4();
      break;
    case Compression::zlib:
      writer.SetCompressorTypeToZLib();
      break;
    case Compression::none:
      writer.SetCompressorTypeToNone();
      break;
  }
  writer.SetHeaderTypeToUInt64();
  writer.Write();
  if (!messages.text().empty()) throw OutputError(fmt::format("VTK cannot write: {}", messages.text()));
  if (const unsigned long code = writer.GetErrorCode(); code != vtkErrorCode::NoError)
    throw OutputError(fmt::format("VTK cannot write: {}", vtkErrorCode::GetStringFromErrorCode(code)));
  std::string text = writer.GetOutputString();
  // A stream that runs out of memory stops taking bytes without a word.
  if (!text.ends_with("</VTKFile>\n")) throw MemoryError(out_of_memory());
  return text;
}

const char* vtk_type(Precision precision) {
  return precision == Precision::single_precision ? "Float32" : "Float64";
}

std::string compressor_attribute(Compression compression) {
  switch (compression) {
    case Compression::lz4:
      return " compressor=\"vtkLZ4DataCompressor\"";
    case Compression::zlib:
      return " compressor=\"vtkZLibDataCompressor\"";
    case Compression::none:
      break;
  }
  return {};
}

void PieceFile::add(const std::string& text) {
  constexpr std::string_view begin = "<Piece", end = "</Piece>";
  const std::size_t first = text.find(begin), last = text.rfind(end);
  if (first == std::string::npos || last == std::string::npos) throw InternalError("VTK wrote a file without a piece");
  if (end_.empty()) {
    std::string head = text.substr(0, first);
    constexpr std::string_view extent = "WholeExtent=\"";
    if (const std::size_t at = head.find(extent); at != std::string::npos)
      head.replace(at + extent.size(), head.find('"', at + extent.size()) - at - extent.size(), whole_extent_);
    file_.append(head);
    end_ = text.substr(last + end.size());
  } else {
    file_.append("\n    ");
  }
  file_.append(std::string_view(text).substr(first, last + end.size() - first));
}

void PieceFile::finish() {
  file_.append(end_);
  file_.finish();
}

}  // namespace vesicast::io
