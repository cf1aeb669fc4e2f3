#pragma once
/// \file
/// The parts of the registry, each in its own file; only registry.cpp puts them together.
#include <array>
#include <string_view>
#include <vector>

#include "io/config/registry.hpp"

namespace vesicast::io {

inline constexpr Range positive{.lower = 0.0, .lower_allowed = false};
inline constexpr Range not_negative{.lower = 0.0};

/// A rate, not negative.
[[nodiscard]] inline Key rate_key(const char* path, const char* default_text, const char* typical, const char* meaning,
                                  const char* source) {
  return {.path = path,
          .kind = Kind::quantity,
          .dimension = Dimension::rate,
          .default_text = default_text,
          .range = not_negative,
          .typical = typical,
          .meaning = meaning,
          .source = source};
}
/// A plain number.
[[nodiscard]] inline Key number_key(const char* path, const char* default_text, Range range, const char* typical,
                                    const char* meaning, const char* source) {
  return {.path = path,
          .kind = Kind::number,
          .default_text = default_text,
          .range = range,
          .typical = typical,
          .meaning = meaning,
          .source = source};
}

/// Keys of [run], [domain], [transport] and [output].
[[nodiscard]] std::vector<Key> run_keys();
[[nodiscard]] std::vector<Key> output_keys();
/// Keys of [medium].
[[nodiscard]] std::vector<Key> medium_keys();
/// The key `preset` of `table` (a pattern).
[[nodiscard]] inline Key preset_key(const std::string& table, const char* absent, const char* typical,
                                    const char* meaning) {
  return {.path = table + ".preset",
          .kind = Kind::string,
          .absent = absent,
          .typical = typical,
          .meaning = meaning,
          .source = "choice of the user; `vesicast describe preset` lists them with their sources"};
}
/// Keys of [vesicle.*].
[[nodiscard]] std::vector<Key> vesicle_keys();
/// Keys of [cargo.*] and [vesicle.*.cargo]; and of what cell types do with cargo.
[[nodiscard]] std::vector<Key> cargo_keys();
[[nodiscard]] std::vector<Key> cargo_of_cells_keys();
/// Keys of [factor.*], and of [cell_type.*.factor.*].
[[nodiscard]] std::vector<Key> factor_keys();
[[nodiscard]] std::vector<Key> cell_factor_keys();
/// Keys of [[region]], its blood and its lymph.
[[nodiscard]] std::vector<Key> region_keys();
/// Keys of [flow].
[[nodiscard]] std::vector<Key> flow_keys();
/// Keys of [cell_type.*], its donor and its recipient.
[[nodiscard]] std::vector<Key> cell_type_keys();
/// Keys of [cell_type.*.donor.pathway] that a population of MVBs may have of its own, in [...pathway.mvb.NAME].
inline constexpr std::array<std::string_view, 22> population_key_names{
    "exosome",          "transport",     "lysosome",      "autophagy",      "amphisome", "amphisome_secreted",
    "docking",          "return",        "undocking",     "fusion",         "escrt",     "syntenin",
    "ceramide",         "tetraspanin",   "scission",      "late_formation", "capacity",  "back_fusion",
    "burst_dispersion", "fate_coupling", "neutral_share", "limiting_area"};
/// Keys of [cell_type.*.donor.pathway].
[[nodiscard]] std::vector<Key> pathway_keys();
/// Keys of [cell_type.*.donor.polarised].
[[nodiscard]] std::vector<Key> polarised_keys();
/// Keys of [[tissue.cells]].
[[nodiscard]] std::vector<Key> tissue_keys();
/// Keys of [perturbation_table] and [[perturbation]].
[[nodiscard]] std::vector<Key> perturbation_keys();
/// The shape and its measures, keys of `table` (a pattern).
/// \param instead what holds without a shape
/// \param meaning of the key `shape`, before the list of shapes
[[nodiscard]] std::vector<Key> place_keys(const std::string& table, const char* instead, const char* meaning);
/// File and array of a map, keys of the table `table`; `file` is how the file's key is called.
[[nodiscard]] std::vector<Key> map_keys(const std::string& table, const char* file, const char* applies,
                                        const char* content);
/// All tables.
[[nodiscard]] std::vector<TableInfo> all_tables();

}  // namespace vesicast::io
