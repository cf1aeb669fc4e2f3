#!/usr/bin/env bash
# Files that people have, and configurations that mean something else than they say: what `validate` and `run` do with them,
# alike.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"
cd "$SCRATCH"

base() {
  cat <<'TOML'
[run]
end = "1 min"
step = "10 s"
[domain]
size = ["100 um", "60 um"]
thickness = "20 um"
voxel = "10 um"
[vesicle.exosome]
diffusivity = "0.5 um^2/s"
[cell_type.tumour.donor]
secretion = "60 vesicle/h"
[cell_type.tumour.recipient]
TOML
}
of_table() {
  base
  printf '[[tissue.cells]]\nfile = "cells.csv"\n'
}

# both CODE WHAT [MESSAGE]: `validate` and `run` of c.toml end with that code and say so.
both() {
  rm -rf made
  launch 1 validate c.toml
  expect_status "$1" "$2, validate"
  [ -z "${3:-}" ] || expect_message "$3"
  launch 2 run c.toml --output made
  expect_status "$1" "$2, run"
  [ -z "${3:-}" ] || expect_message "$3"
  if [ "$1" -eq 2 ] && [ -e made ]; then fail "$2: something was written"; fi
  printf '%s: %s\n' "$1" "$2"
}

# --- tables
of_table >c.toml
printf 'x,y,type\n5,5,tumour\n' | gzip >cells.csv
both 2 "a gzipped table" "gunzip"
printf 'x,y,type\n5,5,tumour\n' | iconv -f UTF-8 -t UTF-16LE >cells.csv
both 2 "UTF-16 without a mark" "UTF-16"
printf 'x,y,type,\xb5m\n5,5,tumour,1\n' >cells.csv
both 2 "Latin-1" "cells.csv:1: is not UTF-8"
printf 'x;y;type\n5;5;tumour\n' >cells.csv
both 2 "semicolons" "separated by semicolons"
printf 'x\ty\ttype\n5\t5\ttumour\n' >cells.csv
both 0 "tabs"
{ printf 'x,y,type\n'; for i in $(seq 3000); do printf '%d,5,%d\n' $((i % 99)) "$i"; done; } >cells.csv
both 2 "ids for types" "a column of ids?"
[ "$(grep -c 'cells.csv' err)" -le 23 ] || fail "a message of $(grep -c 'cells.csv' err) lines"
printf 'CellID,X_centroid,Y_centroid\n17,5,5\n18,15,5\n' >cells.csv
{ of_table; printf 'type = "tumour"\n'; } >c.toml
both 0 "one type for all"
printf 'id,group,table_id\n0,1,17\n1,1,18\n' | cmp - made/cell_ids.csv || fail "cell_ids.csv"
launch 2 resume made --set 'run.end="2 min"'
expect_status 0 "resume"
[ -e made/cell_ids.csv ] || fail "ids are gone after resume"
printf 'x,y,type\n5,5,tumour\n6,6,\n' >cells.csv
{ of_table; printf 'ignore = [""]\n'; } >c.toml
both 0 "an empty label that is ignored"
printf 'x,y,type\n5,5,tumour\n50,30,tumour\n51,31,tumour\n' >cells.csv
obstacle='[[region]]\nshape = "spheroid"\ncentre = ["50 um", "30 um"]\nradius = "25 um"\nobstacle = true\n'
{ of_table; printf "$obstacle"; } >c.toml
both 2 "cells in an obstacle" "cells.csv:3: 2 cells in an obstacle (lines 3, 4)"
{ of_table; printf 'in_obstacle = "ignore"\n'; printf "$obstacle"; } >c.toml
both 0 "cells in an obstacle that are left out" "2 cells in an obstacle left out"
grep -qE 'cells +1$' made/log.txt || fail "other cells are left than the one outside the obstacle"

# --- maps
of_table >c.toml
sed -i 's/^voxel = .*/&\nextracellular_fraction = { map = "map.vti", array = "a" }/' c.toml
grep -q 'map.vti' c.toml || fail "no map in the configuration"
printf '<VTKFile type="ImageData"><ImageData WholeExtent="0 10 0 6 0 0" Spacing="10 10 1"><Piece Extent="0 10 0 6 0 0"><CellData><DataArray type="UInt8" Name="a" format="ascii">7 8"1e300 um" 9' >map.vti
both 2 "a map that is cut short" "map.vti"
sed -i 's/map\.vti/map.csv/' c.toml
printf 'x;y;a\n5;5;0,2\n' >map.csv
both 2 "a map with semicolons" "separated by semicolons"
expect_message_once "map.csv"

