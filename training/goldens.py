"""Write the golden files of tests/Formwork.Golden.Tests from the independent implementations in reference/trained.py and
torch's own transformer layers. goldens.py [bart] [aren] [translate] [test2016]; all of them without arguments."""
import argparse
import json
import math
import os

import numpy as np
import torch

import reference

REPO = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def sig(values, digits=7):
    """Nested lists of floats with `digits` significant digits."""
    if isinstance(values, (list, tuple, np.ndarray)):
        return [sig(v, digits) for v in values]
    return float(f"{float(values):.{digits - 1}e}")


def write(folder, name, value):
    """Top-level keys one a line, the items of lists of objects one a line: small diffs, small files."""
    dump = lambda v: json.dumps(v, ensure_ascii=False, separators=(",", ":"))
    lines = []
    for key, v in value.items():
        if isinstance(v, list) and v and isinstance(v[0], (dict, list)):
            lines.append(dump(key) + ":[\n" + ",\n".join(map(dump, v)) + "\n]")
        else:
            lines.append(dump(key) + ":" + dump(v))
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write("{\n" + ",\n".join(lines) + "\n}\n")
    print(name, os.path.getsize(path), "bytes")


def bart_g2p(a):
    folder = os.path.join(a.shared, "models", "bart-g2p")
    config = json.load(open(os.path.join(folder, "config.json")))
    model = reference.bart(os.path.join(folder, "model.safetensors"), config["encoder_attention_heads"])
    letters = config["grapheme_chars"]
    words = list(json.load(open(os.path.join(folder, "lexicon-sample.json"), encoding="utf-8")))

    def run(word):
        source = [1] + [letters.index(c) if c in letters else 3 for c in word] + [2]
        return source, *model.greedy(source, 1, 2, 64)

    extra, first = [], []
    for word, phonemes in (("hello", "hˈɛlO"), ("computer", "kəmpjˈuɾəɹ"), ("translation", "tɹænzlˈAʃən")):
        source, ids, scores, logits, lead = run(word)
        assert "".join(config["phoneme_chars"][i] for i in ids if i > 3) == phonemes, word  # 0 to 3 are symbols
        extra.append({"word": word, "source": source, "ids": ids, "logProb": sig(scores.sum()), "tokenLogProbs": sig(scores)})
        first.append({"word": word, "logits": sig(logits)})
    assert abs(extra[0]["logProb"] + 0.061) < 5e-4
    rows, leads = [], []
    for index, word in enumerate(words):
        _, ids, scores, _, lead = run(word)
        rows.append({"ids": ids, "logProb": sig(scores.sum())})
        leads.append(lead)
    print("bart: smallest lead", min(leads), "at", int(np.argmin(leads)), "longest", max(len(r["ids"]) for r in rows))
    write(a.out, "bart-g2p.json", {
        "about": "Greedy decoding of ../shared/models/bart-g2p in float64 NumPy. words[i] belongs to the i-th key of lexicon-sample.json, in the "
                 "order of the file. source = [1] + positions in grapheme_chars (unknown 3) + [2]; ids leave out the start symbol and keep the "
                 "end symbol; logProb is the sum over ids; at most 64 ids. close: words where the best symbol leads by less than 1e-3 at some step.",
        "start": 1, "end": 2, "limit": 64, "close": [i for i, lead in enumerate(leads) if lead < 1e-3],
        "named": extra, "firstStepLogits": first, "words": rows})


def aren_transliteration(a):
    folder = os.path.join(a.shared, "models", "aren-transliteration")
    model = reference.aren(os.path.join(folder, "model.safetensors"))
    source_words, target_words = ([line for line in open(os.path.join(folder, name), encoding="utf-8").read().split("\n") if line]
                                  for name in ("source_vocabulary.txt", "target_vocabulary.txt"))
    rng = np.random.default_rng(2024)
    weights = 1.0 / np.arange(1, 36)  # the vocabulary is sorted by frequency: letters 3 to 37, common ones more often
    inputs = [[source_words.index(c) for c in "آتزمون"]]
    inputs += [(3 + rng.choice(35, size=1 + i % 12, p=weights / weights.sum())).tolist() for i in range(30)]
    rows = []
    for n, source in enumerate(inputs):
        ids, scores, logits, lead = model.greedy(source, 1, 2, 64)
        row = {"source": source, "ids": ids, "logProb": sig(scores.sum()), "tokenLogProbs": sig(scores), "lead": sig(lead, 3)}
        if n < 4:
            row["firstStepLogits"] = sig(logits)
        rows.append(row)
    assert " ".join(target_words[i] for i in rows[0]["ids"][:-1]) == "a t z m o n"
    assert abs(rows[0]["logProb"] + 1.06174979) < 1e-6, rows[0]["logProb"]
    print("aren: smallest lead", min(r["lead"] for r in rows), "lengths", [len(r["ids"]) for r in rows])
    write(a.out, "aren-transliteration.json", {
        "about": "Greedy decoding of ../shared/models/aren-transliteration in float64 NumPy. The first word is the one its authors test with, the "
                 "others are random letters. ids leave out the start symbol and keep the end symbol; at most 64 ids; lead is the smallest "
                 "distance between the best and the second logit over the steps.",
        "start": 1, "end": 2, "limit": 64, "words": rows})


