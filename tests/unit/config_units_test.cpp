// Units in, internal units out.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "decomposition/base/error.hpp"
#include "io/text/units.hpp"

namespace vesicast::io::config_units_test {
namespace {

constexpr double avogadro = 6.02214076e23;

std::string message(const std::string& text, Dimension dimension) {
  try {
    return "no error: " + std::to_string(convert(text, dimension));
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(ConfigUnits, InternalUnitsAreExact) {
  EXPECT_EQ(convert("24 h", Dimension::time), 86400.0);
  EXPECT_EQ(convert("30 s", Dimension::time), 30.0);
  EXPECT_EQ(convert("1 ms", Dimension::time), 1e-3);
  EXPECT_EQ(convert("7.5 um", Dimension::length), 7.5);
  EXPECT_EQ(convert("0.6 mm", Dimension::length), 600.0);
  EXPECT_EQ(convert("100 nm", Dimension::length), 0.1);
  EXPECT_EQ(convert("0.5 um^2/s", Dimension::diffusivity), 0.5);
  EXPECT_EQ(convert("1e-8 cm^2/s", Dimension::diffusivity), 1e-8 * 1e8);
  EXPECT_EQ(convert("0.01 /h", Dimension::rate), 0.01 / 3600.0);
  EXPECT_EQ(convert("60 vesicle/h", Dimension::secretion), 60.0 / 3600.0);
  EXPECT_EQ(convert("60 molecule/h", Dimension::molecules), 60.0 / 3600.0);
  EXPECT_EQ(convert("1e9 /ml", Dimension::concentration), 1e9 / 1e12);
  EXPECT_EQ(convert("3e8 cells/ml", Dimension::density), 3e8 / 1e12);
  EXPECT_EQ(convert("1.66e-3 um^3/s", Dimension::binding), 1.66e-3);
}

TEST(ConfigUnits, OfTheMedium) {
  EXPECT_EQ(convert("310.15 K", Dimension::temperature), 310.15);
  EXPECT_EQ(convert("37 degC", Dimension::temperature), 310.15);
  EXPECT_NEAR(convert("98.6 degF", Dimension::temperature), 310.15, 1e-10);
  EXPECT_NEAR(convert("0.692 mPa s", Dimension::viscosity), 0.692e-3, 1e-18);
  EXPECT_NEAR(convert("0.00692 poise", Dimension::viscosity), 0.692e-3, 1e-18);
  EXPECT_EQ(message("37 degC", Dimension::time), "\"37 degC\" is a temperature; expected a time such as \"24 h\"");
}

TEST(ConfigUnits, OfTheFlow) {
  EXPECT_EQ(convert("0.3 um/s", Dimension::velocity), 0.3);
  EXPECT_EQ(convert("-6 um/min", Dimension::permeability), -0.1);
  EXPECT_EQ(convert("2 kPa", Dimension::pressure), 2000.0);
  for (const char* text : {"1 mmHg", "1 mm_Hg", "1 Torr"})
    EXPECT_NEAR(convert(text, Dimension::pressure), 133.322387415, 1e-9) << text;
  EXPECT_NEAR(convert("1 cmH2O", Dimension::pressure), 98.0665, 1e-10);
  EXPECT_EQ(convert("0.031 um^2/Pa/s", Dimension::hydraulic_conductivity), 0.031);
  // Baxter & Jain 1989 in their units
  EXPECT_NEAR(convert("4.13e-8 cm^2/mmHg/s", Dimension::hydraulic_conductivity), 4.13 / 133.322387415, 1e-14);
  EXPECT_NEAR(convert("2.8e-7 cm/(mmHg s)", Dimension::wall_conductivity), 2.8e-3 / 133.322387415, 1e-17);
  EXPECT_EQ(convert("2.1e-5 um/Pa/s", Dimension::wall_conductivity), 2.1e-5);
  EXPECT_EQ(convert("200 /cm", Dimension::surface_density), 0.02);
  EXPECT_EQ(message("1 mmHg", Dimension::velocity),
            "\"1 mmHg\" is a pressure; expected a velocity such as \"0.3 um/s\"");
  EXPECT_EQ(message("1 um/Pa/s", Dimension::hydraulic_conductivity),
            "\"1 um/Pa/s\" is a hydraulic conductivity of a wall; expected a hydraulic conductivity such as \"0.03 "
            "um^2/Pa/s\"");
  EXPECT_EQ(plural(Dimension::velocity), "velocities");
  EXPECT_EQ(plural(Dimension::time), "times");
}

TEST(ConfigUnits, AvogadroTurnsMolesIntoCounts) {
  EXPECT_NEAR(convert("1e6 /M/s", Dimension::binding), 1e21 / avogadro, 1e-15);
  EXPECT_NEAR(convert("1e6 M^-1 s^-1", Dimension::binding), 1e21 / avogadro, 1e-15);
  EXPECT_NEAR(convert("1.66 nM", Dimension::concentration), 1.66e-24 * avogadro, 1e-12);
  EXPECT_NEAR(convert("1.66 nmol/L", Dimension::concentration), 1.66e-24 * avogadro, 1e-12);
}

TEST(ConfigUnits, WaysToWriteTheSame) {
  for (const char* text : {"10 um", "10um", " 10 um ", "+10 um", "1e1 um", "10. um", "10 µm", "10 μm", "10 micrometer"})
    EXPECT_EQ(convert(text, Dimension::length), 10.0) << text;
  for (const char* text : {"2 um^2/s", "2 um2 s-1", "2 um**2/s", "2 um²/s", "2 um^2 s^-1"})
    EXPECT_EQ(convert(text, Dimension::diffusivity), 2.0) << text;
  for (const char* text : {"6 /s", "6/s", "6 1/s", "6 s-1", "6 Hz", "6 s^-1"})
    EXPECT_EQ(convert(text, Dimension::rate), 6.0) << text;
}

TEST(ConfigUnits, SaysWhatIsExpectedAndWhatWasFound) {
  EXPECT_EQ(message("24", Dimension::time), "\"24\" has no unit; expected a time such as \"24 h\"");
  EXPECT_EQ(message("24 um", Dimension::time), "\"24 um\" is a length; expected a time such as \"24 h\"");
  EXPECT_EQ(message("1e6 /M/s", Dimension::rate),
            "\"1e6 /M/s\" is a binding constant; expected a rate such as \"0.01 /h\"");
  EXPECT_EQ(message("24 C", Dimension::time), "\"24 C\" is a quantity in s.A; expected a time such as \"24 h\"");
  EXPECT_EQ(message("h", Dimension::time), "\"h\" has no number; expected a time such as \"24 h\"");
  EXPECT_EQ(message("", Dimension::time), "\"\" has no number; expected a time such as \"24 h\"");
  EXPECT_EQ(message("24 parsnips", Dimension::time),
            "\"24 parsnips\" has an unknown unit \"parsnips\"; expected a time such as \"24 h\"");
}

TEST(ConfigUnits, RefusesWhatIsNotAFiniteAmount) {
  for (const char* text : {"nan s", "inf s", "-inf s", "1e999 s", "1e308 year"})
    EXPECT_NE(message(text, Dimension::time).find("expected a time"), std::string::npos) << text;
}

TEST(ConfigUnits, RefusesShiftedAndHiddenNumbers) {
  for (const char* text : {"5 hours since 2000-01-01", "5 s @ 3", "10 000 s", "1 h 30 min", "5 3 s", "1,5 s", "5 -s"})
    EXPECT_NE(message(text, Dimension::time).find("expected a time"), std::string::npos) << text;
  EXPECT_NE(message("5 lg(re 1 s)", Dimension::time).find("expected a time"), std::string::npos);
}

TEST(ConfigUnits, TextReadsBackAsTheSameBits) {
  for (const Dimension d :
       {Dimension::time, Dimension::length, Dimension::diffusivity, Dimension::rate, Dimension::secretion,
        Dimension::molecules, Dimension::concentration, Dimension::density, Dimension::binding, Dimension::velocity,
        Dimension::permeability, Dimension::pressure, Dimension::hydraulic_conductivity, Dimension::wall_conductivity,
        Dimension::surface_density}) {
    for (const double value : {0.0, 1.0, 1.0 / 3.0, 6.418029e-5 / 9.0, 86400.0, 1e-300})
      EXPECT_EQ(convert(quantity_text(value, d), d), value) << quantity_text(value, d);
    EXPECT_GT(convert(example(d), d), 0.0) << name(d);
  }
}

}  // namespace
}  // namespace vesicast::io::config_units_test
