"""A Marian-style transformer (Hugging Face MarianMTModel arithmetic), written for speed on a CPU.

Post-norm, embedding times sqrt(d), sinusoids in halves from position 0, one table for source, target and output.
Linear layers run in bfloat16 when asked (the CPU has the instructions); the residual stream, the norms, the softmax and
the weights stay float32. Dropout masks are slices of a pool, since drawing them afresh would take a third of a step.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from data import EOS, MAX_LENGTH, PAD, VOCAB

PAD_BIAS = -10000.0  # final_logits_bias of the pad symbol: it gets no probability and is never produced


class Half(torch.autograd.Function):
    """x W^T + b in bfloat16 with bfloat16 output; the gradients of W and b come back in float32."""

    @staticmethod
    def forward(ctx, x, weight, bias):
        x, weight = x.bfloat16(), weight.bfloat16()
        ctx.save_for_backward(x, weight)
        return F.linear(x, weight, bias.bfloat16())

    @staticmethod
    def backward(ctx, grad):
        x, weight = ctx.saved_tensors
        grad = grad.bfloat16()
        return (grad @ weight), (grad.t() @ x).float(), grad.float().sum(0)


class SmoothedLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy of tied logits, a few rows at a time so that logits never leave the cache.

    The gradients of h, the table and the bias are computed in the forward pass. With p the probabilities and s the
    smoothing, the gradient of the logits is p - (1 - s) onehot - s/(V-1): only p goes through matrix products (in
    bfloat16 if asked), the two other terms are added in float32. The pad symbol takes no part in the smoothing; its
    row of the table gets a meaningless gradient, which the caller must drop."""

    @staticmethod
    def forward(ctx, h, table, bias, target, smoothing, rows, half):
        kind = torch.bfloat16 if half else torch.float32
        n, uniform = h.shape[0], smoothing / (table.shape[0] - 1)
        hk, tk, bk = h.to(kind), table.to(kind), bias.to(kind)
        column = table.sum(0)  # the pad row is zero
        grad_h, grad_table, grad_bias = torch.empty_like(h), torch.zeros_like(table), torch.zeros_like(bias)
        nll = 0.0
        for start in range(0, n, rows):
            part = hk[start:start + rows]
            p = torch.softmax(F.linear(part, tk, bk), 1)
            nll -= p.gather(1, target[start:start + rows, None]).float().clamp_min_(1e-30).log_().sum().item()
            grad_h[start:start + rows] = p @ tk
            grad_table += p.t() @ part
            grad_bias += p.sum(0)
        correct = (h * table[target]).sum() + bias[target].sum()
        mean = ((h @ column).sum() + n * (bias.sum() - bias[PAD])) / (table.shape[0] - 1)
        loss = nll + smoothing * float(correct - mean)
        grad_h.sub_(column * uniform).sub_(table[target], alpha=1 - smoothing)
        grad_table.sub_(h.sum(0) * uniform).index_add_(0, target, h, alpha=smoothing - 1)
        grad_bias.sub_(n * uniform).index_add_(0, target, torch.ones(n), alpha=smoothing - 1)
        ctx.save_for_backward(grad_h.div_(n), grad_table.div_(n), grad_bias.div_(n))
        return h.new_tensor([loss / n, nll / n])

    @staticmethod
    def backward(ctx, grad):
        grad_h, grad_table, grad_bias = ctx.saved_tensors
        return grad_h * grad[0], grad_table * grad[0], grad_bias * grad[0], None, None, None, None


class MaskPool:
    """Scaled dropout masks as slices at random offsets of a pool, part of which is redrawn every step."""

    def __init__(self, rate, size=1 << 23, refresh=1 << 18):
        self.rate, self.refresh, self.at = rate, refresh, 0
        self.pool = torch.empty(size)
        for start in range(0, size, refresh):
            self._draw(start)

    def _draw(self, start):
        part = self.pool[start:start + self.refresh]
        part.copy_((torch.rand(part.shape) >= self.rate).float() / (1 - self.rate))

    def step(self):
        self._draw(self.at)
        self.at = (self.at + self.refresh) % len(self.pool)

    def __call__(self, x):
        offset = int(torch.randint(len(self.pool) - x.numel(), ()))
        return x * self.pool[offset:offset + x.numel()].view(x.shape)


