#pragma once
/// \file
/// Everything a run is defined by, as plain data in internal units: um, s, vesicles, molecules, copies.
/// `io/config` fills it from a TOML file; tests fill it by hand. Nothing here is computed.
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "decomposition/base/box.hpp"
#include "src/base/time.hpp"
#include "src/base/time_series.hpp"
#include "src/parameters/perturbation.hpp"
#include "src/parameters/variation.hpp"

namespace vesicast {

/// What happens at one face of the domain (docs/transport.md gives the flux of each).
enum class BoundaryKind { no_flux, periodic, open, fixed, clearance };

struct FaceBoundary {
  BoundaryKind kind = BoundaryKind::no_flux;
  TimeSeries value;           ///< concentration outside [1/um^3]; used by `fixed` and `clearance`
  double permeability = 0.0;  ///< of the face [um/s]; used by `clearance`: flux = permeability x (C - outside)
};

/// Boundary per [axis][side], side 0 the lower face, 1 the upper.
using Boundaries = std::array<std::array<FaceBoundary, 2>, 3>;

/// One value per voxel in a file: a VTK image whose voxels are the domain's, or a CSV of x, y, z, value.
struct MapFile {
  std::string file;     ///< absolute, or relative to the working folder
  std::string array;    ///< name of the cell-data array, or of the CSV's column
  double factor = 1.0;  ///< on what the file holds
};

struct DomainParameters {
  int dimensions = 3;
  Vector3 size{};                       ///< [um]; in 2-D size[2] is the slab's thickness
  Vector3 voxel{};                      ///< [um]; in 2-D voxel[2] == size[2]
  double extracellular_fraction = 0.2;  ///< alpha
  std::optional<MapFile> extracellular_fraction_map;
  bool fraction_from_cells = false;  ///< alpha = clamp(1 - share of the voxel that cells fill, fraction_floor, 1)
  double fraction_floor = 0.05;
  bool sub_voxel = true;  ///< are binding and release corrected for the diffusion that a voxel does not resolve?
};

/// Reversible binding of a vesicle class to sites in the extracellular matrix, biology.md sections 1 and 3:
/// d Cb/dt = k_on S C - k_off Cb.
struct MatrixBinding {
  double k_on = 0.0;   ///< [um^3/s per site]
  double k_off = 0.0;  ///< [1/s]
  double sites = 0.0;  ///< S, per volume of interstitial fluid [1/um^3]
  std::optional<MapFile> sites_map;
};

/// What a field's counts are: vesicles, or molecules of a soluble factor, which carry nothing and bind to receptors of
/// their own.
enum class Substance { vesicle, soluble };

/// Diameters of a vesicle class, lognormal, in `bins` of equal probability (src/parameters/size_bins.hpp).
struct SizeDistribution {
  int bins = 1;
  double mean = 0.0;  ///< [um]
  double sd = 0.0;    ///< standard deviation [um]
};

/// One kind of vesicle (exosome, microvesicle, ...), biology.md section 1, or a soluble factor.
struct VesicleClass {
  std::string name;
  Substance substance = Substance::vesicle;
  double diffusivity = 0.5;            ///< effective D in the interstitium, mean over the sizes [um^2/s]
  bool diffusivity_by_size = false;    ///< D ~ 1/diameter, from the diameters: each size bin has that of its own
  double decay = 0.01 / 3600.0;        ///< cell-free loss k_dec [1/s]
  double initial_concentration = 0.0;  ///< uniform at t = 0, per volume of interstitial fluid [1/um^3]
  Boundaries boundary{};
  std::optional<MapFile> diffusivity_map;
  std::optional<MatrixBinding> matrix;
  /// Mean copies per vesicle, by cargo name, in vesicles that no cell loads from what it has (src/model/cargo_plan.hpp)
  std::map<std::string, double> cargo;
  SizeDistribution size;  ///< vesicles only
  std::string parent;     ///< the class that this one is a size bin of; empty: of none
  double cd47 = 0.0;      ///< CD47 on its surface, relative; holds phagocytosis back
  double cluster = 0.0;   ///< share of the vesicles that hang together in clusters, 0 to 1
};

/// At a given rate, steadily or in bursts at random times; or as the donor pathway makes it (Biogenesis).
enum class ReleaseMode { constant, poisson, pathway };

/// Secretion of one vesicle class by one cell type, biology.md section 2.
struct Secretion {
  double rate = 0.0;  ///< vesicles per cell and second; `pathway`: where it settles
  ReleaseMode mode = ReleaseMode::constant;
  double vesicles_per_event = 30.0;  ///< burst size; `poisson` only
  double share = 1.0;                ///< of all this that the class takes, less than 1 for a size bin

