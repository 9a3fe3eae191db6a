"""Byte-level byte-pair encoding as GPT-2's own encoder does it, by its plainest method: the reference of the recorded results.

It needs the `regex` module, whose Unicode properties GPT-2's regular expression is written in. Words are merged pass by pass over lists of
strings: slow, and with nothing to get wrong.
"""
import functools
import json
import os

import regex

WORDS = regex.compile(r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""")

MARKS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def byte_alphabet():
    """The character that stands for each byte: itself where it is visible, the others from U+0100 on."""
    visible = list(range(ord("!"), ord("~") + 1)) + list(range(0xA1, 0xAD)) + list(range(0xAE, 0x100))
    letters = {byte: chr(byte) for byte in visible}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(0x100 + len(letters) - len(visible))
    return letters


ALPHABET = byte_alphabet()
BYTES = {letter: byte for byte, letter in ALPHABET.items()}


def words(text):
    """The text's words in the alphabet of bytes."""
    return ["".join(ALPHABET[byte] for byte in word.encode("utf-8")) for word in WORDS.findall(text)]


class Encoder:
    """A vocabulary from vocab.json and merges.txt in a folder."""

    def __init__(self, folder, vocab="vocab.json", merges="merges.txt"):
        with open(os.path.join(folder, vocab), encoding="utf-8") as file:
            self.ids = json.load(file)
        self.tokens = {number: token for token, number in self.ids.items()}
        with open(os.path.join(folder, merges), encoding="utf-8") as file:
            lines = file.read().split("\n")[1:-1]
        self.ranks = {tuple(line.split()): rank for rank, line in enumerate(lines)}
        self.merge = functools.lru_cache(maxsize=None)(self.merge)

    def merge(self, word):
        parts = list(word)
        while len(parts) > 1:
            best = min(set(zip(parts, parts[1:])), key=lambda pair: self.ranks.get(pair, float("inf")))
            if best not in self.ranks:
                break
            joined, at = [], 0
            while at < len(parts):
                if tuple(parts[at:at + 2]) == best:
                    joined.append(parts[at] + parts[at + 1])
                    at += 2
                else:
                    joined.append(parts[at])
                    at += 1
            parts = joined
        return parts

    def encode(self, text):
        return [self.ids[token] for word in words(text) for token in self.merge(word)]

    def decode(self, ids):
        data = bytes(BYTES[letter] for number in ids if self.tokens[number] not in MARKS for letter in self.tokens[number])
        return data.decode("utf-8", errors="replace")
