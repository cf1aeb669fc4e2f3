"""Experiments on tissue: experiments 8 to 10 of biology.md section 8."""
import math
import statistics

from verdict import AGREES, EXACT, MISSES, NONE, Row, context, direction

K_ON, K_OFF, K_ENDOCYTOSIS, CL_FLUID = 1.66e-3, 5e-4, 1e-3, 0.02  # defaults of a recipient; um^3/s, 1/s, um^3/s


def collagen(program):
    changes = {"control": (), "RGD": ('perturbation=[{ rate = "kon_e", factor = 0 }]',),
               "ITGB1": ('perturbation=[{ gene = "ITGB1", activity = 0 }]',)}
    mobile, depth = {}, {}
    for name, change in changes.items():
        run = program.run("collagen", *change)
        free, bound = run.total("free"), run.total("matrix-bound")
        mobile[name] = free / (free + bound)
        values, (nx, _, _) = run.field(1, "exosome [1/um^3]")
        depth[name] = 20.0 * sum((n % nx + 0.5) * v for n, v in enumerate(values)) / sum(values)
    return [
        context("mobile share with as many bound as free", f"{mobile['control']:.3f}"),
        direction("mobile share, nothing bound by RGD", "biology.md 8", mobile["RGD"] / mobile["control"], "up"),
        direction("mobile share, ITGB1 knocked out", "biology.md 8", mobile["ITGB1"] / mobile["control"], "up"),
        context("mean depth reached by free vesicles in 4 h, RGD unbound against bound", f"x {depth['RGD'] / depth['control']:.2f}"),
    ]


def decay_length(run, begin, end, voxel=15.0):
    """1/slope of the log of the mean concentration of layers across x, between two depths [um]."""
    values, (nx, _, _) = run.field(1, "exosome [1/um^3]")
    layers = [statistics.fmean(values[n::nx]) for n in range(nx)]
    inside = [(voxel * (n + 0.5), math.log(c)) for n, c in enumerate(layers) if begin <= voxel * (n + 0.5) <= end]
    return -1.0 / statistics.linear_regression(*zip(*inside)).slope


def wall(program):
    def length(receptors):  # D 0.5 um^2/s, alpha 0.2, 3e8 cells/ml
        clearance = K_ON * receptors * K_ENDOCYTOSIS / (K_OFF + K_ENDOCYTOSIS) + CL_FLUID
        return math.sqrt(0.5 * 0.2 / (clearance * 3e-4))

    retained = ('cell_type.recipient.recipient.k_recycling="0 /s"', 'cell_type.recipient.recipient.k_resecretion="0 /s"')
    rows = []
    for what, receptors, changes in (("500 receptors", 500, ()), ("500 receptors, nothing comes back out", 500, retained),
                                     ("5000 receptors, nothing comes back out", 5000, retained)):
        run = program.run("wall", *changes, *(() if receptors == 500 else ("cell_type.recipient.recipient.receptors=5000",)))
        predicted = length(receptors)
        measured = decay_length(run, 15, 120)
        rows.append(Row(f"L, {what}", f"{predicted:.3g} um", "sqrt(D alpha/(CL n))", EXACT,
                        f"{measured:.3g} um ({100 * (measured / predicted - 1):+.0f} %)",
                        AGREES if abs(measured / predicted - 1) <= 0.1 else MISSES))
    return rows


def plasma_balance(program):
    def state(*changes):
        run = program.run("plasma_balance", *changes)
        cells = 300.0  # 3e8 per ml in 1e6 um^3
        return run.total("free") / cells, run.total("secreted") / cells / (12 * 60)

    alone = ("cell_type.cell.recipient.receptors=0", 'cell_type.cell.recipient.fluid_phase="0 um^3/s"')
    (kept, rate), (shared, _) = state(*alone), state()
    return [
        Row("vesicles per cell, cells take none up", "about 2 in plasma", "Auber 2022", "range", f"{kept:.3g}", NONE),
        Row("vesicles per cell, all cells take up", "about 2 in plasma", "Auber 2022", "range", f"{shared:.2g}", NONE),
        Row("release", "(1.5 +- 0.4)e12 /min into plasma", "Auber 2022", "range", f"{rate:.2f} /min and cell, an input", NONE),
    ]
