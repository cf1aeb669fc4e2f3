// What a configuration says of responses and can hardly mean.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

using Warnings = std::vector<std::string>;

std::string path_of(const CellType& type) {
  return "cell_type." + type.name;
}

/// The range that the level of a response stays in, 1 without cargo: its ends are not reached, but for 1.
struct Levels {
  double lowest = 1.0, highest = 1.0;
};

bool has_own(const CellType& type, const std::string& cargo) {
  const auto own = type.cargo.find(cargo);
  return own != type.cargo.end() &&
         (own->second.copies.value_or(0.0) > 0.0 || own->second.synthesis.value_or(0.0) > 0.0);
}

/// Over all cell types that have the response: cells keep their level where they become another type. Between 1/F and 1
/// or 1 and F; both ways where cells have copies of their own, relative to which levels are told and
/// which they may lose.
Levels levels_of(const Parameters& p, const std::string& response) {
  Levels levels;
  for (const CellType& type : p.cell_types) {
    const auto it = type.responses.find(response);
    if (it == type.responses.end()) continue;
    const bool both = has_own(type, it->second.cargo), represses = it->second.kind == ResponseKind::repression;
    if (represses || both) levels.lowest = std::min(levels.lowest, 1.0 / it->second.fold);
    if (!represses || both) levels.highest = std::max(levels.highest, it->second.fold);
  }
  return levels;
}

void warn_of_levels(const Parameters& p, const CellType& type, Warnings& warnings) {
  if (!type.becomes) return;
  const PhenotypeSwitch& s = *type.becomes;
  const Levels levels = levels_of(p, s.response);
  if (s.above ? s.threshold < levels.highest : s.threshold > levels.lowest) return;
  warnings.push_back(fmt::format(
      "{0}.becomes: the level of \"{1}\" stays between {2:.3g} and {3:.3g}, never {4} {5:g}: no cell "
      "becomes \"{6}\"",
      path_of(type), s.response, levels.lowest, levels.highest, s.above ? "above" : "below", s.threshold, s.to));
}

/// May vesicles of the class hold copies: because it is said, or because cells that have some release it?
bool carries(const Parameters& p, const VesicleClass& v, const std::string& cargo) {
  const auto given = v.cargo.find(cargo);
  return (given != v.cargo.end() && given->second > 0.0) || std::ranges::any_of(p.cell_types, [&](const CellType& t) {
           return t.donor.contains(v.name) && t.cargo.contains(cargo);
         });
}

/// Is there any copy of the cargo in the run, and may cells of the type get some: from themselves or a vesicle that
/// fuses with them?
bool may_have(const Parameters& p, const CellType& type, const std::string& cargo) {
  if (has_own(type, cargo)) return true;
  return std::ranges::any_of(p.vesicles, [&](const VesicleClass& v) {
    const auto uptake = type.recipient.find(v.name);
    return uptake != type.recipient.end() && (uptake->second.k_fusion > 0.0 || uptake->second.k_back_fusion > 0.0) &&
           carries(p, v, cargo);
  });
}

/// Is there any of the cargo that may come to be in a vesicle or a cell?
bool exists(const Parameters& p, const std::string& cargo) {
  return std::ranges::any_of(p.cell_types, [&](const CellType& t) { return has_own(t, cargo); }) ||
         std::ranges::any_of(p.vesicles, [&](const VesicleClass& v) {
           const auto given = v.cargo.find(cargo);
           return given != v.cargo.end() && given->second > 0.0;
         });
}

/// The type and all types that lead to it: cells keep what they hold.
std::set<std::string> ancestry(const Parameters& p, const CellType& type) {
  std::set<std::string> names{type.name};
  for (std::size_t before = 0; before != names.size();) {
    before = names.size();
    for (const CellType& t : p.cell_types)
      if (t.becomes && names.contains(t.becomes->to)) names.insert(t.name);
  }
  return names;
}

void warn_of_cargo(const Parameters& p, const CellType& type, Warnings& warnings) {
  const std::set<std::string> names = ancestry(p, type);
  for (const auto& [name, response] : type.responses) {
    const std::string& cargo = response.cargo;
    const bool reached = exists(p, cargo) && std::ranges::any_of(p.cell_types, [&, c = cargo](const CellType& t) {
                           return names.contains(t.name) && may_have(p, t, c);
                         });
    if (!reached)
      warnings.push_back(fmt::format(
          "{}.response.{}: no cell of the type ever has \"{}\", neither its own nor from a vesicle: the level stays 1",
          path_of(type), name, cargo));
  }
}

}  // namespace

void warn_of_responses(const Parameters& p, std::vector<std::string>& warnings) {
  for (const CellType& type : p.cell_types) {
    warn_of_levels(p, type, warnings);
    warn_of_cargo(p, type, warnings);
  }
}

}  // namespace vesicast::io
