// Every way a configuration can be wrong that a user is likely to meet, with the message it gets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io::config_bad_test {
namespace {

// Line numbers count from the first of run_and_domain.
const std::string good = run_and_domain + R"([vesicle.exosome]
diffusivity = "2 um^2/s"
[cargo.miR-21]
[cell_type.tumour]
donor = { secretion = "60 /h" }
recipient = {}
[[tissue.cells]]
name = "nodule"
type = "tumour"
shape = "spheroid"
centre = ["300 um", "300 um", "100 um"]
radius = "90 um"
density = "3e8 /ml"
)";

class BadConfig : public testing::TestWithParam<Case> {};

TEST_P(BadConfig, SaysWhereAndWhat) {
  expect_message(good, GetParam());
}

const Case syntax_and_names[] = {
    {"Syntax", "[domain]", "[domain", R"(nodule.toml:4:8: not valid TOML: )"},
    {"DuplicateKey", "step = \"30 s\"", "step = \"30 s\"\nstep = \"1 s\"", R"(nodule.toml:4:8: not valid TOML: )"},
    {"UnknownKey", "diffusivity = ", "diffusivty = ",
     R"(nodule.toml:8:1: vesicle.exosome.diffusivty: unknown key; did you mean "diffusivity"?)"},
    {"UnknownKeyIndented",
     "diffusivity = ", "  decai = ", R"(nodule.toml:8:3: vesicle.exosome.decai: unknown key; did you mean "decay"?)"},
    {"UnknownTable", "[cargo.miR-21]", "[carg.miR-21]", R"(nodule.toml:9:2: carg: unknown key; did you mean "cargo"?)"},
    {"UnknownKeyInInlineTable", "recipient = {}", "recipient = { k_onn = \"1e6 /M/s\" }",
     R"(nodule.toml:12:15: cell_type.tumour.recipient.k_onn: unknown key; did you mean "k_on"?)"},
    {"QuotedPathIsNoPath", "[run]", "\"run.seed\" = 3\n[run]",
     R"(nodule.toml:1:1: "run.seed": unknown key; known here: run, domain, transport, medium, vesicle, cargo, factor, region, flow, cell_type, tissue, perturbation_table, perturbation, output)"},
    {"PatternIsNoKey", "[vesicle.exosome]", "boundary = { \"<face>\" = \"open\" }\n[vesicle.exosome]",
     R"(nodule.toml:7:14: domain.boundary."<face>": unknown key; known here: x, y, z, x_low, x_high, y_low, y_high, z_low, z_high)"},
    {"CommaInName", "[cell_type.tumour]", "[cell_type.\"a, b\"]\n[cell_type.tumour]",
     R"(nodule.toml:10:12: cell_type."a, b": a name may not hold commas, quotes or control characters: the result tables use them)"},
    {"NoVesicleClass", "[vesicle.exosome]\ndiffusivity = \"2 um^2/s\"\n", "",
     R"(nodule.toml: vesicle: at least one vesicle class is needed, such as [vesicle.exosome])"},
};

