#!/usr/bin/env bash
# Every process and constant of the project's list of biology (its sections 2 to 6) stands in the manual: a page and the words or
# the key that it goes by there. Genes and drugs (section 7): unit tests of the tables.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

missing=0 rows=0
while IFS='|' read -r page text; do
  [ -n "$page" ] || continue
  rows=$((rows + 1))
  grep -qiF -e "$text" "$SOURCE_DIR/docs/$page.md" || { echo "docs/$page.md does not say \"$text\""; missing=$((missing + 1)); }
done <<'ROWS'
cargo|\frac{dP}{dt}
cargo|\frac{dEE}{dt}
cargo|\frac{dG}{dt}
cargo|`golgi_to_endosomes`
cargo|`retrograde`
donor|dEE/dt = k_in - k_mat EE
donor|dM/dt
donor|dMs/dt
donor|dMd/dt
donor|dA/dt
donor|dI_x/dt
donor|dT/dt
donor|f_late
donor|k_tr = k_tr0 max(0, 1 + b (s - s0))
donor|q_MV (1 + A Ca^3/(K^3 + Ca^3))
donor|q_sPM VPS4
donor|2 fusions and 60 vesicles
donor|60 to 90 min
donor|0.105 /h
donor|107 s
donor|polarised release
stochastic|BetaBinomial
stochastic|multivariate hypergeometric
stochastic|burst_dispersion
perturbations|`k_endo` acts on its `inflow` too
cells|Auber & Svenningsen 2022
cells|Chiu 2016
transport|alpha
transport|C_b
configuration|binding sites
configuration|tortuosity
classes|harmonic
recipient|R_f = R_{tot} - \sum B
recipient|CL_{fluid}
recipient|pH_lysosome
recipient|`half_cd47`
recipient|`vesicle.*.cluster`
recipient|`half_signal`
recipient|`k_resecretion`
recipient|`lysosomal_back_fusion`
recipient|Bonsergent 2021
cargo|\text{repression}
cargo|\text{activation}
cargo|d_m
cargo|V_{lumen}
cargo|A_{MVB}
cargo|YBX1, hnRNPA2B1, AGO2
cargo|binomial(Z, i/I)
cargo|decayed in the cell
cargo|digested in the donor
cargo|becomes.type
ROWS
[ "$rows" -gt 40 ] || fail "only $rows rows were read"
[ "$missing" -eq 0 ] || fail "$missing of $rows rows are not in the manual"
for name in "rate sorting" "rate k_retro" "rate VPS4" "gene YBX1" "gene AGO2" "drug Y-27632"; do
  # shellcheck disable=SC2086
  "$VESICAST" describe $name >"$SCRATCH/described" || fail "vesicast describe $name fails"
done
echo "$rows rows are in the manual"