def sinusoids(length, d):
    angle = torch.arange(length, dtype=torch.float64)[:, None] * torch.pow(
        10000.0, -2 * torch.arange(d // 2, dtype=torch.float64) / d)
    return torch.cat([angle.sin(), angle.cos()], 1)


class Attention(nn.Module):
    def __init__(self, d, heads, cross):
        super().__init__()
        self.heads, self.cross = heads, cross
        self.q = nn.Linear(d, d) if cross else None
        self.kv = nn.Linear(d, 2 * d) if cross else None
        self.qkv = None if cross else nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        for module in (self.q, self.kv, self.qkv, self.out):
            if module is not None:
                gain = 1.0 if module is self.out else 1 / math.sqrt(2)
                for block in module.weight.data.split(d):  # each projection as if it stood alone
                    nn.init.xavier_uniform_(block, gain)
                nn.init.zeros_(module.bias)


class Model(nn.Module):
    def __init__(self, d=128, heads=4, ffn=256, layers=4, half=False):
        super().__init__()
        self.d, self.heads, self.half = d, heads, half
        self.shared = nn.Parameter(torch.randn(VOCAB, d) * d ** -0.5)
        self.bias = nn.Parameter(torch.zeros(VOCAB))
        with torch.no_grad():
            self.shared[PAD] = 0
            self.bias[PAD] = PAD_BIAS

        def layer(cross):
            parts = {"self": Attention(d, heads, False), "self_norm": nn.LayerNorm(d),
                     "fc1": nn.Linear(d, ffn), "fc2": nn.Linear(ffn, d), "final_norm": nn.LayerNorm(d)}
            if cross:
                parts.update(cross=Attention(d, heads, True), cross_norm=nn.LayerNorm(d))
            for name in ("fc1", "fc2"):
                nn.init.xavier_uniform_(parts[name].weight)
                nn.init.zeros_(parts[name].bias)
            return nn.ModuleDict(parts)

        self.encoder = nn.ModuleList(layer(False) for _ in range(layers))
        self.decoder = nn.ModuleList(layer(True) for _ in range(layers))
        self.register_buffer("positions", sinusoids(MAX_LENGTH + 8, d).float(), persistent=False)
        self.drop = lambda x: x

    # -- pieces -------------------------------------------------------------
    def linear(self, x, module):
        shape = x.shape[:-1]
        x = x.reshape(-1, x.shape[-1])
        y = Half.apply(x, module.weight, module.bias) if self.half and self.training else F.linear(x, module.weight, module.bias)
        return y.view(*shape, -1)

    def split(self, x, parts):
        """[B,T,parts*d] -> parts tensors [B*heads,T,d/heads]."""
        b, t = x.shape[:2]
        x = x.view(b, t, parts, self.heads, self.d // self.heads).permute(2, 0, 3, 1, 4)
        return [y.reshape(b * self.heads, t, -1) for y in x.unbind(0)]

    def attend(self, q, k, v, mask):
        """mask: additive, [B,1 or T,S], or None."""
        scores = torch.bmm(q * (self.d // self.heads) ** -0.5, k.transpose(1, 2)).float()
        if mask is not None:
            b = mask.shape[0]
            scores = (scores.view(-1 if b == 1 else b, self.heads, *scores.shape[1:]) + mask[:, None]).view(scores.shape)
        out = torch.bmm(torch.softmax(scores, -1).to(v.dtype), v)
        b = out.shape[0] // self.heads
        return out.view(b, self.heads, out.shape[1], -1).transpose(1, 2).reshape(b, out.shape[1], self.d)

    def residual(self, x, sub, norm):
        return norm(x + self.drop(sub.float()))

    def feed_forward(self, x, layer):
        return self.residual(x, self.linear(torch.relu(self.linear(x, layer["fc1"])), layer["fc2"]), layer["final_norm"])

    def embed(self, ids, start=0):
        return self.drop(F.embedding(ids, self.shared) * math.sqrt(self.d) + self.positions[start:start + ids.shape[1]])

    @staticmethod
    def padding_mask(source):
        mask = torch.zeros(source.shape).masked_fill_(source == PAD, float("-inf"))
        return mask[:, None]

    # -- the model ----------------------------------------------------------
    def encode(self, source, mask):
        x = self.embed(source)
        for layer in self.encoder:
            a = layer["self"]
            q, k, v = self.split(self.linear(x, a.qkv), 3)
            x = self.residual(x, self.linear(self.attend(q, k, v, mask), a.out), layer["self_norm"])
            x = self.feed_forward(x, layer)
        return x

    def decode(self, inputs, memory, mask, cache=None):
        """All positions at once (training), or one more position with a cache (a list of dicts, filled here)."""
        t = inputs.shape[1]
        step = 0 if cache is None else cache[0]["k"].shape[1] if "k" in cache[0] else 0
        x = self.embed(inputs, step)
        causal = torch.full((t, t), float("-inf")).triu_(1)[None] if cache is None else None
        for i, layer in enumerate(self.decoder):
            a = layer["self"]
            q, k, v = self.split(self.linear(x, a.qkv), 3)
            if cache is not None:
                if "k" in cache[i]:
                    k, v = torch.cat([cache[i]["k"], k], 1), torch.cat([cache[i]["v"], v], 1)
                cache[i]["k"], cache[i]["v"] = k, v
            x = self.residual(x, self.linear(self.attend(q, k, v, causal), a.out), layer["self_norm"])
            a = layer["cross"]
            q, = self.split(self.linear(x, a.q), 1)
            if cache is not None and "ck" in cache[i]:
                k, v = cache[i]["ck"], cache[i]["cv"]
            else:
                k, v = self.split(self.linear(memory, a.kv), 2)
                if cache is not None:
                    cache[i]["ck"], cache[i]["cv"] = k, v
            x = self.residual(x, self.linear(self.attend(q, k, v, mask), a.out), layer["cross_norm"])
            x = self.feed_forward(x, layer)
        return x

    def loss(self, source, target, smoothing=0.1, rows=256):
        """[smoothed loss, plain cross-entropy] per target token, pads left out."""
        mask = self.padding_mask(source)
        inputs = torch.cat([torch.full((len(target), 1), PAD), target[:, :-1]], 1)
        h = self.decode(inputs, self.encode(source, mask), mask)
        keep = (target != PAD).view(-1).nonzero().squeeze(1)
        h = h.reshape(-1, self.d).index_select(0, keep)
        return SmoothedLoss.apply(h, self.shared, self.bias, target.reshape(-1)[keep], smoothing, rows,
                                  self.half and self.training)

    @torch.no_grad()
    def greedy(self, source, max_length=MAX_LENGTH):
        """Rows of ids without start and end symbols."""
        mask = self.padding_mask(source)
        memory = self.encode(source, mask)
        cache = [{} for _ in self.decoder]
        last = torch.full((len(source), 1), PAD)
        done = torch.zeros(len(source), dtype=torch.bool)
        steps = []
        for _ in range(max_length):
            h = self.decode(last, memory, mask, cache)[:, 0]
            logits = h @ self.shared.t() + self.bias
            logits[:, PAD] = float("-inf")
            last = logits.argmax(1, keepdim=True)
            steps.append(last)
            done |= last[:, 0] == EOS
            if done.all():
                break
        return [row[:row.index(EOS)] if EOS in row else row for row in torch.cat(steps, 1).tolist()]
