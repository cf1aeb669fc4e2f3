#include "decomposition/petsc.hpp"

#include <fmt/format.h>
#include <pmmintrin.h>
#include <xmmintrin.h>

#include <array>
#include <csignal>
#include <string_view>

#include "decomposition/base/error.hpp"
#include "decomposition/memory.hpp"

namespace vesicast::petsc {
namespace {

/// Prints nothing and hands the code back. PETSc 3.18 calls it with its arguments one place off where memory runs out:
/// the code is then the number of a line.
PetscErrorCode return_error(MPI_Comm /*comm*/, int /*line*/, const char* function, const char* /*file*/,
                            PetscErrorCode code, PetscErrorType type, const char* /*message*/, void* /*context*/) {
  const bool of_malloc = function != nullptr && std::string_view(function).starts_with("PetscMalloc");
  return of_malloc && type == PETSC_ERROR_INITIAL ? PETSC_ERR_MEM : code;
}

}  // namespace

void check(PetscErrorCode code, const std::source_location& where) {
  if (code == 0) return;
  if (code == PETSC_ERR_MEM) throw MemoryError(out_of_memory());
  const char* text = nullptr;
  char* detail = nullptr;
  static_cast<void>(PetscErrorMessage(code, &text, &detail));
  throw InternalError(fmt::format("PETSc error {} ({}{}{}) at {}:{}", static_cast<int>(code),
                                  text != nullptr ? text : "unknown", detail != nullptr ? ": " : "",
                                  detail != nullptr ? detail : "", where.file_name(), where.line()));
}

std::string version() {
  std::array<char, 256> text{};
  check(PetscGetVersion(text.data(), text.size()));
  return text.data();
}

std::string all_options() {
  char* text = nullptr;
  check(PetscOptionsGetAll(nullptr, &text));
  std::string options(text);
  check(PetscFree(text));
  while (!options.empty() && options.back() == ' ') options.pop_back();
  return options;
}

void insert_options(const std::string& options) {
  if (PetscOptionsInsertString(nullptr, options.c_str()) != 0)
    throw InputError(fmt::format("PETSc refuses the options \"{}\"", options));
}

std::vector<std::string> unused_options() {
  PetscInt n = 0;
  char **names = nullptr, **values = nullptr;
  check(PetscOptionsLeftGet(nullptr, &n, &names, &values));
  std::vector<std::string> left(names, names + n);
  check(PetscOptionsLeftRestore(nullptr, &n, &names, &values));
  return left;
}

Session::Session(int argc, char** argv) {
  // It shall not meddle with signals, not even while it starts.
  constexpr const char* no_handler = "-no_signal_handler";
  static_cast<void>(PetscOptionsSetValue(nullptr, no_handler, nullptr));
  if (PetscInitialize(&argc, &argv, nullptr, nullptr) != 0)
    throw InputError("PETSc does not start; are the options after `--`, in PETSC_OPTIONS and in .petscrc right?");
  // Errors come back as codes, which check() turns into exceptions; PETSc prints nothing by itself.
  check(PetscPushErrorHandler(return_error, nullptr));
  check(PetscOptionsClearValue(nullptr, no_handler));
  // A reader of the output that goes away ends no run.
  std::signal(SIGPIPE, SIG_IGN);
  _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
  _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
}

Session::~Session() {
  static_cast<void>(PetscFinalize());
}

bool integrates() {
  PetscBool given = PETSC_FALSE;
  check(PetscOptionsHasName(nullptr, nullptr, "-ts_type", &given));
  return given == PETSC_TRUE;
}

}  // namespace vesicast::petsc
