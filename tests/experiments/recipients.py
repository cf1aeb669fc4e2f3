"""Experiments on recipients: what the model is calibrated on, and experiments 6 and 7 of biology.md section 8."""
import math

from donor import Donor
from verdict import CALIBRATED, DIRECTION, MISSES, ONLY, RANGE, SET, Row, context, direction, in_range, times, within

INFLOW = 80.0  # MVB equivalents per hour, the default of donor.pathway.inflow
CELLS = 10  # of well.toml
BAFILOMYCIN = 'perturbation=[{ drug = "bafilomycin A1", dose = "100 nM" }]'


def taken_up(row):
    """Vesicles on or in cells, or that were, in a row of series.csv."""
    return sum(row[f"exosome from external {account} [vesicle]"] for account in (
        "bound", "early endosome", "late endosome", "lysosome", "fused", "back-fused", "degraded"))


def inside(row):
    """Vesicles in cells, or that were: what is only bound is left out."""
    return taken_up(row) - row["exosome from external bound [vesicle]"]


def delivered(row):
    return sum(row[f"exosome from external {account} [vesicle]"] for account in ("fused", "back-fused"))


def membrane_turnover(program):
    """Half-life [h] of a membrane cargo in a settled donor, and what leaves it with vesicles per hour [%], gross: also what
    tetherin brings back."""
    begin, end = (program.run("membrane_turnover").at(hours) for hours in (12, 24))
    lost, left = (sum(end[name] - begin[name] for name in names) / 12 for names in (
        ("CD63 synthesised [copies]",), ("CD63 carried [copies]", "CD63 degraded [copies]")))
    elsewhere = ("initial", "synthesised", "entered", "carried", "degraded", "decayed", "left", "decayed in the cell",
                 "digested in the donor")
    here = sum(value for name, value in end.items() if name.startswith("CD63 ") and name[5:-9] not in elsewhere)
    return math.log(2.0) * here / lost, 100.0 * left / here


def calibration(program):
    """What parameters were set from; agreement is no evidence."""
    control = Donor(program.run("tetherin"), "control")
    well, fates = program.run("well").at(1), program.run("content_release").at(48)
    initial = "exosome from external initial [vesicle]"
    half_life, leaves = membrane_turnover(program)
    secreted = 100.0 * control.fusions(24, 48) / INFLOW
    life = 60.0 * control.mvbs(48, ("maturing",)) / INFLOW
    return [
        within("share of MVBs secreted", "derived from Cashikar & Hanson 2019", secreted, 2, 2, " %", CALIBRATED, "1 to 4 %"),
        within("time from MVB to lysosome", "HEp-2 cells 1993", life, math.sqrt(60 * 90), math.sqrt(90 / 60), " min", CALIBRATED,
               "60 to 90 min"),
        within("half-life of a membrane cargo", "biology.md 0", half_life, math.sqrt(12 * 24), math.sqrt(24 / 12), " h", CALIBRATED,
               "CD63: 12 to 24 h"),
        within("of a membrane cargo leaves with vesicles per hour", "Cashikar & Hanson 2019", leaves, math.sqrt(0.06 * 0.12),
               math.sqrt(0.12 / 0.06), " %", CALIBRATED, "CD63: 0.06 to 0.12 %"),
        within("taken up in 1 h in a well", "Bonsergent 2021", 100 * taken_up(well) / well[initial], 1, 2, " %", CALIBRATED),
        within("content released, of what is internalised", "Bonsergent 2021", 100 * delivered(fates) / taken_up(fates), 30, 1.5,
               " %", CALIBRATED),
    ]


