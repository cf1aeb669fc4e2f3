#pragma once
/// \file
/// PETSc options for the length of a scope.
#include <petscsys.h>

#include <string>

#include "decomposition/petsc.hpp"

namespace vesicast::test {

class Options {
 public:
  explicit Options(const std::string& text) {
    petsc::check(PetscOptionsCreate(&ours_));
    petsc::check(PetscOptionsInsertString(ours_, text.c_str()));
    petsc::check(PetscOptionsPush(ours_));
  }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options() {
    static_cast<void>(PetscOptionsPop());
    static_cast<void>(PetscOptionsDestroy(&ours_));
  }

 private:
  PetscOptions ours_ = nullptr;
};

}  // namespace vesicast::test
