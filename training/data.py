"""Multi30k English-French: reading, the joint SentencePiece model, and length-bucketed batches."""
import gzip
import io
import os

import numpy as np
import sentencepiece as spm
import torch

VOCAB, EOS, UNK, PAD = 8000, 0, 1, 7999
MAX_LENGTH = 128
REPO = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEFAULT_DATA = os.path.join(REPO, "..", "shared", "data", "multi30k")
DEFAULT_RUN = os.path.join(REPO, "training", "runs", "en-fr")


def read_lines(folder, split, language):
    with gzip.open(os.path.join(folder, f"{split}.{language}.gz"), "rt", encoding="utf-8") as f:
        return [line.strip() for line in f.read().split("\n") if line.strip()]


def train_tokenizer(folder, path):
    """One unigram model over both languages: raw cased text, the pad symbol is the last id (Marian's habit)."""
    lines = read_lines(folder, "train", "en") + read_lines(folder, "train", "fr")
    model = io.BytesIO()  # a file's name would be written into the model
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, vocab_size=VOCAB, model_type="unigram",
        normalization_rule_name="nmt_nfkc", character_coverage=1.0, byte_fallback=False,
        eos_id=EOS, unk_id=UNK, bos_id=-1, pad_id=PAD, pad_piece="<pad>", num_threads=2, minloglevel=1)
    with open(path, "wb") as f:
        f.write(model.getvalue())


def load_tokenizer(path):
    sp = spm.SentencePieceProcessor(model_file=path)
    assert sp.get_piece_size() == VOCAB and sp.eos_id() == EOS and sp.unk_id() == UNK and sp.pad_id() == PAD
    return sp


def encode(sp, lines):
    """Ids with the end symbol appended, cut to MAX_LENGTH."""
    return [ids[:MAX_LENGTH - 1] + [EOS] for ids in sp.encode(lines)]


def pad_rows(rows):
    out = np.full((len(rows), max(map(len, rows))), PAD, np.int64)
    for i, row in enumerate(rows):
        out[i, :len(row)] = row
    return torch.from_numpy(out)


class Batches:
    """Batches of about `tokens` padded target tokens; the order depends on (seed, epoch) alone."""

    def __init__(self, source, target, tokens, seed):
        self.source, self.target, self.tokens, self.seed = source, target, tokens, seed
        self.source_length = np.array([len(x) for x in source])
        self.target_length = np.array([len(x) for x in target])

    def epoch(self, number):
        rng = np.random.default_rng([self.seed, number])
        # The jitter mixes neighbouring lengths, so that no two epochs share their batches; the second key keeps the source side tight.
        key = np.rint(self.target_length + rng.uniform(-0.7, 0.7, len(self.target)))
        order = np.lexsort((self.source_length + rng.uniform(-0.7, 0.7, len(self.target)), key))
        batches, start, longest = [], 0, 0
        for i, index in enumerate(order):
            longest_now = max(longest, self.target_length[index], self.source_length[index])
            if longest_now * (i - start + 1) > self.tokens and i > start:
                batches.append(order[start:i])
                start, longest_now = i, max(self.target_length[index], self.source_length[index])
            longest = longest_now
        batches.append(order[start:])
        rng.shuffle(batches)
        return batches

    def tensors(self, batch):
        return pad_rows([self.source[i] for i in batch]), pad_rows([self.target[i] for i in batch])
