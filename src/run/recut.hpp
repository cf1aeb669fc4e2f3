#pragma once
/// \file
/// A run that goes on under another cut of the grid, or with its cells in other places.
#include "src/run/simulation.hpp"

namespace vesicast {

/// Carries all of a run to another cut of the same grid over the same communicator: fields and maps voxel by voxel, the
/// flow face by face, cells as records; no map is read and no flow solved again. The run goes on to the same bits. What
/// refers to the old site or seats (Stepper, StepControl) is to be made anew. Throws AgreedError as hand_over() does;
/// the run is of no more use then. Collective.
void recut(Simulation& s, const Layout& layout);

/// Seats the cells anew, after some have moved within the rank's box, come or gone; they are in their order
/// (Cells::sort()). Collective.
void reseat(Simulation& s);

}  // namespace vesicast
