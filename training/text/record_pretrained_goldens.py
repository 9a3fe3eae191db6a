#!/usr/bin/env python3
"""Records what the reference of pretrained_reference.py makes of texts and ids, for the .NET tests to compare with.

    python3 training/text/record_pretrained_goldens.py CORPUS_FOLDER tests/Formwork.Tests/Text/Pretrained

The second folder holds Directories (make_pretrained.py makes them); Goldens/*.json are written there. Everything is seeded: a second run changes no byte.

corpus.json   For every case and every corpus file, one entry a block of lines: the first 8 hexadecimal digits of two SHA-256, of the ids (little-endian
              int32, -1 after each line) and of their decoded text (UTF-8, a line feed after each).
strings.json  Awkward strings with their ids (long ones: a digest) and the decoded text where it is not the string itself.
decode.json   Random ids, special ones and some beyond the vocabulary among them, with the decoded text.
"""
import glob
import gzip
import os
import random
import sys

from awkward_strings import STRINGS
from pretrained_reference import CASES, KINDS
from record_goldens import digest, pack, write

BLOCK = 200
FULL = 60  # up to this many ids are written in full

MARKS = [
    ">>fra<< A man.", ">>fra<<A man.", " >>fra<< A man.", "A >>fra<< man.", ">>fra<<", ">>xyz<< A man.", ">>fra<< >>deu<< A man.", ">>zh-CN<< x", ">><<", ">><< x", ">>> quoted << text",
    ">> not a tag << A man.", ">>fra", ">>fra<", ">>\u00e9<< x", ">>a>b<< x", ">>a b<< x", "\ufeff>>fra<< x", ">>fra<<\n>>fra<<", "A man >>fra<<",
    "<extra_id_0>", "The <extra_id_0> walks in <extra_id_1> park", "<extra_id_0>x", "x<extra_id_0>", "x<extra_id_0>y", "x <extra_id_1> y", "x<extra_id_1>y", " <extra_id_0> ", "  <extra_id_2>  x",
    "x  <extra_id_3>  y", "<extra_id_0><extra_id_1>", "<extra_id_0> <extra_id_1>", "<extra_id_99>", "<extra_id_100>", "<extra_id_00>", "<extra_id_-1>", "<extra_id_>", "<extra_id_0", "<EXTRA_ID_0>",
    "<extra_id_0>\u00a0x", "x\u3000<extra_id_0>\u2003y", "x\u001c<extra_id_0>\u001dy", "<extra_id_0>\nx", "\u2581<extra_id_0>", "<extra_id_0>\u2581x", "x\u2581<extra_id_1>", "two words<extra_id_0>two words",
    "a\nb", "\n", "a \n b", "{", "{ {{x }", "{{", "{{{x", "<sep>{\n", "a{b{{xc", "<extra_id_2>{", "<extra_id_2> \n x",
    "</s>", "x </s>", "x</s>y", "<s> x </s>", "<pad><pad>", "<unk>", "a <unk> b", "<mask>", "a <mask> b", "<mask_1> x <mask_2>", "<unk_2>", "<unk_102>", "en_XX", "en_XX x", "x fr_XX", "fra_Latn x",
    "__en__", "__fr__ x", "x __zu__ y", "br_FR", "</s> en_XX", "\u6f22\u5b57", "a \u6f22\u5b57 b", "\u6f22", "\u2603", "a \u2603b", "\u00bbx\u00ab", "\u00bb", "<2fr> x", "madeup words", "\u6f22\u5b57\u6f22\u5b57",
    "<new>", "x<new>y", " <new> <new><new>", "a\n\nb", "\n\n\n", "<2fr><new>", "\u00e9<new>\u00e9",
    "\u001c", "\u001d x \u001e", "\u0085", "\u200b",
]
LONG = [("a", 20_000), (" ", 5_000), ("\u6f22", 5_000), ("<extra_id_0>", 2_000), (">>fra<<", 2_000), ("<", 5_000), ("\n", 2_000), (" the", 5_000)]


def short(data):
    return digest(data)[:8]


def label(case):
    return "/".join(part or "-" for part in case)


def record_corpus(tokenizers, corpus):
    files = {}
    for path in sorted(glob.glob(os.path.join(corpus, "*.gz"))):
        with gzip.open(path, "rb") as file:
            files[os.path.basename(path)] = file.read().decode("utf-8").removesuffix("\n").split("\n")
    result = {}
    for case in CASES:
        name, source, target = case
        result[label(case)] = {}
        for file, lines in files.items():
            blocks = []
            for start in range(0, len(lines), BLOCK):
                ids, decoded = bytearray(), bytearray()
                for line in lines[start:start + BLOCK]:
                    line_ids = tokenizers[name].encode(line, source, target)
                    ids += pack(line_ids + [-1])
                    decoded += tokenizers[name].decode(line_ids).encode("utf-8") + b"\n"
                blocks.append(short(ids) + short(decoded))
            result[label(case)][file] = " ".join(blocks)
        print(label(case), flush=True)
    return {"block": BLOCK, "cases": result}


def record_strings(tokenizers):
    texts = [(text, 1) for text in STRINGS + MARKS] + LONG
    result = {}
    for case in CASES:
        name, source, target = case
        entries = []
        for unit, count in texts:
            text = unit * count
            ids = tokenizers[name].encode(text, source, target)
            decoded = tokenizers[name].decode(ids)
            if len(ids) <= FULL and count == 1:
                entries.append([ids] if decoded == text else [ids, decoded])
            else:
                entries.append([f"{len(ids)} {short(pack(ids))} {short(decoded.encode('utf-8'))}"])
        result[label(case)] = entries
    return {"strings": [{"text": unit, "count": count} for unit, count in texts], "cases": result}


def record_decode(tokenizers):
    result = {}
    for name, tokenizer in tokenizers.items():
        chance = random.Random(name)
        size = tokenizer.size
        edges = [i for i in range(size) if tokenizer.spelling_of(i) in tokenizer.special or (tokenizer.spelling_of(i) or "").startswith(("<", "\u2581"))]
        sequences = [[], [0], [1, 2, 3], [size - 1], [size], [size + 5_000]]
        for _ in range(100):
            share = chance.choice([0.1, 0.4, 0.9])
            ids = [chance.choice(edges) if chance.random() < share else chance.randrange(size + 20) for _ in range(chance.randint(1, 14))]
            sequences.append(ids)
        result[name] = {"size": size, "sequences": [[ids, tokenizer.decode(ids)] for ids in sequences]}
    return result


def main(corpus, folder):
    tokenizers = {name: kind(os.path.join(folder, "Directories", name)) for name, kind in KINDS.items()}
    goldens = os.path.join(folder, "Goldens")
    os.makedirs(goldens, exist_ok=True)
    write(os.path.join(goldens, "strings.json"), record_strings(tokenizers))
    write(os.path.join(goldens, "decode.json"), record_decode(tokenizers))
    write(os.path.join(goldens, "corpus.json"), record_corpus(tokenizers, corpus))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
