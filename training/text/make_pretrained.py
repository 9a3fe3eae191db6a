#!/usr/bin/env python3
r"""Makes the small pretrained directories that the tokeniser tests run on: SentencePiece models trained on the Multi30k captions, and the JSON files that a
model's repository has beside them.

    python3 training/text/make_pretrained.py CORPUS_FOLDER tests/Formwork.Tests/Text/Pretrained/Directories \
        tests/Formwork.Tests/Text/Models/byte-level-bpe

CORPUS_FOLDER holds train.en.gz and train.fr.gz; the third folder holds merges to take the first of. One thread and no sampling, so the same library (sentencepiece 0.1.97) makes the same bytes again. Each
directory has a family's own file names, and the settings that its published checkpoints have, or one that stresses what they leave out.
"""
import gzip
import json
import os
import sys
import tempfile

import sentencepiece

from byte_level_bpe import ALPHABET
from train_models import COMMON, NORMALIZATION_RULES, write_rules

SMALL_RULES = "rules.tsv"
FAIRSEQ = dict(unk_id=0, bos_id=1, eos_id=2, pad_id=-1)
T5 = dict(pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
TAGS = [">>deu<<", ">>fra<<", ">>zh-CN<<"]

# Every tenth piece has no id, and these have one without being pieces of the model that cuts sources.
ODD_SPELLINGS = ["\u6f22\u5b57", "\u2581\u2603", "\u2603", "\u00bb", "<2fr>"]


def train(corpus, name, **options):
    options = {**COMMON, **options}
    if options.get("normalization_rule_name") is None:
        options["normalization_rule_tsv"] = SMALL_RULES
    sentencepiece.SentencePieceTrainer.train(input=corpus, model_prefix=name, **options)
    with open(f"{name}.model", "rb") as file:
        return file.read()


def pieces(data):
    model = sentencepiece.SentencePieceProcessor(model_proto=data)
    return [model.id_to_piece(i) for i in range(model.get_piece_size())]


def numbered(spellings):
    return {spelling: i for i, spelling in enumerate(dict.fromkeys(spellings))}


def kept(spellings):
    return [s for i, s in enumerate(spellings) if i % 10 != 7 or s in ("<unk>", "</s>", "<s>")]


def token(content, special=True, lstrip=False, rstrip=False):
    return {"content": content, "lstrip": lstrip, "normalized": False, "rstrip": rstrip, "single_word": False, "special": special}


def byte_level(folder, merges):
    """The beginning of a byte-level vocabulary: its bytes, the first merges, and BART's marks around them."""
    with open(os.path.join(folder, "merges.txt"), encoding="utf-8") as file:
        lines = file.read().split("\n")[:merges + 1]
    spellings = ["<s>", "<pad>", "</s>", "<unk>"] + sorted(ALPHABET.values()) + [line.replace(" ", "") for line in lines[1:]] + ["<mask>"]
    return numbered(spellings), ("\n".join(lines) + "\n").encode("utf-8")


def directories(byte_level_model):
    """Yields each directory's name and files: bytes, or what is written as JSON."""
    unigram = dict(model_type="unigram")
    nfkc = dict(normalization_rule_name="nmt_nfkc")
    english = train("en.txt", "en", **unigram, vocab_size=900, bos_id=-1, eos_id=0, unk_id=1, **nfkc)
    french = train("fr.txt", "fr", **unigram, vocab_size=900, bos_id=-1, eos_id=0, unk_id=1)
    joint = numbered(["</s>", "<unk>"] + kept(sorted(set(pieces(english)) | set(pieces(french)))) + ODD_SPELLINGS + TAGS + ["<pad>"])
    marian = {"source_lang": "eng", "target_lang": "roa", "tokenizer_class": "MarianTokenizer", "unk_token": "<unk>", "eos_token": "</s>", "pad_token": "<pad>",
              "model_max_length": 512, "sp_model_kwargs": {}, "separate_vocabs": False}
    yield "marian", {"source.spm": english, "target.spm": french, "vocab.json": joint, "tokenizer_config.json": marian}

    source = train("en.txt", "en-bpe", model_type="bpe", vocab_size=500, bos_id=-1, eos_id=0, unk_id=1)
    target = train("fr.txt", "fr-bpe", model_type="bpe", vocab_size=600, bos_id=-1, eos_id=0, unk_id=1)
    yield "marian-separate", {
        "source.spm": source, "target.spm": target,
        "vocab.json": numbered(kept(pieces(source)) + [">>fra<<", "<pad>"]),
        "target_vocab.json": numbered(["<pad>"] + kept(pieces(target)) + ["\u2581\u2603"]),
        "tokenizer_config.json": {**marian, "separate_vocabs": True, "tokenizer_class": None}, "config.json": {"model_type": "marian"}}

    captions = "captions.txt"
    yield "t5", {"spiece.model": train(captions, "t5", **unigram, vocab_size=1000, **T5, **nfkc),
                 "tokenizer_config.json": {"model_max_length": 512}, "config.json": {"model_type": "t5"}}

    data = train(captions, "t5-plain", **unigram, vocab_size=600, **T5)
    count = len(pieces(data))
    added = {count + 3: token("<extra_id_0>", lstrip=True, rstrip=True), count + 2: token("<extra_id_1>"), count + 1: token("<extra_id_2>", rstrip=True),
             count: token("<extra_id_3>", lstrip=True), count + 4: token("\n", special=False), count + 5: token("{", special=False),
             count + 6: token("{{x", special=False), count + 7: token("<sep>")}
    yield "t5-new", {"spiece.model": data, "tokenizer_config.json": {
        "tokenizer_class": "T5TokenizerFast", "extra_ids": 4, "legacy": False,
        "additional_special_tokens": [f"<extra_id_{i}>" for i in range(4)] + ["<sep>"],
        "added_tokens_decoder": {str(i): t for i, t in added.items()}}}

    yield "mt5", {"spiece.model": train(captions, "mt5", **unigram, vocab_size=900, byte_fallback=True, **T5,
                                        user_defined_symbols=["\u2581<extra_id_2>", "\u2581<extra_id_1>", "\u2581<extra_id_0>"]),
                  "tokenizer_config.json": {"extra_ids": 0, "tokenizer_class": "T5Tokenizer"},
                  "special_tokens_map.json": {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}}

    yield "pegasus", {"spiece.model": train(captions, "pegasus", **unigram, vocab_size=700, **T5),
                      "tokenizer_config.json": {"tokenizer_class": "PegasusTokenizer", "model_max_length": 512},
                      "special_tokens_map.json": {"mask_token": "<mask_2>", "additional_special_tokens": ["<mask_1>"] + [f"<unk_{i}>" for i in range(2, 103)]}}

    fairseq = train(captions, "fairseq", **unigram, vocab_size=800, **FAIRSEQ)
    yield "mbart", {"sentencepiece.bpe.model": fairseq, "config.json": {"model_type": "mbart"}}
    yield "mbart50", {"sentencepiece.bpe.model": fairseq,
                      "tokenizer_config.json": {"tokenizer_class": "MBart50Tokenizer", "src_lang": "fr_XX", "tgt_lang": "en_XX"},
                      "added_tokens.json": {"br_FR": len(pieces(fairseq)) + 54}, "special_tokens_map.json": {"additional_special_tokens": ["br_FR"]}}

    bpe = train(captions, "m2m", model_type="bpe", vocab_size=700, **FAIRSEQ)
    yield "m2m100", {"sentencepiece.bpe.model": bpe,
                     "vocab.json": numbered(["<s>", "<pad>", "</s>", "<unk>"] + kept(pieces(bpe)) + ["\u6f22\u5b57", "madeup"]),
                     "tokenizer_config.json": {"tokenizer_class": "M2M100Tokenizer", "src_lang": None, "num_madeup_words": 8},
                     "special_tokens_map.json": {"bos_token": "<s>", "eos_token": {"content": "</s>"}, "unk_token": "<unk>", "pad_token": "<pad>"}}

    yield "nllb", {"sentencepiece.bpe.model": bpe, "tokenizer_config.json": {"tokenizer_class": "NllbTokenizer"}}
    count = len(pieces(bpe)) + 1
    codes = ["deu_Latn", "eng_Latn", "fra_Latn", "zho_Hans"]
    listed = [{"id": i, **token(t)} for i, t in enumerate(["<s>", "<pad>", "</s>", "<unk>"])]
    listed += [{"id": count + i, **token(code)} for i, code in enumerate(codes)] + [{"id": count + 4, **token("<mask>", lstrip=True)}]
    yield "nllb-legacy", {"sentencepiece.bpe.model": bpe, "tokenizer.json": {"version": "1.0", "model": {"type": "BPE", "vocab": {"added_tokens": 1}}, "added_tokens": listed},
                          "tokenizer_config.json": {"tokenizer_class": "NllbTokenizerFast", "legacy_behaviour": True, "src_lang": "fra_Latn", "additional_special_tokens": codes}}

    vocabulary, merges = byte_level(byte_level_model, 800)
    yield "bart", {"vocab.json": vocabulary, "merges.txt": merges, "config.json": {"model_type": "bart"},
                   "added_tokens.json": {"<new>": len(vocabulary), "\n\n": len(vocabulary) + 1, "<2fr>": len(vocabulary) + 2},
                   "special_tokens_map.json": {"additional_special_tokens": [{"content": "<2fr>"}]}}
    yield "bart-prefix", {"vocab.json": vocabulary, "merges.txt": merges, "tokenizer_config.json": {
        "tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": True, "errors": "replace"}}
    yield "byt5", {"tokenizer_config.json": {"tokenizer_class": "ByT5Tokenizer", "extra_ids": 125}}


def main(corpus, target, byte_level_model):
    with tempfile.TemporaryDirectory() as folder:
        lines = {}
        for language in ("en", "fr"):
            with gzip.open(os.path.join(corpus, f"train.{language}.gz"), "rt", encoding="utf-8") as file:
                lines[language] = file.read().splitlines()[:8000]
        os.chdir(folder)  # so that the models do not record a machine's paths
        for name, texts in (("en.txt", lines["en"]), ("fr.txt", lines["fr"]), ("captions.txt", lines["en"] + lines["fr"])):
            with open(name, "w", encoding="utf-8") as file:
                file.write("\n".join(texts) + "\n")
        write_rules(SMALL_RULES, NORMALIZATION_RULES)
        for directory, files in directories(byte_level_model):
            os.makedirs(os.path.join(target, directory), exist_ok=True)
            for name, content in files.items():
                if not isinstance(content, bytes):
                    content = (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
                with open(os.path.join(target, directory, name), "wb") as file:
                    file.write(content)
            print(directory, {name: len(content) for name, content in files.items()})


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3]))
