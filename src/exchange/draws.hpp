#pragma once
/// \file
/// The draws of the donors' processes in a step.
#include <optional>

#include "src/base/random.hpp"
#include "src/model/model.hpp"
#include "src/parameters/parameters.hpp"
#include "src/state/state.hpp"

namespace vesicast {

/// What a cell's draws in this step have in common.
[[nodiscard]] inline DrawKey key_of(const State& u, const Model& model, std::size_t cell) {
  return {.seed = model.parameters().run.seed,
          .id = static_cast<std::uint64_t>(u.cells.id[cell]),
          .step = static_cast<std::uint64_t>(u.time)};
}

/// The draws of one process of a cell, the `stream`th of its kind, in a part of the step; none in a deterministic run.
[[nodiscard]] inline std::optional<Draws> draws_of(const State& u, const Model& model, std::size_t cell,
                                                   Purpose purpose, std::size_t stream, std::uint32_t substep = 0) {
  if (model.parameters().run.mode == RunMode::deterministic) return std::nullopt;
  DrawKey key = key_of(u, model, cell);
  key.purpose = purpose;
  key.substep = substep;
  key.stream = static_cast<std::uint32_t>(stream);
  return Draws(key);
}

}  // namespace vesicast
