// Single steps of a cell whose outcome follows by hand: levels that respond, cells that become of another type.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/one_voxel.hpp"

namespace vesicast::exact_step_test {
TEST(ExactStep, RespondsInBothHalves) {
  // dm/dt = d (fold(500) - fold(Q) m) relative to rest, or d (fold(Q)/fold(500) - m), with Q throughout.
  for (const ResponseKind kind : {ResponseKind::repression, ResponseKind::activation}) {
    const Parameters p = test::responding(kind, 0.0);
    const Response& r = p.cell_types[0].responses.at("PTEN");
    test::Scene s = test::alone(p, {0});
    EXPECT_DOUBLE_EQ(test::at(s, CellArray::response), 1.0);
    test::at(s, CellArray::cytosol) = 900.0;
    test::at(s, CellArray::response) = 0.4;
    test::step(s, 700.0);
    const bool represses = kind == ResponseKind::repression;
    const double settles =
        represses ? test::fold(500.0, r) / test::fold(900.0, r) : test::fold(900.0, r) / test::fold(500.0, r);
    const double rate = represses ? r.decay * test::fold(900.0, r) : r.decay;
    EXPECT_NEAR(test::at(s, CellArray::response), settles + (0.4 - settles) * std::exp(-rate * 700.0), 1e-13);
  }
}

TEST(ExactStep, RespondsToTheCargoOfTheMiddle) {
  // R(dt/2) before the first response, R(dt/2) after the second: both see the copies of the middle of the step.
  const Parameters p = test::responding(ResponseKind::repression, 7e-4);
  const Response& r = p.cell_types[0].responses.at("PTEN");
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::cytosol) = 900.0;
  test::at(s, CellArray::response) = 0.4;
  test::step(s, 800.0);
  const double middle = 900.0 * std::exp(-7e-4 * 400.0), rate = r.decay * test::fold(middle, r);
  const double settles = test::fold(500.0, r) / test::fold(middle, r);
  EXPECT_NEAR(test::at(s, CellArray::response), settles + (0.4 - settles) * std::exp(-rate * 800.0), 1e-13);
  EXPECT_NEAR(test::at(s, CellArray::cytosol), 900.0 * std::exp(-7e-4 * 800.0), 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::decayed_in_cell), 900.0 * (1.0 - std::exp(-7e-4 * 800.0)), 1e-10);
}

TEST(ExactPhenotype, HoldsForItsTimeBeyondTheThreshold) {
  for (const bool above : {false, true}) {
    test::Scene s = test::alone(test::switching(above), {0});
    test::at(s, CellArray::response) = above ? 1.5 : 0.6;
    for (const double held : {100.0, 200.0}) {
      test::step(s, 100.0);
      EXPECT_EQ(test::type_of(s), "a") << above;
      EXPECT_DOUBLE_EQ(test::at(s, CellArray::held), held) << above;
    }
    test::step(s, 100.0);  // 300 s
    EXPECT_EQ(test::type_of(s), "b") << above;
    EXPECT_EQ(test::at(s, CellArray::held), 0.0);
    for (const double held : {100.0, 200.0}) {
      test::step(s, 100.0);
      EXPECT_EQ(test::type_of(s), "b") << above;
      EXPECT_DOUBLE_EQ(test::at(s, CellArray::held), held) << above;
    }
    test::step(s, 100.0);
    EXPECT_EQ(test::type_of(s), "c") << above;
  }
}

TEST(ExactPhenotype, StaysWhileTheLevelIsOnTheOtherSide) {
  for (const bool above : {false, true}) {
    test::Scene s = test::alone(test::switching(above), {0});
    test::at(s, CellArray::response) = above ? 0.94 : 0.96;
    for (int i = 0; i < 5; ++i) test::step(s, 100.0);
    EXPECT_EQ(test::type_of(s), "a") << above;
    EXPECT_EQ(test::at(s, CellArray::held), 0.0);
  }
}

TEST(ExactPhenotype, ForgetsTheTimeOnceTheLevelComesBack) {
  test::Scene s = test::alone(test::switching(false), {0});
  test::at(s, CellArray::response) = 0.6;
  test::step(s, 100.0);
  test::step(s, 100.0);
  test::at(s, CellArray::response) = 0.97;
  test::step(s, 100.0);
  EXPECT_EQ(test::at(s, CellArray::held), 0.0);
  test::at(s, CellArray::response) = 0.6;
  test::step(s, 100.0);
  test::step(s, 100.0);
  EXPECT_EQ(test::type_of(s), "a");
  test::step(s, 100.0);
  EXPECT_EQ(test::type_of(s), "b");
}

TEST(ExactPhenotype, GivesBackWhatItsNewReceptorsCannotHold) {
  // 60 and 30 bound where 40 may be: five ninths of each, and of the copies in them, go back into the voxel.
  test::Scene s = test::alone(test::switching(false, 100.0, 40.0), {0});
  const std::size_t exosome = test::field_of(s, "exosome"), micro = test::field_of(s, "microvesicle"),
                    copies = test::field_of(s, "exosome", "miR");
  test::at(s, CellArray::response) = 0.6;
  test::at(s, CellArray::bound, exosome) = 60.0;
  test::at(s, CellArray::bound, micro) = 30.0;
  test::at(s, CellArray::bound, copies) = 12.6;
  test::step(s, 100.0);
  test::step(s, 100.0);
  EXPECT_EQ(test::at(s, CellArray::bound, exosome), 60.0);
  test::step(s, 100.0);
  ASSERT_EQ(test::type_of(s), "b");
  for (const auto& [field, bound] : {std::pair(exosome, 60.0), std::pair(micro, 30.0), std::pair(copies, 12.6)}) {
    EXPECT_NEAR(test::at(s, CellArray::bound, field), bound * 4.0 / 9.0, 1e-12);
    EXPECT_NEAR(test::at(s, CellArray::returned, field), bound * 5.0 / 9.0, 1e-12);
    EXPECT_NEAR(test::free_in(s, field), bound * 5.0 / 9.0, 1e-12);
  }
}

TEST(ExactPhenotype, TellsItsLevelsRelativeToTheNewType) {
  // The level itself is 1/fold of the copies at rest: 500 in a, 100 in b, each by its own Hill function.
  const Parameters p = test::switching(false);
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::response) = 0.6;
  for (int i = 0; i < 3; ++i) test::step(s, 100.0);
  ASSERT_EQ(test::type_of(s), "b");
  const double in_a = test::fold(500.0, p.cell_types[0].responses.at("PTEN")),
               in_b = test::fold(100.0, p.cell_types[1].responses.at("PTEN"));
  EXPECT_NEAR(test::at(s, CellArray::response), 0.6 / in_a * in_b, 1e-13);
}

}  // namespace vesicast::exact_step_test
