#pragma once
/// \file
/// The cargo of one cell in a step of its donor side: loaded, moved and released with vesicles.
#include <span>
#include <vector>

#include "src/donor/pathway.hpp"
#include "src/exchange/secrete.hpp"

namespace vesicast {

class CargoStep {
 public:
  /// Takes the own cargo of cell `c` out of the state. `surface`: the vesicles that it releases in the step without
  /// MVBs, [field][cell].
  CargoStep(const State& u, const Model& model, std::size_t c, const std::vector<std::vector<double>>& surface);

  [[nodiscard]] std::span<donor::DonorCargo> cargo() { return in_; }
  /// [cargo][population of MVBs], in a row.
  [[nodiscard]] std::span<const donor::CargoLoading> loading() const { return loading_; }

  /// Puts it back into the state, and releases what vesicles took along; of cargo that the cell does not have, what
  /// their class is given. `rates`: of the cell's pathway, or null; `made`: what its populations made in the
  /// step of `dt` [s].
  void finish(State& u, const Biogenesis* rates, std::span<const donor::Made> made, double dt, Released& out);

 private:
  void divide_endosomes(const State& u, std::size_t q, donor::DonorCargo& in) const;
  void release_own(State& u, std::size_t i, const Biogenesis* rates, double dt, Released& out) const;
  void release_given(State& u, std::size_t q, const Biogenesis* rates, std::span<const donor::Made> made, double dt,
                     Released& out) const;
  /// Releases copies of the cargo `q` with what the MVBs released: [DonorPathway::fields], as far as there are fields
  /// of copies.
  void release_with_mvbs(State& u, std::size_t q, const Biogenesis& rates, std::span<const double> burst,
                         std::span<const double> expelled, double dt, Released& out) const;

  const Model& model_;
  const std::vector<std::vector<double>>& surface_;
  std::size_t cell_, type_;
  const std::vector<std::optional<CargoRates>>& rates_;  ///< [cargo]
  std::vector<std::size_t> own_;                         ///< cargoes of the cell; the lists below go with it
  std::vector<donor::CargoLoading> loading_;
  std::vector<donor::CargoContent> content_;
  std::vector<donor::DonorCargo> in_;
};

}  // namespace vesicast
