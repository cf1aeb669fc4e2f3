#include "src/extracellular/polynomial/booking.hpp"

#include <algorithm>
#include <array>

namespace vesicast {
namespace {

/// An order-free sum of terms that come one at a time: dense vessels have one per voxel and step.
class Gathered {
 public:
  void add(double x) {
    buffer_[count_++] = x;
    if (count_ == buffer_.size()) pass_on();
  }
  void flush(ExactSum& into) {
    pass_on();
    sum_.flush(into);
  }

 private:
  void pass_on() {
    sum_.add({buffer_.data(), count_});
    count_ = 0;
  }
  BinnedSum sum_;
  std::array<double, 512> buffer_{};
  std::size_t count_ = 0;
};

}  // namespace

void book_step(FieldStep& step, double dt, TransportFlows& flows) {
  step.decayed.flush(flows.decayed);
  const TermPlaces& places = *step.terms.places;
  const std::vector<LocalTerm>& terms = step.op->terms();
  Gathered entered, left, turned_over, from_blood, to_blood, from_lymph, to_lymph;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::size_t place = places.of_term[i];
    if (places.owned[place] < 0) continue;
    const double in = step.outside.inflow(terms[i]) * dt, out = terms[i].loss * step.terms.integral[place];
    switch (terms[i].channel) {
      case Channel::face:
        if (in > out)
          entered.add(in - out);
        else
          left.add(out - in);
        turned_over.add(std::min(in, out));
        break;
      case Channel::blood:
        from_blood.add(in);
        to_blood.add(out);
        break;
      case Channel::lymph:
        from_lymph.add(in);
        to_lymph.add(out);
        break;
    }
  }
  entered.flush(flows.entered);
  left.flush(flows.left);
  turned_over.flush(flows.turned_over);
  from_blood.flush(flows.from_blood);
  to_blood.flush(flows.to_blood);
  from_lymph.flush(flows.from_lymph);
  to_lymph.flush(flows.to_lymph);
}

}  // namespace vesicast
