#include "io/text/dimension.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

constexpr double avogadro = 6.02214076e23;  // [1/mol], exact since the SI of 2019

constexpr DimensionEntry entries[] = {
    {Dimension::none, "number", "", "1", {{{"1", 1.0}}}},
    {Dimension::time, "time", "s", "24 h", {{{"s", 1.0}}}},
    {Dimension::length, "length", "um", "10 um", {{{"um", 1.0}}}},
    {Dimension::diffusivity, "diffusivity", "um^2/s", "0.5 um^2/s", {{{"um^2/s", 1.0}}}},
    {Dimension::rate, "rate", "1/s", "0.01 /h", {{{"s^-1", 1.0}}}},
    {Dimension::secretion, "secretion rate", "vesicle/s", "60 vesicle/h", {{{"s^-1", 1.0}, {"mol s^-1", avogadro}}}},
    {Dimension::molecules, "secretion rate", "molecule/s", "1e4 molecule/h", {{{"s^-1", 1.0}, {"mol s^-1", avogadro}}}},
    {Dimension::concentration, "concentration", "1/um^3", "1e9 /ml", {{{"um^-3", 1.0}, {"mol um^-3", avogadro}}}},
    {Dimension::density, "density of cells", "1/um^3", "3e8 /ml", {{{"um^-3", 1.0}}}},
    {Dimension::binding,
     "binding constant",
     "um^3/s",
     "1e6 /M/s",
     {{{"um^3 s^-1", 1.0}, {"um^3 mol^-1 s^-1", 1.0 / avogadro}}}},
    {Dimension::clearance, "clearance", "um^3/s", "0.02 um^3/s", {{{"um^3 s^-1", 1.0}}}},
    {Dimension::velocity, "velocity", "um/s", "0.3 um/s", {{{"um s^-1", 1.0}}}},
    {Dimension::permeability, "permeability", "um/s", "0.1 um/s", {{{"um s^-1", 1.0}}}},
    {Dimension::pressure, "pressure", "Pa", "10 mmHg", {{{"Pa", 1.0}}}},
    {Dimension::hydraulic_conductivity,
     "hydraulic conductivity",
     "um^2/Pa/s",
     "0.03 um^2/Pa/s",
     {{{"um^2 Pa^-1 s^-1", 1.0}}}},
    {Dimension::wall_conductivity,
     "hydraulic conductivity of a wall",
     "um/Pa/s",
     "2.1e-5 um/Pa/s",
     {{{"um Pa^-1 s^-1", 1.0}}}},
    {Dimension::surface_density, "surface per volume", "1/um", "0.02 /um", {{{"um^-1", 1.0}}}},
    {Dimension::area, "area", "um^2", "0.8 um^2", {{{"um^2", 1.0}}}},
    {Dimension::volume, "volume", "um^3", "1000 um^3", {{{"um^3", 1.0}}}},
    {Dimension::temperature, "temperature", "K", "37 degC", {{{"K", 1.0}}}},
    {Dimension::viscosity, "viscosity", "Pa s", "0.692 mPa s", {{{"Pa s", 1.0}}}},
};

}  // namespace

const DimensionEntry& entry(Dimension dimension) {
  const auto* const at = std::find_if(std::begin(entries), std::end(entries),
                                      [&](const DimensionEntry& e) { return e.dimension == dimension; });
  if (at == std::end(entries)) throw InternalError("a dimension without an entry in io/text/dimension.cpp");
  return *at;
}

std::string_view name(Dimension dimension) {
  return entry(dimension).name;
}

std::string plural(Dimension dimension) {
  const std::string_view one = name(dimension);
  if (!one.ends_with('y')) return fmt::format("{}s", one);
  return fmt::format("{}ies", one.substr(0, one.size() - 1));
}

std::string_view unit(Dimension dimension) {
  return entry(dimension).unit;
}

std::string_view example(Dimension dimension) {
  return entry(dimension).example;
}

}  // namespace vesicast::io
