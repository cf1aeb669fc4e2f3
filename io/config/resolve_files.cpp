#include "io/config/resolve_files.hpp"

#include <filesystem>

namespace vesicast::io {

std::string absolute_path(const std::string& folder, const std::string& file) {
  return (std::filesystem::path(folder) / file).lexically_normal().string();
}

std::string read_path(TableReader& table, const char* key, const std::string& folder) {
  const std::string file = table.text(key);
  if (file.empty()) return {};
  std::string absolute = absolute_path(folder, file);
  table.replace_text(key, absolute);
  return absolute;
}

MapFile read_map(TableReader table, const char* file, const std::string& folder) {
  MapFile map;
  map.file = read_path(table, file, folder);
  map.array = table.text("array");
  return map;
}

}  // namespace vesicast::io
