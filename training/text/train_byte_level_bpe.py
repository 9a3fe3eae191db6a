#!/usr/bin/env python3
"""Trains the small byte-level vocabulary that the text tests run on, from the Multi30k captions.

    python3 training/text/train_byte_level_bpe.py CORPUS_FOLDER tests/Formwork.Tests/Text/Models/byte-level-bpe

CORPUS_FOLDER holds train.en.gz and train.fr.gz. The files are laid out as BART's: vocab.json numbers <s>, <pad>, </s> and <unk> first, then the
256 bytes, then what the merges make, and <mask> last; merges.txt has a line of version and a merge a line. Counting is exact and ties go to the
pair that comes first in order of spelling, so every run makes the same bytes. It needs the `regex` module, as byte_level_bpe.py does.
"""
import collections
import gzip
import json
import os
import sys

import byte_level_bpe

MERGES = 4000


def count_words(corpus):
    counts = collections.Counter()
    for language in ("en", "fr"):
        with gzip.open(os.path.join(corpus, f"train.{language}.gz"), "rt", encoding="utf-8") as file:
            for line in file:
                counts.update(byte_level_bpe.words(line))
    return counts


def train(counts):
    """The merges in the order of how often their pairs occur, each counted after those before it."""
    splits = [(list(word), count) for word, count in sorted(counts.items())]
    pairs = collections.Counter()
    places = collections.defaultdict(set)
    for number, (parts, count) in enumerate(splits):
        for pair in zip(parts, parts[1:]):
            pairs[pair] += count
            places[pair].add(number)
    merges = []
    while len(merges) < MERGES:
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for number in places.pop(best):
            parts, count = splits[number]
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= count
            at = 0
            while at < len(parts) - 1:
                if (parts[at], parts[at + 1]) == best:
                    parts[at:at + 2] = ["".join(best)]
                at += 1
            for pair in zip(parts, parts[1:]):
                pairs[pair] += count
                places[pair].add(number)
        del pairs[best]
    return merges


def main(corpus, target):
    merges = train(count_words(corpus))
    tokens = [*byte_level_bpe.MARKS[:4], *byte_level_bpe.ALPHABET.values(), *map("".join, merges), byte_level_bpe.MARKS[4]]
    vocabulary = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(target, "vocab.json"), "w", encoding="ascii") as file:
        json.dump(vocabulary, file)
    with open(os.path.join(target, "merges.txt"), "w", encoding="utf-8", newline="\n") as file:
        file.write("#version: 0.2\n" + "".join(f"{left} {right}\n" for left, right in merges))
    print(len(vocabulary), "tokens,", len(merges), "merges")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
