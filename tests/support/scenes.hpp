#pragma once
/// \file
/// Small set-ups that several tests share.
#include <functional>
#include <vector>

#include "src/base/stopwatch.hpp"
#include "src/parameters/parameters.hpp"
#include "src/run/simulation.hpp"

namespace vesicast::test {

/// A grid of n voxels of edge h; 2-D if n[2] is 0, then one voxel of thickness `h` in z.
[[nodiscard]] Grid grid_of(const Index3& n, double h);
[[nodiscard]] Domain domain_of(const Grid& grid, const std::array<bool, 3>& periodic = {},
                               MPI_Comm comm = MPI_COMM_WORLD);

/// Parameters of a domain of n voxels with one class, "exosome", that does not decay, and no cells.
[[nodiscard]] Parameters parameters_of(const Index3& n, double h, double diffusivity);
/// All faces of all classes.
void set_boundaries(Parameters& p, BoundaryKind kind, double value = 0.0);

/// A donor of `rate` vesicles per second and a recipient with the default uptake.
[[nodiscard]] CellType donor_type(const std::string& name, double rate);
/// Makes a type release exosomes by the donor pathway with its defaults, `speed` times faster; and other classes, if
/// they are named.
void give_pathway(CellType& type, double speed = 1.0, const std::string& microvesicle = "",
                  const std::string& ectosome = "");
/// Divides the MVBs of a type that has a pathway into two populations, 0.4 of them "secretory" and 0.6 "degradative",
/// which release the classes named; both may be the same.
void give_populations(CellType& type, const std::string& secretory = "exosome",
                      const std::string& degradative = "exosome");
[[nodiscard]] CellType recipient_type(const std::string& name);
/// Every rate of an Uptake zero but the ones set afterwards.
[[nodiscard]] Uptake no_uptake();

/// Sets the owned voxels of a field from a function of the global voxel.
void fill(Field& field, const Domain& domain, const std::function<double(const Index3&)>& value);
/// The whole field on every rank, by global index. Collective.
[[nodiscard]] std::vector<double> gather(const Field& field, const Domain& domain);
[[nodiscard]] double total(const Field& field, const Domain& domain);

/// One step of a single field by Transport alone; `exchange` is of the voxels `exchange_voxels`. Collective.
void transport_alone(Transport& transport, Field& field, Operator& op, double dt, TransportFlows& flows,
                     bool inflow = true, const VoxelExchange& exchange = {},
                     std::span<const std::int64_t> exchange_voxels = {});

/// Cells of this rank out of a list of all. Local.
[[nodiscard]] std::vector<PlacedCell> own(const Domain& domain, const std::vector<PlacedCell>& all);

/// Throws InputError, whatever the map.
[[nodiscard]] std::vector<double> no_maps(const MapFile& map, const Domain& domain, int components);

using Scene = Simulation;
/// Collective.
[[nodiscard]] Scene make_scene(const Parameters& p, const std::vector<PlacedCell>& all = {},
                               const Layout* layout = nullptr, MPI_Comm comm = MPI_COMM_WORLD,
                               const MapReader& reader = no_maps);

/// Mean of the exact cell average of a 1-D Gaussian of variance `variance` centred at `mu` over [a, b], times (b - a).
[[nodiscard]] double gaussian_mass(double a, double b, double mu, double variance);

/// Observed order from errors at resolutions that differ by `ratio`.
[[nodiscard]] double order(double coarse, double fine, double ratio = 2.0);

}  // namespace vesicast::test