  bool operator==(const Secretion&) const = default;
};

/// How intraluminal vesicles form in a multivesicular body (MVB), biology.md section 2.
enum class IlvRoute : std::uint8_t { escrt, syntenin, ceramide, tetraspanin };
inline constexpr std::size_t ilv_routes = 4;

/// The donor pathway of one cell type: endosomes, MVBs and what becomes of them, budding from the plasma membrane;
/// biology.md section 2. Rates in 1/s; counts per cell.
struct Biogenesis {
  std::string exosome;       ///< the class of what MVBs release
  std::string microvesicle;  ///< of what buds from the plasma membrane; empty: nothing does
  std::string ectosome;      ///< of small plasma-membrane ectosomes; empty: none
  /// Membrane cargo whose copies at the plasma membrane the rate of ectosomes follows; empty: none
  std::string ectosome_cargo;
  bool steady_start = true;  ///< begins in its steady state, else empty

  double inflow = 80.0 / 3600.0;      ///< k_in, early endosomes that form, in MVB equivalents
  double maturation = 6.0 / 3600.0;   ///< k_mat, early endosome to MVB
  double transport = 0.060 / 3600.0;  ///< k_tr, to the cell's periphery, where the fate coupling is neutral
  double lysosome = 0.75 / 3600.0;    ///< k_lys
  double autophagy = 0.03 / 3600.0;   ///< k_auto
  double amphisome = 1.0 / 3600.0;    ///< k_al, end of an amphisome
  double amphisome_secreted = 0.05;   ///< f_sa, the share of these that is secreted whole
  double docking = 1.0 / 3600.0;      ///< k_dock
  double comes_back = 1.0 / 3600.0;   ///< k_ret, from the periphery
  double undocking = 2.0 / 3600.0;    ///< k_und
  double fusion = 2.0 / 3600.0;       ///< k_fus, SNAREs, at resting calcium

  std::array<double, ilv_routes> formation{11.13 / 3600.0, 9.54 / 3600.0, 6.36 / 3600.0,
                                           4.77 / 3600.0};  ///< v_x, per MVB
  double scission = 1.0;                                    ///< VPS4, relative
  double late_formation = 0.5;                              ///< f_late, beside a maturing MVB
  double capacity = 60.0;                                   ///< n_max, vesicles an MVB can hold
  double back_fusion = 0.05 / 3600.0;                       ///< k_bfD, with the limiting membrane
  double fate_coupling = 2.0;                               ///< b
  /// r of the negative binomial sizes of MVBs, burst_dispersion: their variance is mean (1 + mean/r); runs by chance
  /// only
  double burst_dispersion = 3.0;
  double neutral_share = 0.65;              ///< s0, share of ESCRT-independent vesicles at which k_tr is `transport`
  double tethered = 0.3;                    ///< f_t, of a burst
  double detachment = 0.5 / 3600.0;         ///< k_det
  double reinternalisation = 0.5 / 3600.0;  ///< k_reint, into early endosomes of the same cell

  double calcium = 1.0;                 ///< cytosolic, relative to rest
  double calcium_gain = 5.0;            ///< A
  double calcium_half = 3.0;            ///< K
  double microvesicles = 5.0 / 3600.0;  ///< q_MV
  double ectosomes = 20.0 / 3600.0;     ///< q_sPM, at full scission

  /// Membrane cargo between plasma membrane, early endosomes and Golgi.
  double endocytosis = 0.071 / 3600.0;  ///< k_endo, fitted to a half-life of 18 h
  double recycling = 4.0 / 3600.0;      ///< k_rec
  double retrograde = 0.5 / 3600.0;     ///< k_retro, early endosome to Golgi
  double golgi_export = 1.0 / 3600.0;   ///< of the Golgi's content
  double golgi_to_endosomes = 0.1;      ///< share of that which goes to early endosomes, not to the plasma membrane
  double limiting_area = 0.785;         ///< of an MVB's limiting membrane [um^2]

