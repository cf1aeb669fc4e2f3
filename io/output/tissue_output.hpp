#pragma once
/// \file
/// What stays the same through a run, to ParaView: the interstitium and its flow.
#include <filesystem>

#include "io/vtk/named_values.hpp"
#include "src/run/simulation.hpp"

namespace vesicast::io {

/// Writes interstitium.pvd with alpha, D of each class, and 1 in obstacles, of which those that are not the same
/// everywhere; nothing if all are. Throws OutputError on every rank. Collective.
void write_interstitium(const Simulation& s, const std::filesystem::path& run_folder, std::span<const Note> notes);

/// Writes flow.pvd: flux through the lower faces of every voxel [um^3/s], Darcy velocity at its centre [um/s], net
/// fluid from vessels where there are any, and the pressure [Pa] where Darcy's law was solved; nothing without a flow.
/// Throws OutputError on every rank. Collective.
void write_flow(const Simulation& s, const std::filesystem::path& run_folder, std::span<const Note> notes);

}  // namespace vesicast::io
