#!/usr/bin/env bash
# Both compilers build everything without a warning; and a planted conversion that loses bits is refused by each.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

for compiler in g++ clang++-16; do
  command -v "$compiler" >/dev/null || fail "there is no $compiler: scripts/install-packages --all"
done
"$SOURCE_DIR/scripts/compilers" --folder "$SCRATCH/build"

# The tree as it is, with one more line.
copy=$SCRATCH/tree
mkdir -p "$copy"
cp -r "$SOURCE_DIR"/{CMakeLists.txt,LICENSE,README.md,CHANGELOG.md,ARCHITECTURE.md,cmake,configs,decomposition,src,io,tests,benchmarks,docs,scripts} "$copy"
printf 'namespace vesicast {\nint whole(double value) { return value; }\n}  // namespace vesicast\n' >>"$copy/src/base/time_series.cpp"
for compiler in g++ clang++-16; do
  status=0
  out=$("$copy/scripts/compilers" --target vesicast_kernels "$compiler" 2>&1) || status=$?
  [ "$status" -ne 0 ] || fail "$compiler builds what turns a double into an int unsaid"
  grep -qE 'time_series\.cpp:[0-9]+.*conversion' <<<"$out" || fail "$compiler does not say what is wrong: $out"
  printf '%s refuses a conversion that loses bits\n' "$compiler"
done
