#include "io/checkpoint/manifest.hpp"

#include <fmt/format.h>

#include <bit>
#include <nlohmann/json.hpp>

#include "io/checkpoint/checksum.hpp"
#include "vesicast_version.hpp"

namespace vesicast::io {
namespace {

using Json = nlohmann::ordered_json;

/// Of the layout of the files; older ones are not read.
constexpr int format_version = 1;
constexpr std::string_view first_word = "vesicast-checkpoint";

constexpr const char* byte_order = std::endian::native == std::endian::little ? "little" : "big";

Json place_json(const BlockPlace& place) {
  return {{"offset", place.offset}, {"bytes", place.bytes}, {"xxh3", fmt::format("{:016x}", place.xxh3)}};
}

BlockPlace place_from(const Json& json) {
  return {json.at("offset").get<std::uint64_t>(), json.at("bytes").get<std::uint64_t>(),
          std::stoull(json.at("xxh3").get<std::string>(), nullptr, 16)};
}

/// Doubles as their bits: JSON's decimals would do, but for what is not finite.
Json bits(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(std::bit_cast<std::uint64_t>(value));
  return list;
}

std::vector<double> from_bits(const Json& list) {
  std::vector<double> values;
  for (const Json& value : list) values.push_back(std::bit_cast<double>(value.get<std::uint64_t>()));
  return values;
}

Json darcy_json(const StoredNumbers::Darcy& d) {
  return {{"stagnant", d.stagnant},
          {"iterations", d.iterations},
          {"levels", d.levels},
          {"residual", bits({d.residual, d.rounding_floor})}};
}

StoredNumbers::Darcy darcy_from(const Json& json) {
  const std::vector<double> residual = from_bits(json.at("residual"));
  return {json.at("stagnant").get<std::int64_t>(), json.at("iterations").get<int>(), json.at("levels").get<int>(),
          residual.at(0), residual.at(1)};
}

Manifest from_json(const Json& json) {
  Manifest m;
  m.program_version = json.at("program").at("version").get<std::string>();
  m.commit = json.at("program").at("commit").get<std::string>();
  StoredNumbers& n = m.numbers;
  n.time = json.at("time_ms").get<Ticks>();
  n.steps = json.at("steps").get<std::int64_t>();
  n.initial = from_bits(json.at("initial"));
  n.initial_ilvs = from_bits(json.at("initial_ilvs"));
  n.initial_cargo = from_bits(json.at("initial_cargo"));
  if (!json.at("darcy").is_null()) n.darcy = darcy_from(json.at("darcy"));
  for (std::size_t a = 0; a < 3; ++a) {
    m.layout.ownership[a] = json.at("voxels_of_ranks").at(a).get<std::vector<std::int64_t>>();
    m.layout.ranks[a] = static_cast<int>(m.layout.ownership[a].size());
  }
  m.arrays_of_cells = json.at("arrays_of_cells").get<std::uint64_t>();
  m.blocks = json.at("blocks").get<std::vector<std::string>>();
  m.sums = place_from(json.at("sums"));
  m.index = place_from(json.at("index"));
  for (const Json& output : json.at("outputs"))
    m.outputs.push_back({output.at("name").get<std::string>(), output.at("seen").get<std::int64_t>(),
                         output.at("last_ms").get<Ticks>()});
  m.petsc_options = json.at("PETSc options").get<std::string>();
  m.config = json.at("config").get<std::string>();
  return m;
}

}  // namespace

std::string to_text(const Manifest& m) {
  Json json;
  json["program"] = {{"version", m.program_version}, {"commit", m.commit}};
  json["time_ms"] = m.numbers.time;
  json["steps"] = m.numbers.steps;
  json["ranks"] = m.layout.size();
  json["voxels_of_ranks"] = m.layout.ownership;
  json["arrays_of_cells"] = m.arrays_of_cells;
  json["blocks"] = m.blocks;
  json["sums"] = place_json(m.sums);
  json["index"] = place_json(m.index);
  json["outputs"] = Json::array();
  for (const SeenOutput& output : m.outputs)
    json["outputs"].push_back({{"name", output.name}, {"seen", output.seen}, {"last_ms", output.last}});
  json["initial"] = bits(m.numbers.initial);
  json["initial_ilvs"] = bits(m.numbers.initial_ilvs);
  json["initial_cargo"] = bits(m.numbers.initial_cargo);
  json["darcy"] = m.numbers.darcy ? darcy_json(*m.numbers.darcy) : Json(nullptr);
  json["PETSc options"] = m.petsc_options;
  json["config"] = m.config;
  const std::string body = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  return fmt::format("{} {} {} {:016x}\n{}", first_word, format_version, byte_order, checksum(body), body);
}

Manifest manifest_from(std::string_view text) {
  const std::size_t line = text.find('\n');
  const std::string head(text.substr(0, line));
  if (line == std::string_view::npos || !head.starts_with(first_word))
    throw InputError("is not the manifest of a checkpoint");
  const std::string_view body = text.substr(line + 1);
  const std::string kind = fmt::format("{} {} {} ", first_word, format_version, byte_order);
  if (!head.starts_with(kind))
    throw InputError(
        fmt::format("is a checkpoint of another version of the program or another kind of machine: \"{}\", "
                    "not \"{}\"",
                    head.substr(0, head.rfind(' ')), kind.substr(0, kind.size() - 1)));
  if (head.substr(kind.size()) != fmt::format("{:016x}", checksum(body)))
    throw InputError("is not as it was written: its checksum does not hold");
  try {
    return from_json(Json::parse(body));
  } catch (const std::exception& e) {  // whole, and yet not what this program writes
    throw InputError(fmt::format("is not understood: {}", e.what()));
  }
}

}  // namespace vesicast::io
