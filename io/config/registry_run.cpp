#include "io/config/registry_keys.hpp"

namespace vesicast::io {

std::vector<Key> run_keys() {
  std::vector<Key> all = {
      {.path = "run.end",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .required = true,
       .range = {.lower = 0.0, .upper = 1e12},
       .meaning = "Simulated time at which the run ends; a whole number of ms",
       .source = "choice of the user"},
      {.path = "run.step",
       .kind = Kind::quantity_or_choice,
       .dimension = Dimension::time,
       .required = true,
       .range = {.lower = 0.0, .upper = 1e12, .lower_allowed = false},
       .choices = {"auto"},
       .meaning =
           "Time step; a whole number of ms. The error falls with its square. auto: smallest_step times a power of "
           "two, chosen at every step by coupling_tolerance; no step passes the time of an output or the end",
       .source = "choice of the user"},
      {.path = "run.coupling_tolerance",
       .kind = Kind::number,
       .default_text = "1e-3",
       .range = {.lower = 1e-9, .upper = 0.1},
       .applies = "step = \"auto\"",
       .meaning =
           "Estimated error of a step in what cells and tissue exchange, relative to what they exchange; the step "
           "goes with its square root",
       .source = "choice of the user; Strang 1968 (splitting)"},
      {.path = "run.smallest_step",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .default_text = "1 s",
       .range = {.lower = 0.0, .upper = 1e12, .lower_allowed = false},
       .applies = "step = \"auto\"",
       .meaning = "What automatic steps are multiples of; a whole number of ms",
       .source = "choice of the user"},
      {.path = "run.largest_step",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .default_text = "1024 s",
       .range = {.lower = 0.0, .upper = 1e12, .lower_allowed = false},
       .applies = "step = \"auto\"",
       .meaning = "What automatic steps do not exceed; a whole number of ms",
       .source = "choice of the user"},
      {.path = "run.mode",
       .kind = Kind::choice,
       .default_text = "deterministic",
       .choices = {"deterministic", "stochastic-release"},
       .meaning =
           "deterministic: means everywhere, but for donors with release = \"poisson\"; stochastic-release: donors "
           "with a "
           "pathway hold whole multivesicular bodies and vesicles, and what forms, moves, fuses and buds are random "
           "events; tissue and recipients stay continuous",
       .source = "choice of the user; docs/stochastic.md"},
      {.path = "run.seed",
       .kind = Kind::integer,
       .default_text = "1",
       .range = not_negative,
       .meaning = "Seed of all random numbers; the same seed gives the same run on any number of ranks",
       .source = "choice of the user"},
      {.path = "run.track_sources",
       .kind = Kind::boolean,
       .default_text = "true",
       .meaning = "Keep one field per vesicle class and donor cell type, so that communication.csv can say who sent to "
                  "whom; false: one field per class",
       .source = "choice of the user"},
      {.path = "run.steady",
       .kind = Kind::boolean,
       .default_text = "false",
       .meaning =
           "Start from the stationary field: what release at its mean rate, uptake with all receptors free, decay, "
           "flow and the boundaries at t = 0 would keep as it is. Initial concentrations are dropped, cells start "
           "empty",
       .source = "choice of the user"},
      {.path = "domain.size",
       .kind = Kind::vector,
       .dimension = Dimension::length,
       .required = true,
       .range = positive,
       .meaning = "Edges of the domain, a whole number of voxels each: three entries for a volume, two for a section",
       .source = "choice of the user"},
      {.path = "domain.thickness",
       .kind = Kind::quantity,
       .dimension = Dimension::length,
       .absent = "required in 2-D, an error in 3-D",
       .range = positive,
       .meaning = "Thickness of the slab that a 2-D section stands for; nothing varies across it",
       .source = "choice of the user"},
      {.path = "domain.voxel",
       .kind = Kind::quantity_or_vector,
       .dimension = Dimension::length,
       .required = true,
       .range = positive,
       .meaning = "Edge of a voxel, one for all axes or one per axis (two in 2-D)",
       .source = "choice of the user"},
      {.path = "domain.extracellular_fraction",
       .kind = Kind::number_or_choice,
       .default_text = "0.2",
       .range = {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
       .choices = {"from cells"},
       .typical = "0.1 to 0.4",
       .meaning =
           "Share of the tissue's volume that is interstitial fluid, alpha: one number, a map, or what the cells "
           "of a voxel leave free",
       .source = "no source, M"},
      {.path = "domain.fraction_floor",
       .kind = Kind::number,
       .default_text = "0.05",
       .range = {.lower = 0.0, .upper = 1.0, .lower_allowed = false},
       .meaning = "Least share of interstitial fluid of a voxel that cells fill; with extracellular_fraction = \"from "
                  "cells\" only",
       .source = "choice of the user"},
      {.path = "domain.sub_voxel",
       .kind = Kind::boolean,
       .default_text = "true",
       .meaning =
           "Correct binding for the diffusion to a cell that its voxel does not resolve, and let cells recapture "
           "what they release before it gets away; false: neither",
       .source = "Collins & Kimball 1949"},
      {.path = "domain.boundary.<face>",
       .kind = Kind::choice,
       .default_text = "no-flux",
       .choices = {"no-flux", "periodic", "open", "fixed", "clearance"},
       .meaning =
           "What happens at a face; x, y, z set both faces of an axis, x_low ... z_high one face and win over the "
           "axis. no-flux: nothing passes; periodic: joined to the opposite face; open: the outside is empty, "
           "what leaves is gone; fixed: the concentration outside is given by vesicle.*.boundary_value; clearance: "
           "the flux is vesicle.*.boundary_permeability times the difference to that concentration",
       .source = "choice of the user"},
      {.path = "transport.integrator",
       .kind = Kind::choice,
       .default_text = "exponential",
       .choices = {"exponential", "economised", "uniformisation", "chebyshev", "rkl2", "ssprk2"},
       .meaning =
           "Time integrator of diffusion and loss. exponential: exact up to the tolerance, the cheaper of "
           "economised (never negative by its weights) and chebyshev (long steps; kept from going negative where "
           "it would); uniformisation: the series that economised shortens; rkl2 and ssprk2: second-order "
           "Runge-Kutta references, whose error the tolerance does not control",
       .source =
           "Jensen 1953 (uniformisation); Tal-Ezer & Kosloff 1984 (chebyshev); Meyer, Balsara & Aslam 2014 (rkl2); "
           "Gottlieb, Ketcheson & Shu 2011 (ssprk2)"},
      {.path = "transport.tolerance",
       .kind = Kind::number,
       .default_text = "1e-4",
       .range = {.lower = 1e-15, .upper = 1e-2},
       .meaning = "Relative error in time of one transport step, of the exponential integrators; it falls on what is "
                  "as small as a voxel, smooth fields see far less",
       .source = "choice of the user"},
  };
  for (Key& key : map_keys("domain.extracellular_fraction", "map", "", "alpha")) all.push_back(std::move(key));
  return all;
}

std::vector<Key> output_keys() {
  return {
      {.path = "output.fields.every",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .absent = "run.end: the first and the last state",
       .range = {.lower = 0.0, .upper = 1e12},
       .meaning = "Simulated time between two outputs of the concentration fields; \"0 s\" for none",
       .source = "choice of the user"},
      {.path = "output.cells.every",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .absent = "run.end: the first and the last state",
       .range = {.lower = 0.0, .upper = 1e12},
       .meaning = "Simulated time between two outputs of the cells; \"0 s\" for none",
       .source = "choice of the user"},
      {.path = "output.series.every",
       .kind = Kind::quantity,
       .dimension = Dimension::time,
       .absent =
           "run.end/100, rounded up to a whole number of steps; to smallest_step times a power of two where they are "
           "automatic",
       .range = {.lower = 0.0, .upper = 1e12},
       .meaning = "Simulated time between two rows of series.csv; \"0 s\" for the first and the last only",
       .source = "choice of the user"},
  };
}

}  // namespace vesicast::io
