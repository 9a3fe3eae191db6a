"""The option sets of the goldens of searching, named as in GenerationOptions."""
import ctranslate2_search


def huggingface(suppressed, at_start, forced, end):
    yield from ({}, {"repetitionPenalty": 1.3}, {"noRepeatNgram": 2}, {"noRepeatNgram": 1, "maxLength": 12}, {"minLength": 12, "maxLength": 16},
                {"suppressedTokens": suppressed}, {"suppressedAtStart": at_start}, {"maxLength": 5, "forcedEnd": end}, {"ownPrefix": 2},
                {"ownSequences": True}, {"allowed": 2}, {"forcedStart": forced, "suppressedAtStart": at_start}, {"lengthPenalty": 0.6, "ownPrefix": 1})
    for beams in (2, 4, 5, 8):
        yield {"beams": beams, "nBest": beams}
    for early in ("Immediate", "Never"):
        yield {"beams": 4, "nBest": 4, "earlyStopping": early}
    for alpha, early, beams, n_best in ((0, "Heuristic", 4, 2), (0, "Never", 5, 3), (0.6, "Heuristic", 5, 2), (0.6, "Never", 4, 2), (2, "Heuristic", 4, 3),
                                        (2, "Never", 4, 3), (2, "Immediate", 2, 2), (-0.5, "Heuristic", 4, 2), (-0.5, "Never", 8, 2), (0.6, "Immediate", 8, 3)):
        # Nothing ends a search that favours length as much as this but its room.
        room = {"maxLength": 20} if (alpha, early) == (2, "Never") else {}
        yield {"beams": beams, "nBest": n_best, "lengthPenalty": alpha, "earlyStopping": early, **room}
    for rule in ({"minLength": 11, "maxLength": 18}, {"maxLength": 4, "nBest": 2}, {"maxLength": 1, "nBest": 4}, {"repetitionPenalty": 1.3}, {"repetitionPenalty": 0.8, "maxLength": 14},
                 {"noRepeatNgram": 2, "minLength": 12, "maxLength": 18}, {"noRepeatNgram": 3, "lengthPenalty": 2}, {"suppressedTokens": suppressed, "nBest": 2},
                 {"suppressedAtStart": at_start}, {"ownSequences": True, "nBest": 2}, {"forcedStart": forced, "nBest": 2},
                 {"forcedEnd": end, "maxLength": 6, "nBest": 3}, {"ownPrefix": 2, "nBest": 2}, {"ownPrefix": 2, "lengthPenalty": 2, "earlyStopping": "Never", "maxLength": 16},
                 {"ownPrefix": 1, "minLength": 9, "maxLength": 10, "forcedEnd": end}, {"allowed": 2, "nBest": 2},
                 {"ownPrefix": 1, "noRepeatNgram": 2, "repetitionPenalty": 1.2, "suppressedAtStart": at_start}):
        yield {"beams": 4, **rule}
    yield {"beams": 5, "nBest": 3, "lengthPenalty": 0.6, "repetitionPenalty": 1.2, "noRepeatNgram": 3, "suppressedTokens": suppressed, "minLength": 4, "maxLength": 20,
           "earlyStopping": "Never"}


