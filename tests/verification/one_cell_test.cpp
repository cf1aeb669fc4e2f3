// One cell in one closed voxel with every process on, and no two constants alike: against a Runge-Kutta integration of
// the equations of docs/, written down once more.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "src/parameters/vesicle_geometry.hpp"
#include "tests/support/alone.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::one_cell_test {
namespace {

constexpr double hour = 3600.0, edge = 60.0, alpha = 0.23;
constexpr std::size_t classes = 3, kinds = 3;  // of vesicles; vesicles themselves and two cargoes in them
const std::array<std::string, classes> class_names{"exosome", "microvesicle", "ectosome"};
const std::array<std::string, kinds> kind_names{"", "miR", "CD9"};
enum Where : std::size_t { early, maturing, peripheral, docked, amphisome, stages };

/// What there is of one field.
struct OfField {
  double free, matrix, tethered, bound, early, late, lysosome, fused, back_fused, degraded;
  double endocytosed, fluid_phase, detached, reinternalised, secreted, recaptured, returned, recycled, resecreted;
};
/// What ends up in the arrays of the cell and its voxel.
struct All {
  std::array<std::array<OfField, kinds>, classes> field;
  std::array<double, stages> mvbs;
  std::array<std::array<double, stages>, 4> ilvs;
  double formed, back_fused, digested, released, expelled, fusions;
  double mir, mir_made, mir_decayed, mir_digested;
  std::array<double, stages> mir_loaded;
  double golgi, cd9, cd9_made, cd9_decayed, cd9_digested;
  std::array<double, stages> cd9_limiting, cd9_loaded;
  double dye, dye_decayed;
  double repressed, activated;
};
using Numbers = std::array<double, sizeof(All) / sizeof(double)>;

Uptake uptake(double scale) {
  Uptake u;
  u.k_on = 0.011 * scale;
  u.k_off = 1.3e-3 * scale;
  u.k_endocytosis = 1.7e-3 / scale;
  u.route_weight = {0.13, 0.31, 0.22, 0.27, 0.06};
  u.fluid = 0.9 * scale;
  u.k_fusion = 2.1e-4 * scale;
  u.k_recycling = 3.7e-4 / scale;
  u.k_late = 8.3e-4 * scale;
  u.k_resecretion = 2.9e-4 * scale;
  u.k_lysosome = 5.3e-4 / scale;
  u.k_degradation = 4.1e-4 * scale;
  u.k_back_fusion = 6.1e-4 / scale;
  u.lysosome_share = 0.37 * scale;
  u.half_cd47 = 0.8;
  return u;
}

Parameters everything_of_one_cell() {
  Parameters p = test::parameters_of({1, 1, 1}, edge, 0.7);
  p.domain.extracellular_fraction = alpha;
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  const std::array<double, classes> diameter{0.11, 0.27, 0.16}, decay{1.1e-4, 0.7e-4, 0.4e-4};
  p.vesicles.resize(classes, p.vesicles.front());
  for (std::size_t j = 0; j < classes; ++j) {
    p.vesicles[j].name = class_names[j];
    p.vesicles[j].size = {1, diameter[j], 0.3 * diameter[j]};
    p.vesicles[j].decay = decay[j];
  }
  p.vesicles[0].cargo["dye"] = 0.35;
  p.vesicles[0].initial_concentration = 2e-4;
  p.vesicles[1].matrix = MatrixBinding{.k_on = 1.9e-3, .k_off = 1.4e-3, .sites = 0.6, .sites_map = {}};
  p.vesicles[1].cluster = 0.28;
  p.vesicles[2].cd47 = 0.5;
  p.cargo = {{"miR", 1.2e-4}, {"CD9", 0.9e-4, CargoKind::membrane}, {"dye", 0.6e-4}};

  CellType cell;
  cell.name = "cell";
  cell.radius = 8.5;
  cell.cytosol = 900.0;
  cell.receptors = 90.0;
  cell.gate = {.pKa = 5.9, .hill = 1.8, .pH_early = 6.2, .pH_late = 5.6, .pH_lysosome = 4.9};
  cell.recipient = {{"exosome", uptake(1.0)}, {"microvesicle", uptake(1.2)}, {"ectosome", uptake(0.9)}};
  Biogenesis b;
  b.exosome = "exosome";
  b.microvesicle = "microvesicle";
  b.ectosome = "ectosome";
  b.ectosome_cargo = "CD9";
  b.steady_start = false;
  b.inflow = 310.0 / hour;
  b.maturation = 7.0 / hour;
  b.transport = 0.9 / hour;
  b.lysosome = 1.5 / hour;
  b.autophagy = 0.4 / hour;
  b.amphisome = 1.3 / hour;
  b.amphisome_secreted = 0.35;
  b.docking = 1.7 / hour;
  b.comes_back = 1.1 / hour;
  b.undocking = 2.3 / hour;
  b.fusion = 1.9 / hour;
  b.formation = {12.0 / hour, 9.0 / hour, 16.0 / hour, 5.0 / hour};
  b.scission = 1.15;
  b.late_formation = 0.6;
  b.capacity = 33.0;
  b.back_fusion = 0.8 / hour;
  b.fate_coupling = 1.6;
  b.neutral_share = 0.55;
  b.tethered = 0.42;
  b.detachment = 1.4 / hour;
  b.reinternalisation = 0.85 / hour;
  b.calcium = 1.25;
  b.calcium_gain = 4.4;
  b.calcium_half = 2.6;
  b.microvesicles = 21.0 / hour;
  b.ectosomes = 44.0 / hour;
  b.endocytosis = 0.33 / hour;
  b.recycling = 3.1 / hour;
  b.retrograde = 0.57 / hour;
  b.golgi_export = 1.21 / hour;
  b.golgi_to_endosomes = 0.16;
  b.limiting_area = 0.71;
  cell.biogenesis = b;
  for (const std::string& name : class_names) cell.donor[name] = {.rate = 1e-3, .mode = ReleaseMode::pathway};
  cell.cargo["miR"] = {.copies = 7e4, .synthesis = 3.3, .sorting = {3.0, 7.0, 5.0, 11.0}, .sorting_at_surface = 6.0};
  cell.cargo["CD9"] = {.copies = 5e4, .synthesis = 6.6, .sorting = {1.3, 0.7, 1.9, 2.2}, .sorting_at_surface = 35.0};
  cell.responses["PTEN"] = {.cargo = "miR", .fold = 3.4, .half = 5e4, .hill = 1.6, .decay = 2.3e-4};
  cell.responses["MYC"] = {
      .cargo = "CD9", .kind = ResponseKind::activation, .fold = 2.7, .half = 4e4, .hill = 2.1, .decay = 3.1e-4};
  p.cell_types = {cell};
  return p;
}

/// The shares of the pool that one vesicle takes at the surface, and the weights of the routes, as docs/cargo.md and
/// docs/recipient.md have them.
struct Constants {
  Constants(const Parameters& all, double unresolved)
      : p(all), cell(p.cell_types[0]), b(*cell.biogenesis), resistance(unresolved) {
    for (std::size_t j = 0; j < classes; ++j) {
      const VesicleClass& v = p.vesicles[j];
      mir_per_vesicle[j] = cell.cargo.at("miR").sorting_at_surface * lumen_volume(v.size) / cell.cytosol;
      cd9_per_vesicle[j] = cell.cargo.at("CD9").sorting_at_surface * surface_area(v.size) /
                           (4.0 * std::numbers::pi * cell.radius * cell.radius);
      std::array<double, 5> w = cell.recipient.at(v.name).route_weight;
      const double large = w[3] + w[4], moved = v.cluster * (w[0] + w[1] + w[2]);
      for (std::size_t r = 0; r < 3; ++r) w[r] *= 1.0 - v.cluster;
      for (std::size_t r = 3; r < 5; ++r) w[r] *= 1.0 + moved / large;
      w[4] /= 1.0 + v.cd47 / 0.8;
      weights[j] = w;
      for (const double x : w) endocytosis[j] += cell.recipient.at(v.name).k_endocytosis * x;
    }
    for (std::size_t x = 0; x < 4; ++x) {
      mir_per_ilv[x] = cell.cargo.at("miR").sorting[x] * lumen_volume(p.vesicles[0].size) / cell.cytosol;
      cd9_per_ilv[x] = cell.cargo.at("CD9").sorting[x] * surface_area(p.vesicles[0].size) / b.limiting_area;
    }
    const auto gate = [&](double pH) { return 1.0 / (1.0 + std::pow(10.0, cell.gate.hill * (pH - cell.gate.pKa))); };
    acid = {gate(cell.gate.pH_early), gate(cell.gate.pH_late), gate(cell.gate.pH_lysosome)};
  }
  const Parameters& p;
  const CellType& cell;
  const Biogenesis& b;
  double resistance;  ///< sub-voxel 1/k_S
  std::array<double, classes> mir_per_vesicle{}, cd9_per_vesicle{}, endocytosis{};
  std::array<std::array<double, 5>, classes> weights{};
  std::array<double, 4> mir_per_ilv{}, cd9_per_ilv{};
  std::array<double, 3> acid{};
};

double hill(double copies, const Response& r) {
  return std::pow(copies, r.hill) / (std::pow(r.half, r.hill) + std::pow(copies, r.hill));
}

/// Moves between stages of what goes with MVBs.
void move(const std::array<double, stages>& x, double k_tr, const Biogenesis& b, std::array<double, stages>& d) {
  d[early] -= b.maturation * x[early];
  d[maturing] +=
      b.maturation * x[early] + b.comes_back * x[peripheral] - (k_tr + b.lysosome + b.autophagy) * x[maturing];
  d[peripheral] += k_tr * x[maturing] + b.undocking * x[docked] - (b.docking + b.comes_back) * x[peripheral];
  d[docked] += b.docking * x[peripheral] - (b.undocking + b.fusion * b.calcium) * x[docked];
  d[amphisome] += b.autophagy * x[maturing] - b.amphisome * x[amphisome];
}

/// d/dt of everything.
All rates(const All& x, const Constants& c) {
  All d{};
  const Biogenesis& b = c.b;
  const double k_fus = b.fusion * b.calcium, secreted = b.amphisome_secreted * b.amphisome,
               consumed = (1.0 - b.amphisome_secreted) * b.amphisome;
  const auto digests = [&](const std::array<double, stages>& y) {
    return b.lysosome * y[maturing] + consumed * y[amphisome];
  };
  // --- MVBs and their vesicles
  double held = 0.0, by_escrt = 0.0;
  for (std::size_t r = 0; r < 4; ++r) {
    held += x.ilvs[r][maturing];
    if (r == 0) by_escrt = x.ilvs[r][maturing];
  }
  const double without = held > 0.0 ? (held - by_escrt) / held : b.neutral_share;
  const double k_tr = b.transport * std::max(0.0, 1.0 + b.fate_coupling * (without - b.neutral_share));
  d.mvbs[early] = b.inflow;
  move(x.mvbs, k_tr, b, d.mvbs);
  d.fusions = k_fus * x.mvbs[docked];
  double burst = 0.0, expelled = 0.0;
  for (std::size_t r = 0; r < 4; ++r) {
    move(x.ilvs[r], k_tr, b, d.ilvs[r]);
    burst += k_fus * x.ilvs[r][docked];
    expelled += secreted * x.ilvs[r][amphisome];
    d.digested += digests(x.ilvs[r]);
  }
  d.released = burst + expelled;
  d.expelled = expelled;
  move(x.mir_loaded, k_tr, b, d.mir_loaded);
  move(x.cd9_loaded, k_tr, b, d.cd9_loaded);
  move(x.cd9_limiting, k_tr, b, d.cd9_limiting);
  for (const Where s : {maturing, peripheral, docked}) {
    double full = 0.0, takes_mir = 0.0, takes_cd9 = 0.0;
    for (std::size_t r = 0; r < 4; ++r) full += x.ilvs[r][s];
    for (std::size_t r = 0; r < 4; ++r) {
      const double forms = b.formation[r] * b.scission * (s == maturing ? 1.0 : b.late_formation) *
                           (x.mvbs[s] - full / b.capacity),
                   back = b.back_fusion * x.ilvs[r][s];
      d.ilvs[r][s] += forms - back;
      d.formed += forms;
      d.back_fused += back;
      takes_mir += c.mir_per_ilv[r] * forms * x.mir;
      takes_cd9 += x.mvbs[s] > 0.0 ? c.cd9_per_ilv[r] * forms * x.cd9_limiting[s] / x.mvbs[s] : 0.0;
    }
    const double mir = takes_mir - b.back_fusion * x.mir_loaded[s], cd9 = takes_cd9 - b.back_fusion * x.cd9_loaded[s];
    d.mir_loaded[s] += mir;
    d.mir -= mir;
    d.cd9_loaded[s] += cd9;
    d.cd9_limiting[s] -= cd9;
  }
  // --- what leaves the surface: vesicles, and the copies in them
  const double ca3 = std::pow(b.calcium, 3.0), half3 = std::pow(b.calcium_half, 3.0);
  const std::array<double, classes> buds{0.0, b.microvesicles * (1.0 + b.calcium_gain * ca3 / (half3 + ca3)),
                                         b.ectosomes * b.scission * x.cd9 / 5e4};
  std::array<std::array<double, kinds>, classes> bursts{}, whole{}, budding{};
  bursts[0] = {burst, k_fus * x.mir_loaded[docked], k_fus * x.cd9_loaded[docked]};
  whole[0] = {expelled, secreted * x.mir_loaded[amphisome], secreted * x.cd9_loaded[amphisome]};
  for (std::size_t j = 1; j < classes; ++j) {
    budding[j] = {buds[j], buds[j] * c.mir_per_vesicle[j] * x.mir, buds[j] * c.cd9_per_vesicle[j] * x.cd9};
    d.mir -= budding[j][1];
    d.cd9 -= budding[j][2];
  }
  // --- vesicles and copies outside and in the recipient's pools
  double occupied = 0.0;
  for (const auto& of_class : x.field) occupied += of_class[0].bound;
  const double receptors = c.cell.receptors - occupied, volume = alpha * edge * edge * edge;
  std::array<double, kinds> at_surface{}, inside{};
  double dyed = 0.0;
  for (std::size_t j = 0; j < classes; ++j) {
    const Uptake& u = c.cell.recipient.at(class_names[j]);
    const double k_a = u.k_on * receptors, slow = 1.0 / (1.0 + k_a * c.resistance), share = k_a * c.resistance * slow;
    const auto& matrix = c.p.vesicles[j].matrix;
    const double on = matrix ? matrix->k_on * matrix->sites : 0.0, off = matrix ? matrix->k_off : 0.0,
                 decay = c.p.vesicles[j].decay;
    for (std::size_t k = 0; k < kinds; ++k) {
      const OfField& f = x.field[j][k];
      OfField& df = d.field[j][k];
      const double concentration = f.free / volume, detaches = b.detachment * f.tethered,
                   back_in = b.reinternalisation * f.tethered;
      df.tethered = b.tethered * bursts[j][k] - detaches - back_in;
      df.detached = detaches;
      df.reinternalised = back_in;
      df.secreted = bursts[j][k] + whole[j][k] + budding[j][k];
      const double leaves = (1.0 - b.tethered) * bursts[j][k] + detaches + whole[j][k] + budding[j][k];
      df.recaptured = share * leaves;
      const double binds = k_a * slow * concentration, unbinds = u.k_off * slow * f.bound,
                   goes_in = c.endocytosis[j] * f.bound, fuses = u.k_fusion * f.bound,
                   swallows = u.fluid * concentration, recycles = u.k_recycling * f.early,
                   resecretes = u.k_resecretion * f.late;
      const double from_early = u.k_back_fusion * c.acid[0] * f.early, from_late = u.k_back_fusion * c.acid[1] * f.late,
                   from_lysosome = u.k_back_fusion * c.acid[2] * u.lysosome_share * f.lysosome;
      df.free = leaves - df.recaptured + unbinds + recycles + resecretes - binds - swallows - decay * f.free -
                on * f.free + off * f.matrix;
      df.matrix = on * f.free - off * f.matrix - decay * f.matrix;
      df.bound = binds + df.recaptured - unbinds - goes_in - fuses;
      df.early = goes_in + swallows + back_in - recycles - u.k_late * f.early - from_early;
      df.late = u.k_late * f.early - resecretes - u.k_lysosome * f.late - from_late;
      df.lysosome = u.k_lysosome * f.late - u.k_degradation * f.lysosome - from_lysosome;
      df.fused = fuses;
      df.back_fused = from_early + from_late + from_lysosome;
      df.degraded = u.k_degradation * f.lysosome;
      df.endocytosed = goes_in;
      df.returned = unbinds + recycles + resecretes;
      df.recycled = recycles;
      df.resecreted = resecretes;
      df.fluid_phase = swallows;
      at_surface[k] += df.fused;
      inside[k] += df.back_fused;
    }
    if (j == 0) dyed = 0.35 * (d.field[0][0].fused + d.field[0][0].back_fused);
  }
  // --- cargo of the cell
  d.mir_made = 3.3;
  d.mir_decayed = 1.2e-4 * x.mir;
  d.mir += d.mir_made - d.mir_decayed + at_surface[1] + inside[1];
  d.mir_digested = digests(x.mir_loaded);
  const double exported = b.golgi_export * x.golgi, endosomes = x.cd9_limiting[early];
  d.cd9_made = 6.6;
  d.cd9_decayed = 0.9e-4 * x.cd9;
  d.golgi = d.cd9_made - exported + b.retrograde * endosomes;
  d.cd9 += (1.0 - b.golgi_to_endosomes) * exported + b.recycling * endosomes - b.endocytosis * x.cd9 - d.cd9_decayed +
           k_fus * x.cd9_limiting[docked] + secreted * x.cd9_limiting[amphisome] + at_surface[2];
  d.cd9_limiting[early] +=
      b.golgi_to_endosomes * exported + b.endocytosis * x.cd9 - (b.recycling + b.retrograde) * endosomes + inside[2];
  d.cd9_digested = digests(x.cd9_limiting) + digests(x.cd9_loaded);
  d.dye_decayed = 0.6e-4 * x.dye;
  d.dye = dyed - d.dye_decayed;
  // --- responses, relative to a cell at rest with its 7e4 and 5e4 copies
  const Response &repression = c.cell.responses.at("PTEN"), &activation = c.cell.responses.at("MYC");
  const auto fold = [](double copies, const Response& r) { return 1.0 + (r.fold - 1.0) * hill(copies, r); };
  d.repressed = repression.decay * (fold(7e4, repression) - fold(x.mir, repression) * x.repressed);
  d.activated = activation.decay * (fold(x.cd9, activation) / fold(5e4, activation) - x.activated);
  return d;
}

Numbers plus(const Numbers& a, double h, const Numbers& b) {
  Numbers sum = a;
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += h * b[i];
  return sum;
}

/// Classical Runge-Kutta of fourth order.
All integrate(const All& start, const Constants& c, double seconds, int steps) {
  const double h = seconds / steps;
  Numbers x = std::bit_cast<Numbers>(start);
  const auto of = [&](const Numbers& y) { return std::bit_cast<Numbers>(rates(std::bit_cast<All>(y), c)); };
  for (int i = 0; i < steps; ++i) {
    const Numbers k1 = of(x), k2 = of(plus(x, 0.5 * h, k1)), k3 = of(plus(x, 0.5 * h, k2)), k4 = of(plus(x, h, k3));
    x = plus(plus(plus(plus(x, h / 6.0, k1), h / 3.0, k2), h / 3.0, k3), h / 6.0, k4);
  }
  return std::bit_cast<All>(x);
}

/// Where everything stands in a scene: read, or written by `put`.
template <class Number, class Scene>
void visit(Scene& s, All& all, Number&& number) {
  using A = CellArray;
  const auto cell = [&](A a, std::size_t which, double& x) { number(test::at(s, a, which), x); };
  for (std::size_t j = 0; j < classes; ++j)
    for (std::size_t k = 0; k < kinds; ++k) {
      const std::size_t f = test::field_of(s, class_names[j], kind_names[k]);
      OfField& x = all.field[j][k];
      x.free = test::free_in(s, f);
      x.matrix = test::on_matrix(s, f);
      cell(A::bound, f, x.bound);
      cell(A::early_endosome, f, x.early);
      cell(A::late_endosome, f, x.late);
      cell(A::lysosome, f, x.lysosome);
      cell(A::fused, f, x.fused);
      cell(A::back_fused, f, x.back_fused);
      cell(A::degraded, f, x.degraded);
      cell(A::endocytosed, f, x.endocytosed);
      cell(A::fluid_phase, f, x.fluid_phase);
      cell(A::tethered, f, x.tethered);
      cell(A::detached, f, x.detached);
      cell(A::reinternalised, f, x.reinternalised);
      cell(A::secreted, f, x.secreted);
      cell(A::recaptured, f, x.recaptured);
      cell(A::returned, f, x.returned);
      cell(A::recycled, f, x.recycled);
      cell(A::resecreted, f, x.resecreted);
    }
  const std::array counts{A::endosomes, A::maturing_mvbs, A::peripheral_mvbs, A::docked_mvbs, A::amphisomes};
  const std::array ilvs{A::ilvs_maturing, A::ilvs_peripheral, A::ilvs_docked, A::ilvs_amphisome};
  const std::array loaded{A::loaded_maturing, A::loaded_peripheral, A::loaded_docked, A::loaded_amphisome};
  const std::array limiting{A::in_endosome_membranes, A::in_maturing_membranes, A::in_peripheral_membranes,
                            A::in_docked_membranes, A::in_amphisome_membranes};
  for (std::size_t i = 0; i < stages; ++i) {
    cell(counts[i], 0, all.mvbs[i]);
    cell(limiting[i], 1, all.cd9_limiting[i]);
    if (i == 0) continue;
    for (std::size_t r = 0; r < 4; ++r) cell(ilvs[i - 1], r, all.ilvs[r][i]);
    cell(loaded[i - 1], 0, all.mir_loaded[i]);
    cell(loaded[i - 1], 1, all.cd9_loaded[i]);
  }
  cell(A::ilvs_formed, 0, all.formed);
  cell(A::ilvs_back_fused, 0, all.back_fused);
  cell(A::ilvs_digested, 0, all.digested);
  cell(A::ilvs_released, 0, all.released);
  cell(A::expelled, 0, all.expelled);
  cell(A::fusions, 0, all.fusions);
  cell(A::cytosol, 0, all.mir);
  cell(A::synthesised, 0, all.mir_made);
  cell(A::decayed_in_cell, 0, all.mir_decayed);
  cell(A::digested_cargo, 0, all.mir_digested);
  cell(A::golgi, 1, all.golgi);
  cell(A::plasma_membrane, 1, all.cd9);
  cell(A::synthesised, 1, all.cd9_made);
  cell(A::decayed_in_cell, 1, all.cd9_decayed);
  cell(A::digested_cargo, 1, all.cd9_digested);
  cell(A::cytosol, 2, all.dye);
  cell(A::decayed_in_cell, 2, all.dye_decayed);
  cell(A::response, 0, all.activated);  // by name
  cell(A::response, 1, all.repressed);
}

All read(test::Scene& s) {
  All all{};
  visit(s, all, [](double& in_state, double& x) { x = in_state; });
  return all;
}

/// A cell that holds something everywhere.
test::Scene unsettled(const Parameters& p) {
  test::Scene s = test::alone(p, {0});
  double n = 0.0;
  All all{};
  visit(s, all, [&](double& in_state, double&) { in_state += n = std::fmod(n + 2.7, 11.0); });
  for (std::size_t j = 1; j < classes; ++j)  // only what MVBs release is tethered
    for (const std::string& kind : kind_names)
      test::at(s, CellArray::tethered, test::field_of(s, class_names[j], kind)) = 0.0;
  using A = CellArray;
  const std::array counts{A::endosomes, A::maturing_mvbs, A::peripheral_mvbs, A::docked_mvbs, A::amphisomes};
  for (std::size_t i = 0; i < stages; ++i) test::at(s, counts[i]) += 30.0 - 4.0 * static_cast<double>(i);
  for (const A a : {A::ilvs_maturing, A::ilvs_peripheral, A::ilvs_docked, A::ilvs_amphisome})
    for (std::size_t r = 0; r < 4; ++r) test::at(s, a, r) += 40.0 + 15.0 * static_cast<double>(r);
  for (const A a : {A::in_endosome_membranes, A::in_maturing_membranes, A::in_peripheral_membranes,
                    A::in_docked_membranes, A::in_amphisome_membranes})
    test::at(s, a, 1) += 900.0;
  for (const A a : {A::loaded_maturing, A::loaded_peripheral, A::loaded_docked, A::loaded_amphisome}) {
    test::at(s, a, 0) += 400.0;
    test::at(s, a, 1) += 300.0;
  }
  test::at(s, A::response, 0) = 1.4;
  test::at(s, A::response, 1) = 0.6;
  test::at(s, A::cytosol, 2) = 500.0;
  for (std::size_t j = 0; j < classes; ++j)
    for (std::size_t k = 0; k < kinds; ++k)
      test::fill(s.state.fields[test::field_of(s, class_names[j], kind_names[k])], *s.domain,
                 [&](const Index3&) { return 20.0 + 9.0 * static_cast<double>(j) + 4.0 * static_cast<double>(k); });
  return s;
}

}  // namespace

