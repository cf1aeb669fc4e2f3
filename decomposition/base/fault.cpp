#include "decomposition/base/fault.hpp"

#include <utility>

namespace vesicast {
namespace {

std::string& noted() {
  static std::string text;
  return text;
}

}  // namespace

void note_fault(const std::string& what) {
  if (noted().empty()) noted() = what;
}

std::string take_fault() {
  return std::exchange(noted(), {});
}

}  // namespace vesicast
