// One sweep of the stencil in stream passes: at every level of vector instructions, with constants and with maps, one
// sweep at a time and eight in cache-sized tiles, as a step sums its polynomial and as it ends.
#include <fmt/format.h>

#include "benchmarks/ev_problem.hpp"
#include "benchmarks/harness.hpp"
#include "decomposition/base/error.hpp"
#include "decomposition/base/exact_sum.hpp"
#include "src/extracellular/sweep/blocked.hpp"
#include "src/extracellular/sweep/work_array.hpp"

namespace vesicast::bench {
namespace {

enum class Kind { horner, clenshaw, finish, finish_without_decay };

struct Case {
  Kind kind = Kind::horner;
  int n = 100;
  bool mapped = false;
  SimdLevel level = SimdLevel::v2;
  int stages = 1;       ///< sweeps that a tile goes through before the next one
  int tile = 64;        ///< rows of a tile
  bool single = false;  ///< sums held in single precision
};

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::horner:
      return "horner";
    case Kind::clenshaw:
      return "clenshaw";
    case Kind::finish:
      return "finish";
    case Kind::finish_without_decay:
      break;
  }
  return "finish_without_decay";
}

/// Eight sweeps, u and out in turn; or eight ends of a step.
class Sweeps {
 public:
  explicit Sweeps(const Case& c) : case_(c), problem_(MPI_COMM_SELF, ev_case(c)), shape_(problem_.op().shape()) {
    const auto size = static_cast<std::size_t>(shape_.covered.volume());
    const auto fill = [size](auto& sums) {
      for (auto* a : {&sums.start, &sums.sum[0], &sums.sum[1]}) {
        a->resize(size);
        std::fill_n(a->data(), size, 1.0F);
      }
    };
    if (c.single) {
      problem_.keep_in_single();
      fill(in_single_);
    } else {
      fill(in_double_);
    }
    lost_.resize(static_cast<std::size_t>(shape_.covered.extent(0)));
    content_.assign(static_cast<std::size_t>(shape_.owned.volume()), 1.0);
  }
  void operator()() {
    std::visit(
        [&](const auto& stencil) {
          if (case_.single)
            sweep(stencil, in_single_);
          else
            sweep(stencil, in_double_);
        },
        problem_.op().stencil());
  }

 private:
  static EvCase ev_case(const Case& c) {
    EvCase e;
    e.n = c.n;
    e.mapped = c.mapped;
    e.decay = c.kind != Kind::finish_without_decay;
    return e;
  }

  template <class Real>
  struct Sums {
    WorkArrayOf<Real> start;
    std::array<WorkArrayOf<Real>, 2> sum;
  };

  template <class Stencil, class Real>
  void sweep(const Stencil& stencil, Sums<Real>& sums) {
    const RowKernels& kernels = row_kernels();
    const double tau = 1.0 / (6.0 * ev_diffusivity / (ev_spacing * ev_spacing));
    const auto visit_row = [&](std::size_t s, const Row& r, std::int64_t x0, std::int64_t j, std::int64_t k) {
      if (case_.kind == Kind::finish || case_.kind == Kind::finish_without_decay) {
        double* row = content_.data() + shape_.owned.offset({x0, j, k});
        stencil.finish(kernels, r, 1e-6, std::as_const(sums.sum[0]).data(), row, lost_.data());
        if (stencil.loss() > 0.0) decayed_.add({lost_.data(), r.n});
        return;
      }
      const Real* u = sums.sum[s % 2].data();
      Real* out = sums.sum[1 - s % 2].data();
      const bool again = case_.kind == Kind::clenshaw;
      stencil.sweep(kernels, r, tau, again ? 2.0 : 1.0, u, 1e-9, std::as_const(sums.start).data() + r.at, again, out);
      mirror_row_ends(r, out);
    };
    const auto visit = [&](std::size_t s, std::int64_t x0, std::int64_t x1, std::int64_t j0, std::int64_t j1,
                           std::int64_t k) {
      Row r = shape_.row(x0, x1, j0, k);
      for (std::int64_t j = j0; j < j1; ++j) {
        if (j > j0) shape_.to_next(r, j);
        visit_row(s, r, x0, j, k);
      }
    };
    if (case_.stages == 1) {
      for (std::size_t s = 0; s < 8; ++s)
        for_each_row(shape_.owned, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
          visit_row(s, shape_.row(x0, x1, j, k), x0, j, k);
        });
    } else {
      const std::vector<Box> regions(static_cast<std::size_t>(case_.stages), shape_.owned);
      for (int done = 0; done < 8; done += case_.stages) sweep_blocked(regions, case_.tile, visit);
    }
    if (case_.kind == Kind::finish) {
      ExactSum sum;
      decayed_.flush(sum);
    }
  }

  Case case_;
  EvProblem problem_;
  SweepShape shape_;
  Sums<double> in_double_;
  Sums<float> in_single_;
  std::vector<double> lost_, content_;
  BinnedSum decayed_;
};

/// Those that this processor has.
std::vector<SimdLevel> levels() {
  std::vector<SimdLevel> found;
  for (const SimdLevel level : {SimdLevel::v2, SimdLevel::v3, SimdLevel::v4}) {
    try {
      use_simd_level(level);
      found.push_back(level);
    } catch (const InputError&) {
      break;
    }
  }
  use_simd_level(best_simd_level());
  return found;
}

void measure(benchmark::State& state, const Case& c) {
  use_simd_level(c.level);
  Sweeps work(c);
  interleave(state, MPI_COMM_SELF, 8.0 * c.n * c.n * c.n, [&] { work(); });
  use_simd_level(best_simd_level());
}

void add_all(const Settings& settings) {
  const auto add = [&](const Case& c) {
    const std::string name =
        fmt::format("sweep/{}/n:{}/{}/{}/stages:{}/tile:{}/{}", name_of(c.kind), c.n, c.mapped ? "mapped" : "uniform",
                    vesicast::name_of(c.level), c.stages, c.stages == 1 ? 0 : c.tile, c.single ? "single" : "double");
    add_benchmark(name, settings, [=](benchmark::State& state) { measure(state, c); });
  };
  const SimdLevel best = best_simd_level();
  for (const int n : settings.edges)
    for (const bool mapped : {false, true}) {
      for (const SimdLevel level : levels()) {
        for (const Kind kind : {Kind::horner, Kind::clenshaw}) {
          add({kind, n, mapped, level, 1, 0});
          add({kind, n, mapped, level, 8, 16});
        }
        for (const Kind kind : {Kind::finish, Kind::finish_without_decay}) add({kind, n, mapped, level, 1, 0});
      }
      for (const int tile : {4, 8, 32, 64}) add({Kind::horner, n, mapped, best, 8, tile});
      for (const SimdLevel level : levels()) {
        add({Kind::horner, n, mapped, level, 1, 0, true});
        add({Kind::horner, n, mapped, level, 8, 32, true});
        for (const Kind kind : {Kind::finish, Kind::finish_without_decay}) add({kind, n, mapped, level, 1, 0, true});
      }
    }
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
