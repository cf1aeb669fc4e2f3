#include "src/extracellular/polynomial/polynomial_stepper.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <type_traits>

#include "decomposition/petsc.hpp"
#include "src/extracellular/polynomial/polynomial_rows.hpp"
#include "src/extracellular/polynomial/sign_limiter.hpp"
#include "src/extracellular/sweep/blocked.hpp"

namespace vesicast {

/// One visit of all rows. The sweeps of a piece write two buffers in turn, so that only the last two are kept.
struct PolynomialStepper::Stage {
  enum class Kind { load, sweep, finish } kind = Kind::sweep;
  std::size_t weight = 0;  ///< index into the polynomial's weights
  std::size_t into = 0;    ///< buffer written; a finish reads this one
  Box region;              ///< rows to visit
  Box early;               ///< the part of it that needs nothing from the rim
};

/// What is done between two exchanges.
struct PolynomialStepper::Block {
  bool loads = false;      ///< the exchange before it brings contents and terms; otherwise the sweeps' buffers
  std::size_t newest = 0;  ///< the buffer the last sweep before it wrote
  std::vector<Stage> stages;
};

namespace {

/// The arrays of a piece, over the covered box.
template <class Real>
struct Sums {
  WorkArrayOf<Real> start;               ///< u at the start of the piece
  std::array<WorkArrayOf<Real>, 2> sum;  ///< the polynomial as it is summed up
  void resize(std::size_t size) {
    start.resize(size);
    for (auto& a : sum) a.resize(size);
  }
};

}  // namespace

/// The buffers of one field.
struct PolynomialStepper::Work {
  Sums<double> in_double;
  Sums<float> in_single;
  std::vector<double> release, clearance;  ///< of the rim
  std::vector<double> lost, kept;          ///< a row

  template <class Real>
  [[nodiscard]] Sums<Real>& sums() {
    if constexpr (std::is_same_v<Real, float>)
      return in_single;
    else
      return in_double;
  }
};

namespace {

/// Rows of a tile: what its stages keep in use should fit into a core's second-level cache.
std::int64_t tile_rows(const Box& covered, std::size_t stages, std::size_t bytes_each) {
  constexpr double bytes = 1.0e6;
  const double per_row =
      static_cast<double>(bytes_each) * static_cast<double>(covered.extent(0)) * 3.0 * static_cast<double>(stages + 3);
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(bytes / per_row), 4, 64);
}

}  // namespace

PolynomialStepper::PolynomialStepper(const Domain& domain)
    : halo_(domain, sweep_depth(domain), Rim::where_joined), message_(halo_) {
  shape_.owned = halo_.owned();
  shape_.covered = halo_.covered();
  shape_.depth = halo_.depth();
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) shape_.joined[a][side] = halo_.joined(a, side);
  PetscBool single = PETSC_TRUE;
  petsc::check(PetscOptionsGetBool(nullptr, nullptr, "-ts_vesicast_single", &single, nullptr));
  precision_ = single == PETSC_TRUE ? SumPrecision::single_where_safe : SumPrecision::always_double;
}

PolynomialStepper::~PolynomialStepper() = default;

const TimePlan& PolynomialStepper::plan_for(const FieldStep& field, const TimeScheme* scheme, double tolerance,
                                            double dt) {
  const double q = sweep_rate(field.hop_rate, field.bound, dt);
  for (const auto& known : plans_)
    if (known->scheme == scheme && known->q == q && known->dt == dt && known->tolerance == tolerance)
      return known->plan;
  constexpr std::size_t most = 64;
  if (plans_.size() == most) plans_.erase(plans_.begin());
  const TimePlan plan = scheme == nullptr ? plan_cheapest_step(q, dt, tolerance, precision_)
                                          : plan_step(*scheme, q, dt, tolerance, precision_);
  return plans_.emplace_back(std::make_unique<CachedPlan>(CachedPlan{scheme, q, dt, tolerance, plan}))->plan;
}

