#!/usr/bin/python3
"""The table of docs/verification.md, from what the verification tests recorded.

usage: report.py RESULTS [--write PAGE]
RESULTS is the folder that scripts/verification fills. Prints the table; with --write also puts it between the marks of
PAGE. Run by scripts/verification.
"""
import argparse
import json
import pathlib
import re
import sys

BEGIN, END = "<!-- table: scripts/verification --write -->", "<!-- end of the table -->"
KEYS = ("case", "exact", "norm", "error", "order", "required", "refined", "sizes", "errors")


def recorded(results):
    """Rows as dictionaries of KEYS with `test` and `file`, in the order of the files and the tests in them."""
    rows = []
    with open(results / "results.json", encoding="utf-8") as file:
        suites = json.load(file)["testsuites"]
    for test in (t for s in suites for t in s["testsuite"]):
        if test.get("failures"):
            sys.exit(f"report.py: {test['classname']}.{test['name']} failed; no table is made")
        number = 1
        while f"case_{number}" in test:
            row = {key: test[f"{key}_{number}"] for key in KEYS}
            row |= {"test": f"{test['classname']}.{test['name']}", "file": pathlib.Path(test["file"]).name,
                    "line": test["line"], "number": number}
            row["levels"] = [tuple(map(float, pair)) for pair in zip(row["sizes"].split(), row["errors"].split())]
            rows.append(row)
            number += 1
    return sorted(rows, key=lambda r: (r["file"], r["line"], r["number"]))


def short(text):
    """3.0e-03 as 3.0e-3, 0.0e+00 as 0."""
    return re.sub(r"e([+-])0(\d)", r"e\1\2", text).replace("0.0e+0", "0")


def resolution(row):
    size = row["levels"][-1][0]
    unit = "um" if row["refined"] == "h" else "s"
    return "" if size == 0 else f"{row['refined']} {size:.3g} {unit}"


def table(rows):
    lines = ["| case | against | error, norm | at | order | required |", "|---|---|---|---|---|---|"]
    file = ""
    for row in rows:
        if row["file"] != file:
            file = row["file"]
            lines.append(f"| **`{file}`** | | | | | |")
        cells = [row["case"], row["exact"], f"{short(row['error'])}, {row['norm']}", resolution(row), row["order"],
                 short(row["required"])]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--write", type=pathlib.Path)
    arguments = parser.parse_args()
    rows = recorded(arguments.results)
    if not rows:
        sys.exit(f"report.py: {arguments.results} holds no recorded errors")
    text = table(rows)
    print(text)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        if page.count(BEGIN) != 1 or page.count(END) != 1:
            sys.exit(f"report.py: {arguments.write} has no place for the table ({BEGIN} ... {END})")
        between = re.compile(re.escape(BEGIN) + ".*" + re.escape(END), re.S)
        arguments.write.write_text(between.sub(lambda _: f"{BEGIN}\n{text}\n{END}", page), encoding="utf-8")


if __name__ == "__main__":
    main()
