#!/usr/bin/env bash
# Steps at the edge of what is allowed: nothing that moves, boxes thinner than a rim, copies without a loader, steps that would
# take for ever. Each runs to the same bits on any number of ranks, or is refused by `validate` and `run` alike.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"
cd "$SCRATCH"

# alike NAME RANKS...: c.toml on those ranks, each the same as the first.
alike() {
  local name=$1 first=$2 ranks
  shift
  launch 1 validate c.toml
  expect_status 0 "$name, validate"
  for ranks in "$@"; do
    launch "$ranks" run c.toml --output "${name}_$ranks"
    expect_status 0 "$name on $ranks ranks"
    [ "$ranks" = "$first" ] || same_runs "${name}_$first" "${name}_$ranks"
    if grep -qiE 'nan|inf' "${name}_$ranks/series.csv"; then fail "$name: series.csv has what is no number"; fi
  done
  printf '%s: the same on %s ranks\n' "$name" "$*"
}

# --- D = 0: it stays in its voxel
still() {
  cat <<TOML
[run]
end = "2 min"
step = $1
[domain]
$2
voxel = "10 um"
[vesicle.exosome]
diffusivity = $3
initial_concentration = "1e9 /ml"
[cell_type.a.donor]
secretion = "60 vesicle/h"
[cell_type.a.recipient]
[[tissue.cells]]
type = "a"
shape = "domain"
count = 8
[output]
series = { every = "1 min" }
fields = { every = "1 min" }
TOML
}
volume='size = ["40 um", "40 um", "40 um"]'
section='size = ["60 um", "60 um"]
thickness = "10 um"'
still '"10 s"' "$volume" '"0 um^2/s"' >c.toml
alike still_volume 1 3
still '"auto"' "$section" '"0 um^2/s"' >c.toml
alike still_section 1 3
{ still '"10 s"' "$volume" '"0.5 um^2/s"'; printf '[[region]]\nshape = "box"\nlower = ["0 um", "0 um", "0 um"]\nupper = ["20 um", "40 um", "40 um"]\ndiffusivity = { exosome = "0 um^2/s" }\n'; } >c.toml
alike still_region 1 3
{ printf 'x,y,D\n'; for x in 5 15 25 35 45 55; do for y in 5 15 25 35 45 55; do printf '%d,%d,%d\n' "$x" "$y" $((x > 30)); done; done; } >D.csv
still '"10 s"' "$section" '{ map = "D.csv", array = "D" }' >c.toml
alike still_map 1 3
{ still '"10 s"' "$volume" '"0.5 um^2/s"'; printf '[factor.TGFB1]\ndiffusivity = "0 um^2/s"\ninitial_concentration = "1 nM"\n[cell_type.b.factor.TGFB1]\nsecretion = "1 molecules/s"\n[[tissue.cells]]\ntype = "b"\nshape = "domain"\ncount = 2\n'; } >c.toml
alike still_factor 1 3

# --- a rim of three voxels, round boxes of two and of one
cat >c.toml <<'TOML'
[run]
end = "10 s"
step = "1 s"
[domain]
size = ["20.12 um", "33.8 um", "21.45 um"]
voxel = ["5.03 um", "16.9 um", "7.15 um"]
boundary = { x_low = "open", x_high = "clearance", y = "periodic", z_low = "no-flux", z_high = "no-flux" }
[vesicle.exosome]
diffusivity = "0.5 um^2/s"
boundary_permeability = { x_high = "1 um/s" }
initial_concentration = "1e9 /ml"
[flow]
kind = "uniform"
velocity = ["1 um/s", "1 um/s", "0 um/s"]
[output]
series = { every = "5 s" }
fields = { every = "10 s" }
TOML
alike thin_boxes 1 2 4 12 24

# --- vesicles that are tethered with copies of a cargo that their donor does not load
cat >c.toml <<'TOML'
[run]
end = "10 min"
step = "30 s"
mode = "stochastic-release"
[domain]
size = ["100 um", "100 um", "40 um"]
voxel = "10 um"
[vesicle.exosome]
cargo = { "miR-21" = 0.01 }
[cargo."miR-21"]
[cell_type.tumour.donor.pathway]
[cell_type.tumour.cargo."miR-21"]
copies = 1e4
[cell_type.fibroblast.donor.pathway]
[[tissue.cells]]
shape = "domain"
mix = { fibroblast = 0.5, tumour = 0.5 }
count = 10
TOML
alike copies_of_others 1 3

# --- steps that nobody waits for
sed 's/^end = .*/end = "10 min"/; s/^step = .*/step = "1000 s"/; s/^voxel = .*/voxel = "1 um"/; s/^diffusivity = .*/diffusivity = "1 cm^2\/s"/' \
  <(still '"10 s"' "$section" '"1"') >c.toml
for command in validate run; do
  launch 1 $command c.toml $([ $command = run ] && echo --output absurd)
  expect_status 2 "a step of days, $command"
  expect_message "sweeps in a step"
done
[ ! -e absurd ] || fail "a run of days wrote something"
echo "edges of what is allowed hold"
