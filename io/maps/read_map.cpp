#include "io/maps/read_map.hpp"

#include <fmt/format.h>

#include "decomposition/base/error.hpp"
#include "io/maps/csv_map.hpp"
#include "io/maps/image_map.hpp"
#include "io/text/read_text.hpp"

namespace vesicast::io {

std::vector<double> read_map(const MapFile& map, const Domain& domain, int components) {
  if (map.file.ends_with(".vti") || map.file.ends_with(".pvti"))
    return read_image_map(map, domain.grid(), domain.owned(), components);
  if (map.file.ends_with(".csv") || map.file.ends_with(".tsv"))
    return read_csv_map(map, read_text(map.file), domain.grid(), domain.owned(), components);
  throw InputError(fmt::format("{}: a map is a VTK image (.vti, .pvti) or a table (.csv, .tsv)", map.file));
}

}  // namespace vesicast::io
