#pragma once
/// \file
/// PETSc, made to fit C++: error codes become exceptions, objects are owned.
#include <petscsys.h>

#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace vesicast::petsc {

/// Throws InternalError with PETSc's text and the place of the call if `code` is not 0; MemoryError where memory ran
/// out.
void check(PetscErrorCode code, const std::source_location& where = std::source_location::current());

/// Owns one reference to a PETSc object. `Destroy` is the matching XxxDestroy(Xxx*).
template <class T, PetscErrorCode (*Destroy)(T*)>
class Handle {
 public:
  Handle() = default;
  explicit Handle(T object) : object_(object) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  Handle(Handle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      object_ = std::exchange(other.object_, nullptr);
    }
    return *this;
  }
  ~Handle() { reset(); }
  [[nodiscard]] T get() const { return object_; }
  /// For the PETSc calls that create an object. Destroys what was held.
  [[nodiscard]] T* out() {
    reset();
    return &object_;
  }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  void reset() {
    if (object_ != nullptr) static_cast<void>(Destroy(&object_));
    object_ = nullptr;
  }
  T object_ = nullptr;
};

/// PETSc's version, in its own words.
[[nodiscard]] std::string version();

/// All options in PETSc's database, as one line; from the command line, PETSC_OPTIONS and .petscrc.
[[nodiscard]] std::string all_options();
/// Does an option choose one of PETSc's own time integrators (-ts_type)?
[[nodiscard]] bool integrates();

/// Adds options, as all_options() gives them, to PETSc's database. Throws InputError if it refuses them.
void insert_options(const std::string& options);

/// Names of the options the user gave that nothing has asked for: most likely misspelt.
[[nodiscard]] std::vector<std::string> unused_options();

/// Starts MPI and PETSc and ends them. One per process, in main. Also sets flush-to-zero on this rank: denormals cost
/// time and carry nothing.
class Session {
 public:
  /// `argv`: the program's name, the options meant for PETSc (those after `--`), and a null pointer; `argc` does not
  /// count the null pointer. Throws InputError if PETSc refuses its options.
  Session(int argc, char** argv);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();
};

}  // namespace vesicast::petsc
