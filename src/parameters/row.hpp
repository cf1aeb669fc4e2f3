#pragma once
/// \file
/// One row says all about a key of a configuration: its name, the member of a struct that it sets, its kind and unit,
/// its default, what is allowed and what is usual, what it means, where it comes from, and the rate by which genes and
/// drugs act on it. The rows stand in rows_*.cpp; what is derived from them: the structs' defaults (standard.hpp), the
/// rates (rates.hpp), and in `io/config` the registry, the reader, `vesicast describe`, the schema, the reference.
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "src/parameters/dimension.hpp"

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
                            std::vector<std::string> Struct::*, std::array<double, 4> Struct::*, Element<Struct, 4>,
                            Element<Struct, 5>, Word<Struct>>;

/// What most keys have not.
struct More {
  const char* absent = "";   ///< what holds without the key, in words, where there is no fixed default
  bool required = false;     ///< must be given
  const char* choices = "";  ///< the words, "none|uniform|map"
  const char* applies = "";  ///< where it belongs among the keys of its table: to some shapes, a kind of flow
  const char* typical = "";  ///< what is plausible, from the literature
  Range usual = {};  ///< beyond it a value is warned of; what `typical` says where it is "1 to 2 /h" and no more
  const char* unusual = "";  ///< why, after "is outside 4 to 8, "
  const char* rates = "";    ///< that genes, drugs and variation multiply it by, by name, "k_EL"; several: "a|b"
  const char* with = "";     ///< the key of the same table without which this one is not read
  bool population = false;   ///< may a population of MVBs have its own?
};

template <class Struct>
struct KeyRow {
  constexpr KeyRow(const char* called, Member<Struct> sets, Type is, const char* by_default, Range allowed,
                   const char* means, const char* from, More else_known = {})
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
  const char* source;  ///< paper or "no source", with the confidence: H, M, L
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
/// What is usual, in internal units: `usual`, or `typical` where that is "1 to 2 /h" and no more; else nothing.
[[nodiscard]] std::optional<Range> usual_range(const More& more);

/// Calls `act(member value, row)` for every row that sets one number.
template <class Struct, class Act>
void for_numbers(Struct& object, Act&& act) {
  for (const KeyRow<Struct>& row : rows<Struct>()) {
    if (const auto* plain = std::get_if<double Struct::*>(&row.member)) act(object.**plain, row);
    if (const auto* of4 = std::get_if<Element<Struct, 4>>(&row.member)) act((object.*of4->array)[of4->index], row);
    if (const auto* of5 = std::get_if<Element<Struct, 5>>(&row.member)) act((object.*of5->array)[of5->index], row);
  }
}

}  // namespace vesicast
