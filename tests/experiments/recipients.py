"""Experiments on recipients: what the model is calibrated on, and experiments 6 and 7 of biology.md section 8."""
import math

from donor import Donor
from verdict import CALIBRATED, DIRECTION, MISSES, ONLY, Row, context, direction, within

INFLOW = 80.0  # MVB equivalents per hour, the default of donor.pathway.inflow
CELLS = 10  # of well.toml
BAFILOMYCIN = 'perturbation=[{ drug = "bafilomycin A1", dose = "100 nM" }]'


def taken_up(row):
    """Vesicles on or in cells, or that were, in a row of series.csv."""
    return sum(row[f"exosome from external {account} [vesicle]"] for account in (
        "bound", "early endosome", "late endosome", "lysosome", "fused", "back-fused", "degraded"))


def delivered(row):
    return sum(row[f"exosome from external {account} [vesicle]"] for account in ("fused", "back-fused"))


def calibration(program):
    """What parameters were set from; agreement is no evidence."""
    control = Donor(program.run("tetherin"), "control")
    well, fates = program.run("well").at(1), program.run("content_release").at(48)
    initial = "exosome from external initial [vesicle]"
    secreted = 100.0 * control.fusions(24, 48) / INFLOW
    life = 60.0 * control.mvbs(48, ("maturing",)) / INFLOW
    return [
        within("share of MVBs secreted", "Cashikar & Hanson 2019", secreted, 2, 2, " %", CALIBRATED, "1 to 4 %"),
        within("time from MVB to lysosome", "HEp-2 cells 1993", life, math.sqrt(60 * 90), math.sqrt(90 / 60), " min", CALIBRATED,
               "60 to 90 min"),
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
