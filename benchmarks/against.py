"""Two builds of the benchmarks in turn, row by row: is this tree slower than another commit?

usage: against.py OLD NEW --pairs N [--quick] NAME...
  OLD, NEW   folders of the benchmark programs
  NAME       sweep, transport, scaling, integrators or cells

A row is run with both programs N times, the one that goes first changing from pair to pair. Per row: the median of the
ratios new/old of its `passes` (time in passes of the stream, measured beside it), or of its time where it has none, and
the interval that holds the median of all ratios with 95 % (order statistics of the binomial distribution; needs 6 pairs).
Exit code 3 where a row is slower: its median above 1.03 and its interval above 1.
"""
import argparse
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile

SLOWER = 1.03
MEASURES = ("passes", "real_time")  # which is the ratio of: the first that both have
IS_SLOWER = 3  # the exit code


def command(program, ranks):
    return [os.environ.get("MPIRUN", "mpirun"), "-n", str(ranks), program]


def rows_of(program, quick):
    done = subprocess.run([program, *quick, "--benchmark_list_tests"], capture_output=True, text=True, check=True)
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def measure(program, ranks, row, quick):
    """{of what is measured: the median of the row's repetitions}"""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([*command(program, ranks), *quick, f"--benchmark_filter=^{re.escape(row)}$",
                        f"--benchmark_out={out.name}", "--benchmark_out_format=json"], check=True, capture_output=True)
        with open(out.name, encoding="utf-8") as file:
            runs = [r for r in json.load(file)["benchmarks"] if r["run_type"] == "iteration"]
    return {name: statistics.median(r[name] for r in runs) for name in MEASURES if all(name in r for r in runs)}


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
    options = parser.parse_args()
    if options.pairs < 6:
        sys.exit("fewer than 6 pairs have no interval")
    quick = ["--quick"] if options.quick else []
    slower = rows = 0
    print(f"| row | new/old, median of {options.pairs} pairs | 95 % interval |\n|---|---|---|", flush=True)
    for name in options.names:
        programs = [os.path.join(folder, f"benchmark_{name}") for folder in (options.old, options.new)]
        ranks = 2 if name == "scaling" else 1
        known = rows_of(programs[0], quick)
        for row in rows_of(programs[1], quick):
            if row not in known:
                print(f"| {row} | not in the other commit | |", flush=True)
                continue
            ratios = []
            for pair in range(options.pairs):
                found = {}
                for which in (0, 1) if pair % 2 == 0 else (1, 0):
                    found[which] = measure(programs[which], ranks, row, quick)
                by = next(name for name in MEASURES if name in found[0] and name in found[1])
                ratios.append(found[1][by] / found[0][by])
            low, high = interval(ratios)
            middle = statistics.median(ratios)
            is_slower = middle > SLOWER and low > 1.0
            rows += 1
            slower += is_slower
            print(f"| {row} | {middle:.3f} | {low:.3f} to {high:.3f}{' SLOWER' if is_slower else ''} |", flush=True)
    print(f"\n{rows} rows, {slower} slower")
    return IS_SLOWER if slower else 0


if __name__ == "__main__":
    sys.exit(main())