std::vector<PolynomialStepper::Block> PolynomialStepper::program(const TimePlan& plan) const {
  const std::size_t highest = plan.polynomial.field.size() - 1;
  const bool alone = halo_.links().empty();
  std::vector<Block> blocks;
  for (std::int64_t piece = 0; piece < plan.pieces; ++piece) {
    std::vector<Stage> stages{{Stage::Kind::load, highest, 0, {}, {}}};
    std::size_t into = 0;
    for (std::size_t w = highest; w-- > 0;) stages.push_back({Stage::Kind::sweep, w, into = 1 - into, {}, {}});
    stages.push_back({Stage::Kind::finish, 0, into, {}, {}});
    // A rim of depth d lasts for d stages that read neighbours; the load reads none.
    for (std::size_t begin = 0; begin < stages.size();) {
      Block block;
      block.loads = begin == 0;
      block.newest = begin == 0 ? 0 : stages[begin - 1].into;
      const std::size_t reach = static_cast<std::size_t>(shape_.depth) + (block.loads ? 1 : 0);
      const std::size_t end = alone ? stages.size() : std::min(stages.size(), begin + reach);
      for (std::size_t s = begin; s < end; ++s) {
        Stage stage = stages[s];
        const auto ahead = static_cast<std::int64_t>(end - 1 - s), done = static_cast<std::int64_t>(s - begin);
        stage.region = shape_.grown(stage.kind == Stage::Kind::load ? shape_.depth : ahead);
        stage.early = shape_.grown(-(block.loads ? done : done + 1));
        block.stages.push_back(stage);
      }
      // Where little or nothing is free of the rim there is nothing to overlap.
      if (alone || block.stages.back().early.volume() * 4 < shape_.owned.volume())
        for (Stage& s : block.stages) s.early = Box{};
      blocks.push_back(std::move(block));
      begin = end;
    }
  }
  return blocks;
}

void PolynomialStepper::run(const Block& block, FieldStep& field, Work& work, const TimePlan& plan, double dt,
                            bool before_arrival) {
  if (plan.single) {
    field.op->keep_in_single();
    run_in<float>(block, field, work, plan, dt, before_arrival);
  } else {
    run_in<double>(block, field, work, plan, dt, before_arrival);
  }
}

template <class Real>
void PolynomialStepper::run_in(const Block& block, FieldStep& field, Work& work, const TimePlan& plan, double dt,
                               bool before_arrival) {
  Sums<Real>& sums = work.sums<Real>();
  std::visit(
      [&](const auto& stencil) {
        PolynomialRows<std::decay_t<decltype(stencil)>, Real> rows{stencil,
                                                                   shape_,
                                                                   row_kernels(),
                                                                   plan.polynomial,
                                                                   field.terms,
                                                                   dt / static_cast<double>(plan.pieces),
                                                                   1.0 / plan.polynomial.q,
                                                                   field.content.data(),
                                                                   sums.start.data(),
                                                                   {sums.sum[0].data(), sums.sum[1].data()},
                                                                   work.lost.data(),
                                                                   work.kept.data(),
                                                                   field.decayed};
        const auto visit_row = [&](const Stage& stage, const Row& r, std::int64_t x0, std::int64_t x1, std::int64_t j,
                                   std::int64_t k) {
          switch (stage.kind) {
            case Stage::Kind::load:
              return rows.load(r, x0, x1, j, k, stage.weight);
            case Stage::Kind::sweep:
              return rows.sweep(r, x0, x1, j, k, stage.weight, stage.into);
            case Stage::Kind::finish:
              return rows.finish(r, x0, j, k, stage.into);
          }
        };
        const auto visit = [&](std::size_t s, std::int64_t x0, std::int64_t x1, std::int64_t j0, std::int64_t j1,
                               std::int64_t k) {
          Row r = shape_.row(x0, x1, j0, k);
          for (std::int64_t j = j0; j < j1; ++j) {
            if (j > j0) shape_.to_next(r, j);
            visit_row(block.stages[s], r, x0, x1, j, k);
          }
        };
        const bool split = !block.stages.back().early.empty();
        if (before_arrival || !split) {
          if (before_arrival && !split) return;
          std::vector<Box> regions;
          for (const Stage& s : block.stages) regions.push_back(split ? s.early : s.region);
          sweep_blocked(regions, tile_rows(shape_.covered, regions.size(), sizeof(Real)), visit);
          return;
        }
        for (std::size_t s = 0; s < block.stages.size(); ++s)
          for (const Box& part : frame(block.stages[s].region, block.stages[s].early))
            for_each_row(part, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
              visit(s, x0, x1, j, j + 1, k);
            });
      },
      field.op->stencil());
}