const Case types_and_units[] = {
    {"BareNumberForTime", "\"24 h\"", "24",
     R"(nodule.toml:2:7: run.end: 24 has no unit; expected a time such as "24 h")"},
    {"NoUnit", "\"24 h\"", "\"24\"", R"(nodule.toml:2:7: run.end: "24" has no unit; expected a time such as "24 h")"},
    {"NoNumber", "\"24 h\"", "\"a day\"",
     R"(nodule.toml:2:7: run.end: "a day" has no number; expected a time such as "24 h")"},
    {"UnknownUnit", "\"24 h\"", "\"24 hrz\"",
     R"(nodule.toml:2:7: run.end: "24 hrz" has an unknown unit "hrz"; expected a time such as "24 h")"},
    {"WrongDimension", "\"24 h\"", "\"24 um\"",
     R"(nodule.toml:2:7: run.end: "24 um" is a length; expected a time such as "24 h")"},
    {"WrongDimensionWithoutName", "\"24 h\"", "\"24 kg\"",
     R"(nodule.toml:2:7: run.end: "24 kg" is a quantity in kg; expected a time such as "24 h")"},
    {"DimensionlessUnit", "\"24 h\"", "\"24 cells\"",
     R"(nodule.toml:2:7: run.end: "24 cells" is a number without dimension; expected a time such as "24 h")"},
    {"NotFinite", "\"24 h\"", "\"inf h\"",
     R"(nodule.toml:2:7: run.end: "inf h" is not a finite number; expected a time such as "24 h")"},
    {"TwoNumbers", "\"24 h\"", "\"1 h 30 min\"",
     R"(nodule.toml:2:7: run.end: "1 h 30 min" holds more than one number; expected a time such as "24 h")"},
    {"ThousandsSeparator", "\"90 um\"", "\"1 000 um\"",
     R"(nodule.toml:18:10: tissue.cells.0.radius: "1 000 um" holds more than one number; expected a length such as "10 um")"},
    {"BooleanForTime", "\"24 h\"", "true",
     R"(nodule.toml:2:7: run.end: expected a time such as "24 h", found a boolean)"},
    {"DateForTime", "\"24 h\"", "2024-05-01",
     R"(nodule.toml:2:7: run.end: expected a time such as "24 h", found a date or time of day)"},
    {"StringForNumber", "[domain]", "[transport]\ntolerance = \"1e-6\"\n[domain]",
     R"(nodule.toml:5:13: transport.tolerance: expected a number, found a string)"},
    {"FloatForInteger", "density = \"3e8 /ml\"", "count = 12.5",
     R"(nodule.toml:19:9: tissue.cells.0.count: expected an integer, found a number)"},
    {"StringForBoolean", "step = \"30 s\"", "step = \"30 s\"\ntrack_sources = \"yes\"",
     R"(nodule.toml:4:17: run.track_sources: expected true or false, found a string)"},
    {"StringForList", "[\"600 um\", \"600 um\", \"200 um\"]", "\"600 um\"",
     R"(nodule.toml:5:8: domain.size: expected an array of lengths, one per axis, found a string)"},
    {"NumberInList", "\"600 um\", \"200 um\"]", "600, \"200 um\"]",
     R"(nodule.toml:5:19: domain.size.1: 600 has no unit; expected a length such as "10 um")"},
    {"ValueForTable", "recipient = {}", "recipient = true",
     R"(nodule.toml:12:13: cell_type.tumour.recipient: expected a table, [cell_type.tumour.recipient], found a boolean)"},
    {"TableForArrayOfTables", "[[tissue.cells]]", "[tissue.cells]",
     R"(nodule.toml:13:1: tissue.cells: expected an array of tables, [[tissue.cells]], found a table)"},
    {"NanNumber", "voxel = \"10 um\"", "voxel = \"10 um\"\nextracellular_fraction = nan",
     R"(nodule.toml:7:26: domain.extracellular_fraction: nan is not a finite number)"},
    {"EmptyString", "\"nodule\"", "\"\"", R"(nodule.toml:14:8: tissue.cells.0.name: the string is empty)"},
    {"ClearanceAsRate", "recipient = {}", "recipient = { fluid_phase = \"1 /s\" }",
     R"(nodule.toml:12:29: cell_type.tumour.recipient.fluid_phase: "1 /s" is a rate; expected a clearance such as "0.02 um^3/s")"},
    {"NegativeWeight", "recipient = {}", "recipient = { weight_raft = -0.1 }",
     R"(nodule.toml:12:29: cell_type.tumour.recipient.weight_raft: -0.1 is out of range; )"},
    {"NoWeightAtAll", "recipient = {}",
     "recipient = { weight_clathrin = 0, weight_raft = 0, weight_independent = 0, weight_macropinocytosis = 0, "
     "weight_phagocytosis = 0 }",
     R"(nodule.toml:12:33: cell_type.tumour.recipient.weight_clathrin: the weights of all routes are 0, so none can take a share; for a cell without endocytosis give k_endocytosis = "0 /s")"},
    {"UnknownRoutes", "recipient = {}", "recipient = { routes = \"share\" }",
     R"(nodule.toml:12:24: cell_type.tumour.recipient.routes: unknown value "share")"},
    {"BackFusionShareAboveOne", "recipient = {}", "recipient = { lysosomal_back_fusion = 1.5 }",
     R"(nodule.toml:12:39: cell_type.tumour.recipient.lysosomal_back_fusion: 1.5)"},
    {"BindingConstantAsRate", "recipient = {}", "recipient = { k_on = \"1 /s\" }",
     R"(nodule.toml:12:22: cell_type.tumour.recipient.k_on: "1 /s" is a rate; expected a binding constant such as "1e6 /M/s")"},
};

