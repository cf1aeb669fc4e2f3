#pragma once
/// \file
/// From the cells' surface into the interstitium, vesicles or the copies in them.
#include "src/base/random.hpp"
#include "src/exchange/donor_tables.hpp"

namespace vesicast {

/// `Process`: DonorMeans or DonorEvents.
template <class Process>
class Surface {
 public:
  using Real = typename Process::Real;

  explicit Surface(const DonorTables& tables) : tables_(tables), out_(tables.out) {}

  /// What buds at the surface leaves it.
  void release(const CellPack& pack, std::size_t f, const Real& amount) const {
    pack.add<Real>(tables_.array(CellArray::secreted, f), amount);
    pack.add<Real>(out_.secreted[f].data(), amount);
  }

  /// A burst from MVBs leaves the surface but for what tetherin holds; some of that goes back in. What is `expelled`
  /// with amphisomes leaves as it is.
  void release_from_mvbs(const CellPack& pack, const Process& process, const donor::TetherStep& step, std::size_t f,
                         const Real& burst, const Real& expelled) const {
    double* const held = tables_.array(CellArray::tethered, f);
    const auto t = process.tether(pack.get<Real>(held), burst, step, f);
    pack.put<Real>(held, t.stays);
    pack.add<Real>(tables_.array(CellArray::secreted, f), burst + expelled);
    pack.add<Real>(tables_.array(CellArray::detached, f), t.off);
    pack.add<Real>(tables_.array(CellArray::reinternalised, f), t.back_in);
    const bool takes_up = tables_.model.behaviour[pack.type][tables_.model.fields[f].vesicle].uptake.has_value();
    pack.add<Real>(takes_up ? out_.reinternalised[f].data() : tables_.array(CellArray::degraded, f), t.back_in);
    pack.add<Real>(out_.secreted[f].data(), t.free + expelled);
  }

 private:
  const DonorTables& tables_;
  Released& out_;
};

}  // namespace vesicast