template <class Real>
void PolynomialStepper::mirror_rim(Real* u) const {
  if (!shape_.wall(0, 0) && !shape_.wall(0, 1)) return;
  for (const Box& part : frame(shape_.grown(shape_.depth), shape_.owned))
    for_each_row(part, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
      mirror_row_ends(shape_.row(x0, x1, j, k), u);
    });
}

void PolynomialStepper::step(std::span<FieldStep> fields, const ExchangeVoxels& voxels, const TimeScheme* scheme,
                             double tolerance, double dt) {
  const SparseRim& rim = voxels.rim();
  while (work_.size() < fields.size()) work_.push_back(std::make_unique<Work>());
  const auto size = static_cast<std::size_t>(shape_.covered.volume());
  std::vector<const TimePlan*> plans;
  std::vector<std::vector<Block>> programs;
  std::size_t most = 0;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    FieldStep& field = fields[f];
    Work& work = *work_[f];
    work.lost.resize(static_cast<std::size_t>(shape_.covered.extent(0)));
    work.kept.resize(work.lost.size());
    work.release.resize(rim.received().size());
    work.clearance.resize(rim.received().size());
    field.terms.places = &voxels.places(*field.op);
    fill_terms(field.terms, *field.op, field.release, field.clearance, field.outside);
    plans.push_back(&plan_for(field, scheme, tolerance, dt));
    if (plans.back()->single)
      work.in_single.resize(size);
    else
      work.in_double.resize(size);
    set_pace(field.terms, *field.op, plans.back()->polynomial.q);
    programs.push_back(program(*plans.back()));
    most = std::max(most, programs.back().size());
  }
  last_plan_ = fields.empty() ? TimePlan{} : *plans.front();

  for (std::size_t b = 0; b < most; ++b) {
    message_.clear();
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (b >= programs[f].size()) continue;
      Work& work = *work_[f];
      const Block& block = programs[f][b];
      const std::size_t newest = block.newest;
      if (block.loads) {
        if (plans[f]->single)
          message_.add(fields[f].content.data(), work.in_single.start.data());
        else
          message_.add(fields[f].content.data(), work.in_double.start.data());
        if (b == 0) {
          message_.add(rim, fields[f].release.data(), work.release.data());
          message_.add(rim, fields[f].clearance.data(), work.clearance.data());
        }
      } else if (plans[f]->single) {
        message_.add(work.in_single.sum[newest].data());
      } else {
        message_.add(work.in_double.sum[newest].data());
        if (plans[f]->polynomial.basis == Basis::chebyshev) message_.add(work.in_double.sum[1 - newest].data());
      }
    }
    if (!halo_.links().empty()) {
      message_.begin();
      ++exchanges_;
      for (std::size_t f = 0; f < fields.size(); ++f)
        if (b < programs[f].size()) run(programs[f][b], fields[f], *work_[f], *plans[f], dt, true);
      message_.end();
      for (std::size_t f = 0; f < fields.size(); ++f)
        if (b < programs[f].size() && !programs[f][b].loads) {
          const std::size_t newest = programs[f][b].newest;
          if (plans[f]->single)
            mirror_rim(work_[f]->in_single.sum[newest].data());
          else
            mirror_rim(work_[f]->in_double.sum[newest].data());
        }
      if (b == 0)
        for (std::size_t f = 0; f < fields.size(); ++f) {
          fill_rim_terms(fields[f].terms, *fields[f].op, work_[f]->release, work_[f]->clearance);
          set_pace(fields[f].terms, *fields[f].op, plans[f]->polynomial.q);
        }
    }
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (b >= programs[f].size()) continue;
      const Block& block = programs[f][b];
      run(block, fields[f], *work_[f], *plans[f], dt, false);
      if (block.stages.back().kind == Stage::Kind::finish && plans[f]->polynomial.basis == Basis::chebyshev)
        limited_ += limit_outflow({fields[f].op, fields[f].content, work_[f]->in_double.start.data(),
                                   work_[f]->in_double.sum[block.stages.back().into].data(),
                                   dt / static_cast<double>(plans[f]->pieces), &fields[f].terms, &fields[f].decayed},
                                  halo_, limit_);
      for (const Stage& s : programs[f][b].stages) sweeps_ += s.kind == Stage::Kind::load ? 0 : 1;
    }
  }
}

}  // namespace vesicast
