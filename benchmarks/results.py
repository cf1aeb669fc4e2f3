"""What the benchmark programs wrote: medians by name, and the machine."""
import json
import pathlib
import re
import statistics
import subprocess


class Results:
    """Reads medians over repetitions; a case's name is that of Google Benchmark without what it appends."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.spreads, self.context, self.load = [], {}, 0.0

    def read(self, pattern):
        """{case: {counter: median}} of all files that fit."""
        cases = {}
        for path in sorted(self.folder.glob(pattern + ".json")):
            content = json.loads(path.read_text(encoding="utf-8"))
            self.context.update(content["context"])
            self.load = max(self.load, content["context"]["load_avg"][0])
            runs = {}
            for run in content["benchmarks"]:
                if run["run_type"] == "iteration":
                    runs.setdefault(re.sub(r"/iterations:.*$", "", run["name"]), []).append(run)
            for name, repetitions in runs.items():
                numbers = [k for k, v in repetitions[0].items() if isinstance(v, float)]
                cases[name] = {k: statistics.median(r[k] for r in repetitions) for k in numbers}
                passes = [r["passes"] for r in repetitions if "passes" in r]
                if len(passes) > 1:
                    self.spreads.append((max(passes) - min(passes)) / statistics.median(passes))
        return cases

    def read_runs(self, ranks):
        """Medians of what `vesicast run --log-timing` printed: seconds or MiB by part."""
        found = {}
        for path in sorted(self.folder.glob(f"run_{ranks}_*.log")):
            text = path.read_text(encoding="utf-8")
            for part, total, step in re.findall(r"(transport|cells|ledger|output) +([\d.]+) s +[\d.]+ s +([\d.]+) ms", text):
                found.setdefault(part, []).append(float(total))
                found.setdefault(part + " per step", []).append(float(step))
            for memory in re.findall(r"peak memory .* ([\d.]+) MiB on all", text):
                found.setdefault("memory", []).append(float(memory))
        return {part: statistics.median(values) for part, values in found.items()}

    def spread(self):
        """Median over the cases of (largest - smallest)/median of their repetitions."""
        return statistics.median(self.spreads) if self.spreads else None


def values_of(name):
    """The `key:value` parts of a name."""
    return dict(part.split(":", 1) for part in name.split("/") if ":" in part)


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "unknown"


def machine(context):
    """What the numbers were measured on, as one paragraph."""
    cpu = {}
    for line in subprocess.run(["lscpu"], capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
                               check=True).stdout.splitlines():
        key, _, value = line.partition(":")
        cpu.setdefault(key.strip(), value.strip())
    caches = {c["level"]: c for c in context.get("caches", []) if c["type"] in ("Data", "Unified")}
    sizes = ", ".join(f"L{level} {caches[level]['size'] // 1024:,} KiB" for level in sorted(caches))
    widest = [name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("sse4_2", "SSE4.2"))
              if flag in cpu.get("Flags", "").split()]
    virtual = f", a virtual machine ({cpu['Hypervisor vendor']})" if "Hypervisor vendor" in cpu else ""
    return (f"{cpu.get('Model name', 'unknown processor')} (family {cpu.get('CPU family', '?')}, model "
            f"{cpu.get('Model', '?')}), {context.get('num_cpus', '?')} cores, {widest[0] if widest else 'scalar'}, "
            f"{sizes}{virtual}; kernels of level {context.get('simd_level', '?')}; {first_line('g++', '--version')}; "
            f"{first_line('mpirun', '--version').replace('mpirun (', '').replace(')', '')}; PETSc "
            f"{first_line('pkg-config', '--modversion', 'PETSc')}; preset `release`.")
