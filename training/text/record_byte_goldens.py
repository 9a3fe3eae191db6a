#!/usr/bin/env python3
"""Records what the references of byte-level vocabularies make of texts, for the .NET tests to compare with.

    python3 training/text/record_byte_goldens.py CORPUS_FOLDER tests/Formwork.Tests/Text

The second folder holds Models/byte-level-bpe; Goldens/byte-*.json are written there. Everything is seeded: a second run changes no byte. It needs
the `regex` module (recorded with 2026.5.9). Of byte-level byte pairs the reference is byte_level_bpe.py; of ByT5 it is what its tokeniser does:
bytes of UTF-8 plus 3, and back with errors ignored.

byte-corpus.json    For both vocabularies and every corpus file, one entry a block of lines: the first 12 hexadecimal digits of two SHA-256, of the
                    ids (little-endian int32, with -1 after each line) and of the decoded text (UTF-8 with a line feed after each line).
byte-strings.json   Awkward strings, with ids and decoded text in full (long ones: their number and digests).
byte-decode.json    Random ids, many of them bytes that make no character, and marks, with the decoded text.
byte-classes.json   The letters, numbers and spaces of all characters that Unicode 14 has: first and last code point of each run.
"""
import glob
import gzip
import hashlib
import json
import os
import random
import struct
import sys
import unicodedata

import regex

import awkward_strings
import byte_level_bpe

BLOCK = 200
FULL = 120  # up to this many ids are written in full


class ByT5:
    size = 384

    def encode(self, text):
        return [byte + 3 for byte in text.encode("utf-8")]

    def decode(self, ids):
        return bytes(number - 3 for number in ids if 3 <= number < 259).decode("utf-8", errors="ignore")


def digest(data):
    return hashlib.sha256(data).hexdigest()[:12]


def pack(values):
    return struct.pack(f"<{len(values)}i", *values)


def record_corpus(models, corpus):
    result = {name: {} for name in models}
    for path in sorted(glob.glob(os.path.join(corpus, "*.gz"))):
        with gzip.open(path, "rb") as file:
            lines = file.read().decode("utf-8").removesuffix("\n").split("\n")
        for name, model in models.items():
            blocks = []
            for start in range(0, len(lines), BLOCK):
                ids, decoded = bytearray(), bytearray()
                for line in lines[start:start + BLOCK]:
                    line_ids = model.encode(line)
                    ids += pack(line_ids + [-1])
                    decoded += model.decode(line_ids).encode("utf-8") + b"\n"
                blocks.append(f"{digest(ids)} {digest(decoded)}")
            result[name][os.path.basename(path)] = blocks
    return {"block": BLOCK, "models": result}


def record_strings(models):
    texts = [(text, 1) for text in awkward_strings.STRINGS + awkward_strings.WORDS] + awkward_strings.LONG + awkward_strings.WORDS_LONG
    result = {}
    for name, model in models.items():
        entries = []
        for unit, count in texts:
            ids = model.encode(unit * count)
            decoded = model.decode(ids)
            assert decoded == unit * count
            if len(ids) <= FULL and count == 1:
                entries.append({"ids": ids})
            else:
                entries.append({"count": len(ids), "digest": f"{digest(pack(ids))} {digest(decoded.encode('utf-8'))}"})
        result[name] = entries
    return {"strings": [{"text": unit, "count": count} for unit, count in texts], "models": result}


def record_decode(models, sizes):
    """Whole tokens, single bytes, bytes that lead or continue characters, and marks, in changing shares."""
    result = {}
    for name, model in models.items():
        chance = random.Random(name)
        first = 4 if name == "byte-level-bpe" else 3
        byte_ids = {value: model.ids[letter] for value, letter in byte_level_bpe.ALPHABET.items()} if first == 4 else {value: value + 3 for value in range(256)}
        marks = list(range(first)) + [sizes[name] - 1]
        entries = []
        for _ in range(300):
            ids = []
            for _ in range(chance.randint(0, 14)):
                kind = chance.random()
                if kind < 0.3:
                    ids.append(chance.randrange(sizes[name]))
                elif kind < 0.4:
                    ids.append(chance.choice(marks))
                elif kind < 0.7:
                    ids += [byte_ids[byte] for byte in chance.choice("\u00e9\u20ac\u3042\U0001f642\U0010ffff\u07ff").encode("utf-8")[:chance.randint(1, 4)]]
                elif kind < 0.9:
                    ids.append(byte_ids[chance.choice([0x80, 0x9F, 0xA0, 0xBF, 0x8F, 0x90, 0xC0, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF])])
                else:
                    ids.append(byte_ids[chance.randrange(256)])
            entries.append({"ids": ids, "decoded": model.decode(ids)})
        result[name] = entries
    return {"models": result}


def record_classes():
    assigned = [code for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    result = {"version": unicodedata.unidata_version, "assigned": runs(assigned)}
    for name, pattern in (("letters", r"\p{L}"), ("numbers", r"\p{N}"), ("spaces", r"\s")):
        result[name] = runs([code for code in assigned if regex.match(pattern, chr(code))])
    return result


def runs(codes):
    out = []
    for code in codes:
        if out and out[-1] == code - 1:
            out[-1] = code
        else:
            out += [code, code]
    return out


def write(path, value):
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    # One entry a line, so that a change shows where it is.
    for token in ("},{", '"],"', '":{"'):
        text = text.replace(token, token[:-1] + "\n" + token[-1])
    with open(path, "w", encoding="ascii") as file:
        file.write(text + "\n")


def main(corpus, folder):
    models = {"byte-level-bpe": byte_level_bpe.Encoder(os.path.join(folder, "Models", "byte-level-bpe")), "byt5": ByT5()}
    sizes = {"byte-level-bpe": len(models["byte-level-bpe"].ids), "byt5": ByT5.size}
    goldens = os.path.join(folder, "Goldens")
    write(os.path.join(goldens, "byte-strings.json"), record_strings(models))
    write(os.path.join(goldens, "byte-decode.json"), record_decode(models, sizes))
    write(os.path.join(goldens, "byte-classes.json"), record_classes())
    write(os.path.join(goldens, "byte-corpus.json"), record_corpus(models, corpus))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