def well(program):
    """Uptake against dose and time."""
    doses = [10.0 ** n for n in range(8, 14)]
    per_dose = [taken_up(program.run("well", f'vesicle.exosome.initial_concentration="{dose:.0e} /ml"').at(1)) / dose
                for dose in doses]
    half = next((n for n, u in enumerate(per_dose) if u < 0.5 * per_dose[0]), None)
    source = "biology.md 8"
    rows = [direction("uptake per dose in 1 h, 1e10 against 1e8 /ml", source, per_dose[2] / per_dose[0], "same"),
            direction("uptake per dose in 1 h, 1e13 against 1e8 /ml", source, per_dose[-1] / per_dose[0], "down"),
            context("uptake per cell in 1 h at 1e13 /ml", f"{per_dose[-1] * doses[-1] / CELLS:.3g}")]
    if half is not None:
        slope = math.log(per_dose[half] / per_dose[half - 1]) / math.log(10.0)
        dose = doses[half - 1] * 10.0 ** (math.log(0.5 * per_dose[0] / per_dose[half - 1]) / math.log(10.0) / slope)
        rows.append(context("half-saturating dose", f"{dose:.1e} /ml"))

    def exponent(run, begin, end):
        return math.log(taken_up(run.at(end)) / taken_up(run.at(begin))) / math.log(end / begin)

    def power(quantity, value, published, right):
        return Row(quantity, published, source, ONLY, f"t^{value:.2f}", DIRECTION if right(value) else MISSES)

    stable = 'vesicle.exosome.decay="0 /h"'
    first = exponent(program.run("well", 'run.end="4 h"', stable), 1, 4)
    kept = [f'cell_type.monolayer.recipient.{key}="0 /s"' for key in ("k_recycling", "k_resecretion")]
    nothing_back = exponent(program.run("well", 'run.end="4 h"', stable, *kept), 1, 4)
    fast = ('run.end="96 h"', 'run.step="60 s"', stable, "cell_type.monolayer.recipient.receptors=27300")
    late = exponent(program.run("well", *fast), 24, 96)
    shallow = exponent(program.run("well", *fast, 'domain.size=["100 um", "100 um", "200 um"]'), 24, 96)
    rows.append(power("uptake with time, 1 to 4 h, CL 5.5 um^3/s", first, "t: binding limits", lambda n: n > 0.9))
    rows.append(context("the same, nothing comes back out of cells", f"t^{nothing_back:.2f}"))
    rows.append(power("uptake with time, 24 to 96 h, CL 30 um^3/s, 2.5 mm deep", late, "t^0.5: diffusion limits", lambda n: n < 0.6))
    rows.append(context("the same 0.2 mm deep", f"t^{shallow:.2f}"))
    return rows


def bafilomycin(program):
    """Bafilomycin on recipients: the gate alone."""
    control, treated = program.run("well").at(1), program.run("well", BAFILOMYCIN).at(1)
    late, late_treated = (program.run("content_release", *c).at(48) for c in ((), (BAFILOMYCIN,)))
    share = 100.0 * delivered(late_treated) / delivered(late)
    return [
        Row("content released in 48 h, of control", "about 0", "biology.md 8", ONLY, f"{share:.2g} %", DIRECTION if share < 5 else MISSES),
        context("content released in 1 h, of control", f"{100 * delivered(treated) / delivered(control):.2g} %"),
        direction("uptake in 1 h", "biology.md 8", taken_up(treated) / taken_up(control), "same"),
    ]


def uptake_inhibitors(program):
    """Drugs on uptake at a saturating dose, against the ranges of biology.md section 7. Some weights were set so that the
    rate of endocytosis is left in the middle of the range."""
    control = program.run("uptake_inhibitors").at(1)
    drugs = (("MbCD", "1e6", 0.4, 0.6, SET), ("cytochalasin D", "1e6", 0.3, 0.7, SET), ("dynasore", '"100 mM"', 0.3, 0.6, RANGE),
             ("EIPA", "1e6", 0.5, 0.8, RANGE), ("chlorpromazine", "1e6", 0.5, 1.0, RANGE), ("4C", "1e6", 0.05, 0.2, SET),
             ("heparin", "1e6", 0.4, 0.6, SET))
    rows, with_bound = [], []
    for drug, dose, low, high, firmness in drugs:
        treated = program.run("uptake_inhibitors", f'perturbation=[{{ drug = "{drug}", dose = {dose} }}]').at(1)
        rows.append(in_range(f"inside after 1 h, {drug}", "biology.md 7", inside(treated) / inside(control), low, high, firmness))
        with_bound.append(times(taken_up(treated) / taken_up(control)))
    return rows + [context("the same with what is bound, in this order", ", ".join(with_bound))]