class TorchMarian:
    """The exported translator made of torch's own nn.TransformerEncoderLayer and nn.TransformerDecoderLayer, in float64."""

    def __init__(self, folder):
        config = json.load(open(os.path.join(folder, "config.json")))
        w = {k: torch.from_numpy(v) for k, v in reference.read_safetensors(os.path.join(folder, "model.safetensors")).items()}
        self.pad, self.end, self.limit, self.d = (config[k] for k in ("pad_token_id", "eos_token_id", "max_length", "d_model"))
        self.table, self.bias = w["model.shared.weight"], w["final_logits_bias"][0]
        self.stacks = {}
        for side, kind in (("encoder", torch.nn.TransformerEncoderLayer), ("decoder", torch.nn.TransformerDecoderLayer)):
            self.stacks[side] = []
            for i in range(config[f"{side}_layers"]):
                layer = kind(self.d, config[f"{side}_attention_heads"], config[f"{side}_ffn_dim"], dropout=0.0,
                             activation=config["activation_function"], layer_norm_eps=1e-5, batch_first=True, dtype=torch.float64)
                p = f"model.{side}.layers.{i}."
                norms = {"self_attn_layer_norm": "norm1", "encoder_attn_layer_norm": "norm2",
                         "final_layer_norm": "norm2" if side == "encoder" else "norm3", "fc1": "linear1", "fc2": "linear2"}
                state = {}
                for kind_ in ("weight", "bias"):
                    for theirs, ours in (("self_attn", "self_attn"), ("encoder_attn", "multihead_attn")):
                        if f"{p}{theirs}.q_proj.{kind_}" in w:
                            state[f"{ours}.in_proj_{kind_}"] = torch.cat([w[f"{p}{theirs}.{x}_proj.{kind_}"] for x in "qkv"])
                            state[f"{ours}.out_proj.{kind_}"] = w[f"{p}{theirs}.out_proj.{kind_}"]
                    for theirs, ours in norms.items():
                        if f"{p}{theirs}.{kind_}" in w:
                            state[f"{ours}.{kind_}"] = w[f"{p}{theirs}.{kind_}"]
                layer.load_state_dict(state)
                self.stacks[side].append(layer.train())  # not eval(): that may choose torch's fused path; the dropout is 0

    def embed(self, ids):
        position = torch.arange(ids.shape[1], dtype=torch.float64)[:, None]
        angle = position / 10000.0 ** (torch.arange(0, self.d, 2, dtype=torch.float64) / self.d)
        return self.table[ids] * math.sqrt(self.d) + torch.cat([angle.sin(), angle.cos()], 1)

    def encode(self, source):
        """Outputs of all encoder layers; source: [B,S] with pads."""
        x, out = self.embed(source), []
        for layer in self.stacks["encoder"]:
            x = layer(x, src_key_padding_mask=source == self.pad)
            out.append(x)
        return out

    def decode(self, ids, memory, source):
        """Outputs of all decoder layers for the target prefix ids: [B,T]."""
        x, out = self.embed(ids), []
        later = torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool).triu(1)
        for layer in self.stacks["decoder"]:
            x = layer(x, memory, tgt_mask=later, memory_key_padding_mask=source == self.pad)
            out.append(x)
        return out

    def logits(self, h):
        out = h @ self.table.T + self.bias
        out[..., self.pad] = -math.inf
        return out

    @torch.no_grad()
    def greedy(self, sources):
        """For each source: (ids with the end symbol, log-probability of each, smallest lead over the runner-up)."""
        source = torch.full((len(sources), max(map(len, sources))), self.pad)
        for row, ids in zip(source, sources):
            row[:len(ids)] = torch.tensor(ids)
        memory = self.encode(source)[-1]
        ids = torch.full((len(sources), 1), self.pad)
        out = [([], [], [math.inf]) for _ in sources]
        open_ = list(range(len(sources)))
        while open_ and ids.shape[1] <= self.limit:
            logits = self.logits(self.decode(ids, memory, source)[-1][:, -1])
            top, best = logits.topk(2, 1)
            scores = torch.log_softmax(logits, 1)
            ids = torch.cat([ids, best[:, :1]], 1)
            keep = []
            for row, i in enumerate(open_):
                symbol = int(best[row, 0])
                out[i][0].append(symbol)
                out[i][1].append(float(scores[row, symbol]))
                out[i][2][0] = min(out[i][2][0], float(top[row, 0] - top[row, 1]))
                if symbol != self.end:
                    keep.append(row)
            open_ = [open_[row] for row in keep]
            ids, memory, source = ids[keep], memory[keep], source[keep]
        return [(ids, scores, lead[0]) for ids, scores, lead in out]


SENTENCES = ["A dog runs.", "Two men are cooking.", "A girl eats an apple.",
             "A young woman in a red dress is playing the guitar on a stage.",
             "Three children are building a sand castle on the beach while their parents watch.",
             "An old man with a white beard reads a newspaper next to his bicycle."]