const Case ranges[] = {
    {"NegativeEnd", "\"24 h\"", "\"-24 h\"",
     R"(nodule.toml:2:7: run.end: "-24 h" is out of range; expected >= 0 s and <= 1e+12 s)"},
    {"ZeroStep", "\"30 s\"", "\"0 s\"",
     R"(nodule.toml:3:8: run.step: "0 s" is out of range; expected > 0 s and <= 1e+12 s)"},
    {"StepNotWholeMilliseconds", "\"30 s\"", "\"0.5 ms\"",
     R"(nodule.toml:3:8: run.step: "0.5 ms" is not a whole number of ms)"},
    {"AutoMistyped", "step = \"30 s\"", "step = \"atuo\"\ncoupling_tolerance = 1e-3",
     R"(nodule.toml:3:8: run.step: unknown value "atuo"; did you mean "auto"?)"},
    {"WordForStep", "step = \"30 s\"", "step = \"as you like\"",
     R"(nodule.toml:3:8: run.step: "as you like" has no number; expected a time such as "24 h")"},
    {"ToleranceOfFixedStep", "step = \"30 s\"", "step = \"30 s\"\ncoupling_tolerance = 1e-3",
     R"(nodule.toml:4:1: run.coupling_tolerance: belongs to step = "auto" only)"},
    {"CouplingToleranceMistyped", "step = \"30 s\"", "step = \"auto\"\ncoupling_tolerence = 1e-3",
     R"(nodule.toml:4:1: run.coupling_tolerence: unknown key; did you mean "coupling_tolerance"?)"},
    {"CouplingToleranceTooLarge", "step = \"30 s\"", "step = \"auto\"\ncoupling_tolerance = 1",
     R"(nodule.toml:4:22: run.coupling_tolerance: 1 is out of range; expected >= 1e-09 and <= 0.1)"},
    {"SmallestStepWithoutUnit", "step = \"30 s\"", "step = \"auto\"\nsmallest_step = 2",
     R"(nodule.toml:4:17: run.smallest_step: 2 has no unit; expected a time such as "24 h")"},
    {"LargestStepBelowSmallest", "step = \"30 s\"", "step = \"auto\"\nlargest_step = \"0.5 s\"",
     R"(nodule.toml:4:16: run.largest_step: "0.5 s" is shorter than run.smallest_step, "1 s")"},
    {"NegativeSeed", "step = \"30 s\"", "step = \"30 s\"\nseed = -1",
     R"(nodule.toml:4:8: run.seed: -1 is out of range; expected >= 0)"},
    {"FractionAboveOne", "voxel = \"10 um\"", "voxel = \"10 um\"\nextracellular_fraction = 1.5",
     R"(nodule.toml:7:26: domain.extracellular_fraction: 1.5 is out of range; expected > 0 and <= 1)"},
    {"ToleranceTooSmall", "[domain]", "[transport]\ntolerance = 1e-16\n[domain]",
     R"(nodule.toml:5:13: transport.tolerance: 1e-16 is out of range; expected >= 1e-15 and <= 0.01)"},
    {"UnknownChoice", "[domain]", "[transport]\nintegrator = \"ssprk3\"\n[domain]",
     R"(nodule.toml:5:14: transport.integrator: unknown value "ssprk3"; did you mean "ssprk2"?)"},
    {"UnknownChoiceFarFromAll", "[domain]", "[transport]\nintegrator = \"rk4\"\n[domain]",
     R"(nodule.toml:5:14: transport.integrator: unknown value "rk4"; expected "exponential", "economised", "uniformisation", "chebyshev", "rkl2" or "ssprk2")"},
    {"NegativeRadius", "\"90 um\"", "\"-90 um\"",
     R"(nodule.toml:18:10: tissue.cells.0.radius: "-90 um" is out of range; expected > 0 um)"},
    {"NegativeOutputInterval", "[domain]", "[output]\nfields = { every = \"-1 h\" }\n[domain]",
     R"(nodule.toml:5:20: output.fields.every: "-1 h" is out of range; expected >= 0 s and <= 1e+12 s)"},
};

