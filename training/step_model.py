"""What the reference searches share: a model asked for its next logits, a hypothesis, and the smallest margin of a search."""
import math
from dataclasses import dataclass, field

import numpy as np

import reference


@dataclass
class Hypothesis:
    ids: list        # the start token left out, prefix and end token included
    log_probs: list  # what each id added to the sum
    total: float     # their sum
    ended: bool
    score: float = math.nan


@dataclass
class Margin:
    """The smallest distance, as a difference of sums, between what a search kept and what it dropped: below rounding error, either is right."""
    value: float = math.inf

    def gap(self, kept, dropped, scale=1.0):
        """scale: what a difference of scores is multiplied by to make it one of sums."""
        if math.isfinite(kept) and math.isfinite(dropped):
            self.value = min(self.value, abs(kept - dropped) * scale)


@dataclass
class StepModel:
    """A reference transformer that remembers every prefix of one source: option sets share most of theirs."""
    transformer: reference.Transformer
    start: int
    end: int
    masked: int = -1  # never produced
    limit: int = 64   # the most ids of a target
    memory: np.ndarray = None
    known: dict = field(default_factory=dict)

    def read(self, source):
        self.memory = self.transformer.encode(source)
        self.known.clear()

    @property
    def vocabulary(self):
        return len(self.step([self.start])[0])

    def step(self, decoder_ids):
        """(logits that follow the decoder's ids, cross-attention weights of the last id averaged over all layers and heads)."""
        key = tuple(decoder_ids)
        if key not in self.known:
            logits = self.transformer.decode(list(decoder_ids), self.memory)[-1].copy()
            if self.masked >= 0:
                logits[self.masked] = -math.inf
            attention = np.mean([weights[-1] for weights in self.transformer.cross_weights], axis=0)
            self.known[key] = logits, attention
        return self.known[key]


def best(candidates, count):
    """The candidates with the highest sums, best first; equal ones in the order in which they are given."""
    return sorted(candidates, key=lambda candidate: -candidate.total)[:count]


def shortlist(scores, count):
    """Ids worth a look when `count` candidates are kept in all: the highest scores, ties included, none of them -inf."""
    if len(scores) > count:
        worst = np.partition(scores, len(scores) - count)[len(scores) - count]
        ids = np.flatnonzero(scores >= worst)
    else:
        ids = np.arange(len(scores))
    return [int(i) for i in ids if scores[i] > -math.inf]


def penalise_repetition(scores, ids, penalty):
    """CTRL's penalty, once for each distinct id: a positive score is divided by it, a negative one multiplied."""
    for i in set(ids):
        scores[i] = scores[i] * penalty if scores[i] < 0 else scores[i] / penalty


def completing_ngrams(ids, n):
    """Ids that would complete an n-gram that has come already."""
    if len(ids) < n:
        return []
    tail = list(ids[len(ids) - n + 1:])
    return [ids[i + n - 1] for i in range(len(ids) - n + 1) if list(ids[i:i + n - 1]) == tail]


def completing_sequences(ids, sequences):
    """Ids that would complete one of the sequences."""
    return [s[-1] for s in sequences if len(s) - 1 <= len(ids) and list(ids[len(ids) - len(s) + 1:]) == list(s[:-1])]
