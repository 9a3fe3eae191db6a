"""Plain float64 encoder-decoders in NumPy, written from the description of each family: what the goldens are made with.

One sequence at a time, the whole prefix again at every step, no cache, no batching: slow on purpose, so that there is
nothing to get wrong. Nothing here is shared with model.py or with the compiled models.
"""
import json
import math
import struct

import numpy as np

_erf = np.frompyfunc(math.erf, 1, 1)


def read_safetensors(path):
    """Tensors as float64 arrays; F16, BF16 and F32 are known."""
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        buffer = f.read()
    out = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        raw = buffer[begin:end]
        if entry["dtype"] == "BF16":
            values = (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
        else:
            values = np.frombuffer(raw, {"F32": "<f4", "F16": "<f2"}[entry["dtype"]])
        out[name] = values.astype(np.float64).reshape(entry["shape"])
    return out


def gelu(x):
    return 0.5 * x * (1 + _erf(x / math.sqrt(2)).astype(np.float64))


def relu(x):
    return np.maximum(x, 0)


def log_softmax(x):
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


class Transformer:
    """Tensor names as in Hugging Face's BART family; what differs between families is in the arguments."""

    def __init__(self, weights, heads, activation, pre_norm, embed, logits):
        self.w, self.heads, self.activation, self.pre_norm = weights, heads, activation, pre_norm
        self.embed, self.logits = embed, logits  # embed(weights, side, ids) -> [T,d]; logits(weights, h) -> [T,V]
        self.cross_weights = []  # of the last decode: one [T,S] for each head of each layer
        self.layers = {side: 1 + max(int(n.split(".")[3]) for n in weights if n.startswith(f"model.{side}.layers."))
                       for side in ("encoder", "decoder")}

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + 1e-5)
        return scaled * self.w[name + ".weight"] + self.w[name + ".bias"]

    def attention(self, x, memory, name, causal=False):
        q, k, v = self.linear(x, name + ".q_proj"), self.linear(memory, name + ".k_proj"), self.linear(memory, name + ".v_proj")
        width = q.shape[1] // self.heads
        out = np.empty_like(q)
        for h in range(self.heads):
            part = slice(h * width, (h + 1) * width)
            scores = q[:, part] @ k[:, part].T / math.sqrt(width)
            if causal:
                scores[np.triu_indices(len(scores), 1)] = -np.inf
            weights = np.exp(log_softmax(scores))
            if memory is not x:
                self.cross_weights.append(weights)
            out[:, part] = weights @ v[:, part]
        return self.linear(out, name + ".out_proj")

    def sublayer(self, x, f, norm):
        return x + f(self.norm(x, norm)) if self.pre_norm else self.norm(x + f(x), norm)

    def feed_forward(self, x, p):
        return self.sublayer(x, lambda y: self.linear(self.activation(self.linear(y, p + "fc1")), p + "fc2"), p + "final_layer_norm")

    def finish(self, x, side):
        return self.norm(x, f"model.{side}.layer_norm") if self.pre_norm else x

    def encode(self, ids):
        x = self.embed(self, "encoder", ids)
        for i in range(self.layers["encoder"]):
            p = f"model.encoder.layers.{i}."
            x = self.sublayer(x, lambda y: self.attention(y, y, p + "self_attn"), p + "self_attn_layer_norm")
            x = self.feed_forward(x, p)
        return self.finish(x, "encoder")

    def decode(self, ids, memory):
        self.cross_weights = []
        x = self.embed(self, "decoder", ids)
        for i in range(self.layers["decoder"]):
            p = f"model.decoder.layers.{i}."
            x = self.sublayer(x, lambda y: self.attention(y, y, p + "self_attn", causal=True), p + "self_attn_layer_norm")
            x = self.sublayer(x, lambda y: self.attention(y, memory, p + "encoder_attn"), p + "encoder_attn_layer_norm")
            x = self.feed_forward(x, p)
        return self.logits(self, self.finish(x, "decoder"))

    def greedy(self, source, start, end, limit):
        """(ids with the end symbol if it came, log-probability of each, logits of the first step, smallest lead over the runner-up)."""
        memory, ids, scores, first, lead = self.encode(source), [start], [], None, math.inf
        while len(ids) <= limit and (len(ids) == 1 or ids[-1] != end):
            logits = self.decode(ids, memory)[-1]
            first = logits if first is None else first
            best = int(logits.argmax())
            lead = min(lead, np.diff(np.sort(logits)[-2:])[0])
            scores.append(log_softmax(logits)[best])
            ids.append(best)
        return ids[1:], np.array(scores), first, lead


def bart(path, heads):
    def embed(m, side, ids):  # positions are learned; their rows begin at 2
        x = m.w["model.shared.weight"][ids] + m.w[f"model.{side}.embed_positions.weight"][2:2 + len(ids)]
        return m.norm(x, f"model.{side}.layernorm_embedding")

    return Transformer(read_safetensors(path), heads, gelu, False, embed,
                       lambda m, h: h @ m.w["model.shared.weight"].T + m.w["final_logits_bias"][0])


def aren(path, heads=8):
    def embed(m, side, ids):  # sinusoids in halves, denominator d/2 - 1, first position 1
        table = m.w[f"model.{side}.embed_tokens.weight"]
        half = table.shape[1] // 2
        angle = np.arange(1, len(ids) + 1)[:, None] * np.exp(-math.log(10000) / (half - 1) * np.arange(half))
        return table[ids] * math.sqrt(table.shape[1]) + np.concatenate([np.sin(angle), np.cos(angle)], 1)

    return Transformer(read_safetensors(path), heads, relu, True, embed,
                       lambda m, h: h @ m.w["lm_head.weight"].T + m.w["lm_head.bias"])


def marian(path, heads=4):
    def embed(m, side, ids):  # sinusoids in halves, exponent -2j/d, first position 0
        table = m.w["model.shared.weight"]
        d = table.shape[1]
        angle = np.arange(len(ids))[:, None] * 10000.0 ** (-2 * np.arange(d // 2) / d)
        return table[ids] * math.sqrt(d) + np.concatenate([np.sin(angle), np.cos(angle)], 1)

    def logits(m, h):
        out = h @ m.w["model.shared.weight"].T + m.w["final_logits_bias"][0]
        out[:, -1] = -np.inf  # the pad symbol is never produced
        return out

    return Transformer(read_safetensors(path), heads, relu, False, embed, logits)
