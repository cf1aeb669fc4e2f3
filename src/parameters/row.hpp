#pragma once
/// \file
/// One row says all about a key of a configuration: its name, the member of a struct that it sets, its kind and unit,
/// its default, what is allowed and what is usual, what it means, where it comes from, and the rate by which genes and
/// drugs act on it. The rows stand in rows_*.cpp; what is derived from them: the structs' defaults (standard.hpp), the
/// rates (rates.hpp), and in `io/config` the registry, the reader, `vesicast describe`, the schema, the reference, the
/// warnings of unusual values.
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "decomposition/base/box.hpp"
#include "src/parameters/dimension.hpp"
#include "src/parameters/faces.hpp"

namespace vesicast {

struct RateInfo;

enum class Kind {
  quantity,            ///< "0.5 um^2/s"
  quantity_or_choice,  ///< a quantity, or one of a few words
  quantity_or_number,  ///< a quantity, or a plain number
  vector,              ///< one quantity per axis
  quantity_or_vector,  ///< one quantity for all axes, or one per axis
  quantities,          ///< a list of quantities, at least one
  number,
  number_or_choice,  ///< a number, or one of a few words
  integer,
  boolean,
  string,
  choice,   ///< one of a few words
  strings,  ///< a list of strings
  file,     ///< a string, relative to the folder of the configuration
  map       ///< a file with a value per voxel, and the name of its array: two keys
};

/// The values allowed, in internal units.
struct Range {
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
  bool lower_allowed = true;  ///< is `lower` itself allowed?

  [[nodiscard]] constexpr bool contains(double value) const {
    return (lower_allowed ? value >= lower : value > lower) && value <= upper;
  }
};
inline constexpr Range anything{}, above_zero{.lower = 0.0, .lower_allowed = false}, zero_or_more{.lower = 0.0},
    zero_to_one{.lower = 0.0, .upper = 1.0};

/// How well a value is known: high, medium, low ; of what a user chooses, and of methods, nothing is said.
enum class Confidence : char { not_rated = 0, H = 'H', M = 'M', L = 'L' };

/// Where a value comes from.
struct Source {
  constexpr Source(const char* of, Confidence rating = Confidence::not_rated, const char* further = "")  // NOLINT
      : text(of), confidence(rating), note(further) {}
  const char* text;       ///< paper, "derived", "no source"; ends in a blank where the letter belongs to its last word
  Confidence confidence;  ///< in the value
  const char* note;       ///< what else there is to say, after the letter
};
inline constexpr Source user{"choice of the user"}, no_source{"no source", Confidence::L},
    described_presets{"choice of the user; `vesicast describe preset` lists them with their sources"};

/// What is usual, from the literature: numbers in `unit`, one of row.cpp's.
struct Usual {
  double lower = 0.0, upper = 0.0;
  const char* unit = "";
  [[nodiscard]] constexpr bool known() const { return 0.0 < lower && lower < upper; }
};

/// Whether a key must be given.
enum class Required { no, always, where_it_applies };

/// What a value is. A quantity is said by its dimension alone, anything without a unit by its kind.
struct Type {
  constexpr Type(Dimension of) : kind(Kind::quantity), dimension(of) {}               // NOLINT: reads as what it is
  constexpr Type(Kind k, Dimension of = Dimension::none) : kind(k), dimension(of) {}  // NOLINT
  Kind kind;
  Dimension dimension;
};

/// One entry of an array.
template <class Struct, std::size_t n>
struct Element {
  std::array<double, n> Struct::*array;
  std::size_t index;
};
template <class Struct, std::size_t n>
Element(std::array<double, n> Struct::*, std::size_t) -> Element<Struct, n>;

/// An enumeration or a flag, as the number of the word among the choices.
template <class Struct>
struct Word {
  int (*get)(const Struct&);
  void (*set)(Struct&, int);
};
template <class>
struct PointerTo;
template <class S, class V>
struct PointerTo<V S::*> {
  using Struct = S;
  using Value = V;
};
/// The word for `member`, whose enumerators stand in the order of the choices; of a flag false, true.
template <auto member>
inline constexpr Word<typename PointerTo<decltype(member)>::Struct> word_of{
    [](const auto& s) { return static_cast<int>(s.*member); },
    [](auto& s, int choice) { s.*member = static_cast<typename PointerTo<decltype(member)>::Value>(choice); }};

/// The member that a row sets. A flag whose key is a choice is true at the first word.
template <class Struct>
using Member = std::variant<std::monostate, double Struct::*, std::optional<double> Struct::*, int Struct::*,
                            std::int64_t Struct::*, std::uint64_t Struct::*, bool Struct::*, std::string Struct::*,
                            std::vector<std::string> Struct::*, Vector3 Struct::*, std::array<double, 4> Struct::*,
                            Element<Struct, 4>, Element<Struct, 5>, Word<Struct>, std::optional<MapFile> Struct::*,
                            std::map<std::string, double> Struct::*>;

/// What most keys have not.
struct More {
  const char* absent = "";           ///< what holds without the key, in words, where there is no fixed default
  Required required = Required::no;  ///< must be given
  const char* choices = "";          ///< the words, "none|uniform|map"
  const char* applies = "";          ///< where it belongs among the keys of its table: to some shapes, a kind of flow
  const char* with = "";             ///< the key of its table without which it means nothing and is not read
  const char* alone = "";            ///< what is said of it where it is given without that
  const char* names = "";            ///< what its value names, or its own name where that is a `*` (known.hpp)
  const char* typical = "";          ///< what is plausible, from the literature, where it is more than `usual`
  Usual usual = {};                  ///< beyond it a value is warned of
  const char* unusual = "what is usual";  ///< why, after "is outside 4 to 8, "
  const char* rates = "";   ///< that genes, drugs and variation multiply it by, by name, "k_EL"; several: "a|b"
  bool population = false;  ///< may a population of MVBs have its own?
  bool labels = false;      ///< strings, or names, as others wrote them: empty ones too
};

template <class Struct>
struct KeyRow {
  constexpr KeyRow(const char* called, Member<Struct> sets, Type is, const char* by_default, Range allowed,
                   const char* means, Source from, More else_known = {})
      : name(called),
        member(sets),
        type(is),
        standard(by_default),
        range(allowed),
        meaning(means),
        source(from),
        more(else_known) {}

