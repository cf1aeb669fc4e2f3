"""Runs of the program under test, each made once."""
import pathlib
import subprocess
import sys

from run_folder import Run

CONFIGS = pathlib.Path(__file__).resolve().parents[2] / "configs" / "experiments"


class Program:
    """`executable` and the folder that its runs go to."""

    def __init__(self, executable, results):
        self.executable, self.results, self.made = executable, pathlib.Path(results), {}

    def run(self, config, *changes):
        """The run of configs/experiments/CONFIG.toml with `--set` changes."""
        key = (config, changes)
        if key not in self.made:
            folder = self.results / f"{config}_{sum(1 for made, _ in self.made if made == config)}"
            command = [str(self.executable), "run", str(CONFIGS / f"{config}.toml"), "--output", str(folder), "--quiet",
                       "--overwrite", "--set", 'output.compression="zlib"', "--set", 'output.precision="double"']
            for change in changes:
                command += ["--set", change]
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"experiments: {' '.join(command)}\nended with code {done.returncode}:\n{done.stdout}{done.stderr}")
            self.made[key] = Run(folder)
        return self.made[key]
