"""Write tests/Formwork.Generator.Tests/goldens/family-*.json: every family at odd shapes, with random weights, from reference/families.py.

family_goldens.py [model_type ...]; all of them without arguments. Weights are not stored: they are drawn again (reference/random_weights.py).
"""
import argparse
import json
import math
import os

import numpy as np
import torch

import huggingface_search
from goldens import REPO, sig
from reference.families import family
from reference.random_weights import draw

STEPS = 64
ABOUT = ("Random models in float64 PyTorch (training/reference/families.py). config: the model's config.json; seed: of its weights (training/reference/"
         "random_weights.py); spread(tensor) = gain / sqrt(columns) for matrices, 0.3 for vectors; source: its ids; encoder, decoder: each layer's first and "
         "last row, and those of the stack's output; logits: behind the start token and behind the last but one target id (null: never produced); ids, "
         "logProbs: greedy, at most 64 steps; beams: the best of 4 beams as generate() finds it, its sum and score; margin: the smallest lead.")

# The fields that every case of a family has; cases below override them.
BART = dict(d_model=24, encoder_layers=2, decoder_layers=2, encoder_attention_heads=3, decoder_attention_heads=3, encoder_ffn_dim=40, decoder_ffn_dim=40,
            vocab_size=37, max_position_embeddings=80, activation_function="gelu", scale_embedding=False)
CASES = {
    "marian": (dict(BART, pad_token_id=36, eos_token_id=0, decoder_start_token_id=36, activation_function="swish", scale_embedding=True), [
        {},
        dict(d_model=40, encoder_attention_heads=5, decoder_attention_heads=2, encoder_layers=1, decoder_layers=3),
        dict(d_model=18, encoder_attention_heads=1, decoder_attention_heads=6, decoder_ffn_dim=7, activation_function="relu"),
        dict(vocab_size=50, decoder_vocab_size=31, share_encoder_decoder_embeddings=False, pad_token_id=30, decoder_start_token_id=30, eos_token_id=3),
        dict(tie_word_embeddings=False, scale_embedding=False, activation_function="gelu", encoder_ffn_dim=65),
        dict(d_model=66, encoder_attention_heads=11, decoder_attention_heads=3, encoder_layers=3, decoder_layers=1, vocab_size=101, pad_token_id=100, decoder_start_token_id=100, eos_token_id=43),
    ]),
    "bart": (dict(BART, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2), [
        {},
        dict(d_model=40, encoder_attention_heads=5, decoder_attention_heads=2, encoder_layers=1, decoder_layers=3),
        dict(d_model=17, encoder_attention_heads=1, decoder_attention_heads=17, decoder_ffn_dim=7, activation_function="relu"),
        dict(scale_embedding=True, activation_function="gelu_new", max_position_embeddings=70),
        dict(tie_word_embeddings=False, activation_function="silu", encoder_ffn_dim=65),
        dict(d_model=66, encoder_attention_heads=11, decoder_attention_heads=3, encoder_layers=3, decoder_layers=1, vocab_size=101, decoder_start_token_id=7),
    ]),
    "mbart": (dict(BART, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2, scale_embedding=True), [
        {},
        dict(d_model=40, encoder_attention_heads=5, decoder_attention_heads=2, encoder_layers=1, decoder_layers=3, activation_function="relu"),
        dict(d_model=17, encoder_attention_heads=1, decoder_attention_heads=17, decoder_ffn_dim=7, decoder_start_token_id=30),
        dict(scale_embedding=False, max_position_embeddings=70),
        dict(tie_word_embeddings=False, encoder_ffn_dim=65),
        dict(d_model=66, encoder_attention_heads=11, decoder_attention_heads=3, encoder_layers=3, decoder_layers=1, vocab_size=101),
    ]),
    "pegasus": (dict(BART, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0, scale_embedding=True, activation_function="relu"), [
        {},
        dict(d_model=40, encoder_attention_heads=5, decoder_attention_heads=2, encoder_layers=1, decoder_layers=3),
        dict(d_model=18, encoder_attention_heads=1, decoder_attention_heads=9, decoder_ffn_dim=7, activation_function="gelu"),
        dict(scale_embedding=False),
        dict(tie_word_embeddings=False, encoder_ffn_dim=65),
        dict(d_model=66, encoder_attention_heads=11, decoder_attention_heads=3, encoder_layers=3, decoder_layers=1, vocab_size=101),
    ]),
    "m2m_100": (dict(BART, pad_token_id=1, eos_token_id=2, decoder_start_token_id=2, scale_embedding=True, activation_function="relu"), [
        {},
        dict(d_model=40, encoder_attention_heads=5, decoder_attention_heads=2, encoder_layers=1, decoder_layers=3),
        dict(d_model=18, encoder_attention_heads=1, decoder_attention_heads=9, decoder_ffn_dim=7, activation_function="gelu"),
        dict(scale_embedding=False, pad_token_id=5),
        dict(tie_word_embeddings=False, encoder_ffn_dim=65),
        dict(d_model=66, encoder_attention_heads=11, decoder_attention_heads=3, encoder_layers=3, decoder_layers=1, vocab_size=101),
    ]),
    "t5": (dict(d_model=24, d_kv=8, d_ff=40, num_layers=2, num_heads=3, vocab_size=37, n_positions=80, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0), [
        {},
        dict(d_kv=20, num_heads=2, num_decoder_layers=3, num_layers=1),
        dict(feed_forward_proj="gated-gelu", tie_word_embeddings=False),
        dict(feed_forward_proj="gated-silu", tie_word_embeddings=False, relative_attention_num_buckets=8, relative_attention_max_distance=20),
        dict(d_model=17, d_kv=5, num_heads=5, layer_norm_epsilon=0.01, relative_attention_num_buckets=16, relative_attention_max_distance=40),
        dict(d_model=66, d_kv=9, num_heads=11, feed_forward_proj="gated-gelu", tie_word_embeddings=True, scale_decoder_outputs=True, vocab_size=101),
    ]),
    "mt5": (dict(d_model=24, d_kv=8, d_ff=40, num_layers=2, num_heads=3, vocab_size=37, n_positions=80, pad_token_id=0, eos_token_id=1, decoder_start_token_id=0,
                 feed_forward_proj="gated-gelu", tie_word_embeddings=False), [
        {},
        dict(d_kv=20, num_heads=2, num_decoder_layers=3, num_layers=1),
        dict(d_model=17, d_kv=5, num_heads=5, layer_norm_epsilon=0.01),
        dict(feed_forward_proj="gated-silu"),
        dict(d_ff=9, relative_attention_num_buckets=16, relative_attention_max_distance=40),
        dict(d_model=66, d_kv=9, num_heads=11, vocab_size=101),
    ]),
}


