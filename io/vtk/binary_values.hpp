#pragma once
/// \file
/// The numbers of one array of a VTK XML file, out of its text. Whatever the text says of itself is checked against how
/// much of it there is before memory is taken.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vesicast::io {

/// How a VTK XML file holds its numbers.
struct ValueFormat {
  std::string type;    ///< "Float64", "UInt8", ...
  std::string format;  ///< "ascii", "binary", "appended"
  bool big_endian = false;
  bool wide_headers = false;  ///< lengths of 8 bytes, not 4
  std::string compressor;     ///< "" none, "vtkZLibDataCompressor", "vtkLZ4DataCompressor"
  bool base64 = true;         ///< or raw bytes, in appended data
};

/// `count` numbers from `text`: the content of a DataArray, or the appended data from its offset on. Throws
/// std::runtime_error, what is wrong, where there are not exactly so many, or the text is damaged or of a kind that is
/// not read. Local.
[[nodiscard]] std::vector<double> read_values(std::string_view text, const ValueFormat& format, std::size_t count);

}  // namespace vesicast::io
