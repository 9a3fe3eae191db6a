"""Corpus BLEU-4 on lower-cased text, no smoothing, one reference, two tokenisations.

`moses`: the rules of Moses' tokenizer.perl -l fr that matter here: every character that is no letter, digit, white
space, full stop, apostrophe, back-quote, comma or hyphen stands alone; commas stand alone except between digits; after
a letter and before a letter an apostrophe ends its token (l' homme), any other apostrophe stands alone; a full stop at
the end of a word stands alone unless the word holds another full stop and a letter, is a known abbreviation, or the
next word starts in lower case. Nothing is escaped. Text is lower-cased after tokenising.
`13a`: the tokenisation of mteval-v13a as sacrebleu has it, on lower-cased text.
"""
import collections
import math
import re
import sys

_ABBREVIATIONS = set("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z # al dr etc ex exp M MM Mme Mlle Mr Mrs no p pp st ste vol".split())


def moses(text):
    text = " " + re.sub(r"\s+", " ", text).strip() + " "
    text = re.sub(r"([^\w\s.'`,\-]|_)", r" \1 ", text)
    text = re.sub(r"\.{2,}", lambda m: f" {m.group(0)} ", text)
    text = re.sub(r"(?<!\d),", " , ", text)
    text = re.sub(r",(?!\d)", " , ", text)
    inside = lambda m: text[m.start() - 1].isalpha() and text[m.end()].isalpha()
    text = re.sub("'", lambda m: "' " if inside(m) else " ' ", text)
    words, out = text.split(), []
    for i, word in enumerate(words):
        stem = word[:-1]
        if word.endswith(".") and stem and set(word) != {"."}:
            keep = ("." in stem and any(map(str.isalpha, stem))) or stem in _ABBREVIATIONS or (
                i + 1 < len(words) and words[i + 1][0].islower())
            out += [word] if keep else [stem, "."]
        else:
            out.append(word)
    return " ".join(out).lower().split()


def mteval13a(text):
    text = text.lower()
    for old, new in (("<skipped>", ""), ("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(old, new)
    text = f" {text} "
    text = re.sub(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])", r" \1 ", text)
    text = re.sub(r"([^0-9])([\.,])", r"\1 \2 ", text)
    text = re.sub(r"([\.,])([^0-9])", r" \1 \2", text)
    text = re.sub(r"([0-9])(-)", r"\1 \2 ", text)
    return text.split()


def corpus_bleu(hypotheses, references, tokenize=moses):
    if len(hypotheses) != len(references):
        raise ValueError("as many hypotheses as references are needed")
    match, total, length, reference_length = [0] * 4, [0] * 4, 0, 0
    for hypothesis, reference in zip(hypotheses, references):
        h, r = tokenize(hypothesis), tokenize(reference)
        length, reference_length = length + len(h), reference_length + len(r)
        for n in range(4):
            hn = collections.Counter(tuple(h[i:i + n + 1]) for i in range(len(h) - n))
            rn = collections.Counter(tuple(r[i:i + n + 1]) for i in range(len(r) - n))
            match[n] += sum((hn & rn).values())
            total[n] += max(0, len(h) - n)
    if min(match) == 0:
        return 0.0
    brevity = min(0.0, 1 - reference_length / length)
    return 100 * math.exp(brevity + sum(math.log(m / t) for m, t in zip(match, total)) / 4)


if __name__ == "__main__":  # bleu.py HYPOTHESES REFERENCES: two text files, a sentence a line
    texts = [open(path, encoding="utf-8").read().rstrip("\n").split("\n") for path in sys.argv[1:3]]
    print(f"moses {corpus_bleu(*texts):.2f}  13a {corpus_bleu(*texts, mteval13a):.2f}")
