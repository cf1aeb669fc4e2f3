#include "decomposition/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/vector.hpp>
#include <boost/serialization/version.hpp>
#include <numeric>
#include <streambuf>

#include "decomposition/base/error.hpp"
#include "decomposition/collectively.hpp"
#include "decomposition/route.hpp"

namespace vesicast {
namespace {

/// Records one array each for what they all have: a block that is copied, not walked through. Only where some record
/// has arrays of its own are these written one by one.
struct Packed {
  std::vector<std::int64_t> id;
  std::vector<std::uint64_t> sizes;                      ///< of the bytes
  std::vector<std::uint8_t> bytes;                       ///< one after the other
  std::vector<std::vector<std::vector<double>>> ragged;  ///< [record][array]; empty if no record has any

  template <class Archive>
  void serialize(Archive& archive, unsigned version) {
    if (version != 1) throw InternalError(fmt::format("records of version {}, this program knows 1", version));
    archive& id& sizes& bytes& ragged;
  }
};

/// Bytes that a stream writes, in memory.
class Sink : public std::streambuf {
 public:
  std::vector<std::byte> bytes;

 protected:
  std::streamsize xsputn(const char* text, std::streamsize n) override {
    const auto* from = reinterpret_cast<const std::byte*>(text);
    bytes.insert(bytes.end(), from, from + n);
    return n;
  }
  int_type overflow(int_type c) override {
    bytes.push_back(static_cast<std::byte>(c));
    return c;
  }
};

/// Bytes that a stream reads, in memory.
class Source : public std::streambuf {
 public:
  explicit Source(std::span<const std::byte> bytes) {
    char* begin = const_cast<char*>(reinterpret_cast<const char*>(bytes.data()));  // never written to
    setg(begin, begin, begin + bytes.size());
  }
  [[nodiscard]] bool at_end() const { return gptr() == egptr(); }
};

Packed pack(std::span<const Record> records) {
  Packed packed;
  std::size_t size = 0;
  bool any_ragged = false;
  for (const Record& r : records) {
    size += r.bytes.size();
    any_ragged = any_ragged || !r.ragged.empty();
  }
  packed.bytes.reserve(size);
  for (const Record& r : records) {
    packed.id.push_back(r.id);
    packed.sizes.push_back(r.bytes.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(r.bytes.data());
    packed.bytes.insert(packed.bytes.end(), bytes, bytes + r.bytes.size());
    if (any_ragged) packed.ragged.push_back(r.ragged);
  }
  return packed;
}

std::vector<Record> unpack(Packed& packed) {
  const std::size_t n = packed.id.size();
  const auto size = std::accumulate(packed.sizes.begin(), packed.sizes.end(), std::uint64_t{0});
  if (packed.sizes.size() != n || size != packed.bytes.size() || (!packed.ragged.empty() && packed.ragged.size() != n))
    throw InternalError("records that contradict themselves");
  std::vector<Record> records(n);
  const auto* from = reinterpret_cast<const std::byte*>(packed.bytes.data());
  for (std::size_t i = 0; i < n; ++i) {
    records[i].id = packed.id[i];
    records[i].bytes.assign(from, from + packed.sizes[i]);
    from += packed.sizes[i];
    if (!packed.ragged.empty()) records[i].ragged = std::move(packed.ragged[i]);
  }
  return records;
}

/// What a record takes in a message, about.
std::size_t size_of(const Record& r) {
  std::size_t size = r.bytes.size() + 16;
  for (const auto& array : r.ragged) size += 16 + array.size() * sizeof(double);
  return size;
}

/// Who gets which of this rank's records, in their order.
class Outbox {
 public:
  Outbox(std::vector<Record> records, std::span<const int> destination, std::size_t ranks) : waiting_(ranks) {
    for (std::size_t i = 0; i < records.size(); ++i)
      waiting_[static_cast<std::size_t>(destination[i])].push_back(std::move(records[i]));
    sent_.resize(ranks);
  }
  [[nodiscard]] std::vector<Record> take(int rank) { return std::move(waiting_[static_cast<std::size_t>(rank)]); }
  [[nodiscard]] bool empty() const {
    for (std::size_t r = 0; r < waiting_.size(); ++r)
      if (sent_[r] < waiting_[r].size()) return false;
    return true;
  }
  /// The next records for each rank as bytes, about `limit` of them and at least one record.
  [[nodiscard]] std::vector<std::vector<std::byte>> next(std::size_t limit) {
    std::vector<std::vector<std::byte>> bytes(waiting_.size());
    for (std::size_t r = 0; r < waiting_.size(); ++r) {
      const std::size_t begin = sent_[r];
      for (std::size_t size = 0; sent_[r] < waiting_[r].size() && size < limit; ++sent_[r])
        size += size_of(waiting_[r][sent_[r]]);
      if (sent_[r] == begin) continue;
      bytes[r] = to_bytes(std::span<const Record>(waiting_[r]).subspan(begin, sent_[r] - begin));
      for (std::size_t i = begin; i < sent_[r]; ++i) waiting_[r][i] = {};
    }
    return bytes;
  }

 private:
  std::vector<std::vector<Record>> waiting_;  ///< [rank]
  std::vector<std::size_t> sent_;             ///< [rank]
};

}  // namespace
}  // namespace vesicast

BOOST_CLASS_VERSION(vesicast::Packed, 1)

namespace vesicast {

std::vector<std::byte> to_bytes(std::span<const Record> records) {
  Sink sink;
  {
    boost::archive::binary_oarchive archive(sink);
    const Packed packed = pack(records);
    archive << packed;
  }
  return std::move(sink.bytes);
}

std::vector<Record> from_bytes(std::span<const std::byte> bytes) {
  Source source(bytes);
  Packed packed;
  try {
    boost::archive::binary_iarchive archive(source);
    archive >> packed;
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {  // of the archive, or of an allocation of a senseless size
    throw InternalError(fmt::format("{} bytes are no records: {}", bytes.size(), e.what()));
  }
  if (!source.at_end()) throw InternalError("bytes follow behind the last record");
  return unpack(packed);
}

std::vector<Record> migrate(MPI_Comm comm, std::vector<Record> records, std::span<const int> destination,
                            std::size_t round) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  collectively(comm, [&] {
    if (destination.size() != records.size())
      throw InternalError(fmt::format("{} records with {} destinations", records.size(), destination.size()));
    for (std::size_t i = 0; i < records.size(); ++i)
      if (destination[i] < 0 || destination[i] >= ranks)
        throw InternalError(fmt::format("record {} is meant for rank {} of {}", records[i].id, destination[i], ranks));
  });
  Outbox outbox(std::move(records), destination, static_cast<std::size_t>(ranks));
  std::vector<Record> mine = outbox.take(rank);
  // A rank may receive from all others at once.
  const std::size_t limit = std::max<std::size_t>(1, round / static_cast<std::size_t>(ranks));
  for (;;) {
    int more = outbox.empty() ? 0 : 1;
    MPI_Allreduce(MPI_IN_PLACE, &more, 1, MPI_INT, MPI_MAX, comm);
    if (more == 0) break;
    const std::vector<std::vector<std::byte>> arrived = detail::route_messages(comm, outbox.next(limit));
    collectively(comm, [&] {
      for (const std::vector<std::byte>& bytes : arrived)
        if (!bytes.empty()) std::ranges::move(from_bytes(bytes), std::back_inserter(mine));
    });
  }
  std::ranges::sort(mine, {}, &Record::id);
  collectively(comm, [&] {
    const auto twice = std::ranges::adjacent_find(mine, {}, &Record::id);
    if (twice != mine.end()) throw InternalError(fmt::format("there are two records of {}", twice->id));
  });
  return mine;
}

}  // namespace vesicast
