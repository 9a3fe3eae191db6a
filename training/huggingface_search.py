"""Greedy and beam search as generate() of Hugging Face transformers has them (4.38 and later, BeamSearchScorer), for one source.

Written from the published behaviour, in double precision, one hypothesis at a time. Two things are left out on purpose: beams
that do not exist yet (there they have a sum of -1e9) and ids that rules forbid (-inf) give no candidates and no hypotheses.
"""
import math

import numpy as np

from reference import log_softmax
from step_model import Hypothesis, Margin, best, completing_ngrams, completing_sequences, penalise_repetition, shortlist

DEFAULTS = dict(beams=1, nBest=1, lengthPenalty=1.0, earlyStopping="Heuristic", minLength=0, maxLength=None, repetitionPenalty=1.0,
                noRepeatNgram=0, suppressedTokens=(), suppressedAtStart=(), suppressedSequences=(), forcedStart=None, forcedEnd=None,
                prefix=(), allowed=None)


def process(scores, ids, o, model, prompt, room):
    """The logits processors, in the order in which generate() makes them. ids: what the decoder has seen; prompt: how many of them are given."""
    scores = scores.copy()
    if o["repetitionPenalty"] != 1:
        penalise_repetition(scores, ids, o["repetitionPenalty"])
    if o["noRepeatNgram"]:
        scores[completing_ngrams(ids, o["noRepeatNgram"])] = -math.inf
    banned = [s for s in o["suppressedSequences"] if list(s) != [model.end] and (len(s) == 1 or len(s) <= len(ids))]
    scores[completing_sequences(ids, banned)] = -math.inf
    if len(ids) - prompt < o["minLength"]:
        scores[model.end] = -math.inf
    if o["allowed"]:
        keep = np.zeros(len(scores), bool)
        keep[o["allowed"](ids[1:])] = True
        scores[~keep] = -math.inf
    forced = o["forcedStart"] if len(ids) == 1 else None
    if o["forcedEnd"] is not None and len(ids) == prompt + room - 1:
        forced = o["forcedEnd"]
    if forced is not None:
        scores[:] = -math.inf
        scores[forced] = 0
    scores[list(o["suppressedTokens"])] = -math.inf
    begin = prompt if prompt > 1 or o["forcedStart"] is None else prompt + 1
    if len(ids) == begin:
        scores[list(o["suppressedAtStart"])] = -math.inf
    return scores


def search(model, options):
    """(hypotheses, best first; the smallest margin). model: a StepModel that has read its source."""
    o = {**DEFAULTS, **options}
    prompt = [model.start] + list(o["prefix"])
    room = o["maxLength"] if o["maxLength"] is not None else model.limit - len(o["prefix"])
    return (greedy if o["beams"] == 1 else beam_search)(model, o, prompt, room)


def greedy(model, o, prompt, room):
    ids, log_probs, margin = list(prompt), [0.0] * (len(prompt) - 1), Margin()
    for _ in range(room):
        # generate() chooses by the processed scores; compute_transition_scores(normalize_logits=True) makes log-probabilities of them.
        scores = log_softmax(process(model.step(ids)[0], ids, o, model, len(prompt), room))
        top = np.argsort(-scores, kind="stable")
        margin.gap(scores[top[0]], scores[top[1]])
        ids.append(int(top[0]))
        log_probs.append(float(scores[top[0]]))
        if ids[-1] == model.end:
            break
    total = sum(log_probs)
    return [Hypothesis(ids[1:], log_probs, total, ids[-1] == model.end, total / (len(ids) - len(prompt)) ** o["lengthPenalty"])], margin.value


class Held:
    """The best finished hypotheses, as many as there are beams."""

    def __init__(self, beams, length_penalty, margin):
        self.beams, self.length_penalty, self.margin = beams, length_penalty, margin
        self.items, self.worst = [], math.inf

    def add(self, hypothesis, generated):
        hypothesis.score = hypothesis.total / generated ** self.length_penalty
        if len(self.items) == self.beams:
            self.margin.gap(hypothesis.score, self.worst, generated ** self.length_penalty)
            if hypothesis.score <= self.worst:
                return
            self.items.remove(min(self.items, key=lambda item: item.score))
        self.items.append(hypothesis)
        self.worst = min(item.score for item in self.items)

    def is_done(self, mode, best_sum, generated, room):
        if len(self.items) < self.beams:
            return False
        if mode == "Immediate":
            return True
        length = room if mode == "Never" and self.length_penalty > 0 else generated
        attainable = best_sum / length ** self.length_penalty
        # They are exactly equal where the worst one has just ended and is the best candidate: no matter of rounding.
        if self.worst != attainable:
            self.margin.gap(self.worst, attainable, generated ** self.length_penalty)
        return self.worst >= attainable


def beam_search(model, o, prompt, room):
    beams, margin = o["beams"], Margin()
    held = Held(beams, o["lengthPenalty"], margin)
    running = [Hypothesis(list(prompt[1:]), [0.0] * (len(prompt) - 1), 0.0, False)]
    done = False
    for generated in range(1, room + 1):
        candidates = []
        for beam in running:
            ids = [model.start] + beam.ids
            scores = process(log_softmax(model.step(ids)[0]), ids, o, model, len(prompt), room)
            candidates += [Hypothesis(beam.ids + [i], beam.log_probs + [float(scores[i])], beam.total + float(scores[i]), i == model.end)
                           for i in shortlist(scores, 2 * beams)]
        candidates = best(candidates, 2 * beams)
        running, dropped = [], None
        if not candidates:
            break
        for rank, candidate in enumerate(candidates):
            if candidate.ended:
                if rank < beams and len(running) < beams:
                    held.add(candidate, generated)
            elif len(running) < beams:
                running.append(candidate)
            else:
                dropped = dropped or candidate
        if dropped:
            margin.gap(running[-1].total, dropped.total)
        for a, b in zip(candidates[beams - 1:], candidates[beams:beams + 1]):
            if a.ended or b.ended:
                margin.gap(a.total, b.total)
        done = held.is_done(o["earlyStopping"], candidates[0].total, generated, room)
        if done or not running:
            break
    if not done:
        for beam in running:
            held.add(beam, len(beam.ids) - len(prompt) + 1)
    ranked = sorted(held.items, key=lambda item: -item.score)
    for a, b in zip(ranked[:o["nBest"]], ranked[1:]):
        margin.gap(a.score, b.score, min(len(h.ids) - len(prompt) + 1 for h in (a, b)) ** o["lengthPenalty"])
    return ranked[:o["nBest"]], margin.value
