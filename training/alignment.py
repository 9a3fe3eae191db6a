"""Compares the sample's word alignments with those of a statistical aligner: precision, recall and alignment error rate.

    zcat ../shared/data/multi30k/test_2016_flickr.en.gz > test.en
    dotnet run --project ../samples/Translate -c Release -- --align --layer 4 < test.en > test.aligned
    python3 alignment.py test.en test.aligned

The aligner is IBM model 1 with a prior for the diagonal (Dyer et al., 2013), trained on Multi30k in both directions. Its sure links are those
that both directions find, its possible ones those that either does; the error rate is Och and Ney's (2003).
"""
import argparse
import collections
import gzip
import math
import pathlib

TENSION = 4.0
ROUNDS = 5


def words(line):
    return [word.lower().strip('.,!?;:"«»()') or word for word in line.split()]


def diagonal(i, source, j, target):
    return math.exp(-TENSION * abs(i / source - j / target))


def train(sources, targets):
    """Translation probabilities p(target word | source word)."""
    table = collections.defaultdict(lambda: 0.01)
    for _ in range(ROUNDS):
        counts, totals = collections.Counter(), collections.Counter()
        for source, target in zip(sources, targets):
            for j, word in enumerate(target):
                shares = [table[s, word] * diagonal(i, len(source), j, len(target)) for i, s in enumerate(source)]
                total = sum(shares) + 1e-12
                for s, share in zip(source, shares):
                    counts[s, word] += share / total
                    totals[s] += share / total
        table = collections.defaultdict(lambda: 1e-9, {pair: count / totals[pair[0]] for pair, count in counts.items()})
    return table


def align(table, source, target):
    """For each target word the place of its source word."""
    return [
        max(range(len(source)), key=lambda i: table[source[i], word] * diagonal(i, len(source), j, len(target)))
        for j, word in enumerate(target)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('source', help='the sentences that were translated')
    parser.add_argument('aligned', help="the sample's output: translations and links in turn")
    parser.add_argument('--data', type=pathlib.Path, default=pathlib.Path(__file__).parent / '../../shared/data/multi30k')
    parser.add_argument('--pairs', type=int, default=10000, help='how many pairs of the corpus to train on')
    options = parser.parse_args()

    lines = pathlib.Path(options.aligned).read_text(encoding='utf-8').split('\n')
    tested = [
        (words(source), words(target), {tuple(map(int, link.split('-'))) for link in links.split()})
        for source, target, links in zip(pathlib.Path(options.source).read_text(encoding='utf-8').split('\n'), lines[0::2], lines[1::2])
        if target
    ]
    corpus = [
        [words(line) for line, _ in zip(gzip.open(options.data / f'train.{language}.gz', 'rt', encoding='utf-8'), range(options.pairs))]
        for language in ('en', 'fr')
    ]
    english = corpus[0] + [source for source, _, _ in tested]
    french = corpus[1] + [target for _, target, _ in tested]
    forwards, backwards = train(english, french), train(french, english)

    found = sure = sure_found = possible_found = 0
    for source, target, links in tested:
        there = {(i, j) for j, i in enumerate(align(forwards, source, target))}
        back = {(i, j) for i, j in enumerate(align(backwards, target, source))}
        found += len(links)
        sure += len(there & back)
        sure_found += len(links & there & back)
        possible_found += len(links & (there | back))
    print(f'{len(tested)} sentences, {found} links: precision {possible_found / found:.3f}, recall {sure_found / sure:.3f}, '
          f'alignment error rate {1 - (sure_found + possible_found) / (found + sure):.3f}')


if __name__ == '__main__':
    main()
