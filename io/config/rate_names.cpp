#include "io/config/rate_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/config/registry.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// Is `tail` the same as `path`, or its last names?
bool ends_in(std::string_view path, std::string_view tail) {
  if (!path.ends_with(tail)) return false;
  return path.size() == tail.size() || path[path.size() - tail.size() - 1] == '.';
}

/// `the key recipient.k_lysosome is the rate "k_LL"`, for all keys that `name` may mean; empty where it is none.
std::string as_key(std::string_view name) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < rate_keys().size(); ++i) {
    const std::string_view key = rate_keys()[i].key;
    if (!ends_in(key, name) && !ends_in(name, key)) continue;
    const bool again = i > 0 && rate_keys()[i - 1].key == key;
    const std::string rate = fmt::format("\"{}\"", info(rate_keys()[i].rate).name);
    if (again)
      found.back() += " or " + rate;
    else
      found.push_back(fmt::format("the rate of the key {} is {}", key, rate));
  }
  return fmt::format("{}", fmt::join(found, ", "));
}

}  // namespace

const std::vector<RateKey>& rate_keys() {
  static const std::vector<RateKey> all = {
      {"donor.pathway.inflow", Rate::k_in},
      {"donor.pathway.maturation", Rate::k_mat},
      {"donor.pathway.endocytosis", Rate::k_endo},
      {"donor.pathway.recycling", Rate::k_rec},
      {"donor.pathway.retrograde", Rate::k_retro},
      {"donor.pathway.transport", Rate::k_tr},
      {"donor.pathway.lysosome", Rate::k_lys},
      {"donor.pathway.autophagy", Rate::k_auto},
      {"donor.pathway.amphisome", Rate::k_al},
      {"donor.pathway.docking", Rate::k_dock},
      {"donor.pathway.return", Rate::k_ret},
      {"donor.pathway.undocking", Rate::k_und},
      {"donor.pathway.fusion", Rate::k_fus},
      {"donor.pathway.escrt", Rate::v_ESCRT},
      {"donor.pathway.syntenin", Rate::v_SYN},
      {"donor.pathway.ceramide", Rate::v_CER},
      {"donor.pathway.tetraspanin", Rate::v_TET},
      {"donor.pathway.scission", Rate::VPS4},
      {"donor.pathway.back_fusion", Rate::k_bfD},
      {"donor.pathway.tethered", Rate::f_t},
      {"donor.pathway.detachment", Rate::k_det},
      {"donor.pathway.reinternalisation", Rate::k_reint},
      {"donor.pathway.amphisome_secreted", Rate::f_sa},
      {"donor.pathway.microvesicles", Rate::q_MV},
      {"donor.pathway.ectosomes", Rate::q_sPM},
      {"donor.pathway.calcium", Rate::Ca},
      {"cargo.sorting_escrt", Rate::sorting},
      {"cargo.sorting_syntenin", Rate::sorting},
      {"cargo.sorting_ceramide", Rate::sorting},
      {"cargo.sorting_tetraspanin", Rate::sorting},
      {"cargo.sorting_surface", Rate::sorting},
      {"recipient.k_endocytosis", Rate::k_int_clathrin},
      {"recipient.k_endocytosis", Rate::k_int_raft},
      {"recipient.k_endocytosis", Rate::k_int_independent},
      {"recipient.k_endocytosis", Rate::k_int_macropinocytosis},
      {"recipient.k_endocytosis", Rate::k_int_phagocytosis},
      {"recipient.weight_clathrin", Rate::k_int_clathrin},
      {"recipient.weight_raft", Rate::k_int_raft},
      {"recipient.weight_independent", Rate::k_int_independent},
      {"recipient.weight_macropinocytosis", Rate::k_int_macropinocytosis},
      {"recipient.weight_phagocytosis", Rate::k_int_phagocytosis},
      {"recipient.fluid_phase", Rate::CL_fluid},
      {"recipient.k_fusion", Rate::k_pmf},
      {"recipient.k_late", Rate::k_EL},
      {"recipient.k_lysosome", Rate::k_LL},
      {"recipient.k_degradation", Rate::k_deg},
      {"recipient.k_recycling", Rate::k_rec1},
      {"recipient.k_resecretion", Rate::k_rs},
      {"recipient.k_back_fusion", Rate::k_bf},
      {"recipient.pH_early", Rate::acidity},
      {"recipient.pH_late", Rate::acidity},
      {"recipient.pH_lysosome", Rate::acidity},
      {"matrix.k_on", Rate::kon_e},
      {"matrix.k_off", Rate::koff_e},
  };
  return all;
}

std::string rate_suggestion(std::string_view name, const std::vector<std::string>& more) {
  if (const std::string key = as_key(name); !key.empty()) return "; " + key;
  const auto is_it = [&](const Key& key) { return ends_in(key.path, name); };
  if (std::ranges::any_of(keys(), is_it))
    return "; it is a key of the configuration that nothing multiplies; `vesicast describe rate` lists the rates";
  std::vector<std::string> names = more;
  for (const RateInfo& rate : named_rates) names.emplace_back(rate.name);
  if (const auto near = nearest(name, names)) return fmt::format("; did you mean \"{}\"?", *near);
  std::ranges::stable_sort(names, {}, [&](const std::string& one) { return edit_distance(one, name); });
  names.resize(4);
  return fmt::format("; near it: {}; `vesicast describe rate` lists all", fmt::join(names, ", "));
}

}  // namespace vesicast::io
