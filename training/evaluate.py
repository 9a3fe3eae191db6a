"""Greedy BLEU of averaged checkpoints. evaluate.py --split val --average 5 [--last STEP]; --dtype rounds the weights first."""
import argparse
import os
import re
import time

import torch

import data
from bleu import corpus_bleu, mteval13a
from model import Model
from train import translate


def checkpoints(run):
    steps = sorted(int(m.group(1)) for m in (re.fullmatch(r"weights-(\d+)\.pt", f) for f in os.listdir(run)) if m)
    return [(step, os.path.join(run, f"weights-{step:06d}.pt")) for step in steps]


def average(run, count, last=None):
    """Mean of the weights of the `count` checkpoints that end at step `last`: (state, their steps)."""
    chosen = [c for c in checkpoints(run) if last is None or c[0] <= last][-count:]
    total = None
    for _, path in chosen:
        state = torch.load(path)
        total = {k: v.double() for k, v in state.items()} if total is None else {k: total[k] + v for k, v in state.items()}
    return {k: (v / len(chosen)).float() for k, v in total.items()}, [step for step, _ in chosen]


def rounded(value, dtype):
    """To a 16-bit type and back. What float16 could hold only as a subnormal number becomes zero."""
    if dtype == "f16":
        assert float(value.abs().max()) < 65504
        value = value.half().float()
        return torch.where(value.abs() < 2.0 ** -14, torch.zeros(()), value)
    return value.bfloat16().float() if dtype == "bf16" else value


def load(state, dtype="f32"):
    model = Model()
    model.load_state_dict({k: rounded(v, dtype) for k, v in state.items()})
    return model.eval()


def score(model, sp, folder, split):
    """(BLEU with Moses-style tokens, BLEU with 13a tokens, translations)"""
    out = translate(model, sp, data.encode(sp, data.read_lines(folder, split, "en")))
    target = data.read_lines(folder, split, "fr")
    return corpus_bleu(out, target), corpus_bleu(out, target, mteval13a), out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=data.DEFAULT_DATA)
    parser.add_argument("--run", default=data.DEFAULT_RUN)
    parser.add_argument("--split", nargs="+", default=["val"])
    parser.add_argument("--average", type=int, nargs="+", default=[5])
    parser.add_argument("--last", type=int)
    parser.add_argument("--dtype", nargs="+", default=["f32"], choices=["f32", "f16", "bf16"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", help="file for the translations of the last one evaluated")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    sp = data.load_tokenizer(os.path.join(a.run, "sentencepiece.model"))
    for count in a.average:
        state, steps = average(a.run, count, a.last)
        for dtype in a.dtype:
            for split in a.split:
                start = time.time()
                moses, thirteen, out = score(load(state, dtype), sp, a.data, split)
                print(f"{split} {dtype} mean of {len(steps)} ({steps[0]}..{steps[-1]}): moses {moses:.2f} 13a {thirteen:.2f} "
                      f"({time.time() - start:.1f} s)", flush=True)
    if a.write:
        with open(a.write, "w", encoding="utf-8") as f:
            f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
