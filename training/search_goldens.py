"""Write the goldens of searching, tests/Formwork.Golden.Tests/goldens/search-*.json, from huggingface_search.py and ctranslate2_search.py.
search_goldens.py [bart] [aren] [translate]; all of them without arguments."""
import argparse
import json
import math
import os

import numpy as np

import ctranslate2_search
import huggingface_search
import reference
import search_options
from goldens import REPO, SENTENCES
from step_model import Hypothesis, StepModel

ABOUT = (
    "Searches in float64 by the references in training/ (huggingface_search.py, ctranslate2_search.py). options: the members of GenerationOptions; "
    "allowed m stands for AllowedTokens: the end token, and ids for which id + length of the target so far is no multiple of m. sources: the ids "
    "given; hypotheses, each [ids without the start token, what each id adds to the sum in millionths, whether the end token was reached]; results, "
    "each {o: index in options, own: options of this source alone, margin: the smallest distance between what the search kept and what it dropped, "
    "best: [index in hypotheses, sum, score] of each hypothesis that is returned, best first}.")


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def number(value, digits=6):
    return float(f"{value:.{digits}g}") if math.isfinite(value) else None


class Pool:
    """A source's distinct hypotheses: option sets share many."""

    def __init__(self):
        self.items = []

    def index(self, h):
        item = [h.ids, [round(x * 1e6) for x in h.log_probs], int(h.ended)]
        if item not in self.items:
            self.items.append(item)
        return self.items.index(item)


def run(model, source, options):
    """A source's entry in the file."""
    model.read(source)
    pool, results = Pool(), []
    guide = search_options.guide(model)
    for number_, option in enumerate(options):
        own = search_options.own(option, guide)
        # Options that have no meaning for this source (a prefix as long as its target) are left out.
        if own is None:
            continue
        engine = huggingface_search if option["convention"] == "HuggingFace" else ctranslate2_search
        hypotheses, margin = engine.search(model, search_options.arguments({**option, **own}, model))
        row = {"o": number_, "margin": number(margin, 3), "best": [[pool.index(h), round(h.total, 6), round(h.score, 6)] for h in hypotheses]}
        results.append({**row, **({"own": own} if own else {})})
    return {"source": source, "hypotheses": pool.items, "results": results}


