#!/usr/bin/env bash
# Killed, resumed, killed while resuming, stopped, resumed, ended, taken further: on any ranks the same bits, no row twice,
# none missing; and each attempt is on record.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight" --set 'run.end="24 min"'

FAULT_AT='write */series.csv 7' FAULT_KIND=half struck 2 "$run" run "${SMALL[@]}" --output "$run"
expect_status 137 "the first attempt"
FAULT_AT='ftruncate */series.csv' FAULT_KIND=kill struck 1 "$run" resume "$run"
expect_status 137 "the second, as it takes back rows"
FAULT_AT='write */series.csv 2' FAULT_KIND=half struck 3 "$run" resume "$run"
expect_status 137 "the third"
touch "$run/STOP.later"
FAULT_AT='write */000000000036.tmp/data 3' FAULT_KIND=28 struck 2 "$run" resume "$run"
expect_status 4 "the fourth, whose disk is full"
launch 1 resume "$run" --max-walltime '1 s'
expect_status 3 "the fifth, which has no time"
expect_message 'by --max-walltime'
launch 4 resume "$run"
expect_status 0 "the sixth"
launch 2 resume "$run" --set 'run.end="24 min"' --set 'checkpoint.every="7 min"'
expect_status 0 "a later end"
same_runs "$straight" "$run"
[ "$(cut -d, -f1 "$run/series.csv" | sort -n | uniq -d | wc -l)" -eq 0 ] || fail "a row of series.csv is there twice"
python3 - "$run/provenance.json" <<'PYTHON'
import json, sys
record = json.load(open(sys.argv[1]))
attempts = record["earlier"] + [record]
said = [(a["exit_status"], a["stopped_by"]) for a in attempts]
expected = [(None, "killed")] * 3 + [(4, None), (3, "--max-walltime"), (0, None), (0, None)]
# A disk that is full may not take the record of it either.
if said[3] == (None, "killed"):
    expected[3] = said[3]
assert said == expected, said
assert [a["ranks"] for a in attempts] == [2, 1, 3, 2, 1, 4, 2], attempts
PYTHON
[ -e "$run/STOP.later" ] || fail "a file that is not the run's is gone"
printf 'seven attempts: no difference, each on record\n'
