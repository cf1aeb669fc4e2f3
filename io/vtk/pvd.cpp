#include "io/vtk/pvd.hpp"

#include <fmt/format.h>
#include <vtkSmartPointer.h>
#include <vtkXMLDataElement.h>
#include <vtkXMLUtilities.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>
#include <utility>

#include "decomposition/base/error.hpp"
#include "io/vtk/xml.hpp"

namespace vesicast::io {

std::vector<SeriesEntry> read_pvd(const std::filesystem::path& file) {
  std::vector<SeriesEntry> entries;
  if (!std::filesystem::exists(file)) return entries;
  const auto root =
      vtkSmartPointer<vtkXMLDataElement>::Take(vtkXMLUtilities::ReadElementFromFile(file.string().c_str()));
  vtkXMLDataElement* collection = root ? root->FindNestedElementWithName("Collection") : nullptr;
  if (collection == nullptr) throw InputError(fmt::format("{} is not a readable .pvd series", file.string()));
  for (int i = 0; i < collection->GetNumberOfNestedElements(); ++i) {
    vtkXMLDataElement* data_set = collection->GetNestedElement(i);
    const char* time = data_set->GetAttribute("timestep");
    const char* name = data_set->GetAttribute("file");
    SeriesEntry entry;
    const std::string_view digits = time != nullptr ? time : "";
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), entry.time_s);
    if (name == nullptr || error != std::errc() || end != digits.data() + digits.size())
      throw InputError(fmt::format("{}: entry {} has no file or no time", file.string(), i + 1));
    entry.file = name;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<SeriesEntry> with_entry(std::vector<SeriesEntry> entries, SeriesEntry entry) {
  std::erase_if(entries, [&](const SeriesEntry& e) { return e.file == entry.file; });
  const auto later = std::ranges::upper_bound(entries, entry.time_s, {}, &SeriesEntry::time_s);
  entries.insert(later, std::move(entry));
  return entries;
}

std::string pvd_text(const std::vector<SeriesEntry>& entries) {
  std::string text =
      "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\" byte_order=\"LittleEndian\">\n"
      "  <Collection>\n";
  for (const SeriesEntry& entry : entries)
    fmt::format_to(std::back_inserter(text), "    <DataSet timestep=\"{}\" part=\"0\" file=\"{}\"/>\n", entry.time_s,
                   xml_escaped(entry.file));
  return text += "  </Collection>\n</VTKFile>\n";
}

}  // namespace vesicast::io