const Case domain[] = {
    {"MissingEnd", "end = \"24 h\"\n", "",
     R"(nodule.toml:1:1: run.end: the required key is missing: a time such as "24 h")"},
    {"MissingVoxel", "voxel = \"10 um\"\n", "",
     R"(nodule.toml:4:1: domain.voxel: the required key is missing: a length such as "10 um")"},
    {"SizeNotWholeVoxels", "\"600 um\", \"200 um\"]", "\"605 um\", \"200 um\"]",
     R"(nodule.toml:5:8: domain.size: "605 um" along y is not a whole number of voxels of "10 um"; the nearest sizes are "600 um" and "610 um")"},
    {"VoxelLargerThanDomain", "voxel = \"10 um\"", "voxel = [\"10 um\", \"10 um\", \"0.3 mm\"]",
     R"(nodule.toml:5:8: domain.size: "200 um" along z is not a whole number of voxels of "300 um"; the nearest size is "300 um")"},
    {"VoxelDimensions", "voxel = \"10 um\"", "voxel = [\"10 um\", \"10 um\"]",
     R"(nodule.toml:6:9: domain.voxel: has 2 entries, but domain.size has 3)"},
    {"FourDimensions", "\"200 um\"]", "\"200 um\", \"10 um\"]",
     R"(nodule.toml:5:8: domain.size: has 4 entries; expected 3, or 2 in 2-D)"},
    {"ThicknessIn3D", "voxel = \"10 um\"", "voxel = \"10 um\"\nthickness = \"10 um\"",
     R"(nodule.toml:7:1: domain.thickness: only a 2-D section has a thickness; domain.size has 3 entries)"},
    {"PeriodicOnOneFace", "voxel = \"10 um\"", "voxel = \"10 um\"\nboundary = { x_low = \"periodic\" }",
     R"(nodule.toml:7:22: domain.boundary.x_low: "periodic" joins both faces of x: set it on both, or on neither)"},
    {"UnknownBoundary", "voxel = \"10 um\"", "voxel = \"10 um\"\nboundary = { x = \"noflux\" }",
     R"(nodule.toml:7:18: domain.boundary.x: unknown value "noflux"; did you mean "no-flux"?)"},
    {"UnknownFace", "voxel = \"10 um\"", "voxel = \"10 um\"\nboundary = { x_lower = \"open\" }",
     R"(nodule.toml:7:14: domain.boundary.x_lower: unknown key; did you mean "x_low"?)"},
    {"ValueOnFreeFace", "diffusivity = ", "boundary_value = { x_low = \"1e9 /ml\" }\ndiffusivity = ",
     R"(nodule.toml:8:20: vesicle.exosome.boundary_value.x_low: the boundary x_low is "no-flux"; only a "fixed" or "clearance" one has a value)"},
};

const Case vesicles_and_cells[] = {
    {"UnknownCargo", "diffusivity = ", "cargo = { \"miR-12\" = 0.1 }\ndiffusivity = ",
     R"(nodule.toml:8:11: vesicle.exosome.cargo.miR-12: unknown cargo "miR-12"; did you mean "miR-21"?)"},
    {"NegativeCargo", "diffusivity = ", "cargo = { \"miR-21\" = -0.1 }\ndiffusivity = ",
     R"(nodule.toml:8:22: vesicle.exosome.cargo.miR-21: -0.1 is out of range; expected >= 0)"},
    {"DonorWithoutSecretion", "donor = { secretion = \"60 /h\" }", "donor = {}",
     R"(nodule.toml:11:9: cell_type.tumour.donor.secretion: the required key is missing: a secretion rate such as "60 vesicle/h")"},
    {"DirectSecretionWithTwoClasses", "[cargo.miR-21]", "[vesicle.microvesicle]\n[cargo.miR-21]",
     R"(nodule.toml:12:11: cell_type.tumour.donor.secretion: there are 2 vesicle classes; say which one releases, in [cell_type.tumour.donor.vesicle.CLASS])"},
    {"SecretionGivenTwice", "{ secretion = \"60 /h\" }",
     "{ secretion = \"60 /h\", vesicle.exosome.secretion = \"6 /h\" }",
     R"(nodule.toml:11:11: cell_type.tumour.donor.secretion: given per vesicle class too, in [cell_type.tumour.donor.vesicle.CLASS]; leave one of them out)"},
    {"NoSecretionForTwoClasses", "[cargo.miR-21]\n[cell_type.tumour]\ndonor = { secretion = \"60 /h\" }",
     "[vesicle.microvesicle]\n[cell_type.tumour]\ndonor = {}",
     R"(nodule.toml:11:9: cell_type.tumour.donor: a donor needs the secretion of a vesicle class, in [cell_type.tumour.donor.vesicle.CLASS])"},
    {"SecretionMissingForClass", "{ secretion = \"60 /h\" }", "{ vesicle.exosome.release = \"poisson\" }",
     R"(nodule.toml:11:19: cell_type.tumour.donor.vesicle.exosome.secretion: the required key is missing: a secretion rate such as "60 vesicle/h")"},
    {"UnknownClassOfDonor", "{ secretion = \"60 /h\" }", "{ vesicle.exosomes.secretion = \"6 /h\" }",
     R"(nodule.toml:11:19: cell_type.tumour.donor.vesicle.exosomes: unknown vesicle class "exosomes"; did you mean "exosome"?)"},
    {"UnknownClassOfRecipient", "recipient = {}", "recipient = { vesicle.mv.k_on = \"0 um^3/s\" }",
     R"(nodule.toml:12:23: cell_type.tumour.recipient.vesicle.mv: unknown vesicle class "mv"; vesicle classes: exosome)"},
};