# --- one error for one mistake
printf 'time [h],concentration [/ml]\n0,1e8\n1,nan\n' >series.csv
printf 'gene,rates\nTP53,k_dock\n' >genes.csv
{ of_table; printf '[perturbation_table]\ngenes = "genes.csv"\n'; } >c.toml
both 2 "a table of genes with another header" "the header must be"
[ "$(grep -c 'genes.csv' err)" -eq 1 ] || { show_output; fail "more than one error for a header"; }
{ of_table; printf '[[perturbation]]\ndrug = "manumycin"\ndose = "1 uM"\n'; } >c.toml
both 2 "an unknown drug" 'unknown drug "manumycin"; `vesicast describe drug` lists them'
{ of_table; printf '[[perturbation]]\ngene = "LAMP3"\nactivity = 0\n'; } >c.toml
both 2 "an unknown gene" '`vesicast describe gene` lists them'

# --- what validate did not see
{ base | sed -e 's/^\[vesicle.exosome\]/&\nmatrix = {}/' -e 's/^\[cell_type.tumour.donor\]/[cell_type.tumour.donor.vesicle.exosome]/'; printf '[vesicle."matrix-bound exosome"]\ndiffusivity = "0.1 um^2/s"\n[[tissue.cells]]\nshape = "domain"\ntype = "tumour"\ncount = 4\n'; } >c.toml
both 2 "two arrays of one name" 'would be called "matrix-bound exosome [1/um^3]"'
{ base | sed -e 's/^size = .*/size = ["5 cm", "5 cm"]/' -e 's/^voxel = .*/voxel = "1 um"/'; printf '[[tissue.cells]]\nshape = "domain"\ntype = "tumour"\ncount = 4\n'; } >c.toml
both 2 "a grid beyond PETSc's indices" "2500000000 voxels"

# --- warnings
{
  base | sed -e 's/^diffusivity = .*/&\ndecay = "0.01 \/s"\ninitial_concentration = "3E8 \/ML"/' -e 's/^secretion = .*/secretion = "1e6 vesicle\/s"/'
  printf 'receptors = 2\n[cell_type.big]\nradius = "7.5 mm"\n[cell_type.big.recipient]\n'
  printf '[[tissue.cells]]\nshape = "domain"\nmix = { tumour = 0.5, big = 0.5 }\ncount = 4\n'
} >c.toml
launch 1 validate c.toml
expect_status 0 "mistaken units"
for word in 'exosome.decay: "0.01 /s" is outside' 'initial_concentration: "3E8 /ML" is outside' 'secretion: "1e6 vesicle/s" is outside' \
  'receptors: 2 is outside' 'radius: "7.5 mm" is outside' 'is larger than the domain' 'times the volume of the domain'; do
  expect_message_once "$word"
done
{ base | sed 's/^thickness = .*/thickness = "1 nm"/'; printf '[[tissue.cells]]\nshape = "domain"\ntype = "tumour"\ncount = 4\n'; } >c.toml
launch 1 validate c.toml
expect_status 0 "a slab of 1 nm"
expect_message_once "more than twice as thick as the slab"

# --- a map in pieces goes with the run
mkdir pieces
piece() {
  printf '<VTKFile type="ImageData"><ImageData WholeExtent="%s" Spacing="10 10 1"><Piece Extent="%s"><CellData><DataArray type="Float64" Name="a" format="ascii">' "$1" "$1"
  for i in $(seq "$2"); do printf '0.2 '; done
  printf '</DataArray></CellData></Piece></ImageData></VTKFile>'
}
piece "0 5 0 6 0 0" 30 >pieces/p0.vti
piece "5 10 0 6 0 0" 30 >pieces/p1.vti
printf '<VTKFile type="PImageData"><PImageData WholeExtent="0 10 0 6 0 0" Spacing="10 10 1"><PCellData><PDataArray type="Float64" Name="a"/></PCellData><Piece Extent="0 5 0 6 0 0" Source="pieces/p0.vti"/><Piece Extent="5 10 0 6 0 0" Source="pieces/p1.vti"/></PImageData></VTKFile>' >map.pvti
of_table | sed 's/^voxel = .*/&\nextracellular_fraction = { map = "map.pvti", array = "a" }/' >c.toml
printf 'x,y,type\n5,5,tumour\n' >cells.csv
both 0 "a map in pieces"
rm -r pieces map.pvti cells.csv
mkdir elsewhere
mv made elsewhere/moved
launch 2 resume elsewhere/moved --set 'run.end="2 min"'
expect_status 0 "a run that was moved, without the files it was made of"

# --- texts that would break a parser, and pipes that close
{ /usr/bin/python3 -c 'print("a." * 20000 + "a = 1")' ; } >c.toml
both 2 "a key of 20,001 parts" "more than 64 parts"
{ /usr/bin/python3 -c 'print("a = " + "[" * 100000)' ; } >c.toml
both 2 "lists in each other" "nested more than 64 deep"
for command in "describe" "describe --schema" "describe --markdown" "example" "validate $SOURCE_DIR/tests/data/runs/small.toml"; do
  status=$( { { "$VESICAST" $command || echo $? >&3; } | true; } 3>&1 ) || true
  case "${status:-0}" in 0 | 4 | 141) ;; *) fail "vesicast $command into a closed pipe: exit code $status" ;; esac
done
echo "files and meanings are told apart"
