#include "io/vtk/piece.hpp"

#include <fmt/format.h>
#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkErrorCode.h>
#include <vtkExecutive.h>
#include <vtkFieldData.h>
#include <vtkNew.h>
#include <vtkStringArray.h>
#include <vtkXMLWriter.h>

#include "decomposition/base/error.hpp"
#include "io/vtk/vtk_messages.hpp"
#include "io/vtk/xml.hpp"

namespace vesicast::io {

void add_arrays(vtkDataSetAttributes& attributes, std::span<const NamedValues> arrays, std::size_t size) {
  for (const NamedValues& array : arrays) {
    const std::string name = xml_escaped(array.name);
    if (array.values.size() != size)
      throw InternalError(
          fmt::format("output array '{}' has {} values for {} places", array.name, array.values.size(), size));
    if (attributes.HasArray(name.c_str()) != 0)
      throw InternalError(fmt::format("two output arrays are called '{}'", array.name));
    vtkNew<vtkDoubleArray> values;
    values->SetName(name.c_str());
    // VTK's interface is not const; a writer only reads. The last argument: VTK never frees this memory.
    values->SetArray(const_cast<double*>(array.values.data()), static_cast<vtkIdType>(size), 1);
    attributes.AddArray(values);
  }
}

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

std::string piece_text(vtkXMLWriter& writer) {
  VtkMessages messages;
  messages.listen(writer);
  messages.listen(*writer.GetExecutive());
  writer.WriteToOutputStringOn();
  writer.SetDataModeToBinary();
  writer.SetCompressorTypeToZLib();
  writer.SetHeaderTypeToUInt64();
  writer.Write();
  if (!messages.text().empty()) throw OutputError(fmt::format("VTK cannot write: {}", messages.text()));
  if (const unsigned long code = writer.GetErrorCode(); code != vtkErrorCode::NoError)
    throw OutputError(fmt::format("VTK cannot write: {}", vtkErrorCode::GetStringFromErrorCode(code)));
  std::string text = writer.GetOutputString();
  // A stream that runs out of memory stops taking bytes without a word.
  if (!text.ends_with("</VTKFile>\n")) throw OutputError("VTK cannot write: the end is missing; out of memory?");
  return text;
}

}  // namespace vesicast::io
