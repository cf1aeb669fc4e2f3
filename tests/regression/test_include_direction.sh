#!/usr/bin/env bash
# The tree keeps the include direction, and scripts/check-includes finds every kind of breach when it is planted.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

[ -x /usr/bin/python3 ] || skip "scripts/check-includes needs /usr/bin/python3"
"$SOURCE_DIR/scripts/check-includes" || fail "the tree itself breaks the include direction"

copy=$SCRATCH/tree
# plant FILE INCLUDE MESSAGE [PLACE]: puts the line into a fresh copy of the tree; the checker must name file, line (or PLACE) and rule.
plant() {
  local file=$1 line=$2 message=$3 place=${4:-"$1:1: includes"} out
  rm -rf "$copy"
  mkdir -p "$copy"
  cp -r "$SOURCE_DIR"/{decomposition,src,io,CMakeLists.txt} "$copy"
  mkdir -p "$(dirname "$copy/$file")"
  [ -f "$copy/$file" ] || : >"$copy/$file"
  sed -i "1i #include $line" "$copy/$file" 2>/dev/null
  # sed leaves an empty file as it is.
  [ -s "$copy/$file" ] || printf '#include %s\n' "$line" >"$copy/$file"
  if out=$("$SOURCE_DIR/scripts/check-includes" "$copy"); then fail "$line planted in $file was not found"; fi
  grep -qF "$place" <<<"$out" || fail "$line in $file: the breach is not located: $out"
  grep -qF "$message" <<<"$out" || fail "$line in $file: \"$message\" is not said: $out"
  printf 'found: %s in %s\n' "$line" "$file"
}

# a layer that looks up
plant decomposition/base/box.hpp '"src/base/random.hpp"' 'decomposition/ never includes src/'
plant decomposition/halo.cpp '"io/text/units.hpp"' 'decomposition/ never includes io/'
plant src/model/model.cpp '"io/text/units.hpp"' 'only src/main.cpp includes io/'
plant src/recipient/pools.hpp '<io/text/units.hpp>' 'only src/main.cpp includes io/'
# a folder that looks up, or at its neighbour
plant src/recipient/pools.hpp '"src/model/model.hpp"' 'src/model is not on a floor below src/recipient'
plant src/model/model.cpp '"src/step/advance.hpp"' 'src/step is not on a floor below src/model'
plant src/tissue/shapes.hpp '"src/recipient/binding.hpp"' 'src/recipient is not on a floor below src/tissue'
plant io/text/units.cpp '"io/config/registry.hpp"' 'io/config is not on a floor below io/text'
plant decomposition/base/box.hpp '"decomposition/halo.hpp"' 'decomposition is not on a floor below decomposition/base'
plant src/newcomer/thing.cpp '<vector>' 'src/newcomer has no floor'
plant src/loose.cpp '<vector>' 'src has no floor'
# ways around it
plant src/model/model.cpp '"../io/config/units.hpp"' "written from the repository's root"
plant src/model/model.cpp '"model.hpp"' "written from the repository's root"
plant src/model/model.cpp '"src/no_such_file.hpp"' 'there is no such file'
plant src/model/model.cpp '"src/state/state.cpp"' 'only headers are included'
# what many read
plant src/model/model.hpp '"src/parameters/parameters.hpp"' 'files again, more than ' \
  src/parameters/parameters.hpp:1
# libraries outside their folders
plant src/recipient/pathway.cpp '<petscvec.h>' 'PETSc headers belong to decomposition/ and src/extracellular/'
plant io/vtk/fields.cpp '<petsc/private/tsimpl.h>' 'PETSc headers belong to decomposition/ and src/extracellular/'
plant src/main.cpp '<petscsys.h>' 'PETSc headers belong to decomposition/ and src/extracellular/'
plant src/model/model.hpp '<vtkImageData.h>' 'VTK headers belong to io/**/*.cpp'
plant io/vtk/fields.hpp '<vtkImageData.h>' 'VTK headers belong to io/**/*.cpp'
plant src/state/state.cpp '<boost/archive/binary_oarchive.hpp>' 'Boost archives belong to'
plant io/vtk/fields.hpp '<boost/serialization/vector.hpp>' 'Boost archives belong to'
plant io/vtk/fields.cpp '<toml++/toml.h>' 'toml++ belongs to one .cpp'
plant src/model/model.cpp '<toml++/toml.h>' 'toml++ belongs to one .cpp'
# kernels, in the file itself and through a header
plant src/tissue/placement.cpp '<mpi.h>' 'the kernel target knows neither MPI nor PETSc'
plant src/extracellular/weights/polynomial.cpp '<petscvec.h>' 'the kernel target knows neither MPI nor PETSc'
plant src/base/random.hpp '<mpi.h>' 'the kernel target knows neither MPI nor PETSc (reached from src/'
plant decomposition/base/grid.hpp '<petscdmda.h>' 'the kernel target knows neither MPI nor PETSc (reached from'

# what is allowed stays allowed
mkdir -p "$SCRATCH/allowed"
cp -r "$SOURCE_DIR"/{decomposition,src,io,CMakeLists.txt} "$SCRATCH/allowed"
printf '#include <boost/archive/binary_iarchive.hpp>\n#include <mpi.h>\n#include <petscvec.h>\n' >"$SCRATCH/allowed/decomposition/migration.cpp"
"$SOURCE_DIR/scripts/check-includes" "$SCRATCH/allowed" >/dev/null || fail "an allowed include was refused"

if "$SOURCE_DIR/scripts/check-includes" "$SCRATCH" >/dev/null 2>&1; then fail "a folder that is no tree passes"; fi
printf 'every planted breach was found\n'
