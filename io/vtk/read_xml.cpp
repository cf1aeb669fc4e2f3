#include "io/vtk/read_xml.hpp"

#include <fmt/format.h>
#include <vtkXMLReader.h>

#include <new>

#include "io/vtk/vtk_messages.hpp"

namespace vesicast::io {

InputError unreadable(const std::filesystem::path& file, std::string_view why) {
  return InputError(fmt::format("cannot read {}: {}", file.string(), why));
}

void read_xml(vtkXMLReader& reader, const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) throw unreadable(file, "there is no such file");
  VtkMessages messages;
  messages.listen_to_reader(reader);
  reader.SetFileName(file.string().c_str());
  try {
    reader.Update();
  } catch (const std::bad_alloc&) {  // a damaged length asks for memory that no output needs
    throw unreadable(file, "it is damaged, or memory is too small");
  }
  if (!messages.text().empty()) throw unreadable(file, messages.text());
  if (reader.GetErrorCode() != 0) throw unreadable(file, "VTK does not understand it");
}

}  // namespace vesicast::io
