#include "io/compare/read_output.hpp"

#include <fmt/format.h>
#include <vtkAbstractArray.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStringArray.h>
#include <vtkVariant.h>
#include <vtkXMLDataElement.h>
#include <vtkXMLImageDataReader.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLUtilities.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <numeric>
#include <span>
#include <sstream>
#include <string_view>

#include "decomposition/base/error.hpp"
#include "io/vtk/read_xml.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;
using Element = vtkSmartPointer<vtkXMLDataElement>;

/// The numbers in an attribute such as "0 10 0 10 0 5".
template <class T, std::size_t n>
std::array<T, n> numbers(vtkXMLDataElement& element, const char* attribute, const fs::path& file) {
  const char* text = element.GetAttribute(attribute);
  std::istringstream stream(text != nullptr ? text : "");
  std::array<T, n> values{};
  for (T& value : values) stream >> value;
  if (!stream) throw unreadable(file, fmt::format("{} is missing or incomplete", attribute));
  return values;
}

Box box_of(vtkXMLDataElement& element, const char* attribute, const fs::path& file) {
  const auto e = numbers<std::int64_t, 6>(element, attribute, file);
  return {{e[0], e[2], e[4]}, {e[1], e[3], e[5]}};
}

/// The element `name` of an index file; the root stays alive in `root`.
vtkXMLDataElement& index_element(const fs::path& file, const char* name, Element& root) {
  if (!fs::exists(file)) throw unreadable(file, "there is no such file");
  root = Element::Take(vtkXMLUtilities::ReadElementFromFile(file.string().c_str()));
  vtkXMLDataElement* element = root ? root->FindNestedElementWithName(name) : nullptr;
  if (element == nullptr) throw unreadable(file, fmt::format("it has no {}", name));
  return *element;
}

/// Runs `use` on each Piece of the index and the file it names.
void for_each_piece(vtkXMLDataElement& index, const fs::path& index_file,
                    const std::function<void(vtkXMLDataElement&, const fs::path&)>& use) {
  for (int i = 0; i < index.GetNumberOfNestedElements(); ++i) {
    vtkXMLDataElement& piece = *index.GetNestedElement(i);
    if (std::string_view(piece.GetName()) != "Piece") continue;
    const char* source = piece.GetAttribute("Source");
    if (source == nullptr) throw unreadable(index_file, "a piece has no Source");
    use(piece, index_file.parent_path() / source);
  }
}

/// A whole array of integers as 64-bit ones. Variants, because VTK's class for a 64-bit array depends on who made it.
std::vector<std::int64_t> integers(vtkDataArray& array) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(array.GetNumberOfValues()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = array.GetVariantValue(static_cast<vtkIdType>(i)).ToTypeInt64();
  return values;
}

/// An array's values, integers widened to 64 bits.
Values values_of(vtkAbstractArray& array, const fs::path& file) {
  if (array.GetNumberOfComponents() == 1) {
    if (auto* d = vtkDoubleArray::SafeDownCast(&array))
      return std::vector<double>(d->GetPointer(0), d->GetPointer(0) + d->GetNumberOfValues());
    if (auto* f = vtkFloatArray::SafeDownCast(&array))
      return std::vector<double>(f->GetPointer(0), f->GetPointer(0) + f->GetNumberOfValues());
    if (auto* data = vtkDataArray::SafeDownCast(&array);
        data != nullptr && data->GetDataType() != VTK_FLOAT && data->GetDataType() != VTK_DOUBLE)
      return integers(*data);
  }
  throw unreadable(file, fmt::format("array '{}' is of a type that no run writes", array.GetName()));
}

Values zeros_like(const Values& values, std::size_t size) {
  return std::visit([&](const auto& v) -> Values { return std::decay_t<decltype(v)>(size); }, values);
}

/// Adds the piece's arrays to `arrays` at the places that `place` gives for its values. All pieces must have the same.
void take_arrays(vtkDataSetAttributes& data, std::size_t total, const std::function<std::size_t(std::size_t)>& place,
                 bool first_piece, std::vector<OutputArray>& arrays, const fs::path& file) {
  if (!first_piece && static_cast<std::size_t>(data.GetNumberOfArrays()) != arrays.size())
    throw unreadable(file, "it has other arrays than the pieces before it");
  for (int i = 0; i < data.GetNumberOfArrays(); ++i) {
    vtkAbstractArray& array = *data.GetAbstractArray(i);
    const Values values = values_of(array, file);
    const std::string name = array.GetName();
    if (first_piece) arrays.push_back({name, zeros_like(values, total)});
    OutputArray& target = arrays[static_cast<std::size_t>(i)];
    if (target.name != name || target.values.index() != values.index())
      throw unreadable(file, "it has other arrays than the pieces before it");
    std::visit(
        [&](const auto& from) {
          auto& to = std::get<std::decay_t<decltype(from)>>(target.values);
          for (std::size_t k = 0; k < from.size(); ++k) to[place(k)] = from[k];
        },
        values);
  }
}

}  // namespace

