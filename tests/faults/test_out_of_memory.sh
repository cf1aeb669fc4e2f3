#!/usr/bin/env bash
# Memory that runs out, on every rank or on one, at the start or in the run: exit 70, a message that says it and what
# helps, no rank that waits for ever; the run folder says it too, and what was kept stays whole.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

config=$SOURCE_DIR/tests/data/runs/small.toml
large=("$config" --set 'domain.size=["3000 um", "3000 um", "3000 um"]' --set 'run.end="10 min"')
run=$SCRATCH/run

# limited MIB RANK COMMAND...: two ranks, of which RANK (or both) may have so much address space, beyond what the program
# takes by itself.
limited() {
  local mib=$1 rank=$2
  shift 2
  STATUS=0
  # shellcheck disable=SC2016
  timeout 60 "$MPIEXEC" -n 2 bash -c 'if [ "$2" = both ] || [ "$2" = "$OMPI_COMM_WORLD_RANK" ]; then ulimit -v "$1"; fi; shift 2; exec "$@"' \
    limited $((1024 * mib)) "$rank" "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
}
# What the program takes with nothing to do.
launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/tiny"
STATUS=0
least=0
for mib in 400 500 600 800 1000 1400 2000; do
  limited "$mib" both run "$config" --set 'run.end="1 min"' --output "$SCRATCH/tiny" --overwrite
  if [ "$STATUS" -eq 0 ]; then
    least=$mib
    break
  fi
done
[ "$least" -gt 0 ] || skip "the program does not start under a limit of address space"
printf 'the program itself takes up to %s MiB of address space\n' "$least"

who=(both 0 1)
ends=(0 0)
# From what is too little for the first array up to what is enough: it runs out in one place after the other.
for ((more = 40, turn = 0; more <= 440; more += 25, ++turn)); do
  rank=${who[turn % 3]}
  rm -rf "$run"
  limited $((least + more)) "$rank" run "${large[@]}" --output "$run"
  if [ "$STATUS" -eq 0 ]; then
    ends[1]=$((ends[1] + 1))
    continue
  fi
  what="27 million voxels in $more MiB (ranks: $rank)"
  expect_status 70 "$what"
  expect_message 'out of memory: this rank holds'
  expect_message 'vesicast validate --ranks N says how much'
  if [ -e "$run/provenance.json" ]; then
    grep -q '"exit_status": 70' "$run/provenance.json" || { show_output; fail "$what: provenance.json does not say so"; }
    grep -q 'out of memory' "$run/log.txt" || { show_output; fail "$what: log.txt does not say so"; }
    [ ! -e "$run/run.lock" ] || "$VESICAST" resume "$run" >"$SCRATCH/out" 2>&1 || [ $? -eq 2 ] || fail "$what: resume"
    ends[2]=$((${ends[2]:-0} + 1))
  fi
  ends[0]=$((ends[0] + 1))
done
[ "${ends[0]}" -ge 4 ] || fail "memory ran out ${ends[0]} times only"
[ "${ends[1]}" -ge 1 ] || fail "memory was never enough"
printf 'memory ran out %s times, %s of them in the run: exit 70; it was enough %s times\n' "${ends[0]}" "${ends[2]:-0}" "${ends[1]}"

# --- serial commands too
STATUS=0
(ulimit -v $((1024 * (least + 20))) && exec "$VESICAST" compare "$run" "$run") >"$SCRATCH/out" 2>"$SCRATCH/err" || STATUS=$?
expect_status 70 "compare of large fields"
expect_message 'out of memory: this rank holds'