TEST(OneCell, FollowsItsEquationsInEveryNumber) {
  const Parameters p = everything_of_one_cell();
  const double seconds = 2400.0;
  test::Scene first = unsettled(p);
  const Constants c(p, test::resistance(first));
  ASSERT_GT(c.resistance, 0.0);
  const All start = read(first);
  const Numbers exact = std::bit_cast<Numbers>(integrate(start, c, seconds, 600)),
                before = std::bit_cast<Numbers>(start);
  std::vector<double> worst;
  for (const int number : {60, 120, 240}) {
    test::Scene s = unsettled(p);
    test::steps(s, seconds, number);
    const Numbers now = std::bit_cast<Numbers>(read(s));
    double& largest = worst.emplace_back(0.0);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      const double change = std::abs(exact[i] - before[i]), error = std::abs(now[i] - exact[i]);
      if (change == 0.0 && error == 0.0) continue;
      const double relative = error / std::max(change, 0.1 * std::abs(exact[i]));
      if (number == 240) {
        EXPECT_LT(relative, 2e-3) << "number " << i << ": " << before[i] << " -> " << now[i] << ", exact " << exact[i];
      }
      largest = std::max(largest, relative);
    }
    // Each route has its share of what was endocytosed.
    const std::array by{CellArray::by_clathrin, CellArray::by_raft, CellArray::by_independent,
                        CellArray::by_macropinocytosis, CellArray::by_phagocytosis};
    for (std::size_t j = 0; j < classes; ++j) {
      const std::size_t f = test::field_of(s, class_names[j]);
      const double k_endocytosis = p.cell_types[0].recipient.at(class_names[j]).k_endocytosis;
      const double since = test::at(s, CellArray::endocytosed, f) - start.field[j][0].endocytosed;
      double all = 0.0;
      for (std::size_t r = 0; r < by.size(); ++r) all += test::at(s, by[r], f);
      EXPECT_NEAR(all, test::at(s, CellArray::endocytosed, f), 1e-9 * all);
      for (std::size_t r = 0; r < by.size(); ++r)
        EXPECT_NEAR(test::at(s, by[r], f), all * k_endocytosis * c.weights[j][r] / c.endocytosis[j], 1e-9 * all) << r;
      EXPECT_GT(since, 1.0);
    }
  }
  test::verify(
      {.name = "one cell in one voxel, every process of donor, recipient, cargo, matrix on, 2400 s; each number",
       .exact = "Runge-Kutta of all equations, 600 steps",
       .norm = "largest, of its change",
       .levels = {{40.0, worst[0]}, {20.0, worst[1]}, {10.0, worst[2]}},
       .largest_error = 2e-3,
       .least_order = 1.8,
       .refined = "dt"});
}

}  // namespace vesicast::one_cell_test
