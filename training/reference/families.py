"""Hugging Face's encoder-decoder text families in PyTorch, in double precision, from their config.json.

Written from the papers and from the families' published descriptions: "Attention Is All You Need" (2017), BART (Lewis et al. 2019), Marian
(Junczys-Dowmunt et al. 2018), mBART (Liu et al. 2020), Pegasus (Zhang et al. 2020), M2M100 (Fan et al. 2020), T5 (Raffel et al. 2020). One source at
a time, the whole prefix again at every step, no cache: slow on purpose, so that there is nothing to get wrong.
"""
import math

import torch
from torch.nn import functional as F

ACTIVATIONS = {
    "relu": torch.relu,
    "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))),
    "silu": lambda x: x * torch.sigmoid(x),
    "swish": lambda x: x * torch.sigmoid(x),
}


def attend(q, k, v, heads, scale, bias=None, causal=False):
    """softmax(q k^T * scale + bias) v, head by head; q [T, heads * width], bias [heads, T, S]."""
    split = lambda x: x.view(x.shape[0], heads, -1).transpose(0, 1)
    scores = split(q) @ split(k).transpose(1, 2) * scale
    if bias is not None:
        scores = scores + bias
    if causal:
        scores = scores.masked_fill(torch.ones(scores.shape[1:], dtype=torch.bool).triu(1), -math.inf)
    return (torch.softmax(scores, -1) @ split(v)).transpose(0, 1).reshape(q.shape[0], -1)


class Model:
    """What the families share: layers in order, and a decoder that sees the whole prefix."""

    def __init__(self, config, weights):
        self.c, self.w = config, {name: torch.as_tensor(value, dtype=torch.float64) for name, value in weights.items()}
        self.trace = {"encoder": [], "decoder": []}  # each layer's output in the last call

    def encode(self, ids):
        return self.stack("encoder", ids, None)

    def decode(self, ids, memory):
        """Logits behind every id: [T, V]."""
        return self.logits(self.stack("decoder", ids, memory))


