#include "tests/campaign/random_config.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <random>

#include "decomposition/base/error.hpp"
#include "io/config/registry.hpp"
#include "io/config/resolve.hpp"
#include "io/text/dimension.hpp"

namespace vesicast::campaign {
namespace {

using io::Key;

class Drawing {
 public:
  explicit Drawing(std::uint64_t seed) : engine_(seed * 0x9e3779b97f4a7c15ULL + 1) {}

  RandomConfig config() {
    RandomConfig c;
    c.frame = frame();
    const int keys = static_cast<int>(uniform(0, 25));
    for (int i = 0; i < keys; ++i) {
      const std::string one = assignment();
      if (one.empty()) continue;
      c.overrides.push_back(one);
      try {
        static_cast<void>(io::resolve(c.frame, "member.toml", c.overrides));
      } catch (const InputError&) {
        c.overrides.pop_back();
        ++c.redrawn;
      }
    }
    return c;
  }

 private:
  std::int64_t uniform(std::int64_t low, std::int64_t high) {  // inclusive
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  double real() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }
  bool chance(double p) { return real() < p; }
  template <class T>
  const T& any(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(uniform(0, static_cast<std::int64_t>(all.size()) - 1))];
  }
  double log_uniform(double low, double high) { return low * std::pow(high / low, real()); }

