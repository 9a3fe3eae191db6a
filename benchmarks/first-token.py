#!/usr/bin/env python3
"""Times NativeAOT programs from their start to what they print first, in turns: packed and safetensors weights, a token each, and, where its program is
given too, the NativeAot sample, a sentence in text.

    dotnet publish tests/Formwork.Aot.Tests -c Release -r linux-x64 -o benchmarks/bin/first-token
    dotnet publish samples/NativeAot -c Release -r linux-x64 -o benchmarks/bin/native-aot
    python3 benchmarks/first-token.py benchmarks/bin/first-token/Formwork.Aot.Tests samples/Translate/model/model.safetensors benchmarks/bin/native-aot/translate
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 40
SENTENCE = "Two dogs run on the beach."


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
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    program, safetensors, *sample = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        packed = os.path.join(folder, "model.fw")
        subprocess.run([program, "--pack", safetensors, packed], check=True)
        commands = {
            "packed": [program, "--first-token", packed],
            "safetensors": [program, "--first-token", safetensors],
            "a process that does nothing": ["/bin/echo"],
        }
        if sample:
            commands["the NativeAot sample"] = [*sample, SENTENCE]
        times = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(milliseconds(command))
    for name, values in times.items():
        print(f"{name}: least {min(values):.1f} ms, median {statistics.median(values):.1f} ms, {RUNS} runs")


if __name__ == "__main__":
    main()