const Case tissue[] = {
    {"UnknownCellType", "type = \"tumour\"", "type = \"tumor\"",
     R"(nodule.toml:15:8: tissue.cells.0.type: unknown cell type "tumor"; did you mean "tumour"?)"},
    {"UnknownShape", "\"spheroid\"", "\"sphere\"",
     R"(nodule.toml:16:9: tissue.cells.0.shape: unknown value "sphere"; expected "domain", "box", "spheroid", "shell" or "layer")"},
    {"NoType", "type = \"tumour\"\n", "",
     R"(nodule.toml:13:1: tissue.cells.0: the cells have no type: give type = "NAME" or mix = { NAME = share, ... })"},
    {"TypeAndMix", "type = \"tumour\"", "type = \"tumour\"\nmix = { tumour = 1 }",
     R"(nodule.toml:16:1: tissue.cells.0.mix: type and mix exclude each other)"},
    {"SharesDoNotAddUp", "type = \"tumour\"", "mix = { tumour = 0.7 }",
     R"(nodule.toml:15:7: tissue.cells.0.mix: the shares add up to 0.7, not to 1)"},
    {"UnknownTypeInMix", "type = \"tumour\"", "mix = { tumour = 0.7, tumuor = 0.3 }",
     R"(nodule.toml:15:32: tissue.cells.0.mix.tumuor: unknown cell type "tumuor"; did you mean "tumour"?)"},
    {"DensityAndCount", "density = \"3e8 /ml\"", "density = \"3e8 /ml\"\ncount = 5",
     R"(nodule.toml:20:1: tissue.cells.0.count: density and count exclude each other)"},
    {"NeitherDensityNorCount", "density = \"3e8 /ml\"\n", "",
     R"(nodule.toml:13:1: tissue.cells.0: the number of cells is open: give density or count)"},
    {"ShapeAndFile", "density", "file = \"cells.csv\"\ndensity",
     R"(nodule.toml:19:1: tissue.cells.0.file: shape and file exclude each other)"},
    {"NeitherShapeNorFile", "shape = \"spheroid\"\n", "",
     R"(nodule.toml:13:1: tissue.cells.0: give shape, to place cells, or file, to read a table of cells)"},
    {"MissingCentre", "centre = [\"300 um\", \"300 um\", \"100 um\"]\n", "",
     R"(nodule.toml:13:1: tissue.cells.0.centre: the required key is missing: an array of lengths such as "10 um", one per axis)"},
    {"KeyOfAnotherShape", "radius = \"90 um\"", "radius = \"90 um\"\naxis = \"z\"",
     R"(nodule.toml:19:1: tissue.cells.0.axis: does not belong to the shape "spheroid", only to: layer)"},
    {"KeyOfATable", "radius = \"90 um\"", "radius = \"90 um\"\npixel_size = \"1 um\"",
     R"(nodule.toml:19:1: tissue.cells.0.pixel_size: belongs to cells read from a file, not to a shape)"},
    {"InnerRadiusTooLarge", "shape = \"spheroid\"", "shape = \"shell\"\ninner_radius = \"0.1 mm\"",
     R"(nodule.toml:17:16: tissue.cells.0.inner_radius: "0.1 mm" is not below radius, "90 um")"},
    {"CentreIn2D", "\"300 um\", \"100 um\"]", "\"300 um\"]",
     R"(nodule.toml:17:10: tissue.cells.0.centre: has 2 entries; the domain has 3 dimensions)"},
    {"OutsideDomain", "[\"300 um\", \"300 um\"", "[\"700 um\", \"300 um\"",
     R"(nodule.toml:17:10: tissue.cells.0.centre: the shape lies outside the domain)"},
    {"OutsideOfUnknown", "density", "outside = [\"nodul\"]\ndensity",
     R"(nodule.toml:19:11: tissue.cells.0.outside: unknown group "nodul"; there are no other named groups with a shape)"},
    {"OutsideOfItself", "density", "outside = [\"nodule\"]\ndensity",
     R"(nodule.toml:19:11: tissue.cells.0.outside: "nodule" is this group itself)"},
    {"DuplicateGroup", "density = \"3e8 /ml\"", "count = 3\n[[tissue.cells]]\nname = \"nodule\"\nfile = \"a.csv\"",
     R"(nodule.toml:21:8: tissue.cells.1.name: another group is called "nodule" too)"},
    {"BoxUpsideDown", "density = \"3e8 /ml\"",
     "count = 3\n[[tissue.cells]]\ntype = \"tumour\"\ncount = 1\nshape = \"box\"\n"
     "lower = [\"0 um\", \"90 um\", \"0 um\"]\nupper = [\"50 um\", \"80 um\", \"10 um\"]",
     R"(nodule.toml:25:9: tissue.cells.1.upper: 80 um is not above lower, 90 um, along y)"},
    {"LayerUpsideDown", "density = \"3e8 /ml\"",
     "count = 3\n[[tissue.cells]]\ntype = \"tumour\"\ncount = 1\nshape = \"layer\"\n"
     "axis = \"x\"\nfrom = \"9 um\"\nto = \"8 um\"",
     R"(nodule.toml:26:6: tissue.cells.1.to: "8 um" is not above from, "9 um")"},
    {"TypeOfATable", "density = \"3e8 /ml\"",
     "count = 3\n[[tissue.cells]]\nfile = \"a.csv\"\ntype = \"tumour\"\nmap = { a = \"tumour\" }",
     R"(nodule.toml:23:7: tissue.cells.1.map: is not read where type is given for the whole table)"},
    {"ColumnsOfPhysiCell", "density = \"3e8 /ml\"",
     "count = 3\n[[tissue.cells]]\nfile = \"a.csv\"\nformat = \"physicell\"\ncolumns = { x = \"X\" }",
     R"(nodule.toml:23:1: tissue.cells.1.columns: a PhysiCell table has no header to name columns; it belongs to format "csv")"},
    {"UnknownTypeInMap", "density = \"3e8 /ml\"",
     "count = 3\n[[tissue.cells]]\nfile = \"a.csv\"\nmap = { \"CD4\" = \"T cell\" }",
     R"(nodule.toml:22:17: tissue.cells.1.map.CD4: unknown cell type "T cell"; cell types: tumour)"},
    {"IgnoredAndMapped", "density = \"3e8 /ml\"",
     "count = 3\n[[tissue.cells]]\nfile = \"a.csv\"\nmap = { NA = \"tumour\" }\nignore = [\"NA\"]",
     R"(nodule.toml:23:10: tissue.cells.1.ignore: "NA" is both ignored and mapped to "tumour")"},
};

