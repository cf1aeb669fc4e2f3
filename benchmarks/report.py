#!/usr/bin/python3
"""Prints what scripts/benchmark measured as Markdown tables.

usage: report.py RESULTS [--write FILE]
  --write FILE  also replace what stands between the markers in FILE

Numbers are medians; a stream pass is a *= s over an array too large for the core's caches, measured beside each number.
"""
import argparse
import pathlib
import re
import sys

import recorded
from results import Results, machine, values_of

BEGIN, END = "<!-- scripts/benchmark: begin -->", "<!-- scripts/benchmark: end -->"
OURS = ("exponential", "economised", "uniformisation", "chebyshev", "ssprk2", "rkl2")


def number(value):
    if value is None:
        return ""
    if value != 0 and (abs(value) < 1e-2 or abs(value) >= 1e6):
        return f"{value:.1e}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(header, rows):
    lines = [header, ["---"] * len(header)] + rows
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) if rows else "Not measured."


class Report:
    def __init__(self, folder):
        self.results = Results(folder)
        self.sweep, self.transport, self.scaling, self.hour, self.memory, self.cells = (
            self.results.read(name) for name in ("sweep", "transport", "scaling", "integrators", "memory_*", "cells"))
        self.stream = {ranks: self.results.read(f"stream_{ranks}") for ranks in (1, 2)}
        self.run = {ranks: self.results.read_runs(ranks) for ranks in (1, 2)}
        self.level = self.results.context.get("simd_level", "v2")

    def sizes(self, cases):
        return sorted({values_of(name)["n"] for name in cases}, key=int)

    def sweep_passes(self, kind, n, stencil, level, tile, precision="double"):
        stages = 1 if tile == 0 else 8
        name = f"sweep/{kind}/n:{n}/{stencil}/{level}/stages:{stages}/tile:{tile}/{precision}"
        return self.sweep.get(name, {}).get("passes")

    def step(self, n, r, counter="passes", fields=1, decay=1, mapped=0, integrator="exponential"):
        name = f"transport/n:{n}/r:{r}/fields:{fields}/decay:{decay}/mapped:{mapped}/{integrator}"
        return self.transport.get(name, {}).get(counter)

    # --- tables ------------------------------------------------------------------------------------------------------
    def targets(self):
        rows = []

        def add(what, target, measured, at_most, unit=""):
            if measured is None:
                return
            holds = measured <= target if at_most else measured >= target
            rows.append([what, f"{'<=' if at_most else '>='} {number(target)}{unit}", number(measured) + unit,
                         "yes" if holds else "no"])

        for n in self.sizes(self.sweep):
            add(f"one sweep, {n}^3", 2.3, self.sweep_passes("horner", n, "uniform", self.level, 0), True, " passes")
            add(f"one of eight sweeps in tiles, {n}^3", 1.5, self.sweep_passes("horner", n, "uniform", self.level, 16),
                True, " passes")
            add(f"the same in single precision, {n}^3", 1.5,
                self.sweep_passes("horner", n, "uniform", self.level, 32, "single"), True, " passes")
        for n in self.sizes(name for name in self.transport if name.startswith("transport")):
            add(f"step at r 0.24, {n}^3", 12, self.step(n, 0.24), True, " passes")
            add(f"step at r 1, {n}^3", 18, self.step(n, 1), True, " passes")
        ours = self.step(100, 0.24)
        if ours:
            add("step at r 0.24, BioFVM (recorded) over ours", 7.5, recorded.step_passes(recorded.BIOFVM) / ours, False)
            add("the same, BioFVM-B with AVX (recorded)", 3.3, recorded.step_passes(recorded.BIOFVM_B) / ours, False)
            peer = self.transport.get("petsc_cg/n:100/r:0.24", {}).get("passes")
            add("the same, PETSc's CG without a matrix (live)", 9, peer and peer / ours, False)
        for name, case in self.hour.items():
            if "/exponential/tolerance:0.0001/" in name and name.endswith("/dt:6") and case["error"] <= 1e-3:
                add("EV hour in steps of 6 s to 1e-3, BioFVM (recorded) over ours", 100,
                    recorded.hour_passes(recorded.BIOFVM, 1e-3) / case["passes"], False)
        for name, case in self.memory.items():
            v = values_of(name)
            if v["mapped"] == "0" and (v["n"], v["fields"]) in (("200", "1"), ("100", "4")):
                add(f"memory beside the field, {v['n']}^3, {v['fields']} field(s)", 32, case["beside_the_field"], True,
                    " B per voxel")
        for name, case in self.scaling.items():
            v = values_of(name)
            if v["fields"] == "1":
                add(f"two ranks against one, {v['n']}^3, r {v['r']} (stream: {number(case['stream_gain'])})", 1.7,
                    case["gain"], False)
        for name, case in self.scaling.items():
            v = values_of(name)
            if v["fields"] == "1":
                add(f"halo exchanges per step of {number(case['sweeps'])} sweeps, {v['n']}^3, 2 ranks",
                    -(-case["sweeps"] // 8), case["exchanges"], True)
        for types, what in ((1, "one cell type"), (4, "four in random order")):
            add(f"million cell-steps per second, recipients' chain, 10^6 cells, {what}", 60,
                self.cells.get(f"cells/chain/cells:1000000/cargo:0/types:{types}", {}).get("million_per_s"), False)
        return table(["what", "target", "measured", "holds?"], rows)

    def streams(self):
        rows = []
        for name, case in self.stream[1].items():
            other = self.stream[2].get(name)
            rows.append([values_of(name)["MB"] + " MB", number(case["GB_per_s"]), number(case["ms_per_million"]),
                         number(other and other["GB_per_s"]), number(other and other["GB_per_s"] / case["GB_per_s"])])
        return table(["array per rank", "GB/s, 1 rank", "ms per 10^6", "GB/s, 2 ranks", "gain"], rows)

    def sweeps(self):
        levels = sorted({name.split("/")[4] for name in self.sweep})
        rows = []
        for n in self.sizes(self.sweep):
            for stencil in ("uniform", "mapped"):
                for kind in ("horner", "clenshaw", "finish", "finish_without_decay"):
                    for precision, tiles in (("double", (0, 16)), ("single", (0, 32))):
                        for tile in tiles:
                            passes = [self.sweep_passes(kind, n, stencil, level, tile, precision) for level in levels]
                            if any(passes):
                                rows.append([f"{kind.replace('_', ' ')}, {stencil}, {n}^3", precision,
                                             "8 in tiles" if tile else "one", *map(number, passes)])
        return table(["sweep", "sums", "at a time", *levels], rows)

    def tiles(self):
        sizes = (4, 8, 16, 32, 64)
        rows = [[f"{stencil}, {n}^3"] + [number(self.sweep_passes("horner", n, stencil, self.level, t)) for t in sizes]
                for n in self.sizes(self.sweep) for stencil in ("uniform", "mapped")]
        return table(["rows of a tile", *map(str, sizes)], rows)

    def steps(self):
        rows = []
        for name, case in self.transport.items():
            if not name.startswith("transport"):
                continue
            v = values_of(name)
            traits = [name.split("/")[-1]] + (["no decay"] if v["decay"] == "0" else []) + (
                ["maps"] if v["mapped"] == "1" else []) + ([f"{v['fields']} fields"] if v["fields"] != "1" else [])
            order = (int(v["n"]), len(traits) + OURS.index(traits[0]), traits, float(v["r"]))
            rows.append((order, [v["n"] + "^3", ", ".join(traits), v["r"], number(case["sweeps"]),
                                 number(case["ms_per_million"]), number(case["passes"])]))
        return table(["grid", "integrator", "r", "sweeps", "ms per 10^6 voxels and field", "passes"],
                     [row for _, row in sorted(rows, key=lambda pair: pair[0])])

    def peers(self):
        rows = []
        ours = {r: self.step(100, r) for r in (0.24, 1, 10)}
        if not ours[0.24]:
            return table([], [])

        def add(name, how, passes):
            rows.append([name, how] + [number(passes[r]) for r in ours] +
                        [number(passes[r] and ours[r] and passes[r] / ours[r]) for r in ours])

        add("this program", "measured", ours)
        add("PETSc's CG without a matrix, rtol 1e-5", "measured",
            {r: self.transport.get(f"petsc_cg/n:100/r:{r}", {}).get("passes") for r in ours})
        for name in recorded.STEP:
            add(name, "recorded", dict.fromkeys(ours, recorded.step_passes(name)))
        return table(["passes per step, 100^3", "", *(f"r {r}" for r in ours), *(f"ratio, r {r}" for r in ours)], rows)

    def precision(self):
        cases = []
        for name, case in self.hour.items():
            _, n, method, *settings = name.split("/")
            settings = ", ".join(s.replace(":", " ") for s in settings)
            cases.append((case["error"], [method, settings + " s", number(case["error"]), number(case["seconds"]),
                                          number(case["passes"])], method, case["passes"]))
        methods = list(dict.fromkeys(method for _, _, method, _ in cases))
        best = []
        for method in methods:
            reached = [[passes for error, _, m, passes in cases if m == method and error <= wanted]
                       for wanted in (1e-2, 1e-3, 1e-4)]
            best.append([method, "measured"] + [number(min(r)) if r else "" for r in reached])
        for name in recorded.HOUR if cases else ():
            best.append([name, "recorded"] +
                        [number(recorded.hour_passes(name, wanted)) for wanted in (1e-2, 1e-3, 1e-4)])
        size = values_of(next(iter(self.hour)))["n"] if self.hour else "?"
        return (f"Passes to reach an error of at most (grid {size}^3):\n\n" +
                table(["method", "", "1e-2", "1e-3", "1e-4"], best) + "\n\nAll runs:\n\n" +
                table(["method", "settings", "error", "s", "passes"],
                      [row for _, row, _, _ in sorted(cases, key=lambda c: (methods.index(c[2]), c[3]))]))

    def two_ranks(self):
        rows = []
        for name, case in self.scaling.items():
            v = values_of(name)
            rows.append([f"{v['n']}^3, {v['fields']} field(s), r {v['r']}", number(case["ms_per_million"]),
                         number(case["gain"]), number(case["stream_gain"]), number(case["sweeps"]),
                         number(case["exchanges"])])
        return table(["step", "ms per 10^6 voxels and field, 2 ranks", "gain over 1 rank", "gain of the stream",
                      "sweeps", "exchanges"], rows)

    def memories(self):
        rows = []
        for name, case in self.memory.items():
            v = values_of(name)
            rows.append([f"{v['n']}^3, {v['fields']} field(s), {'maps' if v['mapped'] == '1' else 'constants'}",
                         number(case["set_up"]), number(case["bytes_per_voxel"]), number(case["beside_the_field"])])
        return table(["B per voxel and field, at the peak", "before the first step", "all", "beside the field"], rows)

    def cell_rates(self):
        parts = ("react", "secrete", "predict", "settle", "routes")
        rows = {"chain": [], "step": [], "plain": []}
        for name, case in sorted(self.cells.items(), key=lambda c: (len(c[0]), c[0])):
            v = values_of(name)
            what = name.split("/")[1]
            measures = [number(case["states"]), number(case["million_per_s"]),
                        f"{100 * case['share_of_stream_speed']:.3g} %"]
            shares = [f"{100 * case['share_of_' + part]:.3g} %" for part in parts if what != "chain"]
            if what in ("plain", "plain_varied", "step_varied"):
                cells = {"plain": "release at a given rate", "plain_varied": "the same, k_on of its own in each",
                         "step_varied": "donor pathway, k_on of its own in each"}[what]
                rows["plain"].append([cells] + measures + shares)
            else:
                rows[what].append([f"{int(v['cells']):,}", v["types"], v["cargo"]] + measures + shares)
        header = ["cells", "cell types", "kinds of cargo", "states", "million cell-steps/s", "of stream speed"]
        return ("The recipients' chain:\n\n" + table(header, rows["chain"]) +
                "\n\nThe whole cell step with a donor pathway in every cell, and what of its time goes where:\n\n" +
                table(header + list(parts), rows["step"]) +
                "\n\nThe same without a pathway, and with a rate that differs from cell to cell:\n\n" +
                table(["cells"] + header[3:] + list(parts), rows["plain"]))

    def whole_run(self):
        parts = ("transport per step", "cells per step", "ledger per step", "output", "memory")
        units = {"output": " s", "memory": " MiB"}
        rows = []
        for part in parts:
            one, two = self.run[1].get(part), self.run[2].get(part)
            if one is not None and two is not None:
                rows.append([part] + [number(x) + units.get(part, " ms") for x in (one, two)] +
                            [number(one / two) if two > 0 and part != "memory" else ""])
        return table(["", "1 rank", "2 ranks", "ratio"], rows)

    def text(self):
        spread = self.results.spread()
        noise = "" if spread is None else (
            f" Repetitions of a ratio lie {100 * spread:.0f} % apart in the median case. Up to {self.results.load:.1f} "
            "processes, the benchmark's own among them, wanted a core when a program started (load average).")
        parts = [("Machine", machine(self.results.context) + noise), ("Targets", self.targets()),
                 ("Stream", self.streams()), ("Sweeps, in stream passes", self.sweeps()),
                 (f"Eight sweeps in tiles, level {self.level}, in stream passes", self.tiles()),
                 ("Transport step, one rank", self.steps()), ("Beside other programs", self.peers()),
                 ("Work against precision: the EV hour", self.precision()), ("Two ranks", self.two_ranks()),
                 ("Memory", self.memories()), ("Cells", self.cell_rates()), ("A whole run", self.whole_run())]
        return "\n\n".join(f"### {title}\n{body}" for title, body in parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--write", type=pathlib.Path)
    arguments = parser.parse_args()
    if not list(arguments.results.glob("*.json")):
        sys.exit(f"report.py: {arguments.results} holds no results; run scripts/benchmark")
    text = Report(arguments.results).text()
    print(text)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        if page.count(BEGIN) != 1 or page.count(END) != 1:
            sys.exit(f"report.py: {arguments.write} has no place for the tables ({BEGIN} ... {END})")
        between = re.compile(re.escape(BEGIN) + ".*" + re.escape(END), re.S)
        page = between.sub(lambda _: f"{BEGIN}\n{text}\n{END}", page)
        arguments.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