def write(a, name, model, options, entries, **more):
    lines = ["{", dump("about") + ":" + dump(ABOUT + more.pop("about", "")) + ",",
             f'"start":{model.start},"end":{model.end},"masked":{model.masked},"limit":{model.limit},']
    lines.append('"options":[\n' + ",\n".join(dump({k: v for k, v in o.items() if not k.startswith("own")}) for o in options) + "\n],")
    for key, value in more.items():
        lines.append(dump(key) + ":[\n" + ",\n".join(map(dump, value)) + "\n],")
    lines.append('"sources":[\n' + ",\n".join(
        "{" + ",\n".join(dump(key) + ":" + ("[\n" + ",\n".join(map(dump, e[key])) + "\n]" if key != "source" else dump(e[key])) for key in e) + "}"
        for e in entries) + "\n]\n}\n")
    path = os.path.join(a.out, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
    json.load(open(path, encoding="utf-8"))
    margins = [r["margin"] for e in entries for r in e["results"] if r["margin"] is not None]
    print(name, os.path.getsize(path), "bytes,", len(options), "option sets,", sum(len(e["results"]) for e in entries), "searches,",
          sum(m < 1e-4 for m in margins), "with a margin below 1e-4,", sum(m < 1e-3 for m in margins), "below 1e-3")


def bart(a):
    folder = os.path.join(a.shared, "models", "bart-g2p")
    config = json.load(open(os.path.join(folder, "config.json")))
    model = StepModel(reference.bart(os.path.join(folder, "model.safetensors"), config["encoder_attention_heads"]), start=1, end=2)
    letters, phonemes = config["grapheme_chars"], config["phoneme_chars"]
    words = "hello computer translation through colonel queue rhythm bass anxiety xylophone banana misalignment".split()
    options = search_options.both(suppressed=[phonemes.index(c) for c in "əˈ"], at_start=[phonemes.index(c) for c in "hktɹ"],
                                  forced=phonemes.index("b"), end=model.end)
    entries = [run(model, [1] + [letters.index(c) if c in letters else 3 for c in word] + [2], options) for word in words]
    write(a, "search-bart-g2p.json", model, options, entries)


def translate(a):
    import sentencepiece
    sp = sentencepiece.SentencePieceProcessor(model_file=os.path.join(a.model, "sentencepiece.model"))
    config = json.load(open(os.path.join(a.model, "config.json")))
    model = StepModel(reference.marian(os.path.join(a.model, "model.safetensors")), start=config["pad_token_id"], end=config["eos_token_id"],
                      masked=config["pad_token_id"], limit=config["max_length"])
    texts = SENTENCES[:3] + ["A man is sleeping on a bench.", "People walk through the snow.", "The boy kicks a red ball.", "A cat looks out.",
                             "A brown horse jumps over a fence.", "Women dance.", "A child in a hat eats ice cream."]
    suppressed, at_start, forced = ([sp.piece_to_id(p) for p in pieces] for pieces in ((".", "▁une"), ("▁Un", "▁Le"), ("▁Des",)))
    assert sp.unk_id() not in suppressed + at_start + forced
    options = search_options.both(suppressed, at_start, forced[0], model.end)
    write(a, "search-translate.json", model, options, [run(model, sp.encode(t) + [model.end], options) for t in texts])


def aren(a):
    folder = os.path.join(a.shared, "models", "aren-transliteration")
    model = StepModel(reference.aren(os.path.join(folder, "model.safetensors")), start=1, end=2)
    source_words, target_words = ([line for line in open(os.path.join(folder, name), encoding="utf-8").read().split("\n") if line]
                                  for name in ("source_vocabulary.txt", "target_vocabulary.txt"))
    named = [source_words.index(c) for c in "آتزمون"]
    rng = np.random.default_rng(7)
    weights = 1.0 / np.arange(1, 36)  # the vocabulary is sorted by frequency: letters 3 to 37, common ones more often
    inputs = [named] + [(3 + rng.choice(35, size=2 + i % 7, p=weights / weights.sum())).tolist() for i in range(9)]
    options = search_options.transliteration(suppressed=[target_words.index(c) for c in "ae"])
    prefix = [target_words.index(c) for c in "ats"]
    model.read(named)
    (found,), _ = ctranslate2_search.search(model, {"prefix": prefix})
    assert [target_words[i] for i in found.ids] == "a t s u m o n </s>".split(), found.ids
    entries = [run(model, source, options) for source in inputs]
    write(a, "search-aren-transliteration.json", model, options, entries,
          alternatives=[alternatives(model, source, p, k, beams) for source, p, k, beams in
                        [(named, prefix[:2], 5, 1), (named, [], 8, 1), (named, prefix, 3, 4), (inputs[5], [], 4, 1), (inputs[5], prefix[:1], 6, 2)]],
          about=" alternatives: the k most probable ids after a prefix, the end token aside, each completed by a search whose prefix that is, with that many "
                "beams and no length penalty; best: [ids, sum, probability of the id that follows the prefix].")


def alternatives(model, source, prefix, k, beams):
    model.read(source)
    logits = model.step([model.start] + prefix)[0].copy()
    logits[model.end] = -math.inf
    first = reference.log_softmax(logits)
    best, margin = [], math.inf
    order = np.argsort(-first, kind="stable")
    for i in map(int, order[:k]):
        (h, *_), m = ctranslate2_search.search(model, {"prefix": prefix + [i], "beams": beams, "lengthPenalty": 0})
        best.append([h.ids, round(h.total + float(first[i]), 6), number(math.exp(first[i]))])
        margin = min(margin, m)
    margin = min(margin, float(-np.diff(first[order[:k + 1]]).max()))
    return {"source": source, "prefix": prefix, "k": k, "beams": beams, "margin": number(margin, 3), "best": best}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*")
    parser.add_argument("--shared", default=os.path.join(REPO, "..", "shared"))
    parser.add_argument("--model", default=os.path.join(REPO, "samples", "Translate", "model"))
    parser.add_argument("--out", default=os.path.join(REPO, "tests", "Formwork.Golden.Tests", "goldens"))
    a = parser.parse_args()
    makers = {"bart": bart, "aren": aren, "translate": translate}
    for name in a.what or makers:
        makers[name](a)


if __name__ == "__main__":
    main()