  const char* name;  ///< of the key in its table; `*` and `<face>` stand for what the user names
  Member<Struct> member;
  Type type;
  const char* standard;  ///< the default as in a config, strings without quotes; "" where there is no fixed one
  Range range;
  const char* meaning;
  Source source;
  More more;
};

/// The rows of the keys that set members of Struct, in the order of the reference; those of rows.hpp.
template <class Struct>
[[nodiscard]] std::span<const KeyRow<Struct>> rows() {
  return rows_of(static_cast<const Struct*>(nullptr));
}

/// The rates that rows name, part by part of named_rates().
[[nodiscard]] std::span<const RateInfo> donor_rates();
[[nodiscard]] std::span<const RateInfo> recipient_rates();
[[nodiscard]] std::span<const RateInfo> matrix_rates();

/// `text`, a default of a row, in the internal unit of a config's reader, to the bit. \throws InternalError for a unit
/// that no default has
[[nodiscard]] double internal_value(std::string_view text);
/// The parts of "a|b"; none of "".
[[nodiscard]] std::vector<std::string_view> parts(std::string_view list);
/// The source with the letter of its confidence, "no source, L".
[[nodiscard]] std::string words(const Source& source);
/// "1e5 to 1e7 /M/s".
[[nodiscard]] std::string words(const Usual& usual);
/// What is plausible, in words: `typical`, or the numbers of `usual`; empty where there is neither.
[[nodiscard]] std::string typical_words(const More& more);
/// `usual` in internal units.
[[nodiscard]] Range range_of(const Usual& usual);

/// Calls `act(member value, row)` for every row that sets one number.
template <class Struct, class Act>
void for_numbers(Struct& object, Act&& act) {
  for (const KeyRow<Struct>& row : rows<Struct>()) {
    if (const auto* plain = std::get_if<double Struct::*>(&row.member)) act(object.**plain, row);
    // What is smaller holds no such array.
    if constexpr (sizeof(Struct) >= 4 * sizeof(double)) {
      if (const auto* of4 = std::get_if<Element<Struct, 4>>(&row.member)) act((object.*of4->array)[of4->index], row);
    }
    if constexpr (sizeof(Struct) >= 5 * sizeof(double)) {
      if (const auto* of5 = std::get_if<Element<Struct, 5>>(&row.member)) act((object.*of5->array)[of5->index], row);
    }
  }
}

}  // namespace vesicast
