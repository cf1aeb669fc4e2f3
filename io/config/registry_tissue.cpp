#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

const std::string group = "tissue.cells[].";
const char* const user = "choice of the user";

Key text(const char* path, const char* default_text, const char* absent, const char* applies, const char* meaning) {
  return {.path = group + path,
          .kind = Kind::string,
          .default_text = default_text,
          .absent = absent,
          .applies = applies,
          .meaning = meaning,
          .source = user};
}

Key choice(const char* path, const char* default_text, const char* absent, std::vector<std::string> choices,
           const char* applies, const char* meaning) {
  Key key = text(path, default_text, absent, applies, meaning);
  key.kind = Kind::choice;
  key.choices = std::move(choices);
  return key;
}

Key length(const char* path, Kind kind, const char* absent, Range range, const char* applies, const char* meaning) {
  return {.path = group + path,
          .kind = kind,
          .dimension = Dimension::length,
          .absent = absent,
          .range = range,
          .applies = applies,
          .meaning = meaning,
          .source = user};
}

std::vector<Key> shape_keys() {
  Key share{.path = group + "mix.*",
            .kind = Kind::number,
            .absent = "type is given instead",
            .range = {.lower = 0.0, .upper = 1.0},
            .applies = "shapes",
            .meaning = "Share of a cell type; the shares add up to 1 and are met to the nearest whole cell",
            .source = user};
  Key density{.path = group + "density",
              .kind = Kind::quantity,
              .dimension = Dimension::density,
              .absent = "count is given instead",
              .range = not_negative,
              .applies = "shapes",
              .typical = "1e8 to 1e9 /ml",
              .meaning = "Cells per volume of tissue",
              .source = "tumour: 3e8 /ml, Del Monte 2009, H"};
  Key count{.path = group + "count",
            .kind = Kind::integer,
            .absent = "density is given instead",
            .range = not_negative,
            .applies = "shapes",
            .meaning = "Number of cells",
            .source = user};
  Key outside = text("outside", "", "nothing is kept out", "shapes",
                     "Names of other groups with a shape; this group's cells keep out of them");
  outside.kind = Kind::strings;
  std::vector<Key> all = {text("type", "", "mix is given instead", "shapes", "The cell type of all cells of the group"),
                          share};
  for (Key& key : place_keys("tissue.cells[]", "file is given instead", "Where the cells are placed"))
    all.push_back(std::move(key));
  for (const Key& key : {density, count, outside}) all.push_back(key);
  return all;
}

std::vector<Key> table_keys() {
  Key pixel_size =
      length("pixel_size", Kind::quantity, "", positive, "table", "Length of one unit of the table's coordinates");
  pixel_size.default_text = "1 um";
  Key ignore =
      text("ignore", "", "no label is left out", "table", "Labels of the table whose cells are left out on purpose");
  ignore.kind = Kind::strings;
  return {
      text("file", "", "shape is given instead", "table",
           "A table of cells, one row each; relative to the folder of the config"),
      choice("format", "csv", "", {"csv", "physicell"}, "table",
             "csv: a header names the columns; physicell: no header, the columns are x, y, z, type"),
      text("columns.x", "x", "", "csv", "Header of the column with x"),
      text("columns.y", "y", "", "csv", "Header of the column with y"),
      text("columns.z", "z", "", "csv", "Header of the column with z; a 2-D section does not read it"),
      text("columns.type", "type", "", "csv", "Header of the column with the cell type's label"),
      pixel_size,
      length("offset", Kind::vector, "0 um on every axis", {}, "table",
             "Added to the positions after pixel_size; two entries in 2-D"),
      text("map.*", "", "the label is the cell type", "table",
           "Cell type for a label of the table, \"label\" = \"type\""),
      ignore,
      choice("outside_domain", "error", "", {"error", "ignore"}, "table",
             "Cells outside the domain: an error that counts them, or left out"),
  };
}

}  // namespace

std::vector<Key> tissue_keys() {
  std::vector<Key> all = {
      text("name", "", "the group has no name", "", "Name by which other groups refer to this one")};
  for (Key& key : shape_keys()) all.push_back(std::move(key));
  for (Key& key : table_keys()) all.push_back(std::move(key));
  return all;
}

}  // namespace vesicast::io
