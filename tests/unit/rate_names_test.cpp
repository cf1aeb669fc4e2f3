// Keys of the configuration and the rates that multiply them.
#include "io/config/rate_names.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "io/config/registry.hpp"
#include "io/config/resolve.hpp"
#include "src/model/perturbed.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io::rate_names_test {
namespace {

/// The cell type T with `key` of it at `times` its default.
CellType with_key(const std::string& key, double times) {
  const std::string& text = find_key("cell_type.*." + key)->default_text;
  std::size_t end = 0;
  const double value = times * std::stod(text, &end);
  const bool plain = end == text.size();
  const std::string set = plain ? fmt::format("{}", value) : fmt::format("\"{}{}\"", value, text.substr(end));
  return resolve(run_and_domain + R"([vesicle.exosome]
[vesicle.micro]
preset = "microvesicle"
[vesicle.ecto]
preset = "ectosome"
[cell_type.T.donor.pathway]
microvesicle = "micro"
ectosome = "ecto"
[cell_type.T.recipient]
k_recycling = "1e-4 /s"
)",
                 "nodule.toml", {"cell_type.T." + key + "=" + set})
      .parameters.cell_types.at(0);
}

// A rate at factor 2 is its key doubled, where a key has one rate and a rate one key.
TEST(RateNames, ARateMultipliesItsKey) {
  int tried = 0;
  for (const RateKey& one : rate_keys()) {
    const auto same_rate = [&](const RateKey& other) { return other.rate == one.rate; };
    const std::string key(one.key);
    if (std::ranges::count_if(rate_keys(), same_rate) != 1 || key.starts_with("matrix.")) continue;
    if (key == "recipient.k_recycling") continue;  // no default of its own
    SCOPED_TRACE(key);
    RateFactors twice;
    twice[one.rate] = 2.0;
    const CellType once = with_key(key, 1.0), doubled = with_key(key, 2.0);
    Biogenesis pathway = perturbed(*once.biogenesis, twice);
    if (one.rate == Rate("k_endo")) pathway.inflow = once.biogenesis->inflow;  // goes with it
    EXPECT_EQ(pathway, *doubled.biogenesis);
    EXPECT_EQ(perturbed(once.recipient.at("exosome"), twice), doubled.recipient.at("exosome"));
    EXPECT_FALSE(once == doubled);
    ++tried;
  }
  EXPECT_GT(tried, 30);
}

TEST(RateNames, EveryKeyAndEveryRateIsThere) {
  const std::vector<std::string> own{"secretion", "sorting", "k_on", "k_off"};  // keys that are called as their rates
  for (const RateInfo& rate : named_rates()) {
    const auto of_rate = [&](const RateKey& one) { return info(one.rate).name == rate.name; };
    EXPECT_TRUE(std::ranges::any_of(rate_keys(), of_rate) || std::ranges::find(own, rate.name) != own.end())
        << rate.name;
  }
  for (const RateKey& one : rate_keys()) {
    std::string pattern = fmt::format("cell_type.*.{}", one.key);
    if (one.key.starts_with("cargo.")) pattern.insert(std::string("cell_type.*.cargo").size(), ".*");
    if (one.key.starts_with("matrix.")) pattern = fmt::format("vesicle.*.{}", one.key);
    EXPECT_NE(find_key(pattern), nullptr) << pattern;
  }
}

TEST(RateNames, WhatIsNoRateIsExplained) {
  EXPECT_EQ(rate_suggestion("lysosome"), "; the rate of the key donor.pathway.lysosome is \"k_lys\"");
  EXPECT_EQ(rate_suggestion("pathway.lysosome"), rate_suggestion("lysosome"));
  EXPECT_EQ(rate_suggestion("recipient.k_late"), "; the rate of the key recipient.k_late is \"k_EL\"");
  EXPECT_EQ(rate_suggestion("k_endocytosis"),
            "; the rate of the key recipient.k_endocytosis is \"k_int_clathrin\" or \"k_int_raft\" or "
            "\"k_int_independent\" or \"k_int_macropinocytosis\" or \"k_int_phagocytosis\"");
  EXPECT_EQ(rate_suggestion("capacity"),
            "; it is a key of the configuration that nothing multiplies; `vesicast describe rate` lists the rates");
  EXPECT_EQ(rate_suggestion("k_dokc"), "; did you mean \"k_dock\"?");
  EXPECT_EQ(rate_suggestion("receptor", {"receptors"}), "; did you mean \"receptors\"?");
  const std::string strange = rate_suggestion("phlogiston");
  EXPECT_EQ(std::ranges::count(strange, ','), 3) << strange;
  EXPECT_NE(strange.find("`vesicast describe rate` lists all"), std::string::npos) << strange;
}

}  // namespace
}  // namespace vesicast::io::rate_names_test