TEST(BadSection, HasNoZ) {
  const std::vector<Problem> problems = problems_of(
      "[run]\nend = \"1 h\"\nstep = \"1 s\"\n[domain]\nsize = [\"90 um\", \"90 um\"]\nvoxel = \"9 um\"\n"
      "thickness = \"9 um\"\nboundary = { x = \"fixed\" }\n[vesicle.exosome]\nboundary_value = { x = \"1 /ml\", z = "
      "\"1 "
      "/ml\" }\n"
      "[[tissue.cells]]\nfile = \"a.csv\"\ncolumns = { z = \"Z\" }\noffset = [\"1 um\", \"1 um\", \"1 um\"]\n");
  EXPECT_EQ(lines(problems),
            "nodule.toml:10:33: vesicle.exosome.boundary_value.z: a 2-D section has no faces in z\n"
            "nodule.toml:14:10: tissue.cells.0.offset: has 3 entries; the domain has 2 dimensions\n");
}

INSTANTIATE_TEST_SUITE_P(SyntaxAndNames, BadConfig, testing::ValuesIn(syntax_and_names), name_of);
INSTANTIATE_TEST_SUITE_P(TypesAndUnits, BadConfig, testing::ValuesIn(types_and_units), name_of);
INSTANTIATE_TEST_SUITE_P(Ranges, BadConfig, testing::ValuesIn(ranges), name_of);
INSTANTIATE_TEST_SUITE_P(Domain, BadConfig, testing::ValuesIn(domain), name_of);
INSTANTIATE_TEST_SUITE_P(VesiclesAndCells, BadConfig, testing::ValuesIn(vesicles_and_cells), name_of);
INSTANTIATE_TEST_SUITE_P(Tissue, BadConfig, testing::ValuesIn(tissue), name_of);

}  // namespace
}  // namespace vesicast::io::config_bad_test
