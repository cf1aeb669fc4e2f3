#include "tests/support/one_voxel.hpp"

#include <cmath>

namespace vesicast::test {

Parameters one_voxel() {
  Parameters p = parameters_of({1, 1, 1}, 60.0, 0.7);
  p.domain.extracellular_fraction = 0.23;
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  return p;
}

double fold(double copies, const Response& r) {
  const double power = std::pow(copies / r.half, r.hill);
  return 1.0 + (r.fold - 1.0) * power / (1.0 + power);
}

Parameters responding(ResponseKind kind, double decay) {
  Parameters p = one_voxel();
  p.cargo = {{"miR", decay}};
  CellType a;
  a.name = "a";
  a.cargo["miR"] = {.copies = 500.0, .synthesis = 0.0};
  a.responses["PTEN"] = {.cargo = "miR", .kind = kind, .fold = 3.5, .half = 300.0, .hill = 1.7, .decay = 1.1e-3};
  p.cell_types = {a};
  return p;
}

Parameters switching(bool above, double first_receptors, double then_receptors) {
  Parameters p = responding(ResponseKind::repression, 0.0);
  CellType& a = p.cell_types[0];
  a.responses["PTEN"].decay = 0.0;
  a.receptors = first_receptors;
  a.donor["exosome"].rate = 0.0;
  p.vesicles[0].size = {1, 0.1, 0.0};
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  p.vesicles.push_back(micro);
  a.recipient["exosome"] = a.recipient["microvesicle"] = no_uptake();
  CellType b = a, c = a;
  b.name = std::string("b");
  c.name = std::string("c");
  b.receptors = c.receptors = then_receptors;
  b.cargo["miR"] = {.copies = 100.0, .synthesis = 0.0};
  b.responses["PTEN"].fold = 5.5;
  b.responses["PTEN"].half = 200.0;
  c.responses.clear();
  a.becomes = PhenotypeSwitch{"b", "PTEN", above, 0.95, 250.0};
  b.becomes = PhenotypeSwitch{"c", "PTEN", above, 0.95, 250.0};
  p.cell_types = {a, b, c};
  return p;
}

Parameters fusing() {
  Parameters p = one_voxel();
  CellType donor;
  donor.name = "donor";
  Biogenesis b;
  b.exosome = "exosome";
  for (double Biogenesis::*rate :
       {&Biogenesis::inflow, &Biogenesis::maturation, &Biogenesis::transport, &Biogenesis::lysosome,
        &Biogenesis::autophagy, &Biogenesis::amphisome, &Biogenesis::docking, &Biogenesis::comes_back,
        &Biogenesis::undocking, &Biogenesis::back_fusion, &Biogenesis::microvesicles, &Biogenesis::ectosomes})
    b.*rate = 0.0;
  b.formation = {};
  b.steady_start = false;
  b.fusion = 2e-3;
  b.calcium = 1.5;
  b.tethered = 0.4;
  b.detachment = 7e-4;
  b.reinternalisation = 2e-4;
  donor.biogenesis = b;
  donor.donor["exosome"] = {.rate = 1.0, .mode = ReleaseMode::pathway};
  p.cell_types = {donor};
  return p;
}

}  // namespace vesicast::test
