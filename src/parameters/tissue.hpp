#pragma once
/// \file
/// Parts of the domain, and the cells in them.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "decomposition/base/box.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

enum class Shape { domain, box, spheroid, shell, layer };

/// A part of the domain.
struct Place {
  Shape shape = Shape::domain;
  Vector3 centre{};             ///< spheroid, shell [um]
  double radius = 0.0;          ///< spheroid; outer radius of a shell [um]
  double inner_radius = 0.0;    ///< shell [um]
  Vector3 lower{}, upper{};     ///< box [um]
  int axis = 2;                 ///< layer
  double from = 0.0, to = 0.0;  ///< layer [um]
};

/// Cells placed in a shape, or read from a table.
struct CellGroup : Place {
  std::string name;  ///< optional; other groups refer to it in `outside`
  std::map<std::string, double>
      types;  ///< cell type -> share (shares sum to 1; of a table, the one type of all its cells or none
  // --- shapes
  double density = 0.0;              ///< cells per um^3; 0 where `count` is given
  std::int64_t count = -1;           ///< exact number of cells; -1 where `density` is given
  std::vector<std::string> outside;  ///< keep out of these (earlier or later) named shapes
  // --- tables
  bool from_table = false;
  std::string file;  ///< absolute, or relative to the working folder
  enum class Format { csv, physicell } format{};
  std::string column_x = standard(&CellGroup::column_x);  ///< headers
  std::string column_y = standard(&CellGroup::column_y);
  std::string column_z = standard(&CellGroup::column_z);
  std::string column_type = standard(&CellGroup::column_type);
  std::string column_id;                                 ///< empty: a usual name, if there is one
  double pixel_size = standard(&CellGroup::pixel_size);  ///< um per table unit
  Vector3 offset{};                                      ///< added after scaling [um]
  std::map<std::string, std::string> map;                ///< label in the table -> cell type
  std::vector<std::string> ignore;                       ///< labels left out on purpose
  bool ignore_outside = false;                           ///< leave out cells outside the domain instead of an error
  // --- both
  bool ignore_in_obstacle = false;  ///< leave out cells whose voxel is an obstacle instead of an error
};

}  // namespace vesicast
