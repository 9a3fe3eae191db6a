#!/usr/bin/env python3
"""Records what the reference implementation (python3-sentencepiece 0.1.97) makes of texts, for the .NET tests to compare with.

    python3 training/text/record_goldens.py CORPUS_FOLDER tests/Formwork.Tests/Text

The second folder holds Models/*.model; Goldens/*.json are written there. Everything is seeded: a second run changes no byte.

corpus.json   For every model and every corpus file, one entry a block of lines: the first 12 hexadecimal digits of three SHA-256, of the
              ids, of the offsets and of the decoded text. Ids and offsets are little-endian int32, with -1 after each line; decoded
              lines are UTF-8 with a line feed after each.
strings.json  Strings chosen to be awkward, with ids, offsets and decoded text in full (long ones: their number and digest).
bytes.json    Byte strings that are not UTF-8 (base64), with ids.
decode.json   Random ids, with the decoded text.
Offsets are in UTF-16 units, which the reference's code points are converted to.
"""
import base64
import glob
import gzip
import hashlib
import json
import os
import random
import struct
import sys

import sentencepiece

from awkward_strings import LONG, STRINGS

BLOCK = 200
FULL = 120  # up to this many ids are written in full


def utf16_offsets(text):
    at, units = [0], 0
    for character in text:
        units += 2 if ord(character) > 0xFFFF else 1
        at.append(units)
    return at


def tokens(model, text):
    pieces = model.encode(text, out_type="immutable_proto").pieces
    at = utf16_offsets(text)
    return [p.id for p in pieces], [at[v] for p in pieces for v in (p.begin, p.end)]


def digest(data):
    return hashlib.sha256(data).hexdigest()[:12]


def pack(values):
    return struct.pack(f"<{len(values)}i", *values)


def record_corpus(models, corpus):
    files = {}
    for path in sorted(glob.glob(os.path.join(corpus, "*.gz"))):
        with gzip.open(path, "rb") as file:
            files[os.path.basename(path)] = file.read().decode("utf-8").removesuffix("\n").split("\n")
    result = {}
    for name, model in models.items():
        result[name] = {}
        for file, lines in files.items():
            blocks = []
            for start in range(0, len(lines), BLOCK):
                ids, offsets, decoded = bytearray(), bytearray(), bytearray()
                for line in lines[start:start + BLOCK]:
                    line_ids, line_offsets = tokens(model, line)
                    ids += pack(line_ids + [-1])
                    offsets += pack(line_offsets + [-1])
                    decoded += model.decode(line_ids).encode("utf-8") + b"\n"
                blocks.append(" ".join(map(digest, (ids, offsets, decoded))))
            result[name][file] = blocks
        print(name, flush=True)
    return {"block": BLOCK, "models": result}


def record_strings(models):
    texts = [(text, 1) for text in STRINGS] + LONG
    result = {}
    for name, model in models.items():
        entries = []
        for unit, count in texts:
            ids, offsets = tokens(model, unit * count)
            if len(ids) <= FULL and count == 1:
                entries.append({"ids": ids, "offsets": offsets, "decoded": model.decode(ids)})
            else:
                decoded = model.decode(ids).encode("utf-8")
                entries.append({"count": len(ids), "digest": " ".join(map(digest, (pack(ids), pack(offsets), decoded)))})
        result[name] = entries
    return {"strings": [{"text": unit, "count": count} for unit, count in texts], "models": result}


def record_bytes(models):
    chance = random.Random(20)
    inputs = [b"\x80", b"\xff\xfe", b"\xc3", b"a\xc3", b"\xe2\x96", b"\xe2\x96\x81\xe2\x96", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf0\x9f\x98", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"ok \xbf ok"]
    for _ in range(40):
        data = bytearray("Un ch\u00e2teau \u00e9t\u00e9 \U0001f642 <sep> fa\u00e7ade \ufb01x".encode("utf-8"))
        for _ in range(chance.randint(1, 5)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        inputs.append(bytes(data))
    return {"inputs": [base64.b64encode(data).decode("ascii") for data in inputs],
            "models": {name: [model.encode(data) for data in inputs] for name, model in models.items()}}


def record_decode(models):
    result = {}
    for name, model in models.items():
        chance = random.Random(name)
        size = model.get_piece_size()
        special = [i for i in range(size) if model.is_control(i) or model.is_unknown(i) or model.is_byte(i) or model.id_to_piece(i).startswith("\u2581")]
        sequences = [[], [model.unk_id()], [model.unk_id()] * 3] + [[i] for i in special[:8]]
        for _ in range(80):
            share = chance.choice([0.1, 0.4, 0.9])
            sequences.append([chance.choice(special) if chance.random() < share else chance.randrange(size) for _ in range(chance.randint(1, 16))])
        result[name] = [{"ids": ids, "decoded": model.decode(ids)} for ids in sequences]
    return {"models": result}


def write(path, value):
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    # One entry a line, so that a change shows where it is.
    for token in ("},{", '"],"', '],"', '":{"'):
        text = text.replace(token, token[:-1] + "\n" + token[-1])
    with open(path, "w", encoding="ascii") as file:
        file.write(text + "\n")


def main(corpus, folder):
    models = {os.path.basename(path).removesuffix(".model"): sentencepiece.SentencePieceProcessor(model_file=path)
              for path in sorted(glob.glob(os.path.join(folder, "Models", "*.model")))}
    goldens = os.path.join(folder, "Goldens")
    os.makedirs(goldens, exist_ok=True)
    write(os.path.join(goldens, "strings.json"), record_strings(models))
    write(os.path.join(goldens, "bytes.json"), record_bytes(models))
    write(os.path.join(goldens, "decode.json"), record_decode(models))
    write(os.path.join(goldens, "corpus.json"), record_corpus(models, corpus))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
