"""Train the sample translator. Resumes from the run's folder by itself; see README.md."""
import argparse
import os
import time

import numpy as np
import torch

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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=data.DEFAULT_DATA)
    parser.add_argument("--run", default=data.DEFAULT_RUN)
    parser.add_argument("--steps", type=int, default=12000)
    parser.add_argument("--cooldown", type=int, default=3000)
    parser.add_argument("--tokens", type=int, default=4096, help="padded target tokens a step")
    parser.add_argument("--peak", type=float, default=4e-3)
    parser.add_argument("--warmup", type=int, default=1000)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20161)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=250, help="steps between checkpoints; validation at every second one")
    parser.add_argument("--keep-from", type=int, default=2000, help="first step whose weights are kept for averaging")
    parser.add_argument("--full", action="store_true", help="float32 linear layers, for a CPU without bfloat16 instructions")
    parser.add_argument("--profile", action="store_true")
    a = parser.parse_args()

    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    os.makedirs(a.run, exist_ok=True)
    spm_path = os.path.join(a.run, "sentencepiece.model")
    if not os.path.exists(spm_path):
        data.train_tokenizer(a.data, spm_path[:-len(".model")])
    sp = data.load_tokenizer(spm_path)
    text = {(s, l): data.read_lines(a.data, s, l) for s in ("train", "val") for l in ("en", "fr")}
    ids = {key: data.encode(sp, lines) for key, lines in text.items()}
    batches = data.Batches(ids["train", "en"], ids["train", "fr"], a.tokens, a.seed)

    model = Model(half=not a.full)
    optimiser = torch.optim.Adam(model.parameters(), lr=0, betas=(0.9, 0.98), eps=1e-9)
    masks = MaskPool(a.dropout)
    step, epoch, position = 0, 0, 0
    last = os.path.join(a.run, "last.pt")
    if os.path.exists(last):
        state = torch.load(last)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step, epoch, position = state["step"], state["epoch"], state["position"]
        torch.set_rng_state(state["rng"])
    log = open(os.path.join(a.run, "log.txt"), "a", buffering=1)

    def say(line):
        print(line, flush=True)
        log.write(line + "\n")

    say(f"# {time.strftime('%H:%M:%S', time.gmtime())} step {step}: {vars(a) | {'data': '', 'run': ''}}; "
        f"{sum(p.numel() for p in model.parameters())} parameters, {len(batches.source)} pairs, "
        f"{np.mean(batches.source_length):.1f} source and {np.mean(batches.target_length):.1f} target tokens a sentence")

    def validate():
        model.eval()
        with torch.no_grad():
            total = count = 0
            order = np.argsort(batches_val.target_length)
            for start in range(0, len(order), 128):
                source, target = batches_val.tensors(order[start:start + 128])
                n = int((target != data.PAD).sum())
                total, count = total + float(model.loss(source, target)[1]) * n, count + n
        bleu = corpus_bleu(translate(model, sp, ids["val", "en"]), text["val", "fr"])
        return total / count, bleu

    batches_val = data.Batches(ids["val", "en"], ids["val", "fr"], a.tokens, a.seed)
    losses, tokens, since = [], 0, time.time()
    while step < a.steps:
        order = batches.epoch(epoch)
        while position < len(order) and step < a.steps:
            source, target = batches.tensors(order[position])
            position += 1
            step += 1
            model.train()
            model.drop = masks
            masks.step()
            loss = model.loss(source, target, a.smoothing)
            optimiser.zero_grad(set_to_none=True)
            loss[0].backward()
            model.shared.grad[data.PAD] = 0
            model.bias.grad[data.PAD] = 0
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), a.clip)
            for group in optimiser.param_groups:
                group["lr"] = rate(step, a)
            optimiser.step()
            model.drop = lambda x: x
            losses.append(loss.detach().numpy().copy())
            tokens += int((target != data.PAD).sum())
            if step % 50 == 0 or (a.profile and step % 10 == 0):
                seconds = time.time() - since
                mean = np.mean(losses, 0)
                say(f"{time.strftime('%H:%M:%S', time.gmtime())} step {step} epoch {epoch} loss {mean[0]:.4f} nll {mean[1]:.4f} "
                    f"norm {float(norm):.2f} rate {rate(step, a):.2e} {tokens / seconds:.0f} tokens/s {seconds / len(losses):.3f} s/step")
                losses, tokens, since = [], 0, time.time()
            if a.profile:
                continue
            if step % a.every == 0 or step == a.steps:
                save(last, {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "epoch": epoch,
                            "position": position, "rng": torch.get_rng_state()})
                if step >= a.keep_from or step % 1000 == 0:
                    save(os.path.join(a.run, f"weights-{step:06d}.pt"), model.state_dict())
                if step % (2 * a.every) == 0 or step == a.steps:
                    nll, bleu = validate()
                    say(f"{time.strftime('%H:%M:%S', time.gmtime())} step {step} VALIDATION nll {nll:.4f} BLEU {bleu:.2f}")
                since = time.time()
        epoch, position = epoch + 1, 0


if __name__ == "__main__":
    main()
