// Keys of [run], [domain], [transport], [output] and [checkpoint].
#include "src/parameters/rows.hpp"
#include "src/parameters/standard_of_rows.hpp"

namespace vesicast {
namespace {

using enum Dimension;
using enum Kind;
using enum Required;
using enum Confidence;

constexpr Range any_time{.lower = 0.0, .upper = 1e12};
constexpr Range some_time{.lower = 0.0, .upper = 1e12, .lower_allowed = false};

}  // namespace

std::span<const KeyRow<RunParameters>> rows_of(const RunParameters*) {
  using Key = KeyRow<RunParameters>;
  static constexpr Key all[] = {
      Key("end", &RunParameters::end, time, "", any_time, "Simulated time at which the run ends; a whole number of ms",
          user, {.required = always}),
      Key("step", {}, {quantity_or_choice, time}, "", some_time,
          "Time step; a whole number of ms. The error falls with its square. auto: smallest_step times a power of two, "
          "chosen at every step by coupling_tolerance; no step passes the edge of a perturbation's window. "
          "Outputs never change a step; the last one is cut to the end",
          user, {.required = always, .choices = "auto"}),
      Key("mode", word_of<&RunParameters::mode>, choice, "deterministic", anything,
          "deterministic: means everywhere, but for donors with release = \"poisson\"; stochastic-release: donors with "
          "a pathway hold whole multivesicular bodies and vesicles, and what forms, moves, fuses and buds are random "
          "events; tissue and recipients stay continuous",
          "choice of the user; docs/stochastic.md", {.choices = "deterministic|stochastic-release"}),
      Key("cut", word_of<&RunParameters::cut>, choice, "weighted", anything,
          "How the grid is divided among the ranks, at the start and when a run is resumed. weighted: planes stand "
          "where "
          "voxels and cells, by what they cost on this machine, make the fullest rank as light as can be; uniform: "
          "evenly spaced planes. No result depends on it",
          user, {.choices = "weighted|uniform"}),
      Key("seed", &RunParameters::seed, integer, "1", zero_or_more,
          "Seed of all random numbers; the same seed gives the same run on any number of ranks", user),
      Key("track_sources", &RunParameters::track_sources, boolean, "true", anything,
          "Keep one field per vesicle class and donor cell type, so that communication.csv can say who sent to whom; "
          "false: one field per class",
          user),
      Key("steady", &RunParameters::steady, boolean, "false", anything,
          "Start from the stationary field: what release at its mean rate, uptake with all receptors free, decay, flow "
          "and the boundaries at t = 0 would keep as it is. Initial concentrations are dropped, cells start empty",
          user),
  };
  return all;
}

std::span<const KeyRow<AutomaticStep>> rows_of(const AutomaticStep*) {
  using Key = KeyRow<AutomaticStep>;
  static constexpr Key all[] = {
      Key("coupling_tolerance", &AutomaticStep::tolerance, number, "1e-3", {.lower = 1e-09, .upper = 0.1},
          "Estimated error of a step in what cells and tissue exchange, relative to what they exchange; the step goes "
          "with its square root",
          "choice of the user; Strang 1968 (splitting)", {.applies = "step = \"auto\""}),
      Key("smallest_step", &AutomaticStep::smallest, time, "1 s", some_time,
          "What automatic steps are multiples of; a whole number of ms", user, {.applies = "step = \"auto\""}),
      Key("largest_step", &AutomaticStep::largest, time, "1024 s", some_time,
          "What automatic steps do not exceed; a whole number of ms", user, {.applies = "step = \"auto\""}),
  };
  return all;
}

std::span<const KeyRow<TransportParameters>> rows_of(const TransportParameters*) {
  using Key = KeyRow<TransportParameters>;
  static constexpr Key all[] = {
      Key("integrator", &TransportParameters::integrator, choice, "exponential", anything,
          "Time integrator of diffusion and loss. exponential: exact up to the tolerance, the cheaper of economised "
          "(never negative by its weights) and chebyshev (long steps; kept from going negative where it would); "
          "uniformisation: the series that economised shortens; rkl2 and ssprk2: second-order Runge-Kutta references, "
          "whose error the tolerance does not control",
          "Jensen 1953 (uniformisation); Tal-Ezer & Kosloff 1984 (chebyshev); Meyer, Balsara & Aslam 2014 (rkl2); "
          "Gottlieb, Ketcheson & Shu 2011 (ssprk2)",
          {.choices = "exponential|economised|uniformisation|chebyshev|rkl2|ssprk2"}),
      Key("tolerance", &TransportParameters::tolerance, number, "1e-4", {.lower = 1e-15, .upper = 0.01},
          "Relative error in time of one transport step, of the exponential integrators; it falls on what is as small "
          "as a voxel, smooth fields see far less",
          user),
  };
  return all;
}

std::span<const KeyRow<DomainParameters>> rows_of(const DomainParameters*) {
  using Key = KeyRow<DomainParameters>;
  static constexpr Key all[] = {
      Key("size", {}, {vector, length}, "", above_zero,
          "Edges of the domain, a whole number of voxels each: three entries for a volume, two for a section", user,
          {.required = always}),
      Key("thickness", {}, length, "", above_zero,
          "Thickness of the slab that a 2-D section stands for; nothing varies across it", user,
          {.absent = "required in 2-D, an error in 3-D"}),
      Key("voxel", {}, {quantity_or_vector, length}, "", above_zero,
          "Edge of a voxel, one for all axes or one per axis (two in 2-D)", user, {.required = always}),
      Key("extracellular_fraction", &DomainParameters::extracellular_fraction, number_or_choice, "0.2",
          {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
          "Share of the tissue's volume that is interstitial fluid, alpha: one number, a map, or what the cells of a "
          "voxel leave free",
          {"no source", M}, {.choices = "from cells", .typical = "0.1 to 0.4"}),
      Key("fraction_floor", &DomainParameters::fraction_floor, number, "0.05",
          {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
          "Least share of interstitial fluid of a voxel that cells fill; with extracellular_fraction = \"from cells\" "
          "only",
          user),
      Key("sub_voxel", &DomainParameters::sub_voxel, boolean, "true", anything,
          "Correct binding for the diffusion to a cell that its voxel does not resolve, and let cells recapture what "
          "they release before it gets away; false: neither",
          "Collins & Kimball 1949"),
      Key("boundary.<face>", {}, choice, "no-flux", anything,
          "What happens at a face; x, y, z set both faces of an axis, x_low ... z_high one face and win over the axis. "
          "no-flux: nothing passes; periodic: joined to the opposite face; open: the outside is empty, what leaves is "
          "gone; fixed: the concentration outside is given by vesicle.*.boundary_value; clearance: the flux is "
          "vesicle.*.boundary_permeability times the difference to that concentration",
          user, {.choices = "no-flux|periodic|open|fixed|clearance"}),
      Key("extracellular_fraction.map", &DomainParameters::extracellular_fraction_map, map, "", anything, "alpha", user,
          {.required = always}),
  };
  return all;
}

std::span<const KeyRow<OutputParameters>> rows_of(const OutputParameters*) {
  using Key = KeyRow<OutputParameters>;
  static constexpr Key all[] = {
      Key("fields.every", &OutputParameters::fields_every, time, "", any_time,
          "Simulated time between two outputs of the concentration fields; \"0 s\" for none", user,
          {.absent = "run.end: the first and the last state"}),
      Key("fields.arrays", &OutputParameters::field_arrays, strings, "", anything,
          "Names of the arrays of fields.pvd that are written, without their units; * stands for any letters", user,
          {.absent = "all"}),
      Key("fields.lower", &OutputParameters::lower, {vector, length}, "", zero_or_more,
          "Lower corner of the box whose voxels are in fields.pvd, where it holds their centres; two entries in 2-D",
          user, {.absent = "the domain's"}),
      Key("fields.upper", &OutputParameters::upper, {vector, length}, "", zero_or_more,
          "Upper corner of that box; two entries in 2-D", user, {.absent = "the domain's"}),
      Key("fields.stride", &OutputParameters::stride, integer, "1", {.lower = 1.0, .upper = 1e6},
          "fields.pvd has every so many-th voxel along each axis", user),
      Key("cells.every", &OutputParameters::cells_every, time, "", any_time,
          "Simulated time between two outputs of the cells; \"0 s\" for none", user,
          {.absent = "run.end: the first and the last state"}),
      Key("cells.arrays", &OutputParameters::cell_arrays, strings, "", anything,
          "The same for cells.pvd, which always has the id and the type", user, {.absent = "all"}),
      Key("series.every", &OutputParameters::series_every, time, "", any_time,
          "Simulated time between two rows of series.csv; \"0 s\" for the first and the last only", user,
          {.absent = "run.end/100, rounded up to a whole number of steps; to smallest_step times a power of two where "
                     "they are automatic"}),
      Key("tables_only", &OutputParameters::tables_only, boolean, "false", anything,
          "Write the tables, and neither fields and cells nor maps of the tissue and the flow", user),
      Key("writers", &OutputParameters::writers, integer, "1", {.lower = 1.0, .upper = 1e6},
          "Ranks that write files of fields and cells, each one file per output; the others send them their part. No "
          "more than there are ranks",
          user),
      Key("compression", word_of<&OutputParameters::compression>, choice, "lz4", anything,
          "Of VTK files: lz4 is fast, zlib makes files of smooth fields a third smaller at several times the cost",
          user, {.choices = "lz4|zlib|none"}),
      Key("precision", word_of<&OutputParameters::precision>, choice, "single", anything,
          "Of the numbers in fields.pvd and cells.pvd; positions, tissue and flow are in double precision, checkpoints "
          "hold every bit",
          user, {.choices = "single|double"}),
  };
  return all;
}

std::span<const KeyRow<CheckpointParameters>> rows_of(const CheckpointParameters*) {
  using Key = KeyRow<CheckpointParameters>;
  static constexpr Key all[] = {
      Key("every", &CheckpointParameters::every, time, "0 s", any_time,
          "Simulated time between two checkpoints; \"0 s\": by the clock on the wall alone", user),
      Key("every_wall", &CheckpointParameters::every_wall, time, "15 min", any_time,
          "Time on the wall between two checkpoints: what a run that is killed loses; \"0 s\": by simulated "
          "time alone. A run that is told to stop, and one that ends, leaves one anyway",
          user),
      Key("keep", &CheckpointParameters::keep, integer, "2", {.lower = 1.0, .upper = 1000.0},
          "How many of the newest are kept while the run goes; one when it has ended", user),
  };
  return all;
}

template double standard(double AutomaticStep::*);
template Ticks standard(Ticks AutomaticStep::*);
template std::uint64_t standard(std::uint64_t RunParameters::*);
template bool standard(bool RunParameters::*);
template Ticks standard(Ticks CheckpointParameters::*);
template int standard(int CheckpointParameters::*);
template int standard(int OutputParameters::*);
template bool standard(bool OutputParameters::*);
template std::string standard(std::string TransportParameters::*);
template double standard(double TransportParameters::*);
template double standard(double DomainParameters::*);
template bool standard(bool DomainParameters::*);

}  // namespace vesicast