class BartFamily(Model):
    """BART and everything descended from it."""

    # model_type: norms before the sub-layers (and after the stack), a norm on the embeddings
    KINDS = {"bart": (False, True), "mbart": (True, True), "marian": (False, False), "pegasus": (True, False), "m2m_100": (True, False)}

    def __init__(self, config, weights):
        super().__init__(config, weights)
        self.kind = config["model_type"]
        self.before, self.embedding_norm = self.KINDS[self.kind]
        self.activation = ACTIVATIONS[config["activation_function"]]

    @staticmethod
    def tensors(c):
        """Every tensor of a checkpoint: name -> (shape, centre)."""
        kind, d = c["model_type"], c["d_model"]
        before, embedding_norm = BartFamily.KINDS[kind]
        out = {}
        linear = lambda name, rows, columns: out.update({name + ".weight": ((rows, columns), 0), name + ".bias": ((rows,), 0)})
        norm = lambda name: out.update({name + ".weight": ((d,), 1), name + ".bias": ((d,), 0)})
        if c.get("share_encoder_decoder_embeddings", True):
            out["model.shared.weight"] = ((c["vocab_size"], d), 0)
        else:
            out["model.encoder.embed_tokens.weight"] = ((c["vocab_size"], d), 0)
            out["model.decoder.embed_tokens.weight"] = ((c.get("decoder_vocab_size", c["vocab_size"]), d), 0)
        if not c.get("tie_word_embeddings", True):
            out["lm_head.weight"] = ((c.get("decoder_vocab_size", c["vocab_size"]), d), 0)
        for side in ("encoder", "decoder"):
            if kind in ("bart", "mbart"):
                out[f"model.{side}.embed_positions.weight"] = ((c["max_position_embeddings"] + 2, d), 0)
            if embedding_norm:
                norm(f"model.{side}.layernorm_embedding")
            for i in range(c[f"{side}_layers"]):
                p = f"model.{side}.layers.{i}."
                for attention in ["self_attn"] + (["encoder_attn"] if side == "decoder" else []):
                    for projection in ("q_proj", "k_proj", "v_proj", "out_proj"):
                        linear(f"{p}{attention}.{projection}", d, d)
                    norm(f"{p}{attention}_layer_norm")
                linear(p + "fc1", c[f"{side}_ffn_dim"], d)
                linear(p + "fc2", d, c[f"{side}_ffn_dim"])
                norm(p + "final_layer_norm")
            if before:
                norm(f"model.{side}.layer_norm")
        if kind != "m2m_100":
            out["final_logits_bias"] = ((1, c.get("decoder_vocab_size", c["vocab_size"])), 0)
        return out

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def table(self, side):
        return self.w.get("model.shared.weight", self.w.get(f"model.{side}.embed_tokens.weight"))

    def positions(self, side, count):
        d = self.c["d_model"]
        if self.kind in ("bart", "mbart"):  # trained; the first two rows are never used
            return self.w[f"model.{side}.embed_positions.weight"][2:2 + count]
        j = torch.arange(d // 2, dtype=torch.float64)
        if self.kind == "m2m_100":  # from the padding id + 1, and the denominator is d/2 - 1
            place, frequency = torch.arange(count) + self.c["pad_token_id"] + 1, torch.exp(-math.log(10000) / (d // 2 - 1) * j)
        else:
            place, frequency = torch.arange(count), 10000.0 ** (-2 * j / d)
        angle = place[:, None].double() * frequency
        return torch.cat([torch.sin(angle), torch.cos(angle)], 1)

    def sub_layer(self, x, f, norm):
        return x + f(self.norm(x, norm)) if self.before else self.norm(x + f(x), norm)

    def attention(self, x, memory, name, heads, causal=False):
        width = self.c["d_model"] // heads
        q, k, v = self.linear(x, name + ".q_proj"), self.linear(memory, name + ".k_proj"), self.linear(memory, name + ".v_proj")
        return self.linear(attend(q, k, v, heads, width ** -0.5, causal=causal), name + ".out_proj")

    def stack(self, side, ids, memory):
        c = self.c
        scale = math.sqrt(c["d_model"]) if c.get("scale_embedding", self.kind == "m2m_100") else 1.0
        x = self.table(side)[ids] * scale + self.positions(side, len(ids))
        if self.embedding_norm:
            x = self.norm(x, f"model.{side}.layernorm_embedding")
        heads, trace = c[f"{side}_attention_heads"], []
        for i in range(c[f"{side}_layers"]):
            p = f"model.{side}.layers.{i}."
            x = self.sub_layer(x, lambda y: self.attention(y, y, p + "self_attn", heads, causal=side == "decoder"), p + "self_attn_layer_norm")
            if side == "decoder":
                x = self.sub_layer(x, lambda y: self.attention(y, memory, p + "encoder_attn", heads), p + "encoder_attn_layer_norm")
            x = self.sub_layer(x, lambda y: self.linear(self.activation(self.linear(y, p + "fc1")), p + "fc2"), p + "final_layer_norm")
            trace.append(x)
        self.trace[side] = trace
        return self.norm(x, f"model.{side}.layer_norm") if self.before else x

    def logits(self, x):
        head = self.table("decoder") if self.c.get("tie_word_embeddings", True) else self.w["lm_head.weight"]
        out = x @ head.T
        if "final_logits_bias" in self.w:
            out = out + self.w["final_logits_bias"][0]
        if self.kind == "marian":
            out[:, self.c["pad_token_id"]] = -math.inf  # bad_words_ids = [[pad]]
        return out


class T5(Model):
    """T5 1.0, T5 1.1, FLAN-T5, mT5 and ByT5."""

    def __init__(self, config, weights):
        super().__init__(config, weights)
        kind = config.get("feed_forward_proj", "relu")
        self.gated = kind.startswith("gated-")
        self.activation = ACTIVATIONS["gelu_new" if kind == "gated-gelu" else kind.removeprefix("gated-")]
        self.tied = config.get("tie_word_embeddings", config["model_type"] == "t5")
        self.scaled = config.get("scale_decoder_outputs", self.tied and config["model_type"] == "t5")

    @staticmethod
    def layers(c, side):
        return c["num_layers"] if side == "encoder" else c.get("num_decoder_layers", c["num_layers"])

    @staticmethod
    def tensors(c):
        d, inner = c["d_model"], c["num_heads"] * c["d_kv"]
        gated = c.get("feed_forward_proj", "relu").startswith("gated-")
        out = {"shared.weight": ((c["vocab_size"], d), 0)}
        matrix = lambda name, rows, columns: out.update({name + ".weight": ((rows, columns), 0)})
        norm = lambda name: out.update({name + ".weight": ((d,), 1)})
        if not c.get("tie_word_embeddings", c["model_type"] == "t5"):
            matrix("lm_head", c["vocab_size"], d)
        for side in ("encoder", "decoder"):
            matrix(f"{side}.block.0.layer.0.SelfAttention.relative_attention_bias", c.get("relative_attention_num_buckets", 32), c["num_heads"])
            for i in range(T5.layers(c, side)):
                attentions = ["SelfAttention"] + (["EncDecAttention"] if side == "decoder" else [])
                for j, attention in enumerate(attentions):
                    p = f"{side}.block.{i}.layer.{j}."
                    for projection in "qkv":
                        matrix(f"{p}{attention}.{projection}", inner, d)
                    matrix(f"{p}{attention}.o", d, inner)
                    norm(p + "layer_norm")
                p = f"{side}.block.{i}.layer.{len(attentions)}."
                for name in ("wi_0", "wi_1") if gated else ("wi",):
                    matrix(f"{p}DenseReluDense.{name}", c["d_ff"], d)
                matrix(p + "DenseReluDense.wo", d, c["d_ff"])
                norm(p + "layer_norm")
            norm(f"{side}.final_layer_norm")
        return out

    def norm(self, x, name):
        """Root mean square: nothing is centred, nothing is added."""
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + self.c.get("layer_norm_epsilon", 1e-6)) * self.w[name + ".weight"]

    def bias(self, side, count):
        """[heads, T, T]: a trained number for the bucket of key - query, in the model's own single precision."""
        buckets, largest = self.c.get("relative_attention_num_buckets", 32), self.c.get("relative_attention_max_distance", 128)
        distance = torch.arange(count)[None, :] - torch.arange(count)[:, None]
        if side == "encoder":
            half = buckets // 2
            bucket, distance = (distance > 0).long() * half, distance.abs()
        else:
            half = buckets
            bucket, distance = torch.zeros_like(distance), -torch.min(distance, torch.zeros_like(distance))
        exact = half // 2
        far = exact + (torch.log(distance.float() / exact) / math.log(largest / exact) * (half - exact)).long()
        bucket = bucket + torch.where(distance < exact, distance, torch.min(far, torch.full_like(far, half - 1)))
        return self.w[f"{side}.block.0.layer.0.SelfAttention.relative_attention_bias.weight"][bucket].permute(2, 0, 1)

    def attention(self, x, memory, name, bias=None, causal=False):
        q, k, v = (y @ self.w[f"{name}.{p}.weight"].T for y, p in ((x, "q"), (memory, "k"), (memory, "v")))
        return attend(q, k, v, self.c["num_heads"], 1.0, bias, causal) @ self.w[name + ".o.weight"].T

    def feed_forward(self, x, name):
        matrix = lambda y, part: y @ self.w[f"{name}.{part}.weight"].T
        inner = self.activation(matrix(x, "wi_0")) * matrix(x, "wi_1") if self.gated else self.activation(matrix(x, "wi"))
        return matrix(inner, "wo")

    def stack(self, side, ids, memory):
        x, bias, trace = self.w["shared.weight"][ids], self.bias(side, len(ids)), []
        for i in range(self.layers(self.c, side)):
            p = f"{side}.block.{i}.layer."
            x = x + (lambda y: self.attention(y, y, p + "0.SelfAttention", bias, causal=side == "decoder"))(self.norm(x, p + "0.layer_norm"))
            if side == "decoder":
                x = x + self.attention(self.norm(x, p + "1.layer_norm"), memory, p + "1.EncDecAttention")
            last = "2" if side == "decoder" else "1"
            x = x + self.feed_forward(self.norm(x, f"{p}{last}.layer_norm"), f"{p}{last}.DenseReluDense")
            trace.append(x)
        self.trace[side] = trace
        return self.norm(x, f"{side}.final_layer_norm")

    def logits(self, x):
        x = x * self.c["d_model"] ** -0.5 if self.scaled else x
        return x @ (self.w["shared.weight"] if self.tied else self.w["lm_head.weight"]).T


def family(config):
    return T5 if config["model_type"] in ("t5", "mt5") else BartFamily