  std::string frame() {
    flat_ = chance(0.35);
    const double h = std::round(10.0 * log_uniform(3.0, 30.0)) / 10.0;
    std::string t = "[run]\n";
    const double step = std::round(log_uniform(1.0, 120.0) * 1000.0) / 1000.0;
    const auto steps = uniform(1, 6);
    const bool automatic = chance(0.3);
    t += fmt::format("end = \"{:.3f} s\"\nstep = \"{}\"\nseed = {}\n", step * static_cast<double>(steps),
                     automatic ? std::string("auto") : fmt::format("{:.3f} s", step), uniform(1, 1000000));
    if (automatic) t += fmt::format("smallest_step = \"{:.3f} s\"\n", step / 8.0 < 0.5 ? 0.5 : std::round(step / 8.0));
    if (chance(0.3)) t += "mode = \"stochastic-release\"\n";
    if (chance(0.2)) t += "track_sources = false\n";
    t += "[domain]\nsize = [";
    for (int a = 0; a < (flat_ ? 2 : 3); ++a)
      t += fmt::format("{}\"{:.6g} um\"", a > 0 ? ", " : "", h * static_cast<double>(uniform(3, 9)));
    t += fmt::format("]\nvoxel = \"{:.6g} um\"\n", h);
    if (flat_) t += fmt::format("thickness = \"{:.4g} um\"\n", log_uniform(5.0, 40.0));
    const std::vector<std::string> kinds{"no-flux", "open", "periodic"};
    const std::string along_x = any(kinds);
    t += fmt::format("boundary = {{ x = \"{}\", y = \"{}\"{} }}\n", along_x, any(kinds),
                     flat_ ? "" : fmt::format(", z = \"{}\"", any(kinds)));
    if (chance(0.3)) t += fmt::format("extracellular_fraction = {:.4g}\n", 0.05 + 0.95 * real());

    classes_ = {"exosome"};
    if (chance(0.35)) classes_.push_back("microvesicle");
    if (chance(0.2)) classes_.push_back("CD63+ EV");
    cargoes_.clear();
    if (chance(0.4)) cargoes_.push_back("miR-21");
    if (chance(0.2)) cargoes_.push_back("EGFR");
    for (const std::string& name : classes_) {
      t += fmt::format("[vesicle.\"{}\"]\ndiffusivity = \"{:.4g} um^2/s\"\n", name,
                       chance(0.1) ? 0.0 : log_uniform(1e-3, 10.0));
      t += fmt::format("diameter = \"{:.4g} nm\"\n", log_uniform(40.0, 400.0));
      if (chance(0.4)) t += fmt::format("decay = \"{:.4g} /h\"\n", log_uniform(1e-3, 1.0));
      if (chance(0.5)) t += fmt::format("initial_concentration = \"{:.4g} /ml\"\n", log_uniform(1e6, 1e11));
      for (const std::string& cargo : cargoes_)
        if (chance(0.4)) t += fmt::format("cargo.\"{}\" = {:.4g}\n", cargo, log_uniform(1e-3, 10.0));
      if (chance(0.25)) t += "matrix = {}\n";
    }
    for (const std::string& cargo : cargoes_) {
      t += fmt::format("[cargo.\"{}\"]\n", cargo);
      if (cargo == "EGFR") t += "kind = \"membrane\"\n";
      if (chance(0.6)) t += fmt::format("decay = \"{:.4g} /h\"\n", log_uniform(1e-3, 1.0));
    }
    factor_ = chance(0.2);
    if (factor_) t += "[factor.TGFB1]\ndiffusivity = \"20 um^2/s\"\n";
    types_ = {"tumour"};
    if (chance(0.6)) types_.push_back("stroma");
    if (chance(0.3)) types_.push_back("it's a T cell");
    for (const std::string& type : types_) t += cell_type(type);
    if (chance(0.25)) {
      t += fmt::format("[[region]]\nshape = \"box\"\nlower = [{}]\nupper = [{}]\n", corner(0.0, h), corner(0.5, h));
      const bool fraction = chance(0.5);
      if (fraction) t += fmt::format("extracellular_fraction = {:.4g}\n", 0.05 + 0.95 * real());
      if (!fraction || chance(0.5))
        t += fmt::format("diffusivity = {{ exosome = \"{:.4g} um^2/s\" }}\n",
                         chance(0.2) ? 0.0 : log_uniform(1e-3, 10.0));
    }
    if (along_x != "no-flux" && chance(0.3))
      t += fmt::format("[flow]\nkind = \"uniform\"\nvelocity = [{}]\n",
                       flat_ ? "\"0.3 um/s\", \"0 um/s\"" : "\"0.1 um/s\", \"0 um/s\", \"0 um/s\"");
    for (const std::string& type : types_)
      if (chance(0.9))
        t += fmt::format("[[tissue.cells]]\nshape = \"domain\"\ntype = \"{}\"\ncount = {}\n", type, uniform(1, 12));
    if (chance(0.25))
      t += fmt::format("[[perturbation]]\ngene = \"{}\"\nactivity = {:.4g}\n",
                       any(std::vector<std::string>{"RAB27A", "TSG101", "BST2", "CLTA"}),
                       chance(0.3) ? 0.0 : log_uniform(0.05, 4.0));
    if (chance(0.15))
      t += fmt::format("[[perturbation]]\ndrug = \"{}\"\ndose = {:.4g}\n",
                       any(std::vector<std::string>{"ionomycin", "ATP", "PMA"}), log_uniform(0.1, 10.0));
    return t;
  }

  std::string corner(double share, double h) {
    std::string s;
    for (int a = 0; a < (flat_ ? 2 : 3); ++a)
      s += fmt::format("{}\"{:.6g} um\"", a > 0 ? ", " : "", share == 0.0 ? 0.0 : h * 2.0);
    return s;
  }

  std::string cell_type(const std::string& name) {
    const std::string at = fmt::format("cell_type.\"{}\"", name);
    std::string t = fmt::format("[{}]\n", at);
    if (chance(0.4)) t += fmt::format("radius = \"{:.4g} um\"\n", log_uniform(2.0, 15.0));
    const bool pathway = chance(0.45);
    if (pathway) {
      t += fmt::format("[{}.donor.pathway]\n", at);
      if (classes_.size() > 1) t += "exosome = \"exosome\"\n";
    } else if (chance(0.6)) {
      t += classes_.size() > 1 ? fmt::format("[{}.donor.vesicle.exosome]\n", at) : fmt::format("[{}.donor]\n", at);
      t += fmt::format("secretion = \"{:.4g} vesicle/h\"\n", log_uniform(0.1, 1e4));
      if (chance(0.3)) t += "release = \"poisson\"\n";
    }
    if (chance(0.7)) t += fmt::format("[{}.recipient]\n", at);
    for (const std::string& cargo : cargoes_)
      if (chance(0.5))
        t += fmt::format("[{}.cargo.\"{}\"]\ncopies = {:.4g}\n", at, cargo, chance(0.2) ? 0.0 : log_uniform(1.0, 1e5));
    return t;
  }

