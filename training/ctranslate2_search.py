"""CTranslate2's GreedySearch and BeamSearch (its Translator's defaults: prefix returned, end token counted), for one source.

Written from the published behaviour, in double precision, one hypothesis at a time. Three things differ on purpose:
- beams that do not exist yet and ids that rules forbid (there they have the lowest float) give no candidates;
- an end token that only appears because the prefix has just ended (there it becomes id 0 with -1e10) takes its place in the
  beam and goes no further, even where id 0 is the end token;
- whether a hypothesis still follows a soft prefix is a property of the hypothesis (there it stays with its place in the beam).
"""
import math

import numpy as np

from reference import log_softmax
from step_model import Hypothesis, Margin, best, completing_ngrams, completing_sequences, penalise_repetition, shortlist

DEFAULTS = dict(beams=1, nBest=1, lengthPenalty=1.0, coveragePenalty=0.0, patience=1.0, minLength=0, maxLength=None, repetitionPenalty=1.0,
                noRepeatNgram=0, suppressedTokens=(), suppressedAtStart=(), suppressedSequences=(), prefix=(), prefixBias=0.0)


def process(logits, ids, o, model):
    """The rules, on logits. ids: what has been produced, the prefix included and the start token left out."""
    logits = logits.copy()
    if o["repetitionPenalty"] != 1:
        penalise_repetition(logits, ids, o["repetitionPenalty"])
    if o["noRepeatNgram"]:
        logits[completing_ngrams(ids, o["noRepeatNgram"])] = -math.inf
    logits[completing_sequences(ids, o["suppressedSequences"])] = -math.inf
    logits[list(o["suppressedTokens"])] = -math.inf
    if len(ids) == len(o["prefix"]):
        logits[list(o["suppressedAtStart"])] = -math.inf
    if len(ids) < o["minLength"]:
        logits[model.end] = -math.inf
    return logits


def log_probabilities(logits, ids, o):
    """log softmax; with a prefix that is a wish, mixed with the certainty of its next id while a hypothesis follows it."""
    log_probs = log_softmax(logits)
    step = len(ids)
    if o["prefixBias"] > 0 and step < len(o["prefix"]) and ids == list(o["prefix"][:step]):
        mixed = (1 - o["prefixBias"]) * np.exp(log_probs)
        mixed[o["prefix"][step]] += o["prefixBias"]
        with np.errstate(divide="ignore"):
            return np.log(mixed)
    return log_probs


def coverage(model, ids, beta):
    """beta times the sum of log min(attention received, 1) over the source positions that received any."""
    total = sum(model.step([model.start] + ids[:i])[1] for i in range(len(ids)))
    return beta * float(np.log(np.minimum(total[total > 0], 1)).sum())


def rank(model, o, hypotheses, margin):
    for h in hypotheses:
        h.score = h.total / len(h.ids) ** o["lengthPenalty"]
        if o["coveragePenalty"]:
            h.score += coverage(model, h.ids, o["coveragePenalty"])
    ranked = sorted(hypotheses, key=lambda h: -h.score)
    for a, b in zip(ranked[:o["nBest"]], ranked[1:]):
        margin.gap(a.score, b.score, min(len(a.ids), len(b.ids)) ** o["lengthPenalty"])
    return ranked[:o["nBest"]]


def search(model, options):
    """(hypotheses, best first; the smallest margin). model: a StepModel that has read its source."""
    o = {**DEFAULTS, **options}
    room = o["maxLength"] if o["maxLength"] is not None else model.limit
    return (greedy if o["beams"] == 1 and not o["prefixBias"] else beam_search)(model, o, room)


def greedy(model, o, room):
    ids, log_probs, margin = [], [], Margin()
    while len(ids) < room and (len(ids) <= len(o["prefix"]) or ids[-1] != model.end):
        if len(ids) < len(o["prefix"]):
            ids.append(o["prefix"][len(ids)])
            log_probs.append(0.0)
            continue
        scores = log_softmax(process(model.step([model.start] + ids)[0], ids, o, model))
        top = np.argsort(-scores, kind="stable")
        margin.gap(scores[top[0]], scores[top[1]])
        ids.append(int(top[0]))
        log_probs.append(float(scores[top[0]]))
    return rank(model, o, [Hypothesis(ids, log_probs, sum(log_probs), ids[-1] == model.end)], margin), margin.value


def beam_search(model, o, room):
    beams, margin = o["beams"], Margin()
    hard = list(o["prefix"]) if not o["prefixBias"] else []
    wanted = int(math.floor(beams * o["patience"] + 0.5))
    first_is_enough = o["lengthPenalty"] == 0 and o["coveragePenalty"] == 0
    running, finished, first_ended = [Hypothesis([], [], 0.0, False)], [], False
    for step in range(room):
        last = step + 1 == room
        if step < len(hard):
            candidates = [Hypothesis(running[0].ids + [hard[step]], running[0].log_probs + [0.0], 0.0, False)]
        else:
            candidates = []
            for beam in running:
                scores = log_probabilities(process(model.step([model.start] + beam.ids)[0], beam.ids, o, model), beam.ids, o)
                candidates += [Hypothesis(beam.ids + [i], beam.log_probs + [float(scores[i])], beam.total + float(scores[i]), i == model.end)
                               for i in shortlist(scores, 2 * beams)]
            candidates = best(candidates, 2 * beams)
        after_prefix = bool(hard) and step == len(hard)
        place, running = beams, []
        for k, candidate in enumerate(candidates[:beams]):
            if after_prefix and k > 0 and candidate.ended:
                continue
            if candidate.ended or last:
                first_ended |= k == 0
                finished.append(candidate)
                while place < len(candidates) and candidates[place].ended:
                    place += 1
                if place < len(candidates):
                    running.append(candidates[place])
                    place += 1
            else:
                running.append(candidate)
        note_margins(candidates, running, beams, margin, first_is_enough or after_prefix, last)
        enough = first_ended and len(finished) >= o["nBest"] if first_is_enough else len(finished) >= wanted
        if last or enough or not running:
            break
    return rank(model, o, finished, margin), margin.value


def note_margins(candidates, running, beams, margin, first_matters, last):
    for a, b in zip(candidates[beams - 1:], candidates[beams:beams + 1]):
        if a.ended or b.ended or last:
            margin.gap(a.total, b.total)
    if first_matters and len(candidates) > 1 and (candidates[0].ended or candidates[1].ended):
        margin.gap(candidates[0].total, candidates[1].total)
    kept = {id(beam) for beam in running}
    dropped = [c for c in candidates[beams:] if not c.ended and id(c) not in kept]
    if dropped and running:
        margin.gap(min(beam.total for beam in running), dropped[0].total)
