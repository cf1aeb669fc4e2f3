"""Experiment 1 of biology.md section 8: passive loading of a miRNA."""
from verdict import NONE, Row


def passive_loading(program):
    """Copies per vesicle of a miRNA with 1e3, 1e4 and 1e5 copies in the cell, against Chevillet 2014: within 3 times the mean."""
    del program
    return [Row("copies of one miRNA per vesicle", "0.00825 +- 0.02", "Chevillet 2014", "weak", "not run", NONE)]
