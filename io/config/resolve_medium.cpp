// Diffusivities that a configuration leaves to the size of the vesicles.
#include <fmt/format.h>

#include <array>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

constexpr double measured_diameter = 0.1;  // [um]

/// Effective diffusivity of 100 nm [um^2/s]; biology.md section 1, L; Pluen 2001: 5-10x between tumour sites.
struct MeasuredTissue {
  const char* name;
  double diffusivity;
};
constexpr std::array<MeasuredTissue, 3> tissues{{{"collagen gel", 2.0}, {"dense tumour", 0.5}, {"brain", 0.2}}};

}  // namespace

Diffusion::Diffusion(TableReader& top) {
  TableReader table = top.table("medium");
  if (!table.has("tissue")) {
    medium_ = {table.quantity("temperature"), table.quantity("viscosity"), table.number("tortuosity")};
    return;
  }
  for (const char* name : {"temperature", "viscosity", "tortuosity"})
    if (table.has(name))
      table.name_problem(name, "belongs to Stokes-Einstein; tissue gives the effective diffusivity as it is measured");
  const std::string name = table.text("tissue");
  for (const MeasuredTissue& tissue : tissues)
    if (name == tissue.name) measured_ = tissue.diffusivity;
  law_ = fmt::format("1/diameter from 100 nm in {}", name);
}

double Diffusion::operator()(const SizeDistribution& size) const {
  return measured_ > 0.0 ? scaled_diffusivity(measured_, measured_diameter, size)
                         : effective_diffusivity(medium_, size);
}

}  // namespace vesicast::io