def ctranslate2(suppressed, at_start):
    yield from ({}, {"repetitionPenalty": 1.3}, {"noRepeatNgram": 2}, {"minLength": 12, "maxLength": 16}, {"suppressedTokens": suppressed}, {"suppressedAtStart": at_start},
                {"maxLength": 5}, {"ownPrefix": 2}, {"ownSequences": True}, {"lengthPenalty": 0.6, "coveragePenalty": 0.2}, {"ownPrefix": 3, "prefixBias": 0.5})
    for beams in (2, 4, 5, 8):
        yield {"beams": beams, "nBest": beams}
    for alpha, beams, n_best in ((0, 4, 1), (0, 5, 3), (0.6, 4, 2), (0.6, 8, 2), (2, 4, 3), (-0.5, 5, 2)):
        yield {"beams": beams, "nBest": n_best, "lengthPenalty": alpha}
    for patience, beams, n_best in ((2, 4, 4), (0.5, 4, 2), (0.5, 5, 2), (2, 8, 3)):
        yield {"beams": beams, "nBest": n_best, "patience": patience}
    for rule in ({"coveragePenalty": 0.2, "nBest": 3}, {"coveragePenalty": 0.5, "lengthPenalty": 0, "nBest": 2}, {"coveragePenalty": 1, "lengthPenalty": 0.6, "ownPrefix": 2},
                 {"minLength": 11, "maxLength": 18}, {"maxLength": 4, "nBest": 4}, {"maxLength": 1, "nBest": 4}, {"repetitionPenalty": 1.3}, {"noRepeatNgram": 2, "minLength": 12, "maxLength": 18},
                 {"noRepeatNgram": 3, "lengthPenalty": 2}, {"suppressedTokens": suppressed, "nBest": 2}, {"suppressedAtStart": at_start}, {"ownSequences": True, "nBest": 2},
                 {"ownPrefix": 2, "nBest": 2}, {"ownPrefix": 1, "lengthPenalty": 0, "nBest": 2}, {"ownPrefix": 2, "patience": 2, "nBest": 4},
                 {"ownPrefix": 2, "minLength": 9, "maxLength": 10, "suppressedAtStart": at_start}, {"ownPrefix": 3, "prefixBias": 0.3, "nBest": 2},
                 {"ownPrefix": 3, "prefixBias": 0.9, "nBest": 2}, {"ownPrefix": 2, "prefixBias": 0.6, "lengthPenalty": 0, "coveragePenalty": 0.2}):
        yield {"beams": 4, **rule}
    yield {"beams": 5, "nBest": 3, "lengthPenalty": 0.6, "coveragePenalty": 0.1, "repetitionPenalty": 1.2, "noRepeatNgram": 3, "suppressedTokens": suppressed,
           "minLength": 4, "maxLength": 20, "patience": 1.5}


def both(suppressed, at_start, forced, end):
    return ([{"convention": "HuggingFace", **o} for o in huggingface(suppressed, at_start, forced, end)]
            + [{"convention": "CTranslate2", **o} for o in ctranslate2(suppressed, at_start)])


def transliteration(suppressed):
    sets = ({}, {"ownPrefix": 2}, {"minLength": 8}, {"maxLength": 3}, {"suppressedTokens": suppressed}, {"repetitionPenalty": 1.3}, {"noRepeatNgram": 1, "maxLength": 10},
            {"beams": 2, "nBest": 2}, {"beams": 4}, {"beams": 4, "nBest": 4}, {"beams": 4, "ownPrefix": 2, "nBest": 2}, {"beams": 4, "minLength": 8, "maxLength": 12},
            {"beams": 4, "maxLength": 3, "nBest": 4}, {"beams": 4, "suppressedTokens": suppressed}, {"beams": 4, "repetitionPenalty": 1.3}, {"beams": 4, "noRepeatNgram": 2},
            {"beams": 4, "coveragePenalty": 0.3, "nBest": 2}, {"beams": 4, "lengthPenalty": 0, "nBest": 2}, {"beams": 4, "patience": 2, "nBest": 3},
            {"beams": 4, "ownPrefix": 3, "prefixBias": 0.4}, {"beams": 8, "nBest": 3, "lengthPenalty": 0.6},
            # more beams than ids in the vocabulary
            {"beams": 48, "nBest": 3}, {"beams": 64, "nBest": 2, "lengthPenalty": 0.6, "maxLength": 6})
    return [{"convention": "CTranslate2", **o} for o in sets]


def guide(model):
    """Targets of the source that the model has read, for options of its own: what greedy search gives, and another."""
    (first,), _ = ctranslate2_search.search(model, {})
    ids = first.ids[:-1] if first.ended else first.ids
    (other, *_), _ = ctranslate2_search.search(model, {"beams": 4, "prefix": ids[:1], "suppressedAtStart": ids[1:2], "lengthPenalty": 0})
    return ids, other.ids[:-1] if other.ended else other.ids


def own(option, guide_):
    """The options of one source alone: a prefix that greedy search would not take, two sequences that it takes."""
    taken, other = guide_
    out = {}
    if "ownPrefix" in option:
        if len(other) <= option["ownPrefix"]:
            return None
        out["prefix"] = other[:option["ownPrefix"]]
    if "ownSequences" in option:
        if len(taken) < 4:
            return None
        out["suppressedSequences"] = [taken[1:3], [taken[0], taken[1], taken[3]], taken[-1:]]
    return out


def arguments(option, model):
    """What the reference searches take."""
    o = {k: v for k, v in option.items() if k != "convention" and not k.startswith("own")}
    if "allowed" in o:
        every = range(model.vocabulary)
        modulus = o["allowed"]
        o["allowed"] = lambda target: [i for i in every if i == model.end or (i + len(target)) % modulus]
    return o