  bool operator==(const Biogenesis&) const = default;
};

/// One of several populations of MVBs in a cell, sorted at the early endosome: with its own routes of formation, fate
/// and class of exosomes; biology.md section 2.
struct MvbPopulation {
  std::string name;
  double share = 1.0;  ///< of the early endosomes that form; all add up to 1
  /// Its MVBs; `inflow` is its share of the pathway's. Maturation, tetherin, calcium, budding and the cycle of membrane
  /// cargo are those of the pathway.
  Biogenesis rates;

  bool operator==(const MvbPopulation&) const = default;
};

/// A share of what leaves the cell's surface goes to the voxel beside it on one side.
struct Polarised {
  int axis = 0;
  int side = 1;  ///< 0 towards the lower face of the domain, 1 towards the upper
  double share = 0.0;

  bool operator==(const Polarised&) const = default;
};

/// The ways in by endocytosis; `raft`: lipid rafts and caveolae, `independent`: of clathrin and of rafts.
enum class Route { clathrin, raft, independent, macropinocytosis, phagocytosis };
inline constexpr std::size_t route_count = 5;

/// Uptake and fate of one vesicle class in one cell type, biology.md section 4. Rates in 1/s unless said.
struct Uptake {
  double k_on = 1.66e-3;  ///< binding [um^3/s per receptor]
  double k_off = 5e-4;
  double k_endocytosis = 1e-3;  ///< by all routes, where their weights add up to 1
  /// [Route], of k_endocytosis: k_int,r = k_endocytosis w_r, before what the vesicle does to them
  /// (src/recipient/uptake.hpp)
  std::array<double, route_count> route_weight{0.15, 0.30, 0.25, 0.25, 0.05};
  std::array<double, route_count> route_factor{1.0, 1.0, 1.0, 1.0, 1.0};  ///< what perturbations multiply each route by
  double half_cd47 = 1.0;      ///< K47: CD47 on the vesicle that halves phagocytosis, in the unit of VesicleClass::cd47
  double fluid = 0.0;          ///< CL_fluid, with the fluid that the cell swallows [um^3/s]
  double k_fusion = 1e-6;      ///< fusion with the plasma membrane
  double k_recycling = 0.0;    ///< early endosome -> back outside
  double k_late = 0.0;         ///< early endosome -> multivesicular endosome
  double k_resecretion = 0.0;  ///< multivesicular endosome -> back outside
  double k_lysosome = 0.0;     ///< multivesicular endosome -> lysosome
  double k_degradation = 0.0;
  double k_back_fusion = 0.0;      ///< with the endosome's membrane, at full acidity
  double lysosome_share = 0.0;     ///< s_L, of k_back_fusion, that holds in lysosomes; 0 to 1
  double k_internalisation = 0.0;  ///< taken in and degraded at once: soluble factors

  bool operator==(const Uptake&) const = default;
};

/// The acid gate of back-fusion: phi(pH) = 1/(1 + 10^(n (pH - pKa))), biology.md section 4.
struct AcidGate {
  double pKa = 5.8;
  double hill = 2.0;
  double pH_early = 6.3;
  double pH_late = 5.5;
  double pH_lysosome = 4.7;

  bool operator==(const AcidGate&) const = default;
};

/// What the cells of one type have of one cargo, and how they load it into the vesicles they release; biology.md
/// section
/// 5. Soluble cargo is loaded by volume from the cytosol, membrane cargo by area from the membrane a vesicle forms of.
struct CellCargo {
  /// At t = 0 in the cytosol, or at the plasma membrane; nothing: where the synthesis leads. One of the two is given.
  std::optional<double> copies;
  /// Into the cytosol, or of membrane cargo into the Golgi [copies/s]; nothing: as much as keeps `copies`
  std::optional<double> synthesis;
  /// E_c by IlvRoute, 1 passive; and of all that does not form in MVBs
  std::array<double, ilv_routes> sorting{1.0, 1.0, 1.0, 1.0};
  double sorting_at_surface = 1.0;

