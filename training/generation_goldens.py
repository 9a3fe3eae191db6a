"""Write tests/Formwork.Generator.Tests/Families/goldens/generation.json: what generate() finds by default with a checkpoint's files.

generation_goldens.py, without arguments. Models are random (reference/families.py, weights drawn again by reference/random_weights.py). The arguments
of generate() are those of a generation_config.json, or of config.json where a case has no such file; this script follows transformers'
generation/utils.py from the arguments to huggingface_search.py on its own: lengths count the start token, new tokens do not.
"""
import json
import os

import numpy as np
import torch

import huggingface_search
from family_goldens import BART, CASES, Steps, weights
from goldens import REPO, sig
from reference.families import family

ABOUT = ("Random models in float64 PyTorch (training/reference/families.py) under generate()'s defaults. config, generation: the files config.json and "
         "generation_config.json (null: none); seed, gain: of the weights; sources: ids; best: for each source the targets that generate() returns by "
         "default, with their sums and scores; plain: greedy ids without any of the arguments; margin: the smallest lead.")

MARIAN = {"model_type": "marian", **CASES["marian"][0]}
BART_MODEL = {"model_type": "bart", **CASES["bart"][0], "eos_token_id": 2}
M2M = {"model_type": "m2m_100", **CASES["m2m_100"][0], "eos_token_id": 2}
T5 = {"model_type": "t5", **CASES["t5"][0]}

# name -> (config.json, generation_config.json)
SETS = {
    "bart-cnn": (BART_MODEL, dict(bos_token_id=0, decoder_start_token_id=2, eos_token_id=2, pad_token_id=1, early_stopping=True, forced_bos_token_id=0,
                                  forced_eos_token_id=2, length_penalty=2.0, max_length=24, min_length=9, no_repeat_ngram_size=3, num_beams=4)),
    "first-and-last": (M2M, dict(forced_bos_token_id=30, forced_eos_token_id=[2], max_length=12)),
    "suppressed": (T5, dict(suppress_tokens=[3, 5, 8, 13, 21, 34], begin_suppress_tokens=[1, 2, 4, 16], max_new_tokens=16, forced_bos_token_id=None)),
    "suppressed-behind-forced": (M2M, dict(forced_bos_token_id=30, begin_suppress_tokens=[0, 4, 6, 7, 9, 12, 15, 20, 25, 36], max_new_tokens=10, max_length=5, num_beams=2)),
    "bad-words": (BART_MODEL, dict(bad_words_ids=[[4], [2], [9, 9], [11, 7], [12], [7, 7], [16, 16, 16]], num_beams=3, num_return_sequences=2, max_new_tokens=14,
                                   min_new_tokens=4, repetition_penalty=1.3)),
    "opus": (MARIAN, dict(bad_words_ids=[[36]], decoder_start_token_id=36, eos_token_id=0, pad_token_id=36, forced_eos_token_id=0, max_length=20, num_beams=4,
                          renormalize_logits=True)),
    "old-files": (dict(MARIAN, num_beams=3, max_length=18, early_stopping="never", length_penalty=0.6, forced_eos_token_id=0, bad_words_ids=[[36]]), None),
    "other-ids": (dict(BART_MODEL, num_beams=4), dict(decoder_start_token_id=7, eos_token_id=12, max_length=15)),
}


def options(config, generation):
    """huggingface_search's options of generate()'s arguments."""
    arguments = {k: v for k, v in (config if generation is None else generation).items() if v is not None}
    out = {}
    for name, option in (("num_beams", "beams"), ("num_return_sequences", "nBest"), ("length_penalty", "lengthPenalty"), ("repetition_penalty", "repetitionPenalty"),
                         ("no_repeat_ngram_size", "noRepeatNgram"), ("suppress_tokens", "suppressedTokens"), ("begin_suppress_tokens", "suppressedAtStart"),
                         ("bad_words_ids", "suppressedSequences"), ("forced_bos_token_id", "forcedStart")):
        if name in arguments:
            out[option] = arguments[name]
    end = arguments.get("forced_eos_token_id")
    if end is not None:
        out["forcedEnd"] = end[0] if isinstance(end, list) else end
    out["earlyStopping"] = {False: "Heuristic", True: "Immediate", "never": "Never"}[arguments.get("early_stopping", False)]
    # The sequence of ids begins with the start token. A length of new tokens replaces that of all.
    total, shortest = arguments["max_length"] if "max_length" in arguments else None, arguments.get("min_length", 0)
    if "max_new_tokens" in arguments:
        total = arguments["max_new_tokens"] + 1
    if "min_new_tokens" in arguments:
        shortest = arguments["min_new_tokens"] + 1
    out["maxLength"], out["minLength"] = total - 1, max(0, shortest - 1)
    return out


def case(name, config, generation, first_seed):
    ids = {**config, **{k: v for k, v in (generation or {}).items() if k in ("decoder_start_token_id", "eos_token_id") and v is not None}}
    for seed in range(first_seed, first_seed + 1000):
        gain = (2.0, 3.0, 4.0)[seed % 3]
        model = family(config)(config, weights(config, seed, gain))
        rng = np.random.default_rng(seed)
        sources, best, plain, margins = [], [], [], []
        for _ in range(3):
            source = rng.integers(3, config["vocab_size"] - 1, size=int(rng.integers(3, 20))).tolist()
            steps = Steps(model, source)
            steps.start, steps.end = ids["decoder_start_token_id"], ids["eos_token_id"]
            found, margin = huggingface_search.search(steps, options(config, generation))
            (greedy,), lead = huggingface_search.search(steps, {"beams": 1, "maxLength": 16})
            sources.append(source)
            best.append([{"ids": h.ids, "sum": sig(h.total), "score": sig(h.score)} for h in found])
            plain.append(greedy.ids)
            margins += [margin, lead]
        # Decided well above rounding error, and by the arguments: a greedy search would find something else, and the targets vary.
        if min(margins) > 1e-3 and all(b[0]["ids"] != p for b, p in zip(best, plain)) and any(len(set(b[0]["ids"])) > 4 for b in best):
            return {"name": name, "config": config, "generation": generation, "seed": seed, "gain": gain, "sources": sources, "best": best, "plain": plain, "margin": sig(min(margins), 3)}
    raise SystemExit(f"no seed for {name}")


def main():
    torch.set_grad_enabled(False)
    rows = [case(name, config, generation, 100000 + 1000 * i) for i, (name, (config, generation)) in enumerate(SETS.items())]
    path = os.path.join(REPO, "tests", "Formwork.Generator.Tests", "Families", "goldens", "generation.json")
    dump = lambda value: json.dumps(value, separators=(",", ":"))
    with open(path, "w", encoding="utf-8") as f:
        f.write("{\n\"about\":" + dump(ABOUT) + ",\n\"cases\":[\n" + ",\n".join(map(dump, rows)) + "\n]\n}\n")
    print(os.path.getsize(path), "bytes, seeds", [row["seed"] for row in rows], "margins", [row["margin"] for row in rows])


if __name__ == "__main__":
    main()
