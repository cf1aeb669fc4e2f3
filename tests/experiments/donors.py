"""Experiments on donors: experiments 2 to 6 of biology.md section 8, and tetherin."""
from donor import Donor, compared
from verdict import SET, WEAK, context, direction, in_range, order, times


def lysosome_block(program):
    run, last = program.run("lysosome_block"), (72, 96)
    rows = []
    for name, what in (("half", "k_lys x 0.5"), ("quarter", "k_lys x 0.25"), ("tenth", "k_lys x 0.1"),
                       ("bafilomycin", "bafilomycin A1 100 nM, settled")):
        rows.append(in_range(f"vesicles, {what}", "Edgar 2016", compared(run, name, *last), 2, 5, WEAK))
        rows.append(context(f"fusions, {what}", times(compared(run, name, *last, what="fusions"))))
    rows.append(in_range("vesicles, bafilomycin A1, its first 24 h", "Edgar 2016", compared(run, "added", 24, 48), 2, 5, WEAK))
    rows.append(context("fusions, bafilomycin A1, its first 24 h", times(compared(run, "added", 24, 48, what="fusions"))))
    rows.append(context("release settles after the drug in", f"{Donor(run, 'added').settled_after(24, 96)} h"))
    for gene in ("RAB7A", "HOPS"):
        rows.append(in_range(f"vesicles, {gene} knocked down", "biology.md 8", compared(run, gene, *last), 2, 5, WEAK))
        rows.append(context(f"fusions, {gene} knocked down", times(compared(run, gene, *last, what="fusions"))))
    return rows


def isg15(program):
    run, last, source = program.run("isg15"), (24, 48), "biology.md 7"
    rescued = compared(run, "rescued", *last)
    return [
        in_range("vesicles, ISG15 x 2", source, compared(run, "twice", *last), 0.3, 0.6),
        in_range("vesicles, ISG15 x 3", source, compared(run, "thrice", *last), 0.3, 0.6),
        order("vesicles, ISG15 x 2 with bafilomycin A1", source, rescued, 1.0, "rescued: as control or more"),
        context("vesicles, bafilomycin A1 alone", times(compared(run, "bafilomycin", *last))),
        direction("MVBs, ISG15 x 2", source, compared(run, "twice", 48, what="mvbs"), "down"),
        direction("MVBs, ISG15 x 3", source, compared(run, "thrice", 48, what="mvbs"), "down"),
    ]


def rab27(program):
    run, last, source = program.run("rab27"), (24, 48), "Ostrowski 2010"
    peripheral = ("peripheral", "docked")
    return [
        in_range("vesicles, RAB27A at 15 %", source, compared(run, "RAB27A", *last), 0.3, 0.5, SET),
        in_range("vesicles, RAB27B at 15 %", source, compared(run, "RAB27B", *last), 0.4, 0.6, SET),
        context("fusions, RAB27A and RAB27B", ", ".join(times(compared(run, f"RAB27{x}", *last, what="fusions")) for x in "AB")),
        direction("ILVs per MVB, RAB27A", source, compared(run, "RAB27A", 48, what="ilvs_per_mvb"), "up"),
        direction("ILVs per docked MVB, RAB27A", source, compared(run, "RAB27A", 48, ("docked",), what="ilvs_per_mvb"), "up"),
        direction("MVBs at the periphery, RAB27B", source, compared(run, "RAB27B", 48, peripheral, what="mvbs"), "down"),
        context("MVBs at the periphery, RAB27A", times(compared(run, "RAB27A", 48, peripheral, what="mvbs"))),
        context("ILVs per MVB, RAB27B", times(compared(run, "RAB27B", 48, what="ilvs_per_mvb"))),
    ]


def snare(program):
    run, last, source = program.run("snare"), (24, 48), "biology.md 8"
    rows = []
    for name in ("SNAP23", "YKT6"):
        rows.append(direction(f"vesicles, {name} lost", source, compared(run, name, *last), "down"))
        rows.append(direction(f"MVBs, {name} lost", source, compared(run, name, 48, what="mvbs"), "same"))
        rows.append(direction(f"docked MVBs, {name} lost", source, compared(run, name, 48, ("docked",), what="mvbs"), "up"))
    return rows


def ilv_routes(program):
    run, last = program.run("ilv_routes"), (72, 96)
    kosaka, baietti = "Trajkovic 2008, Kosaka 2010", "Baietti 2012"
    pellet = sum(Donor(run, "GW4869").vesicles(*last, kind) for kind in ("exosome", "ectosome")) / sum(
        Donor(run, "control").vesicles(*last, kind) for kind in ("exosome", "ectosome"))
    return [
        in_range("exosomes, GW4869 10 uM, settled", kosaka, compared(run, "GW4869", *last), 0.3, 0.7),
        in_range("exosomes, GW4869 10 uM, its first 24 h", kosaka, compared(run, "added", 24, 48), 0.3, 0.7),
        in_range("exosomes and ectosomes, GW4869 10 uM", kosaka, pellet, 0.3, 0.7),
        context("release settles after the drug in", f"{Donor(run, 'added').settled_after(24, 96)} h"),
        in_range("exosomes, SMPD3 at 15 %", kosaka, compared(run, "SMPD3", *last), 0.3, 0.7),
        in_range("exosomes, syntenin (SDCBP) at 15 %", baietti, compared(run, "SDCBP", *last), 0.4, 0.6),
        in_range("exosomes, ALIX (PDCD6IP) at 15 %", baietti, compared(run, "PDCD6IP", *last), 0.4, 0.6),
        in_range("exosomes, TSG101 at 15 %", "Colombo 2013", compared(run, "TSG101", *last), 0.4, 0.7),
        context("fusions, TSG101 at 15 %", times(compared(run, "TSG101", *last, what="fusions"))),
        in_range("exosomes, CD63 knocked out", "biology.md 7", compared(run, "CD63", *last), 0.5, 0.8),
        direction("exosomes, VPS4B at 15 %", "biology.md 7", compared(run, "VPS4B", *last), "up"),
        direction("exosomes, VPS4A and VPS4B at 15 %", "biology.md 7", compared(run, "VPS4", *last), "down"),
    ]


def tetherin(program):
    run = program.run("tetherin")

    def free(name):  # that reached the fluid: released, less what is held or was taken in again
        def got(hours):
            column = run.at(hours)
            return sum(column[f"exosome from {name} {account} [vesicle]"] for account in ("free", "decayed"))
        return got(48) - got(24)

    held = [run.at(48)[f"exosome from {name} tethered [vesicle]"] for name in ("BST2", "control")]
    return [
        direction("free vesicles, BST2 lost", "biology.md 7", free("BST2") / free("control"), "up"),
        direction("vesicles held in clusters, BST2 lost", "biology.md 7", held[0] / held[1], "down"),
    ]