  bool operator==(const CellCargo&) const = default;
};

enum class ResponseKind { repression, activation };

/// What delivered cargo does to the level m of a target, 1 without it; biology.md section 4:
///   repression  dm/dt = d_m (1 - m (1 + (F - 1) H)),  activation  dm/dt = d_m (1 + (F - 1) H - m),
///   H = Q^h/(K^h + Q^h), Q the copies in the cytosol or at the plasma membrane.
struct Response {
  std::string cargo;
  ResponseKind kind = ResponseKind::repression;
  double fold = 3.0;            ///< F
  double half = 300.0;          ///< K [copies per cell]
  double hill = 1.0;            ///< h
  double decay = 0.1 / 3600.0;  ///< d_m [1/s]

  bool operator==(const Response&) const = default;
};

/// Cells become another type, for good, when the level of a response has been beyond a threshold for some time.
struct PhenotypeSwitch {
  std::string to;  ///< cell type
  std::string response;
  bool above = true;  ///< else below
  double threshold = 0.0;
  double hold = 0.0;  ///< [s]

  bool operator==(const PhenotypeSwitch&) const = default;
};

struct CellType {
  std::string name;
  double radius = 7.5;                             ///< [um]
  double cytosol = 1000.0;                         ///< V_cyt, volume that soluble cargo is dissolved in [um^3]
  std::map<std::string, Secretion> donor;          ///< at a given rate, by vesicle class or soluble factor
  std::optional<Biogenesis> biogenesis;            ///< what makes the classes whose mode is `pathway`
  std::vector<MvbPopulation> populations;          ///< of its MVBs, where there are several
  std::optional<Polarised> polarised;              ///< where its release goes; nothing: into the cell's own voxel
  std::map<std::string, Uptake> recipient;         ///< by vesicle class or soluble factor; empty: not a recipient
  double receptors = 5000.0;                       ///< R_tot, docking sites per cell, shared by all vesicle classes
  std::map<std::string, double> factor_receptors;  ///< receptors per cell, by soluble factor
  double half_signal = 500.0;                      ///< K_sig, bound vesicles at half signal
  std::map<std::string, CellCargo> cargo;          ///< by cargo name; none: it neither makes nor loads it
  std::map<std::string, Response> responses;       ///< by name
  std::optional<PhenotypeSwitch> becomes;
  AcidGate gate;
  std::vector<Variation> variation;  ///< from cell to cell

