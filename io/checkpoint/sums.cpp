// The sums of a stored run as bytes: what varies in size.
#include <algorithm>
#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/array.hpp>
#include <boost/serialization/vector.hpp>
#include <sstream>
#include <string>

#include "decomposition/base/error.hpp"
#include "io/checkpoint/manifest.hpp"
#include "src/run/stored_sums.hpp"

namespace vesicast::io {
namespace {

/// Words of exact sums, and how many there are of each kind.
struct Archived {
  std::vector<std::int64_t> words;  ///< ExactSum::limbs per sum: of the fields, then of the departed cells
  std::uint64_t fields = 0;
  std::vector<std::int64_t> departed;   ///< first type, type and count of each group
  std::vector<std::uint64_t> of_array;  ///< [array] sums per group

  template <class Archive>
  void serialize(Archive& archive, unsigned /*version*/) {
    archive& words& fields& departed& of_array;
  }
};

}  // namespace

std::vector<std::byte> sums_to_bytes(const StoredSums& sums) {
  Archived archived;
  const auto add = [&](ExactSum sum) {
    const ExactSum::Limbs& limbs = sum.normalised();
    archived.words.insert(archived.words.end(), limbs.begin(), limbs.end());
  };
  archived.fields = sums.flows.size();
  for (const TransportFlows& flows : sums.flows)
    for (const auto sum : flow_sums) add(flows.*sum);
  for (const DepartedCells& d : sums.departed.cells) {
    archived.departed.insert(archived.departed.end(), {d.first_type, d.type, d.count});
    archived.of_array.clear();
    for (const auto& of_array : d.sums) {
      archived.of_array.push_back(of_array.size());
      for (const ExactSum& sum : of_array) add(sum);
    }
  }
  std::ostringstream stream;
  {
    boost::archive::binary_oarchive archive(stream);
    const Archived& constant = archived;
    archive << constant;
  }
  const std::string text = stream.str();
  const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
  return {bytes.begin(), bytes.end()};
}

StoredSums sums_from(std::span<const std::byte> bytes) {
  std::istringstream stream(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  Archived archived;
  try {
    boost::archive::binary_iarchive archive(stream);
    archive >> archived;
  } catch (const std::exception& e) {
    throw InternalError(std::string("the sums of a checkpoint are not understood: ") + e.what());
  }
  std::size_t next = 0;
  const auto take = [&] {
    if (archived.words.size() < (next + 1) * ExactSum::limbs) throw InternalError("the sums of a checkpoint end early");
    ExactSum::Limbs limbs{};
    std::copy_n(archived.words.begin() + static_cast<std::ptrdiff_t>(next++ * ExactSum::limbs), ExactSum::limbs,
                limbs.begin());
    ExactSum sum;
    sum.assign(limbs);
    return sum;
  };
  StoredSums sums;
  for (std::uint64_t f = 0; f < archived.fields; ++f)
    for (const auto sum : flow_sums) {
      if (sum == flow_sums.front()) sums.flows.emplace_back();
      sums.flows.back().*sum = take();
    }
  for (std::size_t g = 0; g + 2 < archived.departed.size(); g += 3) {
    if (archived.of_array.size() != cell_array_count)
      throw InternalError("the sums of a checkpoint are of other arrays");
    DepartedCells& d = sums.departed.cells.emplace_back();
    d.first_type = static_cast<std::int32_t>(archived.departed[g]);
    d.type = static_cast<std::int32_t>(archived.departed[g + 1]);
    d.count = archived.departed[g + 2];
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::uint64_t i = 0; i < archived.of_array[a]; ++i) d.sums[a].push_back(take());
  }
  return sums;
}

}  // namespace vesicast::io