class Steps:
    """One source of a model as the searches ask for it."""

    def __init__(self, model, source):
        c = model.c
        self.model, self.memory, self.known = model, model.encode(source), {}
        self.start, self.end, self.limit = c["decoder_start_token_id"], c["eos_token_id"], STEPS

    def step(self, ids):
        if tuple(ids) not in self.known:
            self.known[tuple(ids)] = self.model.decode(list(ids), self.memory)[-1].numpy()
        return self.known[tuple(ids)], None


def weights(config, seed, gain):
    spread = lambda shape: gain / math.sqrt(shape[-1]) if len(shape) == 2 and shape[0] > 1 else 0.3
    return {name: draw(name, shape, seed, centre, spread(shape)) for name, (shape, centre) in family(config).tensors(config).items()}


def ends(rows):
    return [sig(row.numpy()) for row in (rows[0], rows[-1])]


def case(config, first_seed):
    """The first seed whose searches are decided well above rounding error; the end token becomes an id that 64 greedy steps never choose."""
    for seed in range(first_seed, first_seed + 400):
        gain = (2.0, 3.0, 4.0)[seed % 3]
        config = {**config, "eos_token_id": -1}
        model = family(config)(config, weights(config, seed, gain))
        rng = np.random.default_rng(seed)
        source = rng.integers(0, config["vocab_size"], size=int(rng.integers(1, 60))).tolist()
        steps = Steps(model, source)
        (greedy,), lead = huggingface_search.search(steps, {"beams": 1})
        unused = sorted(set(range(min(config["vocab_size"], config.get("decoder_vocab_size", 10 ** 9)))) - set(greedy.ids) - {config["pad_token_id"], config["decoder_start_token_id"]})
        if len(set(greedy.ids)) < (4 if seed < first_seed + 100 else 2) or lead < 2e-3 or not unused:
            continue
        config = {**config, "eos_token_id": unused[len(unused) // 2]}
        model.c, steps.end = config, config["eos_token_id"]
        (best,), margin = huggingface_search.search(steps, {"beams": 4})
        if margin < 1e-4:
            continue
        memory = model.encode(source)
        logits = model.decode([config["decoder_start_token_id"]] + greedy.ids[:-1], memory)
        finite = lambda row: [x if math.isfinite(x) else None for x in sig(row.numpy())]
        return {
            "config": config, "seed": seed, "gain": gain, "source": source,
            "encoder": [ends(x) for x in model.trace["encoder"]] + [ends(memory)], "decoder": [ends(x) for x in model.trace["decoder"]],
            "logits": [finite(logits[0]), finite(logits[-1])], "ids": greedy.ids, "logProbs": sig(greedy.log_probs),
            "beams": {"ids": best.ids, "sum": sig(best.total), "score": sig(best.score)}, "margin": sig(min(lead, margin), 3)}
    raise SystemExit(f"no seed for {config}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("families", nargs="*", default=list(CASES))
    parser.add_argument("--out", default=os.path.join(REPO, "tests", "Formwork.Generator.Tests", "Families", "goldens"))
    a = parser.parse_args()
    torch.set_grad_enabled(False)
    os.makedirs(a.out, exist_ok=True)
    for name in a.families:
        common, variants = CASES[name]
        rows = [case({"model_type": name, **common, **variant}, 1000 * i) for i, variant in enumerate(variants)]
        path = os.path.join(a.out, f"family-{name}.json")
        dump = lambda value: json.dumps(value, separators=(",", ":"))
        with open(path, "w", encoding="utf-8") as f:
            f.write("{\n\"about\":" + dump(ABOUT) + ",\n\"cases\":[\n" + ",\n".join(map(dump, rows)) + "\n]\n}\n")
        print(name, os.path.getsize(path), "bytes, seeds", [row["seed"] for row in rows], "margins", [row["margin"] for row in rows])


if __name__ == "__main__":
    main()
