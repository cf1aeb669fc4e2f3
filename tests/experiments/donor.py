"""One cell type of a run of donors: what it released, what is inside."""

STAGES = ("maturing", "peripheral", "docked")


class Donor:
    """The only cell of a type. Times are hours; counts inside a cell are known at its outputs, every 24 h."""

    def __init__(self, run, name):
        self.run, self.name = run, name

    def _between(self, column, begin, end):
        return self.run.at(end)[column] - self.run.at(begin)[column]

    def vesicles(self, begin, end, kind="exosome"):
        """Released per hour, gross: by fusion and with amphisomes, or budded."""
        return self._between(f"{kind} from {self.name} secreted [vesicle]", begin, end) / (end - begin)

    def inside(self, hours):
        """The arrays of its cell."""
        return self.run.cells(round(hours / 24))[self.name][0]

    def fusions(self, begin, end):
        return (self.inside(end)["fusions [MVB]"] - self.inside(begin)["fusions [MVB]"]) / (end - begin)

    def mvbs(self, hours, stages=STAGES):
        cell = self.inside(hours)
        return sum(cell[f"{stage} MVBs [MVB]"] for stage in stages)

    def ilvs_per_mvb(self, hours, stages=STAGES):
        cell = self.inside(hours)
        return sum(cell[f"ILVs in {stage} MVBs [vesicle]"] for stage in stages) / self.mvbs(hours, stages)

    def settled_after(self, begin, end, share=0.05):
        """Hours from `begin` until the release per hour stays within a share of its change of what it is at `end`."""
        rates = [self.vesicles(h, h + 1) for h in range(begin, end)]
        change = abs(rates[-1] - self.vesicles(begin - 1, begin))
        return max((n + 1 for n, r in enumerate(rates) if abs(r - rates[-1]) > share * change), default=0)


def compared(run, name, *when, what="vesicles"):
    """A type's number as a ratio to that of the type `control`."""
    return getattr(Donor(run, name), what)(*when) / getattr(Donor(run, "control"), what)(*when)
