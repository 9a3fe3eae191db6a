#!/usr/bin/env python3
"""Trains the small SentencePiece models that the text tests run on, from the Multi30k captions.

    python3 training/text/train_models.py CORPUS_FOLDER tests/Formwork.Tests/Text/Models

CORPUS_FOLDER holds train.en.gz and train.fr.gz. One thread and no sampling, so the same library (sentencepiece 0.1.97) makes the same
bytes again. Only two models carry the 236 KB of nmt_nfkc rules; the others have none, or a few rules of their own.
"""
import gzip
import os
import sys
import tempfile

import sentencepiece

import model_proto

# A rule set with every case: one to one, one to many, many to one, to a space, to nothing, and keys that are prefixes of others.
NORMALIZATION_RULES = [("\u00df", "ss"), ("\ufb01", "fi"), ("\ufb03", "ffi"), ("e\u0301", "\u00e9"), ("e\u0301\u0323", "\u1eb9\u0301"),
                       ("\t", " "), ("\n", " "), ("\u00a0", " "), ("\u3000", "  "), ("\u00ad", ""), ("A", "a"), ("AB", "ba "),
                       ("\u2026", ". . .")]
DENORMALIZATION_RULES = [(" .", "."), (" ,", ","), ("\u00e9", "e\u0301")]

SYMBOLS = ["<sep>", "<sep2>", "\u2581<mask>", "two words", "ing", "\U0001f642", "\u00e9t\u00e9", "\ufb01x"]

COMMON = dict(num_threads=1, minloglevel=2, character_coverage=0.9995, hard_vocab_limit=False)

MODELS = {
    "unigram-nfkc": dict(model_type="unigram", vocab_size=1000, pad_id=3),
    "bpe-nfkc-symbols": dict(model_type="bpe", vocab_size=800, user_defined_symbols=SYMBOLS, control_symbols=["<2fr>", "<2en>"]),
    "unigram-bytes": dict(model_type="unigram", vocab_size=900, byte_fallback=True, normalization_rule_name="identity"),
    "bpe-bytes": dict(model_type="bpe", vocab_size=900, byte_fallback=True, normalization_rule_name="identity",
                      remove_extra_whitespaces=False, allow_whitespace_only_pieces=True, bos_id=-1, eos_id=0, unk_id=1),
    "unigram-suffix": dict(model_type="unigram", vocab_size=600, treat_whitespace_as_suffix=True, user_defined_symbols=SYMBOLS,
                           normalization_rule_tsv=NORMALIZATION_RULES, denormalization_rule_tsv=DENORMALIZATION_RULES,
                           unk_surface="[?]"),
    "unigram-verbatim": dict(model_type="unigram", vocab_size=500, user_defined_symbols=SYMBOLS, add_dummy_prefix=False,
                             remove_extra_whitespaces=False, normalization_rule_name="identity", bos_piece="[B]", eos_piece="[E]",
                             pad_id=3, pad_piece="[P]"),
    "bpe-suffix": dict(model_type="bpe", vocab_size=500, treat_whitespace_as_suffix=True, normalization_rule_tsv=NORMALIZATION_RULES),
    "char": dict(model_type="char", vocab_size=60, normalization_rule_tsv=NORMALIZATION_RULES, user_defined_symbols=SYMBOLS[:3]),
    "word": dict(model_type="word", vocab_size=400, normalization_rule_name="identity"),
}


def write_rules(path, rules):
    with open(path, "w", encoding="utf-8") as file:
        for source, target in rules:
            file.write(" ".join(f"{ord(c):X}" for c in source) + "\t" + " ".join(f"{ord(c):X}" for c in target) + "\n")


def main(corpus, target):
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for language in ("en", "fr"):
            with gzip.open(os.path.join(corpus, f"train.{language}.gz"), "rt", encoding="utf-8") as file:
                lines += file.read().splitlines()[:8000]
        os.chdir(folder)  # so that the models do not record a machine's paths
        with open("captions.txt", "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        for name, options in MODELS.items():
            options = {**COMMON, **options}
            for rules in ("normalization_rule_tsv", "denormalization_rule_tsv"):
                if rules in options:
                    write_rules(rules, options[rules])
                    options[rules] = rules
            sentencepiece.SentencePieceTrainer.train(input="captions.txt", model_prefix=name, **options)
            with open(f"{name}.model", "rb") as file:
                data = file.read()
            with open(os.path.join(target, f"{name}.model"), "wb") as file:
                file.write(data)
            print(name, len(data))
            if name == "bpe-suffix":
                # The trainer never writes unused pieces; a vocabulary that was restricted afterwards has them.
                data = model_proto.mark_unused(data, every=3)
                with open(os.path.join(target, "bpe-unused.model"), "wb") as file:
                    file.write(data)
            if name == "unigram-verbatim":
                data = model_proto.mark_unused(data, every=4)
                with open(os.path.join(target, "unigram-unused.model"), "wb") as file:
                    file.write(data)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