ReadFields read_field_output(const fs::path& index_file) {
  Element root;
  vtkXMLDataElement& index = index_element(index_file, "PImageData", root);
  const Box whole = box_of(index, "WholeExtent", index_file);
  ReadFields output{whole.upper, numbers<double, 3>(index, "Spacing", index_file), {}};
  const auto total = static_cast<std::size_t>(whole.volume());
  std::vector<bool> covered(total, false);
  bool first = true;
  for_each_piece(index, index_file, [&](vtkXMLDataElement& piece, const fs::path& file) {
    const Box box = box_of(piece, "Extent", index_file);
    if (box.empty() || box.intersect(whole) != box) throw unreadable(file, "its extent leaves the domain");
    vtkNew<vtkXMLImageDataReader> reader;
    read_xml(*reader, file);
    vtkCellData& data = *reader->GetOutput()->GetCellData();
    if (reader->GetOutput()->GetNumberOfCells() != box.volume())
      throw unreadable(file, "its number of voxels is not what the index says");
    const auto place = [&](std::size_t k) {
      return static_cast<std::size_t>(whole.offset(box.voxel(static_cast<std::int64_t>(k))));
    };
    for (std::size_t k = 0; k < static_cast<std::size_t>(box.volume()); ++k) {
      if (covered[place(k)]) throw unreadable(file, "it holds voxels of another piece");
      covered[place(k)] = true;
    }
    take_arrays(data, total, place, first, output.arrays, file);
    first = false;
  });
  if (!std::ranges::all_of(covered, std::identity{})) throw unreadable(index_file, "its pieces do not fill the domain");
  return output;
}

ReadCells read_cell_output(const fs::path& index_file) {
  Element root;
  vtkXMLDataElement& index = index_element(index_file, "PPolyData", root);
  ReadCells output;
  std::vector<vtkSmartPointer<vtkPolyData>> pieces;
  std::vector<fs::path> files;
  for_each_piece(index, index_file, [&](vtkXMLDataElement&, const fs::path& file) {
    vtkNew<vtkXMLPolyDataReader> reader;
    read_xml(*reader, file);
    pieces.emplace_back(reader->GetOutput());
    files.push_back(file);
  });

  std::vector<std::int64_t> ids;  // in the order of the pieces
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    vtkDataArray* piece_ids = pieces[p]->GetPointData()->GetArray("id");
    if (piece_ids == nullptr || piece_ids->GetNumberOfValues() != pieces[p]->GetNumberOfPoints())
      throw unreadable(files[p], "its cells have no ids");
    std::ranges::copy(integers(*piece_ids), std::back_inserter(ids));
  }
  std::vector<std::size_t> order(ids.size()), place_of(ids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return ids[i]; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    place_of[order[i]] = i;
    output.ids.push_back(ids[order[i]]);
    if (i > 0 && output.ids[i] == output.ids[i - 1])
      throw unreadable(index_file, fmt::format("two cells have the id {}", output.ids[i]));
  }

  std::array<std::vector<double>, 3> centre;
  for (auto& c : centre) c.resize(ids.size());
  std::size_t before = 0;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    vtkPolyData& piece = *pieces[p];
    const auto place = [&](std::size_t k) { return place_of[before + k]; };
    const auto count = static_cast<std::size_t>(piece.GetNumberOfPoints());
    for (std::size_t k = 0; k < count; ++k) {
      const double* x = piece.GetPoint(static_cast<vtkIdType>(k));
      for (std::size_t a = 0; a < 3; ++a) centre[a][place(k)] = x[a];
    }
    take_arrays(*piece.GetPointData(), ids.size(), place, p == 0, output.arrays, files[p]);
    if (p == 0)
      if (auto* names = vtkStringArray::SafeDownCast(piece.GetFieldData()->GetAbstractArray("cell types")))
        for (vtkIdType i = 0; i < names->GetNumberOfValues(); ++i) output.cell_types.push_back(names->GetValue(i));
    before += count;
  }
  std::erase_if(output.arrays, [](const OutputArray& array) { return array.name == "id"; });
  for (std::size_t a = 3; a-- > 0;) {
    const std::array<const char*, 3> names{"x [um]", "y [um]", "z [um]"};
    output.arrays.insert(output.arrays.begin(), OutputArray{names[a], std::move(centre[a])});
  }
  return output;
}

}  // namespace vesicast::io
