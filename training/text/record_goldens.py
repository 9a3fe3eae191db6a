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

BLOCK = 200
FULL = 120  # up to this many ids are written in full

STRINGS = [
    "", " ", "   ", "\t", "\n", "\r\n", " \t \n ", "\u00a0", "\u3000\u3000", "\u2003 \u2009", "a", " a", "a ", " a  b ", "a\tb\nc\r\nd",
    "A man in a blue shirt.", "Un homme en chemise bleue.", "Deux jeunes hommes blancs sont dehors pr\u00e8s de buissons.",
    "e\u0301te\u0301", "\u00e9t\u00e9", "E\u0301TE\u0301", "e\u0301\u0323", "\u1eb9\u0301", "e\u0323\u0301", "a\u0300\u0301\u0302\u0303\u0304\u0305",
    "\u0301", " \u0301x", "\ufb01ne \ufb02ow o\ufb03ce \ufb05", "\uff21\uff22\uff23 \uff11\uff12\uff13\uff01\uff0e", "\uff76\uff9e\uff71", "\u337f \u3314 \ufdfa",
    "\u2460 \u00bd \u2122 \u212b \u03a9 \u2126", "\u00adso\u00adft", "zero\u200bwidth \u200c\u200d", "\ufeffBOM first", "BOM \ufeff inside",
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family", "\U0001f44d\U0001f3fd", "\U0001f1eb\U0001f1f7\U0001f1ec\U0001f1e7", "x\U0001f642y\U0001f642",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u0644\u0627\u064b \u0651", "\u202bright to left\u202c", "\u1100\u1161\u11a8 \uac01 \uac00\u11a8", "\u3131\u314f",
    "\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a", "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22", "\u0939\u093f\u0928\u094d\u0926\u0940", "\U0001d518\U0001d54f \U00010348",
    "\u0000", "a\u0000b", "\u0001\u0002\u001f\u007f\u0080\u009f", "\ufffd", "a\ufffdb", "\ufffd\ufffd\ufffd", "\U0010ffff\ue000\ufdd0\uffff",
    "\u2581", "\u2581\u2581", "\u2581a", "a\u2581", "a\u2581b \u2581 c", " \u2581 ", "\u2581 \u2581",
    "<s>", "</s>", "<unk>", "<pad>", "a </s> b", "<s>A man</s>", "<2fr> A man", "[B] x [E] [P]", "<0x41>", "<0xC3><0xA9>", "\u2047", " \u2047 ",
    "<sep>", "a<sep>b", "a <sep> b", "<sep><sep2><sep2>", "<sep", "<mask>", "a <mask> b", "\u2581<mask>", "two words", "a two words b", "two  words", "twotwo wordswords",
    "sing a song, singing", "\ufb01x it", "\u00e9t\u00e9 <sep>e\u0301te\u0301", "ing<sep>ing\U0001f642ing", "  <sep>  ", "ABC AB A B", "stra\u00dfe \u2026 \u2026",
    "don't \u201cquote\u201d \u2014 dash\u2013dash \u2026", "1,234.56 \u20ac 50% #tag @you http://a.b/c?d=e&f", "UPPER lower MiXeD", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "anticonstitutionnellement" * 8, "ab" * 100, " a" * 100, "\u00e9" * 60, "\U0001f600" * 40, "\u4e00\u4e01\u4e02" * 30, "\u2581" * 50, "x " * 60 + "x",
]
LONG = [("a", 100_000), (" ", 10_000), ("\u2581", 10_000), ("the ", 20_000), ("\u00e9", 20_000), ("\u4e00", 20_000), ("e\u0301", 10_000), ("<sep>", 5_000), ("\n", 5_000), ("ing ", 10_000)]


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
