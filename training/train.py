"""Train the sample translator. Resumes from the run's folder by itself; see README.md.

Each of the `workers` processes has one thread and takes its share of every batch. The weights lie in one flat array in
shared memory; process 0 adds the gradients up and runs Adam. On two cores this is a quarter faster than one process
with two threads, and suffers less from other programs.
"""
import argparse
import os
import time

import numpy as np
import torch
import torch.multiprocessing as mp

import data
from bleu import corpus_bleu
from model import MaskPool, Model


def save(path, value):
    torch.save(value, path + ".tmp")
    os.replace(path + ".tmp", path)


def translate(model, sp, sources, batch=256):
    """Greedy translations of encoded sources, in their order; the dropout must be off."""
    out = [""] * len(sources)
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    for start in range(0, len(order), batch):
        part = order[start:start + batch]
        for i, ids in zip(part, model.greedy(data.pad_rows([sources[i] for i in part]))):
            out[i] = sp.decode(ids)
    return out


def rate(step, a):
    """Inverse square root after a linear warm-up; over the last `cooldown` steps also linearly down to a twentieth."""
    value = a.peak * min(step / a.warmup, (a.warmup / step) ** 0.5)
    if a.cooldown:
        value *= min(1.0, max(0.05, (a.steps - step) / a.cooldown))
    return value


def load_pairs(a, sp, split):
    return [data.encode(sp, data.read_lines(a.data, split, language)) for language in ("en", "fr")]


def flatten(model, flat):
    """Make the model's parameters views of `flat`."""
    at = 0
    for p in model.parameters():
        p.data = flat[at:at + p.numel()].view(p.shape)
        at += p.numel()
    assert at == len(flat)


def work(rank, a, flat, gradients, losses, start, barrier):
    """One process: the gradient of its share of every batch. Process 0 gets control between the two barriers."""
    torch.set_num_threads(1)
    sp = data.load_tokenizer(os.path.join(a.run, "sentencepiece.model"))
    batches = data.Batches(*load_pairs(a, sp, "train"), a.tokens, a.seed)
    torch.manual_seed(a.seed + rank)
    model = Model(half=not a.full)
    flatten(model, flat)
    model.drop = MaskPool(a.dropout)
    model.train()
    step, epoch, position = start
    while True:
        order = batches.epoch(epoch)
        while position < len(order):
            batch = order[position]
            position, step = position + 1, step + 1
            torch.manual_seed((a.seed * 1000003 + step) * 64 + rank)  # the masks depend on the step, so a resumed run needs no state
            model.drop.step()
            mine = batch[rank::a.workers]
            model.zero_grad(set_to_none=True)
            gradients[rank] = 0
            if len(mine):
                source, target = batches.tensors(mine)
                loss = model.loss(source, target, a.smoothing)
                share = float(batches.target_length[mine].sum() / batches.target_length[batch].sum())
                (loss[0] * share).backward()
                torch.cat([p.grad.reshape(-1) for p in model.parameters()], out=gradients[rank])
                losses[rank] = loss.detach() * share
            barrier.wait()  # all gradients are there
            if rank == 0:
                yield step, epoch, position, int(batches.target_length[batch].sum())
            barrier.wait()  # the weights have been changed
            if step == a.steps:
                return
        epoch, position = epoch + 1, 0


