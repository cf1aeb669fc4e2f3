"""Times of other programs on the same problem, taken once (docs/performance.md says how), in the unit of ours."""

# Milliseconds of a stream pass over 10^6 doubles on the core that they were taken on.
STREAM = 0.58

# Name: milliseconds per step and 10^6 voxels: one field on one core and on two, four fields (per field) on one and two.
STEP = {
    "BioFVM 1.0.4 (LOD, OpenMP)": (55, 32, 31, 21),
    "BioFVM in PhysiCell 1.14.2": (85, 53, 36, 24),
    "BioFVM-X (MPI)": (72, 49, 33, 28),
    "BioFVM-B (MPI, pipelined)": (48, 25, 45, 23),
    "BioFVM-B, its AVX solver": (24, 11, 28, 15),
}
BIOFVM, BIOFVM_B = "BioFVM 1.0.4 (LOD, OpenMP)", "BioFVM-B, its AVX solver"

# Seconds on one core for the EV hour on 10^6 voxels, by relative L2 error in time.
HOUR = {
    BIOFVM: {1e-2: 41, 1e-3: 510, 1e-4: 5100},
    BIOFVM_B: {1e-2: 18, 1e-3: 220, 1e-4: 2200},
}


def step_passes(name):
    """Stream passes per step and voxel, one field on one core."""
    return STEP[name][0] / STREAM


def hour_passes(name, error):
    """Stream passes per voxel for the EV hour."""
    return HOUR[name][error] / (1e-3 * STREAM)
