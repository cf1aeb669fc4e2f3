// What can be wrong in faces by class, matrix, regions, vessels and flow, with the message it gets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_transport_bad_test {
namespace {

// Line numbers count from the first of run_and_domain.
const std::string good = run_and_domain + R"(boundary = { x = "fixed", y = "periodic", z_high = "clearance" }
[vesicle.exosome]
boundary_permeability = { z_high = "0.1 um/s" }
[vesicle.exosome.matrix]
[vesicle.microvesicle]
boundary = { z_high = "open" }
[[region]]
name = "core"
shape = "spheroid"
centre = ["300 um", "300 um", "100 um"]
radius = "90 um"
diffusivity = { exosome = "0.5 um^2/s" }
[region.blood]
surface_density = "0.02 /um"
hydraulic_conductivity = "2e-5 um/Pa/s"
pressure = "2 kPa"
[flow]
kind = "darcy"
pressure = { x = "0 Pa" }
)";

class BadTransport : public testing::TestWithParam<Case> {};

TEST_P(BadTransport, SaysWhereAndWhat) {
  expect_message(good, GetParam());
}

const Case faces[] = {
    {"PeriodicForOneClass", "z_high = \"open\"", "z_high = \"open\", x = \"periodic\"",
     R"(nodule.toml:12:35: vesicle.microvesicle.boundary.x: "periodic" holds for all vesicle classes: set x in domain.boundary)"},
    {"OpenInAPeriodicDomain", "z_high = \"open\"", "z_high = \"open\", y_low = \"open\"",
     R"(nodule.toml:12:39: vesicle.microvesicle.boundary.y_low: domain.boundary is "periodic" along y, for all vesicle classes)"},
    {"ClearanceWithoutPermeability", "z_high = \"open\"", "z_high = \"clearance\"",
     R"(nodule.toml:11:1: vesicle.microvesicle.boundary_permeability.z_high: the required key is missing: a permeability such as "0.1 um/s")"},
    {"PermeabilityOfAnOpenFace", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_permeability = { z_high = \"1 um/s\" }",
     R"(nodule.toml:12:27: vesicle.microvesicle.boundary_permeability.z_high: the boundary z_high is "open"; only a "clearance" one has a permeability)"},
    {"NegativePermeability", "\"0.1 um/s\"", "\"-0.1 um/s\"",
     R"(nodule.toml:9:36: vesicle.exosome.boundary_permeability.z_high: "-0.1 um/s" is out of range; expected >= 0 um/s)"},
    {"ValueOfAnOpenFace", "[vesicle.microvesicle]", "[vesicle.microvesicle]\nboundary_value = { z_high = \"1 /ml\" }",
     R"(nodule.toml:12:20: vesicle.microvesicle.boundary_value.z_high: the boundary z_high is "open"; only a "fixed" or "clearance" one has a value)"},
    {"TimesDoNotIncrease", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { times = [\"1 h\", \"1 h\"], values = [\"0 /ml\", \"1 /ml\"] } }",
     R"(nodule.toml:12:34: vesicle.microvesicle.boundary_value.x.times: entry 1, 3600 s, is not after the one before, 3600 s)"},
    {"UnequalSeries", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { times = [\"1 h\", \"2 h\"], values = [\"0 /ml\"] } }",
     R"(nodule.toml:12:59: vesicle.microvesicle.boundary_value.x.values: has 1 entries, but times has 2)"},
    {"NegativeInSeries", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { times = [\"1 h\", \"2 h\"], values = [\"0 /ml\", \"-1 /ml\"] } "
     "}",
     R"(nodule.toml:12:69: vesicle.microvesicle.boundary_value.x.values.1: "-1 /ml" is out of range; expected >= 0 /um^3)"},
    {"EmptySeries", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { times = [], values = [\"1 /ml\"] } }",
     R"(nodule.toml:12:34: vesicle.microvesicle.boundary_value.x.times: the array is empty)"},
    {"TimesAreNoList", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { times = \"1 h\", values = [\"1 /ml\"] } }",
     R"(nodule.toml:12:34: vesicle.microvesicle.boundary_value.x.times: expected an array of times, found a string)"},
    {"SeriesWithoutTimes", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { values = [\"1 /ml\"] } }",
     R"(nodule.toml:12:24: vesicle.microvesicle.boundary_value.x.times: the required key is missing: an array of times such as "24 h")"},
    {"NoSeries", "[vesicle.microvesicle]", "[vesicle.microvesicle]\nboundary_value = { x = {} }",
     R"(nodule.toml:12:24: vesicle.microvesicle.boundary_value.x: give times and values, or the file of a table)"},
    {"SeriesHereAndInAFile", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { file = \"a.csv\", times = [\"1 h\"], values = [\"1 /ml\"] } }",
     R"(nodule.toml:12:26: vesicle.microvesicle.boundary_value.x.file: a table in a file and one written here exclude each other)"},
    {"ColumnOfASeriesHere", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { times = [\"1 h\"], values = [\"1 /ml\"], time = \"t [h]\" } }",
     R"(nodule.toml:12:63: vesicle.microvesicle.boundary_value.x.time: names a column of a file; here give times and values)"},
    {"ColumnWithoutUnit", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { file = \"a.csv\", value = \"dose\" } }",
     R"(nodule.toml:12:50: vesicle.microvesicle.boundary_value.x.value: the header of the column ends in its unit, as in "concentration [/ml]")"},
    {"ColumnWithWrongUnit", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\nboundary_value = { x = { file = \"a.csv\", time = \"t [um]\" } }",
     R"(nodule.toml:12:49: vesicle.microvesicle.boundary_value.x.time: the unit of the column: "1 um" is a length; expected a time such as "24 h")"},
};

const Case interstitium[] = {
    {"UnknownFraction", "voxel = \"10 um\"", "voxel = \"10 um\"\nextracellular_fraction = \"from cell\"",
     R"(nodule.toml:7:26: domain.extracellular_fraction: unknown value "from cell"; did you mean "from cells"?)"},
    {"FractionInQuotes", "voxel = \"10 um\"", "voxel = \"10 um\"\nextracellular_fraction = \"0.2\"",
     R"(nodule.toml:7:26: domain.extracellular_fraction: unknown value "0.2"; expected > 0 and <= 1, or "from cells")"},
    {"FloorWithoutCells", "voxel = \"10 um\"", "voxel = \"10 um\"\nfraction_floor = 0.1",
     R"(nodule.toml:7:1: domain.fraction_floor: belongs to extracellular_fraction = "from cells" only)"},
    {"MapWithoutArray", "[vesicle.microvesicle]", "[vesicle.microvesicle]\ndiffusivity = { map = \"d.vti\" }",
     R"(nodule.toml:12:15: vesicle.microvesicle.diffusivity.array: the required key is missing)"},
    {"MapWithUnknownKey", "[vesicle.microvesicle]",
     "[vesicle.microvesicle]\ndiffusivity = { map = \"d.vti\", array = \"D\", arrays = 1 }",
     R"(nodule.toml:12:45: vesicle.microvesicle.diffusivity.arrays: unknown key; did you mean "array"?)"},
    {"NegativeUnbinding", "[vesicle.exosome.matrix]", "[vesicle.exosome.matrix]\nk_off = \"-1 /s\"",
     R"(nodule.toml:11:9: vesicle.exosome.matrix.k_off: "-1 /s" is out of range; expected >= 0 /s)"},
    {"SitesAsPlainNumber", "[vesicle.exosome.matrix]", "[vesicle.exosome.matrix]\nsites = 5",
     R"(nodule.toml:11:9: vesicle.exosome.matrix.sites: 5 has no unit; expected a concentration such as "1e9 /ml")"},
};

const Case regions[] = {
    {"NoPlace", "shape = \"spheroid\"\ncentre = [\"300 um\", \"300 um\", \"100 um\"]\nradius = \"90 um\"\n", "",
     R"(nodule.toml:13:1: region.0: give shape, or map = { file, array, value }, to say where the region is)"},
    {"ShapeAndMap", "radius = \"90 um\"", "radius = \"90 um\"\nmap = { file = \"l.vti\", array = \"l\", value = 1 }",
     R"(nodule.toml:18:1: region.0.map: shape and map exclude each other)"},
    {"MeasureOfAnotherShape", "radius = \"90 um\"", "radius = \"90 um\"\nfrom = \"1 um\"",
     R"(nodule.toml:18:1: region.0.from: does not belong to the shape "spheroid", only to: layer)"},
    {"MeasureOfAMap", "shape = \"spheroid\"\ncentre = [\"300 um\", \"300 um\", \"100 um\"]\n",
     "map = { file = \"l.vti\", array = \"l\", value = 1 }\n",
     R"(nodule.toml:16:1: region.0.radius: belongs to a shape, not to a map)"},
    {"MapWithoutValue", "shape = \"spheroid\"\ncentre = [\"300 um\", \"300 um\", \"100 um\"]\nradius = \"90 um\"\n",
     "map = { file = \"l.vti\", array = \"l\" }\n",
     R"(nodule.toml:15:7: region.0.map.value: the required key is missing)"},
    {"OutsideTheDomain", "centre = [\"300 um\"", "centre = [\"900 um\"",
     R"(nodule.toml:16:10: region.0.centre: the shape lies outside the domain)"},
    {"NameTwice", "[flow]", "[[region]]\nname = \"core\"\nshape = \"domain\"\nextracellular_fraction = 0.1\n[flow]",
     R"(nodule.toml:24:8: region.1.name: another region is called "core" too)"},
    {"NoEffect", "[flow]", "[[region]]\nshape = \"domain\"\nobstacle = false\n[flow]",
     R"(nodule.toml:23:1: region.1: the region changes nothing: give extracellular_fraction, diffusivity, binding_sites, conductivity, blood, lymph, or obstacle = true)"},
    {"ObstacleWithMore", "[flow]",
     "[[region]]\nshape = \"domain\"\nobstacle = true\nconductivity = \"1 um^2/Pa/s\"\n[flow]",
     R"(nodule.toml:26:1: region.1.conductivity: an obstacle holds neither fluid nor vesicles; leave one of them out)"},
    {"UnknownClass", "{ exosome = \"0.5 um^2/s\" }", "{ exosom = \"0.5 um^2/s\" }",
     R"(nodule.toml:18:17: region.0.diffusivity.exosom: unknown vesicle class "exosom"; did you mean "exosome"?)"},
    {"SitesWithoutMatrix", "radius = \"90 um\"", "radius = \"90 um\"\nbinding_sites = { microvesicle = \"1 nM\" }",
     R"(nodule.toml:18:19: region.0.binding_sites.microvesicle: the class does not bind to the matrix; it needs the table [vesicle.microvesicle.matrix])"},
    {"FractionOfZero", "radius = \"90 um\"", "radius = \"90 um\"\nextracellular_fraction = 0",
     R"(nodule.toml:18:26: region.0.extracellular_fraction: 0 is out of range; expected > 0 and <= 1)"},
    {"VesselsWithoutSurface", "surface_density = \"0.02 /um\"\n", "",
     R"(nodule.toml:19:1: region.0.blood.surface_density: the required key is missing: a surface per volume such as "0.02 /um")"},
    {"VesselsWithoutPressure", "pressure = \"2 kPa\"\n", "",
     R"(nodule.toml:19:1: region.0.blood.pressure: the required key is missing: a pressure such as "10 mmHg")"},
    {"NegativeConductivity", "\"2e-5 um/Pa/s\"", "\"-2e-5 um/Pa/s\"",
     R"(nodule.toml:21:26: region.0.blood.hydraulic_conductivity: "-2e-5 um/Pa/s" is out of range; expected >= 0 um/Pa/s)"},
    {"ReflectionAboveOne", "pressure = \"2 kPa\"", "pressure = \"2 kPa\"\nreflection = { microvesicle = 1.1 }",
     R"(nodule.toml:23:31: region.0.blood.reflection.microvesicle: 1.1 is out of range; expected >= 0 and <= 1)"},
    {"UnknownClassOfVessels", "pressure = \"2 kPa\"", "pressure = \"2 kPa\"\nplasma = { exo = \"1e9 /ml\" }",
     R"(nodule.toml:23:12: region.0.blood.plasma.exo: unknown vesicle class "exo"; vesicle classes: exosome, microvesicle)"},
    {"VesselsOfNoRegion", "[[region]]", "[region]",
     "nodule.toml:13:1: region: expected an array of tables, [[region]], found a table"},
};

// From the vessels' conductivity to the end.
const char* const darcy =
    "hydraulic_conductivity = \"2e-5 um/Pa/s\"\npressure = \"2 kPa\"\n[flow]\nkind = \"darcy\"\npressure = { x = \"0 "
    "Pa\" }\n";

const Case flows[] = {
    {"UnknownKind", "\"darcy\"", "\"Darcy's\"",
     R"(nodule.toml:24:8: flow.kind: unknown value "Darcy's"; did you mean "darcy"?)"},
    {"KeyOfAnotherKind", "kind = \"darcy\"", "kind = \"darcy\"\nvelocity = [\"1 um/s\", \"0 um/s\", \"0 um/s\"]",
     R"(nodule.toml:25:1: flow.velocity: belongs to kind = "uniform"; it is "darcy")"},
    {"MapOfAnotherKind", "kind = \"darcy\"", "kind = \"darcy\"\nmap = { file = \"f.vti\", array = \"v\" }",
     R"(nodule.toml:25:1: flow.map: belongs to kind = "map"; it is "darcy")"},
    {"PressureWithoutFlow", darcy, "[flow]\npressure = { x = \"0 Pa\" }\n",
     R"(nodule.toml:22:1: flow.pressure: belongs to kind = "darcy"; it is "none")"},
    {"MapWithoutMap", darcy, "[flow]\nkind = \"map\"\n",
     R"(nodule.toml:21:1: flow: a flow from a map needs map = { file = "flow.vti", array = "velocity" })"},
    {"UniformWithoutVelocity", darcy, "[flow]\nkind = \"uniform\"\n",
     R"(nodule.toml:21:1: flow.velocity: the required key is missing: an array of velocities such as "0.3 um/s", one per axis)"},
    {"VelocityOfASection", darcy, "[flow]\nkind = \"uniform\"\nvelocity = [\"1 um/s\", \"1 um/s\"]\n",
     R"(nodule.toml:23:12: flow.velocity: has 2 entries; the domain has 3 dimensions)"},
    {"UniformIntoAWall", darcy, "[flow]\nkind = \"uniform\"\nvelocity = [\"1 um/s\", \"1 um/s\", \"1 um/s\"]\n",
     R"(nodule.toml:23:12: flow.velocity: flows along z, through faces that are "no-flux" by domain.boundary.z; they must be "open", "fixed" or "clearance", or "periodic")"},
    {"UniformAndObstacle", darcy,
     "[[region]]\nshape = \"domain\"\nobstacle = true\n[flow]\nkind = \"uniform\"\nvelocity = [\"1 um/s\", \"1 um/s\", "
     "\"0 um/s\"]\n",
     R"(nodule.toml:23:12: region.1.obstacle: a flow with flow.kind = "uniform" cannot go round an obstacle; "darcy" does)"},
    {"PressureAtAWall", "{ x = \"0 Pa\" }", "{ x = \"0 Pa\", z_low = \"1 Pa\" }",
     R"(nodule.toml:25:34: flow.pressure.z_low: the fluid crosses z_low, which is "no-flux" by domain.boundary.z; it must be "open", "fixed" or "clearance")"},
    {"PressureAtAPeriodicFace", "{ x = \"0 Pa\" }", "{ x = \"0 Pa\", y_high = \"1 Pa\" }",
     R"(nodule.toml:25:35: flow.pressure.y_high: the fluid crosses y_high, which is "periodic" by domain.boundary.y; it must be "open", "fixed" or "clearance")"},
    {"NothingDrives",
     "hydraulic_conductivity = \"2e-5 um/Pa/s\"\npressure = \"2 kPa\"\n[flow]\nkind = \"darcy\"\npressure = { x = \"0 "
     "Pa\" }",
     "hydraulic_conductivity = \"0 um/Pa/s\"\npressure = \"2 kPa\"\n[flow]\nkind = \"darcy\"",
     R"(nodule.toml:24:8: flow.kind: "darcy" needs something that drives the flow: a pressure in flow.pressure, or a region with blood or lymph whose hydraulic_conductivity is above 0)"},
    {"ConductivityOfZero", "kind = \"darcy\"", "kind = \"darcy\"\nconductivity = \"0 um^2/Pa/s\"",
     R"(nodule.toml:25:16: flow.conductivity: "0 um^2/Pa/s" is out of range; expected > 0 um^2/Pa/s)"},
};

TEST(BadFlow, NamesTheKeysOfAllClassesThatCloseAFace) {
  const std::string text = replaced(replaced(good, "z_high = \"open\"", "x_high = \"no-flux\", z = \"open\""), darcy,
                                    "[flow]\nkind = \"uniform\"\nvelocity = [\"1 um/s\", \"0 um/s\", \"-1 um/s\"]\n");
  EXPECT_EQ(lines(problems_of(text)),
            "nodule.toml:23:12: flow.velocity: flows along x, through faces that are \"no-flux\" by "
            "vesicle.microvesicle.boundary.x_high; they must be \"open\", \"fixed\" or \"clearance\", or \"periodic\"\n"
            "nodule.toml:23:12: flow.velocity: flows along z, through faces that are \"no-flux\" by domain.boundary.z; "
            "they must be \"open\", \"fixed\" or \"clearance\", or \"periodic\"\n");
}

TEST(BadFlow, KeysOfVesselsNeedDarcy) {
  const std::string text = replaced(good, "[flow]\nkind = \"darcy\"\npressure = { x = \"0 Pa\" }\n",
                                    "oncotic = \"1 Pa\"\nreflection = { microvesicle = 1 }\n");
  const std::string why = ": belongs to flow.kind = \"darcy\"; it is \"none\"\n";
  EXPECT_EQ(lines(problems_of(text)), "nodule.toml:21:1: region.0.blood.hydraulic_conductivity" + why +
                                          "nodule.toml:22:1: region.0.blood.pressure" + why +
                                          "nodule.toml:23:1: region.0.blood.oncotic" + why +
                                          "nodule.toml:24:1: region.0.blood.reflection" + why);
}

TEST(BadTransportOfASection, HasNoZ) {
  const std::vector<Problem> problems = problems_of(
      "[run]\nend = \"1 h\"\nstep = \"1 s\"\n[domain]\nsize = [\"90 um\", \"90 um\"]\nvoxel = \"9 um\"\n"
      "thickness = \"9 um\"\nboundary = { x = \"open\" }\n[vesicle.exosome]\nboundary = { z = \"open\", y = "
      "\"clearance\" }\n"
      "boundary_permeability = { y = \"1 um/s\", z_low = \"1 um/s\" }\n"
      "[flow]\nkind = \"darcy\"\npressure = { x = \"1 Pa\", z = \"1 Pa\" }\n");
  EXPECT_EQ(lines(problems),
            "nodule.toml:10:14: vesicle.exosome.boundary.z: a 2-D section has no faces in z\n"
            "nodule.toml:11:41: vesicle.exosome.boundary_permeability.z_low: a 2-D section has no faces in z\n"
            "nodule.toml:14:26: flow.pressure.z: a 2-D section has no faces in z\n");
}

INSTANTIATE_TEST_SUITE_P(Faces, BadTransport, testing::ValuesIn(faces), name_of);
INSTANTIATE_TEST_SUITE_P(Interstitium, BadTransport, testing::ValuesIn(interstitium), name_of);
INSTANTIATE_TEST_SUITE_P(Regions, BadTransport, testing::ValuesIn(regions), name_of);
INSTANTIATE_TEST_SUITE_P(Flows, BadTransport, testing::ValuesIn(flows), name_of);

}  // namespace
}  // namespace vesicast::io::config_transport_bad_test
