#!/usr/bin/env bash
# What the program says of genes, drugs and rates, and of perturbations that do nothing; a table of the user's.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

"$VESICAST" describe gene RAB27A >"$SCRATCH/rab27a"
cat >"$SCRATCH/expected" <<'TEXT'
gene RAB27A
  k_dock
    is         docking of peripheral MVBs at the plasma membrane (donor)
    direction  +, the product drives it
    weight     0.9
    factor     0.1 + 0.9 x: 0.1 at x = 0, 0.235 at 0.15, 1.9 at 2
    confidence H
    source     Ostrowski 2010 (knock-down 0.3 to 0.5 of control)
    note       docks MVBs at the plasma membrane; a knock-down leaves larger MVBs; the weight was set from this experiment
TEXT
diff -u "$SCRATCH/expected" "$SCRATCH/rab27a" || fail "describe gene RAB27A says something else"

launch 1 describe gene IRF6
expect_message "inert      a transcription factor of keratinocytes"
launch 1 describe drug GW4869
expect_message "x = 1/(1 + (dose/1 uM)^1)"
launch 1 describe rate k_dock
expect_message "RAB27A +0.9"
launch 1 describe gene RAB27
expect_status 2 "an unknown gene"
expect_message 'unknown gene "RAB27"; did you mean "RAB27A" or "RAB27B"?'

# Runs: a gene without a rate in use is said to do nothing; a table of the user's is read, and is on record.
config=$SCRATCH/run.toml
cp "$SOURCE_DIR/tests/data/runs/small.toml" "$config"
cat >>"$config" <<'TEXT'
[perturbation_table]
genes = "mine.csv"
[[perturbation]]
gene = "RAB27A"
activity = 0.15
[[perturbation]]
gene = "MINE1"
activity = 0
TEXT
printf 'gene,rate,weight,direction,confidence,source,note\nMINE1,k_on,0.5,+,L,mine,a test\n' >"$SCRATCH/mine.csv"
launch 2 run "$config" --output "$SCRATCH/run"
expect_status 0 "a run with perturbations on 2 ranks"
expect_message_once "perturbation.0: nothing in the configuration uses k_dock: nothing happens"
expect_message_once "MINE1 at activity 0: k_on x 0.5 everywhere"
grep -q 'mine.csv' "$SCRATCH/run/provenance.json" || fail "the user's table is not on record"
printf 'gene,rate,weight,direction,confidence,source,note\nMINE1,k_onn,0.5,+,L,mine,a test\n' >"$SCRATCH/mine.csv"
launch 2 run "$config" --output "$SCRATCH/run" --overwrite
expect_status 2 "a wrong table"
expect_message_once 'mine.csv:2: rate: unknown rate "k_onn"; did you mean "k_on"?'
echo "genes, drugs and rates are described"
