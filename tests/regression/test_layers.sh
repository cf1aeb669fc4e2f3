#!/usr/bin/env bash
# A kernel that includes an MPI or PETSc header does not compile: with the kernel target's own compile flags, every
# kernel file passes as it is and fails with the header planted in it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

database=$(dirname "$VESICAST")/compile_commands.json
[ -f "$database" ] || skip "there is no $database"
[ -x /usr/bin/python3 ] || skip "reading the compile database needs /usr/bin/python3"

# One line per kernel file: its path, then its compile command without the compiler, -o, -c and the file.
/usr/bin/python3 - "$database" >"$SCRATCH/commands" <<'PYTHON'
import json, shlex, sys

for entry in json.load(open(sys.argv[1])):
    words = shlex.split(entry["command"])
    if "-o" not in words or "vesicast_kernels.dir" not in words[words.index("-o") + 1]:
        continue
    del words[words.index("-o"):words.index("-o") + 2]
    print(entry["file"], *map(shlex.quote, (w for w in words[1:] if w not in ("-c", entry["file"]))), sep="\t")
PYTHON
[ -s "$SCRATCH/commands" ] || fail "$database names no file of the kernel target"

compiler=${KERNEL_COMPILER:-g++}
files=0
flags=()
while IFS=$'\t' read -r -a words; do
  file=${words[0]}
  eval "flags=(${words[*]:1})"
  # The preprocessor alone decides whether a header is found.
  "$compiler" "${flags[@]}" -E -o /dev/null "$file" || fail "$file is not preprocessed with its own flags"
  for header in mpi.h petscvec.h petscdmda.h; do
    { printf '#include <%s>\n' "$header"; cat "$file"; } >"$SCRATCH/planted.cpp"
    if "$compiler" "${flags[@]}" -fsyntax-only "$SCRATCH/planted.cpp" 2>"$SCRATCH/err"; then
      fail "$file compiles with #include <$header> planted in it"
    fi
    grep -qF "$header: No such file" "$SCRATCH/err" || {
      cat "$SCRATCH/err" >&2
      fail "$file with <$header> fails for another reason"
    }
  done
  files=$((files + 1))
done <"$SCRATCH/commands"
printf '%d kernel files refuse mpi.h, petscvec.h and petscdmda.h\n' "$files"
