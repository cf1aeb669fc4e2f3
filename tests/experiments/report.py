#!/usr/bin/python3
"""Runs configs/experiments and prints how the results compare with published ones, as one Markdown table.

usage: report.py PROGRAM RESULTS [--only NAME]... [--write PAGE]
PROGRAM is the program to run, RESULTS a folder for its runs. With --write the table is also put between the marks of PAGE.
Run by scripts/experiments.
"""
import argparse
import pathlib
import re
import sys

import cargo
import donors
import recipients
import tissue
from program import Program

BEGIN, END = "<!-- table: scripts/experiments --write -->", "<!-- end of the table -->"

# In the order of biology.md section 8; what is calibrated first.
EXPERIMENTS = {
    "calibration": recipients.calibration,
    "passive_loading": cargo.passive_loading,
    "lysosome_block": donors.lysosome_block,
    "isg15": donors.isg15,
    "rab27": donors.rab27,
    "snare": donors.snare,
    "ilv_routes": donors.ilv_routes,
    "tetherin": donors.tetherin,
    "well": recipients.well,
    "bafilomycin": recipients.bafilomycin,
    "uptake_inhibitors": recipients.uptake_inhibitors,
    "collagen": tissue.collagen,
    "wall": tissue.wall,
    "plasma_balance": tissue.plasma_balance,
}


def table(results):
    lines = ["| experiment | published | source | how firm | simulated | verdict |", "|---|---|---|---|---|---|"]
    for name, rows in results.items():
        lines.append(f"| **`{name}`** | | | | | |")
        lines += ["| " + " | ".join((r.quantity, r.published, r.source, r.firmness, r.simulated, r.verdict)) + " |" for r in rows]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--only", action="append", choices=EXPERIMENTS)
    parser.add_argument("--write", type=pathlib.Path)
    arguments = parser.parse_args()
    program = Program(arguments.program, arguments.results)
    chosen = [name for name in EXPERIMENTS if not arguments.only or name in arguments.only]
    results = {}
    for name in chosen:
        print(f"{name} ...", file=sys.stderr, flush=True)
        results[name] = EXPERIMENTS[name](program)
    text = table(results)
    print(text)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        if page.count(BEGIN) != 1 or page.count(END) != 1:
            sys.exit(f"report.py: {arguments.write} has no place for the table ({BEGIN} ... {END})")
        between = re.compile(re.escape(BEGIN) + ".*" + re.escape(END), re.S)
        arguments.write.write_text(between.sub(lambda _: f"{BEGIN}\n{text}\n{END}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
