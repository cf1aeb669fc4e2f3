"""Experiment 1 of biology.md section 8: passive loading of a miRNA."""
from verdict import AGREES, EXACT, MISSES, WEAK, Row, context, times, within


def per_vesicle(run, cargo, donor):
    """Copies of a cargo in a vesicle that left its donor from 24 h to 48 h; none is lost outside."""
    begin, end = run.at(24), run.at(48)

    def made(column):
        return end[column] - begin[column]

    copies = made(f"{cargo} carried [copies]") + made(f"{cargo} degraded [copies]")  # what tetherin brought back is degraded
    return copies / made(f"exosome from {donor} secreted [vesicle]")


def passive_loading(program):
    """Copies per vesicle of a miRNA with 1e3, 1e4 and 1e5 copies in the cell, against Chevillet 2014: within 3 times the mean."""
    one_size, run = program.run("passive_loading", 'vesicle.exosome.diameter_sd="0.01 nm"'), program.run("passive_loading")
    by_hand = per_vesicle(one_size, "1e4", "donor")
    rows = [Row("copies per vesicle, 1e4 per cell, all of 100 nm", "0.0038", "V_lumen/V_cyt x copies", EXACT, f"{by_hand:.3g}",
                AGREES if abs(by_hand / 0.0038 - 1.0) <= 0.1 else MISSES)]
    for copies in ("1e3", "1e4", "1e5"):
        rows.append(within(f"copies per vesicle, {copies} per cell, 100 +- 30 nm", "Chevillet 2014",
                           per_vesicle(run, copies, "donor"), 0.00825, 3, "", WEAK, "0.00825 +- 0.02"))
    sorted_in = per_vesicle(run, "sorted", "sorting")
    rows.append(context("the same, 1e4 per cell, sorted (E = 10)", f"{sorted_in:.3g}"))
    rows.append(context("sorted, YBX1 at 15 %, of that", times(per_vesicle(run, "knocked_down", "YBX1") / sorted_in)))
    return rows
