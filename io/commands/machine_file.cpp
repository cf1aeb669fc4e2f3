#include "io/commands/machine_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/text/read_text.hpp"
#include "src/base/stopwatch.hpp"

namespace vesicast::io {
namespace {

constexpr const char* kind = "vesicast machine";

}  // namespace

void write_machine(const std::filesystem::path& file, const Machine& m) {
  const nlohmann::ordered_json json{{"kind", kind},
                                    {"host", m.host},
                                    {"busy_ranks", m.busy_ranks},
                                    {"busy", m.busy},
                                    {"latency_s", m.latency},
                                    {"bandwidth_bytes_per_s", m.bandwidth},
                                    {"disk_bytes_per_s", m.disk}};
  write_file_atomically(file, json.dump(2) + "\n");
}

Machine read_machine(const std::filesystem::path& file) {
  const std::string text = read_text(file);
  try {
    const auto json = nlohmann::json::parse(text);
    if (json.at("kind") != kind) throw InputError("");
    Machine m;
    m.host = json.at("host");
    m.busy_ranks = json.at("busy_ranks");
    m.busy = json.at("busy");
    m.latency = json.at("latency_s");
    m.bandwidth = json.at("bandwidth_bytes_per_s");
    m.disk = json.at("disk_bytes_per_s");
    const bool sound =
        m.busy_ranks >= 1 && m.busy >= 1.0 && m.latency > 0.0 && m.bandwidth > 0.0 && m.disk > 0.0 && !m.host.empty();
    if (!sound) throw InputError("");
    return m;
  } catch (const std::exception&) {
    throw InputError(
        fmt::format("{}: not the numbers of a machine; make them with: vesicast plan CONFIG --measure "
                    "--machine {}",
                    file.string(), file.string()));
  }
}

double disk_speed(const std::filesystem::path& folder) {
  std::string name = (folder / "vesicast-plan-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) throw OutputError(fmt::format("{}: no file can be made here to measure the disk", folder.string()));
  constexpr std::size_t piece = 1 << 20;
  constexpr int pieces = 64;
  std::vector<char> data(piece);
  for (std::size_t i = 0; i < piece; ++i) data[i] = static_cast<char>(i * 2654435761U >> 13U);
  double seconds = 0.0;
  bool whole = true;
  {
    const Stopwatch watch(seconds);
    for (int i = 0; i < pieces; ++i) whole = whole && write(file, data.data(), piece) == static_cast<ssize_t>(piece);
    whole = fsync(file) == 0 && whole;
  }
  close(file);
  unlink(name.c_str());
  if (!whole) throw OutputError(fmt::format("{}: a file of 64 MB cannot be written", folder.string()));
  return static_cast<double>(piece) * pieces / seconds;
}

}  // namespace vesicast::io