  bool operator==(const CellType&) const = default;
};

/// Dissolved, as a miRNA in the cytosol and in the lumen of vesicles; or in membranes, as a receptor.
enum class CargoKind { soluble, membrane };

struct CargoSpecies {
  std::string name;
  double decay = 0.03 / 3600.0;  ///< loss in the cytosol or at the plasma membrane, d_Q [1/s]
  CargoKind kind = CargoKind::soluble;
};

enum class Shape { domain, box, spheroid, shell, layer };

/// A part of the domain.
struct Place {
  Shape shape = Shape::domain;
  Vector3 centre{};             ///< spheroid, shell [um]
  double radius = 0.0;          ///< spheroid; outer radius of a shell [um]
  double inner_radius = 0.0;    ///< shell [um]
  Vector3 lower{}, upper{};     ///< box [um]
  int axis = 2;                 ///< layer
  double from = 0.0, to = 0.0;  ///< layer [um]
};

/// Cells placed in a shape, or read from a table.
struct CellGroup : Place {
  std::string name;                     ///< optional; other groups refer to it in `outside`
  std::map<std::string, double> types;  ///< cell type -> share (shapes only); shares sum to 1
  // --- shapes
  double density = 0.0;              ///< cells per um^3; 0 where `count` is given
  std::int64_t count = -1;           ///< exact number of cells; -1 where `density` is given
  std::vector<std::string> outside;  ///< keep out of these (earlier or later) named shapes
  // --- tables
  bool from_table = false;
  std::string file;  ///< absolute, or relative to the working folder
  enum class Format { csv, physicell } format = Format::csv;
  std::string column_x = "x", column_y = "y", column_z = "z", column_type = "type";
  double pixel_size = 1.0;                 ///< um per table unit
  Vector3 offset{};                        ///< added after scaling [um]
  std::map<std::string, std::string> map;  ///< label in the table -> cell type
  std::vector<std::string> ignore;         ///< labels left out on purpose
  bool ignore_outside = false;             ///< leave out cells outside the domain instead of an error
};

/// Vessels spread through a region so finely that voxels see a density of them: blood capillaries or lymphatics.
/// Per volume of tissue and second: fluid hydraulic_conductivity x surface_density x (pressure - p - oncotic), Starling
/// 1896; vesicles permeability x surface_density x (plasma - C), and what the fluid carries, (1 - reflection) of it.
struct Vessels {
  double surface_density = 0.0;                ///< vessel wall per volume of tissue, S/V [1/um]
  double hydraulic_conductivity = 0.0;         ///< L_p [um/(Pa s)]
  double pressure = 0.0;                       ///< inside the vessels [Pa]
  double oncotic = 0.0;                        ///< sigma (pi_vessel - pi_tissue) [Pa]
  std::map<std::string, double> permeability;  ///< by vesicle class [um/s]
  std::map<std::string, double> reflection;    ///< by vesicle class, 0 (carried with the fluid) to 1 (held back)
  std::map<std::string, double> plasma;        ///< concentration in the vessel by vesicle class [1/um^3]
};

/// A part of the tissue with a matrix of its own: a shape, or the voxels of a map with one value. A voxel belongs to a
/// region when its centre does; where regions overlap the later one wins, key by key.
struct Region : Place {
  std::string name;
  std::optional<MapFile> map;  ///< instead of a shape
  double label = 0.0;          ///< the map's value inside the region
  std::optional<double> extracellular_fraction;
  std::map<std::string, double> diffusivity;    ///< by vesicle class [um^2/s]
  std::map<std::string, double> binding_sites;  ///< S by vesicle class [1/um^3]
  std::optional<double> conductivity;           ///< hydraulic, K [um^2/(Pa s)]
  bool obstacle = false;                        ///< nothing enters: bone, a vessel's wall, an empty lumen
  std::optional<Vessels> blood, lymph;
};

enum class FlowKind { none, uniform, map, darcy };

/// What the interstitial fluid does at a face: held at a pressure, or held back.
struct FlowBoundary {
  std::optional<double> pressure;  ///< [Pa]; nothing: no fluid crosses
};

/// Interstitial flow; the velocity is Darcy's, volume of fluid per area of tissue and second.
struct FlowParameters {
  FlowKind kind = FlowKind::none;
  Vector3 velocity{};                                     ///< uniform [um/s]
  std::optional<MapFile> map;                             ///< three components per voxel [um/s]
  double divergence_tolerance = 1e-6;                     ///< of a map, relative to the largest face flux of a voxel
  double conductivity = 0.03;                             ///< K [um^2/(Pa s)]
  std::array<std::array<FlowBoundary, 2>, 3> boundary{};  ///< [axis][side]
  std::optional<MapFile> solved;                          ///< the pressure [Pa] that an earlier run solved for
};

/// Steps that the program chooses, smallest x 2^k (src/step_control/step_control.hpp).
struct AutomaticStep {
  double tolerance = 1e-3;  ///< relative error of what cells and tissue exchange
  Ticks smallest = 1000;
  Ticks largest = 1024000;
};

/// Means everywhere, or whole multivesicular bodies and vesicles in donors with a pathway, whose events are drawn.
enum class RunMode { deterministic, stochastic_release };

struct RunParameters {
  RunMode mode = RunMode::deterministic;
  Ticks end = 0;
  Ticks step = 0;  ///< with automatic steps, the smallest
  std::optional<AutomaticStep> automatic;
  std::uint64_t seed = 1;
  bool track_sources = true;
  bool steady = false;  ///< start from the stationary field instead of initial concentrations
};

struct TransportParameters {
  std::string integrator = "exponential";  ///< or a time scheme (polynomial.hpp); `-ts_type` overrides it
  double tolerance = 1e-4;                 ///< relative error of the time polynomial in a step
};

/// Output intervals; 0 switches fields and cells off, and leaves the tables their first and last state.
struct OutputParameters {
  Ticks fields_every = 0;
  Ticks cells_every = 0;
  Ticks series_every = 0;
};

struct Parameters {
  RunParameters run;
  DomainParameters domain;
  TransportParameters transport;
  OutputParameters output;
  FlowParameters flow;
  std::vector<Region> regions;
  std::vector<VesicleClass> vesicles;  ///< and soluble factors
  std::vector<CargoSpecies> cargo;
  std::vector<CellType> cell_types;
  std::vector<CellGroup> tissue;
  std::vector<Perturbation> perturbations;  ///< the cell types and classes above are without them
};

}  // namespace vesicast