def other(*args):
    for _ in work(*args):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=data.DEFAULT_DATA)
    parser.add_argument("--run", default=data.DEFAULT_RUN)
    parser.add_argument("--steps", type=int, default=7250)
    parser.add_argument("--cooldown", type=int, default=2250)
    parser.add_argument("--tokens", type=int, default=4096, help="padded target tokens a step")
    parser.add_argument("--peak", type=float, default=4e-3)
    parser.add_argument("--warmup", type=int, default=1000)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20161)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=125, help="steps between checkpoints")
    parser.add_argument("--validate", type=int, default=1000, help="steps between validations")
    parser.add_argument("--keep-from", type=int, default=2000, help="first step whose weights are kept for averaging")
    parser.add_argument("--full", action="store_true", help="float32 linear layers, for a CPU without bfloat16 instructions")
    a = parser.parse_args()

    os.makedirs(a.run, exist_ok=True)
    spm_path = os.path.join(a.run, "sentencepiece.model")
    if not os.path.exists(spm_path):
        data.train_tokenizer(a.data, spm_path)
    sp = data.load_tokenizer(spm_path)
    log = open(os.path.join(a.run, "log.txt"), "a", buffering=1)

    def say(line):
        line = time.strftime("%H:%M:%S ", time.gmtime()) + line
        print(line, flush=True)
        log.write(line + "\n")

    torch.manual_seed(a.seed)
    model = Model()
    flat = torch.cat([p.data.reshape(-1) for p in model.parameters()]).share_memory_()
    flatten(model, flat)
    is_pad = torch.zeros(model.shared.shape, dtype=torch.bool)
    is_pad[data.PAD] = True
    frozen = {"shared": is_pad, "bias": is_pad[:, 0]}
    free = 1 - torch.cat([frozen.get(name, torch.zeros(p.shape)).reshape(-1).float() for name, p in model.named_parameters()])
    parameter = torch.nn.Parameter(flat)
    assert parameter.data_ptr() == flat.data_ptr()
    optimiser = torch.optim.Adam([parameter], lr=0, betas=(0.9, 0.98), eps=1e-9)
    gradients = torch.zeros(a.workers, len(flat)).share_memory_()
    losses = torch.zeros(a.workers, 2).share_memory_()
    start = (0, 0, 0)
    last = os.path.join(a.run, "last.pt")
    if os.path.exists(last):
        state = torch.load(last)
        flat.copy_(state["flat"])
        optimiser.load_state_dict(state["optimiser"])
        start = state["start"]
    if start[0] >= a.steps:
        return
    val = load_pairs(a, sp, "val")
    val_batches, val_text = data.Batches(*val, a.tokens, a.seed), data.read_lines(a.data, "val", "fr")
    say(f"# from step {start[0]}: { {k: v for k, v in vars(a).items() if k not in ('data', 'run')} }; {len(flat)} parameters")

    def validate():
        model.eval()
        with torch.no_grad():
            total = count = 0
            order = np.argsort(val_batches.target_length)
            for at in range(0, len(order), 128):
                source, target = val_batches.tensors(order[at:at + 128])
                n = int((target != data.PAD).sum())
                total, count = total + float(model.loss(source, target)[1]) * n, count + n
        bleu = corpus_bleu(translate(model, sp, val[0]), val_text)
        return total / count, bleu

    context = mp.get_context("spawn")
    barrier = context.Barrier(a.workers, timeout=900)
    for rank in range(1, a.workers):
        context.Process(target=other, args=(rank, a, flat, gradients, losses, start, barrier), daemon=True).start()
    recent, tokens, since = [], 0, time.time()
    for step, epoch, position, count in work(0, a, flat, gradients, losses, start, barrier):
        parameter.grad = gradients.sum(0).mul_(free)
        norm = torch.nn.utils.clip_grad_norm_([parameter], a.clip)
        optimiser.param_groups[0]["lr"] = rate(step, a)
        optimiser.step()
        recent.append(losses.sum(0).numpy())
        tokens += count
        if step % 50 == 0:
            seconds = time.time() - since
            mean = np.mean(recent, 0)
            say(f"step {step} epoch {epoch} loss {mean[0]:.4f} nll {mean[1]:.4f} norm {float(norm):.2f} rate {rate(step, a):.2e} "
                f"{tokens / seconds:.0f} tokens/s {seconds / len(recent):.3f} s/step")
            recent, tokens, since = [], 0, time.time()
        if step % a.every == 0 or step == a.steps:
            save(last, {"flat": flat.clone(), "optimiser": optimiser.state_dict(), "start": (step, epoch, position)})
            if step >= a.keep_from or step % 1000 == 0:
                save(os.path.join(a.run, f"weights-{step:06d}.pt"), {k: v.clone() for k, v in model.state_dict().items()})
            if step % a.validate == 0 or step == a.steps:
                nll, bleu = validate()
                say(f"step {step} VALIDATION nll {nll:.4f} BLEU {bleu:.2f}")
            since = time.time()


if __name__ == "__main__":
    main()
