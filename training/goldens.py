"""Write the golden files of tests/Formwork.Golden.Tests from the independent implementations in reference.py and
torch's own transformer layers. goldens.py [bart] [aren] [translate] [test2016]; all of them without arguments."""
import argparse
import json
import math
import os

import numpy as np

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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*")
    parser.add_argument("--shared", default=os.path.join(REPO, "..", "shared"))
    parser.add_argument("--model", default=os.path.join(REPO, "samples", "Translate", "model"))
    parser.add_argument("--out", default=os.path.join(REPO, "tests", "Formwork.Golden.Tests", "goldens"))
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    makers = {"bart": bart_g2p, "aren": aren_transliteration}
    for name in a.what or makers:
        makers[name](a)


if __name__ == "__main__":
    main()