def translate(a):
    import sentencepiece
    sp = sentencepiece.SentencePieceProcessor(model_file=os.path.join(a.model, "sentencepiece.model"))
    model = TorchMarian(a.model)
    plain = reference.marian(os.path.join(a.model, "model.safetensors"))
    rows = []
    for n, text in enumerate(SENTENCES):
        source = sp.encode(text) + [model.end]
        (ids, scores, lead), = model.greedy([source])
        plain_ids, plain_scores, _, _ = plain.greedy(source, model.pad, model.end, model.limit)
        assert ids == plain_ids and np.abs(np.array(scores) - plain_scores).max() < 1e-9, "torch and NumPy disagree"
        with torch.no_grad():
            encoder = model.encode(torch.tensor([source]))
            decoder = model.decode(torch.tensor([[model.pad] + ids[:-1]]), encoder[-1], torch.tensor([source]))
            logits = model.logits(decoder[-1][0])
        pick = (lambda x: x[0]) if n < 2 else (lambda x: x[0][[0, -1]])
        row = {"text": text, "translation": sp.decode(ids[:-1]), "source": source, "ids": ids, "logProb": sig(sum(scores)),
               "tokenLogProbs": sig(scores), "lead": sig(lead, 3), "positions": "all" if n < 2 else "first and last",
               "encoderLayers": [sig(pick(x).numpy(), 6) for x in encoder], "decoderLayers": [sig(pick(x).numpy(), 6) for x in decoder]}
        if n < 1:  # every id but the pad symbol, which is the last one
            row["logits"] = {"0": sig(logits[0, :-1].numpy(), 6)}
        row["topLogits"] = [[[int(i), sig(v, 7)] for v, i in zip(*step)] for step in zip(*logits.topk(5, 1))]
        rows.append(row)
        print(text, "->", row["translation"], f"{row['logProb']:.3f} lead {lead:.3f}")
    write(a.out, "translate.json", {
        "about": "The sample translator (samples/Translate/model), greedy, in float64 by torch's nn.TransformerEncoderLayer and "
                 "nn.TransformerDecoderLayer with the exported 16-bit weights; a NumPy implementation agrees to 1e-9. source ends with the end symbol; "
                 "ids leave out the start symbol (the pad symbol, which is never produced) and keep the end symbol; encoderLayers and decoderLayers "
                 "are the outputs [layer][position][feature], the decoder's with [start] + ids without the last as its input; topLogits are the five "
                 "highest [id, logit] of each step; lead is the smallest distance between the best and the second logit over the steps.",
        "start": model.pad, "end": model.end, "limit": model.limit, "sentences": rows})


def test_2016(a):
    import data
    import sentencepiece
    from bleu import corpus_bleu, mteval13a
    sp = sentencepiece.SentencePieceProcessor(model_file=os.path.join(a.model, "sentencepiece.model"))
    model = TorchMarian(a.model)
    folder = os.path.join(a.shared, "data", "multi30k")
    sources = [ids + [model.end] for ids in sp.encode(data.read_lines(folder, "test_2016_flickr", "en"))]
    target = data.read_lines(folder, "test_2016_flickr", "fr")
    assert max(map(len, sources)) <= model.limit
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    results = [None] * len(sources)
    for start in range(0, len(order), 100):
        part = order[start:start + 100]
        for i, result in zip(part, model.greedy([sources[i] for i in part])):
            results[i] = result
        print(start, flush=True)
    text = [sp.decode([i for i in ids if i != model.end]) for ids, _, _ in results]
    bleu = corpus_bleu(text, target), corpus_bleu(text, target, mteval13a)
    print(f"test_2016_flickr in float64: moses {bleu[0]:.2f} 13a {bleu[1]:.2f}")
    write(a.out, "test_2016_flickr.json", {
        "about": "Greedy translations of test_2016_flickr by the sample translator in float64 (torch's own layers). One row a sentence, in the order "
                 "of the file: [source length with the end symbol, sum of log-probabilities, ids with the end symbol]. close: sentences where the best "
                 "symbol leads by less than 1e-3 at some step. bleu: corpus BLEU-4, lower-cased, Moses-style and 13a tokens.",
        "start": model.pad, "end": model.end, "limit": model.limit, "bleu": [round(b, 2) for b in bleu],
        "close": [i for i, (_, _, lead) in enumerate(results) if lead < 1e-3],
        "rows": [[len(source), sig(sum(scores)), ids] for source, (ids, scores, _) in zip(sources, results)]})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*")
    parser.add_argument("--shared", default=os.path.join(REPO, "..", "shared"))
    parser.add_argument("--model", default=os.path.join(REPO, "samples", "Translate", "model"))
    parser.add_argument("--out", default=os.path.join(REPO, "tests", "Formwork.Golden.Tests", "goldens"))
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.set_num_threads(1)
    makers = {"bart": bart_g2p, "aren": aren_transliteration, "translate": translate, "test2016": test_2016}
    for name in a.what or makers:
        makers[name](a)


if __name__ == "__main__":
    main()
