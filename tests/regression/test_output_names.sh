#!/usr/bin/env bash
# docs/output.md names what is in the files: every array of cells and fields and every account of the tables of a run with
# every process on stands there, and what it names of cells is in the run.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

[ -x /usr/bin/python3 ] || skip "reading the files needs /usr/bin/python3"
launch 1 run "$SOURCE_DIR/tests/data/config/every_process.toml" --set 'run.end="1 min"' --output "$SCRATCH/run"
expect_status 0 "every_process"

/usr/bin/python3 - "$SCRATCH/run" "$SOURCE_DIR/docs/output.md" <<'PYTHON' || fail "docs/output.md and the files differ"
import csv, pathlib, re, sys

run, manual = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
manual = re.sub(r"\s+", " ", manual)
section = {name: manual[manual.index("## " + name):] for name in ("Cells", "Fields", "Tables")}
section["Cells"] = section["Cells"][:section["Cells"].index("## ParaView")]
wrong = []

def arrays(kind, ending):
    text = next(run.glob(f"{kind}/*{ending}")).read_text(encoding="utf-8", errors="replace")
    return re.findall(r'<P?DataArray[^>]*Name="([^"]+)"', text)

cargoes, populations = ("miR-21", "miR-155", "EGFR"), ("secretory", "degradative")
vesicle = r"(exosome|microvesicle( \d+ nm)?|ectosome|TGFb)"

def bare(name):
    """An array without its unit and whose it is."""
    name = re.sub(r" \[[^]]*\]$", "", name)
    name = re.sub(rf" \(({'|'.join(populations)})\)$", "", name)
    name = re.sub(rf" ({'|'.join(cargoes)}) in {vesicle}$", " CARGO in CLASS", name)
    name = re.sub(rf" {vesicle}$", "", name)
    name = re.sub(rf"^({'|'.join(cargoes)}) ", "", name)
    return re.sub(r"^response .*", "response", name)

# What the manual's table of cells names: `a exosome [unit]`, `b ...`, likewise `c`.
named = {bare(span.replace(" ...", ""))
         for span in re.findall(r"`([^`]+)`", section["Cells"])}
known = {bare(name) for name in arrays("cells", ".pvtp")} - {"Points", "connectivity", "offsets", "types"}
words = named | {f"ILVs {n}" for n in named} | {f"endocytosed by {n}" for n in named}
accounts = {c.strip() for row in re.findall(r"\| ([^|]+) \| (?:in|pool|fate) \|", manual) for c in row.split(",")}
for name in sorted(known):
    ours = words | accounts | {f"ILVs {a}" for a in accounts}
    if name not in ours and not any(name.endswith(" " + a) for a in accounts):
        wrong.append(f"cells have \"{name}\", which docs/output.md does not name")
for name in sorted(named - {"cell types", "donor.md", ""}):
    if name not in known and f"ILVs {name}" not in known and f"endocytosed by {name}" not in known:
        wrong.append(f"docs/output.md names the array \"{name}\" of cells, which the run does not have")

for name in arrays("fields", ".pvti"):
    plain = re.sub(vesicle, "exosome", re.sub(r"^(.*?)(%s) in " % "|".join(cargoes), r"\1miR-21 in ", name))
    plain = re.sub(r" from \w+ ", " from tumour ", plain)
    if plain not in section["Fields"] and plain.replace("matrix-bound miR-21 in ", "matrix-bound ") not in section["Fields"]:
        wrong.append(f"fields have \"{name}\", which docs/output.md does not name")

for row in csv.DictReader((run / "ledger.csv").open()):
    account = row["account"]
    if account not in accounts | {"residual"}:
        wrong.append(f"ledger.csv has the account \"{account}\", which docs/output.md does not name")
columns = next(csv.reader((run / "communication.csv").open()))
for column in columns:
    if f"`{column}`" not in section["Tables"]:
        wrong.append(f"communication.csv has the column \"{column}\", which docs/output.md does not name")
kinds = {(r["kind"], r["route"]) for r in csv.DictReader((run / "communication.csv").open())}
for kind, route in sorted(kinds):
    row = re.search(rf"\| {kind} \| ([^|]+) \|", section["Tables"][section["Tables"].index("| kind | route |"):])
    routes = {r.strip() for r in row.group(1).split(",")} if row else set()
    if route not in routes and f"by {route.removeprefix('endocytosed by ')}" not in routes:
        wrong.append(f"communication.csv has {kind}, {route}, which docs/output.md does not name")

print("\n".join(wrong) or f"{len(known)} arrays of cells, {len(accounts)} accounts, {len(kinds)} kinds and routes")
sys.exit(1 if wrong else 0)
PYTHON