  /// A path of the registry with names of this configuration in the places of its `*`; empty where it has none.
  std::string path_of(const Key& key) {
    std::string path;
    std::string_view left = key.path;
    std::string before;
    while (!left.empty()) {
      const std::size_t dot = std::min(left.find('.'), left.size());
      std::string part(left.substr(0, dot));
      left.remove_prefix(std::min(left.size(), dot + 1));
      if (part.find("[]") != std::string::npos || part.find('<') != std::string::npos) return "";
      if (part == "*") {
        if (before == "vesicle")
          part = any(classes_);
        else if (before == "cell_type")
          part = any(types_);
        else if (before == "cargo" && !cargoes_.empty())
          part = any(cargoes_);
        else if (before == "factor" && factor_)
          part = "TGFB1";
        else
          return "";
        part = fmt::format("\"{}\"", part);
      } else {
        before = part;
      }
      path += path.empty() ? part : "." + part;
    }
    return path;
  }

  double value_in(const Key& key) {
    const Range& r = key.range;
    const double least = std::max(r.lower, 1e-6), most = std::min(r.upper, 1e9);
    if (chance(0.1) && r.contains(0.0)) return 0.0;
    if (key.more.usual.known() && chance(0.5)) {
      const Range usual = range_of(key.more.usual);
      return std::clamp(log_uniform(usual.lower, usual.upper), r.lower, r.upper);
    }
    double standard = 0.0;
    if (!key.default_text.empty() && key.kind != Kind::choice) try {
        standard = internal_value(key.default_text);
      } catch (const std::exception&) {
        standard = 0.0;
      }
    if (standard > 0.0 && chance(0.7)) return std::clamp(standard * log_uniform(0.1, 10.0), r.lower, r.upper);
    return most > least ? log_uniform(least, most) : least;
  }

  std::string assignment() {
    const Key& key = any(io::keys());
    if (key.path.starts_with("output") || key.path.starts_with("checkpoint") || key.path == "run.end" ||
        key.path.starts_with("tissue") || key.path.starts_with("domain.size") || key.path.starts_with("domain.voxel") ||
        key.path == "run.step" || key.path == "run.cut")
      return "";
    const std::string path = path_of(key);
    if (path.empty()) return "";
    const auto quantity = [&] { return fmt::format("\"{:.17g} {}\"", value_in(key), io::unit(key.dimension)); };
    switch (key.kind) {
      case Kind::quantity:
      case Kind::quantity_or_choice:
      case Kind::quantity_or_vector:
      case Kind::quantity_or_number:
        return fmt::format("{}={}", path,
                           key.dimension == Dimension::none ? fmt::format("{:.17g}", value_in(key)) : quantity());
      case Kind::number:
      case Kind::number_or_choice:
        return fmt::format("{}={:.17g}", path, value_in(key));
      case Kind::integer: {
        const double low = std::max(key.range.lower, 0.0), high = std::min(key.range.upper, 12.0);
        return fmt::format("{}={}", path,
                           uniform(static_cast<std::int64_t>(low),
                                   std::max(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high))));
      }
      case Kind::boolean:
        return fmt::format("{}={}", path, chance(0.5));
      case Kind::choice:
        return key.choices.empty() ? "" : fmt::format("{}=\"{}\"", path, any(key.choices));
      default:
        return "";
    }
  }

  std::mt19937_64 engine_;
  bool flat_ = false, factor_ = false;
  std::vector<std::string> classes_, cargoes_, types_;
};

}  // namespace

std::string RandomConfig::text() const {
  std::string t = frame;
  for (const std::string& one : overrides) t += fmt::format("# --set '{}'\n", one);
  return t;
}

RandomConfig random_config(std::uint64_t seed) {
  return Drawing(seed).config();
}

}  // namespace vesicast::campaign
