#!/usr/bin/env python3
"""Times a NativeAOT program from its start to its first token, with packed and with safetensors weights in turns.

    dotnet publish tests/Formwork.Aot.Tests -c Release -r linux-x64 -p:IlcInstructionSet=x86-x64-v3 -o benchmarks/bin/first-token
    python3 benchmarks/first-token.py benchmarks/bin/first-token/Formwork.Aot.Tests samples/Translate/model/model.safetensors
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 40


def milliseconds(command):
    """From before the process is started to the first byte that it writes."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        first = process.stdout.read(1)
        elapsed = time.perf_counter() - start
    if process.returncode != 0 or not first:
        sys.exit(f"{command[0]} failed")
    return elapsed * 1e3


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, safetensors = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        packed = os.path.join(folder, "model.fw")
        subprocess.run([program, "--pack", safetensors, packed], check=True)
        commands = {
            "packed": [program, "--first-token", packed],
            "safetensors": [program, "--first-token", safetensors],
            "a process that does nothing": ["/bin/echo"],
        }
        times = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(milliseconds(command))
    for name, values in times.items():
        print(f"{name}: least {min(values):.1f} ms, median {statistics.median(values):.1f} ms, {RUNS} runs")


if __name__ == "__main__":
    main()
