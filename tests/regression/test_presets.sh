#!/usr/bin/env bash
# configs/presets.toml: cell types and vesicle classes from presets; the merged config runs again to the same result; a
# preset of the user's own, on record, and its errors on any number of ranks.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

launch 2 run "$SOURCE_DIR/configs/presets.toml" --set 'run.end="1 h"' --set 'run.step="5 min"' --output "$SCRATCH/run"
expect_status 0 "presets on 2 ranks"
grep -q '^fluid_phase = "0.1 um^3/s"' "$SCRATCH/run/config.toml" || fail "the resolved config has no macrophage"
! grep -q preset "$SCRATCH/run/config.toml" || fail "the resolved config names presets"
launch 1 run "$SCRATCH/run/config.toml" --output "$SCRATCH/again"
expect_status 0 "the resolved config"
launch 1 compare "$SCRATCH/run" "$SCRATCH/again"
expect_status 0 "the resolved config is another run"
diff "$SCRATCH/run/config.toml" "$SCRATCH/again/config.toml" || fail "the resolved config resolves to another"
# Each kind of vesicle was released, and taken up by macrophages. communication.csv: vesicle,donor,recipient,kind,...
for class in "exosome" "microvesicle" "large oncosome"; do
  grep -q "^$class.*,tumour,macrophage,uptake," "$SCRATCH/run/communication.csv" || fail "macrophages took up no $class"
done

launch 1 describe preset carcinoma
expect_message "Chiu 2016"
launch 1 describe preset
expect_message "migrasome"
launch 1 describe preset fibrobast
expect_status 2 "an unknown preset"
expect_message 'did you mean "fibroblast"?'

# A preset of the user's.
cp "$SOURCE_DIR/tests/data/runs/small.toml" "$SCRATCH/config.toml"
printf 'preset = "macrophage"\nradius = "8.5 um"\n' >"$SCRATCH/mine.toml"
launch 2 run "$SCRATCH/config.toml" --set 'cell_type.macrophage.preset=./mine.toml' --output "$SCRATCH/own"
expect_status 0 "a preset of the user's"
grep -q 'radius = "8.5 um"' "$SCRATCH/own/config.toml" || fail "the user's preset was not taken"
grep -q 'mine.toml' "$SCRATCH/own/provenance.json" || fail "the user's preset is not on record"
printf 'preset = "macrophage"\nradus = "8.5 um"\n' >"$SCRATCH/mine.toml"
launch 2 run "$SCRATCH/config.toml" --set 'cell_type.macrophage.preset=./mine.toml' --output "$SCRATCH/own" --overwrite
expect_status 2 "a wrong preset"
expect_message_once 'mine.toml:2:1: cell_type.macrophage.radus: unknown key; did you mean "radius"?'
echo "presets merge, run and are described"
