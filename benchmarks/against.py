"""Two builds of the benchmarks in turn, row by row: is this tree slower than another commit?

usage: against.py OLD NEW --pairs N [--quick] [--rows PATTERN] NAME...
  OLD, NEW   folders of the benchmark programs
  NAME       sweep, transport, scaling, integrators or cells
  PATTERN    only rows that this regular expression is found in

Both programs are run N times with all their rows, the one that goes first changing from pair to pair. Per row: the median
of the ratios new/old of its `passes` (time in passes of the stream, measured beside it), or of its time where it has none, and
the interval that holds the median of all ratios with 95 % (order statistics of the binomial distribution; needs 6 pairs).
The size of the environment, which shifts the stack and with it a row by some per cent, is drawn anew for every run
(Mytkowicz, Diwan, Hauswirth & Sweeney 2009, "Producing wrong data without doing anything obviously wrong!").
Exit code 3 where a row is slower: its median above 1.03 and its interval above 1.
"""
import argparse
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile

SLOWER = 1.03
MEASURES = ("passes", "real_time")  # which is the ratio of: the first that both have
IS_SLOWER = 3  # the exit code


def command(program, ranks):
    return [os.environ.get("MPIRUN", "mpirun"), "-n", str(ranks), program]


def measure(program, ranks, more):
    """{row: {of what is measured: the median of the row's repetitions}}, in the program's order"""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([*command(program, ranks), *more, f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
                       check=True, capture_output=True, env={**os.environ, "PADDING": "x" * random.randrange(4096)})
        with open(out.name, encoding="utf-8") as file:
            runs = [r for r in json.load(file)["benchmarks"] if r["run_type"] == "iteration"]
    rows = {}
    for run in runs:
        rows.setdefault(run["name"], []).append(run)
    return {row: {name: statistics.median(r[name] for r in of) for name in MEASURES if all(name in r for r in of)}
            for row, of in rows.items()}


def interval(ratios):
    """Of the median, with 95 %: the k-th smallest and largest, k the largest for which that holds."""
    n, values = len(ratios), sorted(ratios)
    below, k = 0.0, 0
    for i in range(n // 2):
        below += math.comb(n, i) / 2.0**n
        if 1.0 - 2.0 * below < 0.95:
            break
        k = i + 1
    return (values[k - 1], values[n - k]) if k > 0 else (-math.inf, math.inf)


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("names", nargs="+")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rows")
    options = parser.parse_args()
    if options.pairs < 6:
        sys.exit("fewer than 6 pairs have no interval")
    more = (["--quick"] if options.quick else []) + ([f"--benchmark_filter={options.rows}"] if options.rows else [])
    slower = rows = 0
    print(f"| row | new/old, median of {options.pairs} pairs | 95 % interval |\n|---|---|---|", flush=True)
    for name in options.names:
        programs = [os.path.join(folder, f"benchmark_{name}") for folder in (options.old, options.new)]
        ranks = 2 if name == "scaling" else 1
        ratios = {}
        for pair in range(options.pairs):
            found = {}
            for which in (0, 1) if pair % 2 == 0 else (1, 0):
                found[which] = measure(programs[which], ranks, more)
            for row, new in found[1].items():
                of_row = ratios.setdefault(row, [])
                if row in found[0]:
                    by = next(name for name in MEASURES if name in found[0][row] and name in new)
                    of_row.append(new[by] / found[0][row][by])
        for row, of_row in ratios.items():
            if not of_row:
                print(f"| {row} | not in the other commit | |", flush=True)
                continue
            low, high = interval(of_row)
            middle = statistics.median(of_row)
            is_slower = middle > SLOWER and low > 1.0
            rows += 1
            slower += is_slower
            print(f"| {row} | {middle:.3f} | {low:.3f} to {high:.3f}{' SLOWER' if is_slower else ''} |", flush=True)
    print(f"\n{rows} rows, {slower} slower")
    return IS_SLOWER if slower else 0


if __name__ == "__main__":
    sys.exit(main())
