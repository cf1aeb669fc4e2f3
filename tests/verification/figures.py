#!/usr/bin/python3
"""The figures of docs/verification.md, from what the verification tests recorded and wrote.

usage: figures.py RESULTS FOLDER
RESULTS is the folder that scripts/verification fills; one PNG per figure goes into FOLDER. Run by scripts/verification.
"""
import csv
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from report import recorded  # noqa: E402


def read(results, name):
    """Columns of NAME.csv, their names as keys."""
    with open(results / f"{name}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return dict(zip(rows[0], np.array(rows[1:], dtype=float).T))


def figure(title, x, y, size=(4.6, 3.2)):
    made, axes = plt.subplots(figsize=size, dpi=110, layout="constrained")
    axes.set(title=title, xlabel=x, ylabel=y)
    axes.title.set_fontsize(10)
    axes.grid(alpha=0.3)
    return made, axes


def against_exact(curves, x, title, y):
    made, axes = figure(title, x, y)
    axes.plot(curves[x], curves["exact"], color="black", linewidth=1, label="exact")
    axes.plot(curves[x], curves["computed"], "o", markersize=3, color="tab:orange", label="computed")
    return made, axes


def convergence(results):
    """Errors over voxel edge and time step, with lines of slope two behind them."""
    made, panels = plt.subplots(1, 2, figsize=(9.2, 4.2), dpi=110, layout="constrained")
    for axes, refined, x in zip(panels, ("h", "dt"), ("voxel edge h [um]", "time step [s]")):
        rows = [r for r in recorded(results) if r["refined"] == refined and len(r["levels"]) > 1]
        for row in rows:
            size, error = np.array(row["levels"]).T
            second = "order >= 1.9" in row["required"]
            axes.loglog(size, error, "o-" if second else "s--", markersize=3, linewidth=0.9,
                        color=None if second else "black")
        limits = axes.get_xlim(), axes.get_ylim()
        reach = np.array(limits[0])
        for factor in 10.0 ** np.arange(-12, 3):
            axes.loglog(reach, factor * reach**2, color="gray", linewidth=0.5, linestyle=":", zorder=0)
        axes.set(xlabel=x, xlim=limits[0], ylim=limits[1])
    panels[0].set_ylabel("error")
    return made


def jump(results):
    made, axes = against_exact(read(results, "jump"), "x [um]", "alpha and D jump at 0, 200 s later", "C / C0")
    axes.axvline(0, color="black", linewidth=0.5, linestyle=":")
    axes.set_xlim(-100, 60)
    axes.legend(frameon=False, fontsize=8)
    return made


def front(results):
    made, axes = figure("sharp front at 0.5 um/s, voxels of 4 um", "x [um]", "C / C0")
    curves = read(results, "front")
    for time, colour in zip(("120", "240", "360"), ("tab:blue", "tab:orange", "tab:green")):
        edge = 0.5 * float(time)
        axes.plot([0, edge, edge, 240], [1, 1, 0, 0], color="black", linewidth=0.7)
        axes.plot(curves["x [um]"], curves[time], "o-", markersize=2, linewidth=0.8, color=colour, label=f"{time} s")
    axes.legend(frameon=False, fontsize=8)
    return made


def plume(results):
    curves = read(results, "plume")
    x, y = np.unique(curves["x [um]"]), np.unique(curves["y [um]"])
    computed, exact = (curves[f"{name} [1/um^3]"].reshape(len(y), len(x)) for name in ("computed", "exact"))
    made, axes = figure("a cell releasing into a flow of 0.2 um/s: C [1/um^3]", "x [um]", "y [um]", (6.0, 3.2))
    levels = np.geomspace(5e-3, 3e-1, 8)
    drawn = axes.contour(x, y, computed, levels, cmap="viridis", norm=matplotlib.colors.LogNorm())
    axes.contour(x, y, exact, levels, colors="black", linewidths=1.2, linestyles=":")
    axes.clabel(drawn, fmt="%.2g", fontsize=7)
    axes.plot(0, 0, "o", color="tab:red", markersize=4)
    axes.set(aspect="equal", xlim=(-50, 75), ylim=(0, 60))
    return made


def clearance(results):
    curves = read(results, "clearance")
    made, axes = against_exact(curves, "x [um]", "clearance face at 120 um, 1500 s", "C / C at the wall, t = 0")
    axes.plot(curves["x [um]"], curves["start"], color="gray", linestyle="--", linewidth=0.8, label="start")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=8)
    return made


def matrix(results):
    made, axes = against_exact(read(results, "matrix"), "t [s]", "binding to the matrix, K = 3", "share bound")
    axes.axhline(0.75, color="gray", linewidth=0.8, linestyle="--", label="K/(1 + K)")
    axes.legend(frameon=False, fontsize=8)
    return made


def sink(results):
    made, axes = against_exact(read(results, "sink"), "x [um]", "recipients everywhere, L = 25 um, voxels of 5 um",
                               "C / C0")
    axes.set_yscale("log")
    axes.legend(frameon=False, fontsize=8)
    return made


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    results, folder = map(pathlib.Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    for draw in (convergence, jump, front, plume, clearance, matrix, sink):
        made = draw(results)
        # Without the version in it the file is the same on any machine with the same fonts.
        made.savefig(folder / f"{draw.__name__}.png", metadata={"Software": None})
        plt.close(made)
        print(f"figure: {folder / (draw.__name__ + '.png')}")


if __name__ == "__main__":
    main()
